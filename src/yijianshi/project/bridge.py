"""
The bridge of a clerk's machine (本机桥): it lets pages of the window use the devices that stand on the desk, and nobody else.

It listens on this machine only, answers the site that was named, after a pairing by a code shown here once, and keeps
nothing: what a device gives goes into one answer. The protocol is docs/bridge.md; this is its reference, with simulated
devices, for makers of drivers to set theirs in place of.
"""

import argparse
import base64
import hmac
import json
import secrets
import struct
import sys
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock
from typing import Any

VERSION = "1"
PORT = 18020
CODE_LASTS = 600.0  # seconds
MOST_TRIES = 5
_PAUSE = 1.0  # seconds after a wrong code: a program that tries them all would need weeks
_LARGEST_QUESTION = 64 * 1024
_KINDS = ("card", "camera", "signature", "rating", "receipt")


class DeviceFailed(Exception):
    """A device does not do what it was asked; says what is the matter and what would do."""

    def __init__(self, says: str, remedy: str) -> None:
        super().__init__(says)
        self.says, self.remedy = says, remedy


@dataclass(frozen=True, slots=True)
class Device:
    """One device: what it is called, how it is now, and what it does when asked."""

    name: str
    use: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    look: Callable[[], str] = lambda: ""  # what is the matter; empty: ready


@dataclass(slots=True)
class Pairing:
    """Who may use the devices: one code that is shown here, and the tokens that were given for codes."""

    clock: Callable[[], float] = time.monotonic
    pause: Callable[[float], None] = time.sleep
    code: str = ""
    _until: float = 0.0
    _wrong: int = 0
    _tokens: set[str] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def new_code(self) -> str:
        """Return a fresh code of six digits; the one before is no longer good."""
        self.code, self._wrong = f"{secrets.randbelow(10**6):06}", 0
        self._until = self.clock() + CODE_LASTS
        return self.code

    def take(self, given: str) -> str | None:
        """Return a token for the code, once; nothing if it is wrong, too old, used, or was tried too often."""
        with self._lock:
            if self.is_spent():
                return None
            if not hmac.compare_digest(given.encode(), self.code.encode()):
                self._wrong += 1
                self.pause(_PAUSE)  # nobody else tries meanwhile
                return None
            self.code = ""
            token = secrets.token_urlsafe(32)
            self._tokens.add(token)
            return token

    def is_spent(self) -> bool:
        """Return whether the code is no longer good, so that a new one has to be shown."""
        return not self.code or self.clock() > self._until or self._wrong >= MOST_TRIES

    def knows(self, token: str) -> bool:
        return any(hmac.compare_digest(token.encode(), known.encode()) for known in self._tokens)


class Bridge(ThreadingHTTPServer):
    """The server: devices, pairing, and the sites that may ask."""

    daemon_threads = True

    def __init__(
        self,
        port: int,
        *,
        origins: tuple[str, ...],
        devices: Mapping[str, Device],
        say: Callable[[str], None],
    ) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.origins, self.devices, self.say = origins, devices, say
        self.pairing = Pairing()


