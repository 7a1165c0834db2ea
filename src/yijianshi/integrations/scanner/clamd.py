"""
ClamAV's daemon, spoken to over its socket: the bytes go as a stream, no file is left anywhere.

Source: clamd(8), command INSTREAM.
"""

import socket
import struct
import time
from collections.abc import Callable
from contextlib import closing
from mmap import mmap

from yijianshi.services.ports import ScannerUnavailable, ScanVerdict

_PIECE = 256 * 1024
_LONGEST_REPLY = 4096
_END = struct.pack("!I", 0)


class ScannerAddressUnreadable(ValueError):
    """The scanner's address in the settings is neither a socket's path nor host and port."""


class ClamdScanner:
    """The Scanner port over clamd, each scan within `timeout` seconds."""

    is_demo = False

    def __init__(self, address: str, *, timeout: float = 30.0) -> None:
        """
        Speak to clamd at `unix:/run/clamav/clamd.ctl` or `tcp:host:3310`.

        :raises ScannerAddressUnreadable: if the address is neither.
        """
        self._connect = _way_to(address)
        self._timeout = timeout

    def scan(self, content: bytes | mmap) -> ScanVerdict:
        """Return the verdict. :raises ScannerUnavailable: if clamd cannot tell now."""
        reply = self._talk(b"zINSTREAM\0", content)
        text = reply.removeprefix("stream:").strip()
        if text == "OK":
            return ScanVerdict()
        if text.endswith(" FOUND"):
            return ScanVerdict(text.removesuffix(" FOUND").strip() or "unknown")
        raise ScannerUnavailable(f"查杀服务没有给出结论：{text[:80]}。材料先不对外显示，稍后再查。")

    def is_alive(self) -> bool:
        """Return whether clamd answers a ping. :raises ScannerUnavailable: if it cannot be reached."""
        return self._talk(b"zPING\0", None) == "PONG"

    def _talk(self, command: bytes, content: bytes | mmap | None) -> str:
        deadline = time.monotonic() + self._timeout
        try:
            with closing(self._connect(self._timeout)) as line:
                line.sendall(command)
                try:
                    if content is not None:
                        _stream(line, content, deadline)
                except (BrokenPipeError, ConnectionResetError):
                    # clamd hangs up on what is over its size limit, and says so before it does.
                    return _reply(line, deadline)
                return _reply(line, deadline)
        except OSError as reason:
            raise ScannerUnavailable(
                f"查杀服务连不上（{type(reason).__name__}）。材料先不对外显示，稍后再查。"
            ) from reason


def _stream(line: socket.socket, content: bytes | mmap, deadline: float) -> None:
    for start in range(0, len(content), _PIECE):
        # A copy, not a view: a view kept by an error would keep a mapped file from being closed.
        piece = content[start : start + _PIECE]
        line.settimeout(_left(deadline))
        line.sendall(struct.pack("!I", len(piece)))
        line.sendall(piece)
    line.sendall(_END)


def _reply(line: socket.socket, deadline: float) -> str:
    reply = b""
    while b"\0" not in reply and len(reply) < _LONGEST_REPLY:
        line.settimeout(_left(deadline))
        piece = line.recv(_LONGEST_REPLY)
        if not piece:
            break
        reply += piece
    verdict, ended, _ = reply.partition(b"\0")
    # A reply that breaks off is no verdict, however it begins.
    return verdict.decode("utf-8", "replace").strip() if ended else ""


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no verdict before the deadline")
    return left


def _way_to(address: str) -> Callable[[float], socket.socket]:
    scheme, _, rest = address.partition(":")
    if scheme == "unix" and rest.startswith("/"):
        return lambda timeout: _unix(rest, timeout)
    host, _, port = rest.rpartition(":")
    if scheme == "tcp" and host and port.isdecimal():
        return lambda timeout: socket.create_connection((host.strip("[]"), int(port)), timeout)
    raise ScannerAddressUnreadable(
        f"查杀服务地址“{address}”读不懂。请写 unix:/run/clamav/clamd.ctl 或 tcp:主机:3310。"
    )


def _unix(path: str, timeout: float) -> socket.socket:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        line.settimeout(timeout)
        line.connect(path)
    except OSError:
        line.close()
        raise
    return line
