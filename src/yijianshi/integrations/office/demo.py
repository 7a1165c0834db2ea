"""The demo's office app: what is pushed lies in a file, and a page of ours shows it."""

import fcntl
import json
import os
from pathlib import Path

from yijianshi.services.ports import Clock
from yijianshi.services.providers import ToDo

_MOST = 200


class DemoOfficeApp:
    """The OfficeApp port over a file of JSON lines; the file itself remembers what was pushed."""

    is_demo = True

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path, self._clock = path, clock

    def push(self, to_do: ToDo, *, once: str) -> None:
        """Write it down; a second call with the same `once` does nothing, whichever process makes it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            if any(json.loads(line)["once"] == once for line in file):
                return
            line = {
                "once": once, "at": self._clock.now().isoformat(), "subject": to_do.subject, "text": to_do.text,
                "link": to_do.link,
            }  # fmt: skip
            file.write(json.dumps(line, ensure_ascii=False) + "\n")

    def shown(self) -> tuple[ToDo, ...]:
        """Return what was pushed, the newest first."""
        if not self._path.is_file():
            return ()
        lines = self._path.read_text(encoding="utf-8").splitlines()[-_MOST:]
        read = [json.loads(line) for line in reversed(lines)]
        return tuple(ToDo(one["subject"], one["text"], one["link"]) for one in read)