class _Handler(BaseHTTPRequestHandler):
    server: Bridge
    server_version = f"yijianshi-bridge/{VERSION}"
    sys_version = ""

    def do_OPTIONS(self) -> None:
        """Answer what a browser asks before it lets a page ask."""
        if self._is_welcome():
            self._send(HTTPStatus.NO_CONTENT, None)

    def do_GET(self) -> None:
        if not self._is_welcome():
            return
        if self.path != "/v1/status":
            self._refuse(HTTPStatus.NOT_FOUND, "no-such-thing", "本机桥没有这个功能。", "请升级本机桥。")
            return
        devices = [
            {
                "kind": kind, "name": device.name, "state": "trouble" if (says := device.look()) else "ready",
                "says": says or "在线",
            }
            for kind, device in self.server.devices.items()
        ]  # fmt: skip
        self._send(HTTPStatus.OK, {"version": VERSION, "devices": devices})

    def do_POST(self) -> None:
        if not self._is_welcome():
            return
        asked = self._asked()
        if asked is None:
            self._refuse(HTTPStatus.BAD_REQUEST, "unreadable", "本机桥看不懂这个请求。", "请刷新页面再试。")
        elif self.path == "/v1/pair":
            self._pair(str(asked.get("code", "")))
        elif not self.server.pairing.knows(self.headers.get("Authorization", "").removeprefix("Bearer ")):
            self._refuse(
                HTTPStatus.UNAUTHORIZED,
                "not-paired",
                "这个浏览器还没有和本机桥配对。",
                "请到“设备”页输配对码。",
            )
        else:
            self._use(self.path.removeprefix("/v1/"), asked)

    def _pair(self, code: str) -> None:
        token = self.server.pairing.take(code)
        if token is None:
            if self.server.pairing.is_spent():
                self.server.say(
                    f"配对没有成功，原来的码不能再用。新的配对码：{self.server.pairing.new_code()}"
                )
            self._refuse(
                HTTPStatus.FORBIDDEN,
                "wrong-code",
                "配对码不对，或者已经不能用了。",
                "请照本机桥窗口里最后显示的 6 位数字再输一次。",
            )
            return
        self.server.say(f"配对好了一个浏览器。再配一个，用这个码：{self.server.pairing.new_code()}")
        self._send(HTTPStatus.OK, {"token": token})

    def _use(self, kind: str, asked: Mapping[str, Any]) -> None:
        device = self.server.devices.get(kind)
        if device is None:
            self._refuse(
                HTTPStatus.NOT_FOUND,
                "no-such-device",
                "这台电脑没有接这种设备。",
                "请照证件手工填，或换一台电脑。",
            )
            return
        try:
            self._send(HTTPStatus.OK, device.use(asked))
        except DeviceFailed as why:
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, "device-failed", why.says, why.remedy)

    def _is_welcome(self) -> bool:
        """Answer only the named sites, asked for under this machine's own name: a page elsewhere learns nothing."""
        port = self.server.server_port
        host_is_ours = self.headers.get("Host", "") in (f"127.0.0.1:{port}", f"localhost:{port}")
        if host_is_ours and self.headers.get("Origin", "") in self.server.origins:
            return True
        self.send_response(HTTPStatus.FORBIDDEN)
        self.send_header("Content-Length", "0")
        self.end_headers()
        return False

    def _asked(self) -> Mapping[str, Any] | None:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > _LARGEST_QUESTION:
            return None
        if self.headers.get("Content-Type", "").partition(";")[0] != "application/json":
            return None  # a form of another site needs no leave to be sent, JSON does
        try:
            asked = json.loads(self.rfile.read(int(length)))
        except ValueError:
            return None
        return asked if isinstance(asked, dict) else None

    def _refuse(self, status: HTTPStatus, error: str, says: str, remedy: str) -> None:
        self._send(status, {"error": error, "says": says, "remedy": remedy})

    def _send(self, status: HTTPStatus, told: Mapping[str, Any] | None) -> None:
        body = b"" if told is None else json.dumps(told, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", ""))
        self.send_header("Access-Control-Allow-Methods", "GET, POST")
        self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type")
        self.send_header("Access-Control-Allow-Private-Network", "true")
        self.send_header("Vary", "Origin")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Write nothing down: a log would be data at rest."""


def simulated_devices(failing: frozenset[str] = frozenset()) -> dict[str, Device]:
    """
    Return devices that behave as real ones do, with made-up answers.

    :param failing: the kinds that are out of order, to see what the pages say then.
    """
    taken = iter(range(1, 10**6))

    def camera(asked: Mapping[str, Any]) -> Mapping[str, Any]:
        picture = base64.b64encode(_page(next(taken))).decode()
        return {"type": "image/png", "picture": picture, "says": "拍好了一页。"}

    def rating(asked: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"level": 5, "says": "他按了“非常满意”。"}

    working: dict[str, tuple[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]]] = {
        "card": ("读卡器", lambda asked: {"number": "11010519491231002X", "name": "示例一", "says": "读到了示例一的身份证。"}),
        "camera": ("高拍仪", camera),
        "signature": ("签名板", lambda asked: {"type": "image/png", "picture": base64.b64encode(_page(0)).decode(), "says": "签好了。"}),
        "rating": ("评价器", rating),
        "receipt": ("小票打印机", lambda asked: {"says": f"打好了 {len(asked.get('lines', ()))} 行。"}),
    }  # fmt: skip
    broken = {
        "card": ("读卡器没有回应。", "请拔下再插上；还不行，照证件手工填。"),
        "camera": ("高拍仪没有回应。", "请看 USB 线；也可以用手机拍好，再选照片。"),
        "signature": ("签名板没有回应。", "请申请人在纸上签，拍下来交。"),
        "rating": ("评价器没有回应。", "请申请人在手机上评价。"),
        "receipt": ("小票打印机缺纸。", "请换一卷纸；回执也可以打在 A4 纸上。"),
    }

    def refuse(kind: str) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
        def refusing(asked: Mapping[str, Any]) -> Mapping[str, Any]:
            raise DeviceFailed(*broken[kind])

        return refusing

    return {
        kind: Device(name, refuse(kind), look=lambda kind=kind: broken[kind][0].rstrip("。"))  # type: ignore[misc]
        if kind in failing
        else Device(name, use)
        for kind, (name, use) in working.items()
    }


def _page(number: int) -> bytes:
    """Return a white page with `number` dark lines as a PNG, so that two pages can be told apart."""
    width, height = 620, 876

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    blank = b"\0" + b"\xff" * width
    line = b"\0" + b"\xff" * 60 + b"\x20" * (width - 120) + b"\xff" * 60
    dark = {80 + 40 * n + row for n in range(number) for row in range(4)}
    rows = b"".join(line if row in dark else blank for row in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def register(subparsers: Any) -> None:
    """Add the command to the menu."""
    parser = subparsers.add_parser(
        "bridge", help="本机桥：让窗口的网页用这台电脑上的读卡器、高拍仪（示例设备）"
    )
    parser.add_argument(
        "--port", type=int, default=PORT, help=f"端口，和服务器上的 YIJIANSHI_BRIDGE 一致（{PORT}）"
    )
    parser.add_argument(
        "--allow", action="append", required=True, metavar="网址", help="哪个网站可以用，可写几个"
    )
    parser.add_argument(
        "--fail", action="append", default=[], choices=_KINDS, help="让一种设备装作坏了，用来演练"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Answer until stopped."""

    def say(words: str) -> None:
        print(words, flush=True)

    origins = tuple(origin.rstrip("/") for origin in arguments.allow)
    try:
        bridge = Bridge(
            arguments.port, origins=origins, devices=simulated_devices(frozenset(arguments.fail)), say=say
        )
    except OSError as reason:
        print(
            f"端口 {arguments.port} 用不了（{reason.strerror}）。请停止占用它的程序，或用 --port 换一个。",
            file=sys.stderr,
        )
        return 1
    say(
        f"本机桥在 http://127.0.0.1:{bridge.server_port}，只答应 {'、'.join(origins)}。配对码：{bridge.pairing.new_code()}"
    )
    try:
        bridge.serve_forever()
    except KeyboardInterrupt:
        say("本机桥停了。")
    finally:
        bridge.server_close()
    return 0
