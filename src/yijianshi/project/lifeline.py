"""Processes that end with the one that started them, however it ended."""

import ctypes
import os
import signal
import sys

#: The variable by which a supervisor tells its children that it watches over them.
SUPERVISED = "YIJIANSHI_SUPERVISED"
_PR_SET_PDEATHSIG = 1


def end_with_parent(by: signal.Signals = signal.SIGTERM) -> None:
    """Ask the kernel to send this process the signal `by` when the thread that started it ends."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, int(by), 0, 0, 0)
    if os.getppid() != parent:
        raise SystemExit("启动本进程的程序已经结束。")
