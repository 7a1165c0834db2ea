"""A threat is seen, what is clean passes, and a scanner that cannot tell never says «clean»."""

import mmap
import socketserver
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from yijianshi.integrations.scanner import ClamdScanner, DemoScanner, ScannerAddressUnreadable, check
from yijianshi.integrations.scanner.demo import EICAR
from yijianshi.services.ports import Scanner, ScannerUnavailable, ScanVerdict


class Clamd:
    """A clamd that speaks INSTREAM and PING as the real one does."""

    def __init__(self, address: tuple[str, int] | str) -> None:
        self.limit = 25 * 1024 * 1024
        self.reply = b""
        self.pause = 0.0
        self.received = b""
        clamd = self

        class Handler(socketserver.StreamRequestHandler):
            def handle(self) -> None:
                command = b""
                while not command.endswith(b"\0"):
                    command += self.rfile.read(1)
                if command == b"zPING\0":
                    self.wfile.write(b"PONG\0")
                    return
                assert command == b"zINSTREAM\0"
                content = b""
                while length := struct.unpack("!I", self.rfile.read(4))[0]:
                    if len(content) + length > clamd.limit:
                        self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                        return
                    content += self.rfile.read(length)
                clamd.received = content
                time.sleep(clamd.pause)
                verdict = b"Eicar-Signature FOUND" if EICAR in content else b"OK"
                self.wfile.write(clamd.reply or b"stream: " + verdict + b"\0")

        kind = socketserver.ThreadingUnixStreamServer if isinstance(address, str) else None
        self.server = (kind or socketserver.ThreadingTCPServer)(address, Handler)  # type: ignore[arg-type]
        # A caller who hangs up early is what some tests are about.
        self.server.handle_error = lambda request, client_address: None  # type: ignore[method-assign]
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture(params=["unix", "tcp"])
def clamd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Clamd, str]]:
    if request.param == "unix":
        place = str(tmp_path / "clamd.ctl")
        running, address = Clamd(place), f"unix:{place}"
    else:
        running = Clamd(("127.0.0.1", 0))
        address = f"tcp:127.0.0.1:{running.server.server_address[1]}"
    yield running, address
    running.stop()


@pytest.fixture(params=["demo", "clamd"])
def scanner(request: pytest.FixtureRequest) -> Iterator[Scanner]:
    if request.param == "demo":
        yield DemoScanner()
        return
    running = Clamd(("127.0.0.1", 0))
    yield ClamdScanner(f"tcp:127.0.0.1:{running.server.server_address[1]}")
    running.stop()


@pytest.mark.parametrize("content", [b"", b"a", b"%PDF-1.7 " + bytes(300_000)])
def test_what_is_clean_passes(scanner: Scanner, content: bytes) -> None:
    assert scanner.scan(content).is_clean


@pytest.mark.parametrize("before", [b"", b"%PDF-1.7 \n", bytes(1_000_000)])
def test_the_test_file_of_all_scanners_is_seen(scanner: Scanner, before: bytes) -> None:
    verdict = scanner.scan(before + EICAR + b"\n")
    assert not verdict.is_clean
    assert "eicar" in verdict.threat.lower()


def test_clamd_receives_every_byte_over_either_socket(clamd: tuple[Clamd, str]) -> None:
    running, address = clamd
    content = bytes(range(256)) * 5000
    assert ClamdScanner(address).scan(content) == ScanVerdict()
    assert running.received == content


def test_an_upload_over_clamds_limit_is_not_called_clean(clamd: tuple[Clamd, str]) -> None:
    running, address = clamd
    running.limit = 1000
    with pytest.raises(ScannerUnavailable):
        ClamdScanner(address).scan(bytes(5_000_000))


@pytest.mark.parametrize(
    "reply", [b"stream: Can't allocate memory ERROR\0", b"\0", b"UNKNOWN COMMAND\0", b"stream: OK"]
)
def test_only_a_whole_ok_is_clean(clamd: tuple[Clamd, str], reply: bytes) -> None:
    running, address = clamd
    running.reply = reply
    with pytest.raises(ScannerUnavailable, match="没有给出结论"):
        ClamdScanner(address).scan(b"x")


def test_a_slow_scanner_is_not_waited_for(clamd: tuple[Clamd, str]) -> None:
    running, address = clamd
    running.pause = 1.0
    start = time.monotonic()
    with pytest.raises(ScannerUnavailable, match="TimeoutError"):
        ClamdScanner(address, timeout=0.2).scan(b"x")
    assert time.monotonic() - start < 0.8


def test_no_scanner_means_no_verdict(tmp_path: Path) -> None:
    for address in (f"unix:{tmp_path}/none.ctl", "tcp:127.0.0.1:9"):
        with pytest.raises(ScannerUnavailable, match="连不上"):
            ClamdScanner(address, timeout=0.5).scan(b"x")


def test_a_ping_is_answered(clamd: tuple[Clamd, str]) -> None:
    assert ClamdScanner(clamd[1]).is_alive()


@pytest.mark.parametrize(
    "address", ["", "clamd.ctl", "unix:clamd.ctl", "tcp:3310", "tcp:host:port", "http://host:3310"]
)
def test_an_unreadable_address_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(ScannerAddressUnreadable, match="tcp:主机:3310"):
        ClamdScanner(address)


def test_the_check_finds_the_demo_a_blind_and_a_missing_scanner(clamd: tuple[Clamd, str]) -> None:
    running, address = clamd
    assert check(ClamdScanner(address)) == ()
    assert "演示查杀" in check(DemoScanner())[0]
    assert "连不上" in check(ClamdScanner("tcp:127.0.0.1:9", timeout=0.5))[0]
    running.reply = b"stream: OK\0"
    assert "EICAR" in check(ClamdScanner(address))[0]


@pytest.mark.parametrize("stopped", [False, True], ids=["clamd answers", "clamd is gone"])
def test_a_file_on_disk_is_scanned_without_being_read_into_memory_and_can_be_closed_afterwards(
    clamd: tuple[Clamd, str], tmp_path: Path, stopped: bool
) -> None:
    running, address = clamd
    (tmp_path / "drawing").write_bytes(bytes(600_000) + EICAR)
    if stopped:
        running.limit = 1000
    with (
        (tmp_path / "drawing").open("rb") as file,
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole,
    ):
        if stopped:
            with pytest.raises(ScannerUnavailable):
                ClamdScanner(address).scan(whole)
        else:
            assert not ClamdScanner(address).scan(whole).is_clean
    assert whole.closed
