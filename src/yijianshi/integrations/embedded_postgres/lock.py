"""One launcher per database folder: a lock that ends by itself, even when the launcher is killed."""

import fcntl
import os
import time
from pathlib import Path

_PATIENCE = 30.0  # seconds that a server whose launcher was killed may take to finish


class FolderInUse(Exception):
    """Another launcher already runs the database in this folder."""


def hold(path: Path) -> int:
    """
    Return an open file that holds the lock; the server inherits it, so the lock lasts as long as the server does.

    :raises FolderInUse: if another launcher lives, or its server does not finish.
    """
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            holder = os.pread(file, 32, 0).decode().strip()
            if _is_alive(holder) or time.monotonic() > deadline:
                os.close(file)
                raise FolderInUse(
                    f"数据目录 {path.parent} 正由另一个进程（{holder or '编号不明'}）使用，没有再次启动。"
                    "请先停止那个进程，或用 YIJIANSHI_DATA 指定另一个目录。"
                ) from None
            time.sleep(0.1)
    os.ftruncate(file, 0)
    os.pwrite(file, str(os.getpid()).encode(), 0)
    return file


def release(file: int) -> None:
    """Give the lock up; processes of the server that still finish keep it until they have ended."""
    os.ftruncate(file, 0)  # nobody may mistake us for the holder meanwhile
    os.close(file)


def _is_alive(process: str) -> bool:
    if not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
