"""Processes under supervision come back when they die, and go when they are told to."""

import signal
import subprocess
import sys
import time
from pathlib import Path

from yijianshi.project.children import Child, Supervisor

SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
PARENT = """
import sys, time
from yijianshi.project.children import Child, Supervisor
supervisor = Supervisor()
child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(600)"])
supervisor.start(child)
print(child.process.pid, flush=True)
time.sleep(600)
"""


def wait_until(condition: object, seconds: float = 10) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if callable(condition) and condition():
            return True
        time.sleep(0.05)
    return False


def is_gone(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_what_dies_is_reported_and_started_again_with_growing_pauses() -> None:
    said: list[str] = []
    supervisor = Supervisor(say=said.append)
    child = Child("后台", SLEEPER, delay=0.05)
    supervisor.start(child)
    try:
        for _ in range(2):
            assert child.process is not None
            before = child.process.pid
            child.process.kill()
            child.process.wait()
            assert wait_until(lambda: supervisor.look() or (child.process and child.process.pid != before))
        assert said[0] == "「后台」意外退出（被信号 SIGKILL 终止），0.05 秒后重新启动。"
        assert "0.1 秒后" in said[1]
    finally:
        supervisor.stop()


def test_stopping_ends_every_child() -> None:
    supervisor = Supervisor(say=lambda line: None)
    children = [Child(str(number), SLEEPER) for number in range(3)]
    for child in children:
        supervisor.start(child)
    supervisor.stop()
    assert all(child.process is not None and child.process.poll() is not None for child in children)


def test_killing_the_supervisor_leaves_no_child() -> None:
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    assert not is_gone(child)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    assert wait_until(lambda: is_gone(child))
