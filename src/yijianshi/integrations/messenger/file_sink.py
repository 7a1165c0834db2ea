"""Text messages of the demo: one line per sending in a file, so that everybody can read what would have been sent."""

import fcntl
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from yijianshi.services.ports import Clock, Message

from .templates import render


class FileSink:
    """The Messenger port over a file of JSON lines; the file itself remembers what has been sent."""

    is_demo = True

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._clock = clock
        self._sent: set[str] = set()
        self._read_until = 0

    def send(self, messages: Iterable[Message], *, once: str) -> None:
        """
        Write the messages; a second call with the same `once` does nothing, whichever process makes it.

        :raises TemplateUnknown, ValueUnfit: if a message may not be sent as it is; then none is.
        """
        written = [
            {"account": message.account, "text": render(message.key, message.values), "link": message.link}
            for message in messages
        ]
        line = {"once": once, "at": self._clock.now().isoformat(), "messages": written}
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as file:
            # One process at a time looks and writes; the lock goes with the file when it is closed.
            fcntl.flock(file, fcntl.LOCK_EX)
            self._catch_up(file)
            if once in self._sent:
                return
            file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
            self._read_until = file.tell()
            self._sent.add(once)

    def _catch_up(self, file: BinaryIO) -> None:
        """Read what others have sent, and cut off a line that a crash left unfinished."""
        if os.fstat(file.fileno()).st_size < self._read_until:
            self._sent.clear()
            self._read_until = 0
        file.seek(self._read_until)
        for line in file:
            if not line.endswith(b"\n"):
                break
            self._sent.add(json.loads(line)["once"])
            self._read_until += len(line)
        file.truncate(self._read_until)
        file.seek(self._read_until)
