"""The processes of the platform on one machine: started, watched, started again, stopped in order."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

from yijianshi.project.lifeline import SUPERVISED, end_with_parent

_FIRST_DELAY, _LONGEST_DELAY = 0.5, 10.0
_STEADY_AFTER = 20.0  # seconds after which an earlier failure no longer counts
_LOOK_EVERY = 0.3
_PATIENCE = 20.0  # seconds that a child may take to finish its work


@dataclass
class Child:
    """One process and how often it has failed lately."""

    name: str
    command: Sequence[str]
    variables: Mapping[str, str] = field(default_factory=dict)
    process: "subprocess.Popen[bytes] | None" = None
    started_at: float = 0.0
    delay: float = _FIRST_DELAY
    again_at: float | None = None

    def start(self) -> None:
        """Start the process; it ends with the thread that calls this, however that ends."""
        self.process = subprocess.Popen(
            list(self.command),
            env={**os.environ, **self.variables, SUPERVISED: "1"},
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the supervisor alone, which then stops in order
            preexec_fn=end_with_parent,
        )
        self.started_at = time.monotonic()
        self.again_at = None


class Supervisor:
    """Keeps children running until it is told to stop; must be run by the main thread."""

    def __init__(self, *, say: Callable[[str], None] = print) -> None:
        self._say = say
        self._children: list[Child] = []
        self._stopping = threading.Event()
        self._watched: list[Callable[[], None]] = []

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def listen(self) -> None:
        """Take Ctrl-C, a polite kill and the closing of the terminal as the wish to stop."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def watch(self, look: Callable[[], None]) -> None:
        """Call `look` regularly, for something that is watched in its own way."""
        self._watched.append(look)

    def start(self, child: Child) -> None:
        """Start a child and watch it from now on."""
        self._children.append(child)
        child.start()

    def run(self) -> None:
        """Watch until the wish to stop arrives."""
        while not self._stopping.wait(_LOOK_EVERY):
            self.look()

    def wait_until(self, done: Callable[[], bool], *, seconds: float) -> bool:
        """Watch until `done`, at most so many seconds; return whether it was done."""
        deadline = time.monotonic() + seconds
        while not self.stopping and time.monotonic() < deadline:
            self.look()
            if done():
                return True
            self._stopping.wait(_LOOK_EVERY)
        return False

    def look(self) -> None:
        """Start again, after a growing delay, whatever has ended."""
        for look in self._watched:
            look()
        now = time.monotonic()
        for child in self._children:
            if child.again_at is not None:
                if now >= child.again_at:
                    child.start()
            elif child.process is not None and child.process.poll() is not None:
                if now - child.started_at > _STEADY_AFTER:
                    child.delay = _FIRST_DELAY
                self._say(
                    f"「{child.name}」意外退出（{_ending(child.process.returncode)}），"
                    f"{child.delay:g} 秒后重新启动。"
                )
                child.again_at = now + child.delay
                child.delay = min(child.delay * 2, _LONGEST_DELAY)

    def stop(self) -> None:
        """Ask all children to finish, last started first, and end by force whatever does not."""
        self._stopping.set()
        running = [child for child in self._children if child.process and child.process.poll() is None]
        for child in reversed(running):
            assert child.process is not None
            child.process.terminate()
        deadline = time.monotonic() + _PATIENCE
        for child in reversed(running):
            assert child.process is not None
            try:
                child.process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self._say(f"「{child.name}」没有按时结束，强制结束。")
                child.process.kill()
                child.process.wait()

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._stopping.set()


def _ending(code: int) -> str:
    if code < 0:
        return f"被信号 {signal.Signals(-code).name} 终止"
    return f"返回 {code}"
