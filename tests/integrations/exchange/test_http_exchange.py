"""A real sharing platform is asked over HTTP, in time, and left alone when it keeps failing."""

import json
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from yijianshi.domain.codes import ElementCode, LicenceCode, ResourceCode
from yijianshi.integrations.exchange import HttpExchange, InsecureAddress
from yijianshi.integrations.exchange.breaker import CircuitBreaker
from yijianshi.services.ports import HeldLicence, SourceUnavailable, Subject

WANG = Subject(person="320106199205189960", enterprise="91320106DEM0000010")
POPULATION = ResourceCode("population")
NAME = ElementCode("applicant-name")
CARD = HeldLicence(LicenceCode("id-card"), "1", "居民身份证", "1", date(2018, 6, 1), date(2038, 6, 1))


class Platform:
    """A sharing platform on this machine that answers what the test lays down."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.status = 200
        self.pause = 0.0
        self.drip = 0.0
        self.missing = 0
        self.seen: list[tuple[str, Mapping[str, str], Any]] = []
        platform = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                platform.seen.append((self.path, dict(self.headers), body))
                time.sleep(platform.pause)
                answer = platform.answers.get(self.path, b"{}")
                self.send_response(platform.status)
                self.send_header("Content-Length", str(len(answer) + platform.missing))
                if platform.missing:
                    self.send_header("Connection", "close")
                self.end_headers()
                pieces = [answer] if not platform.drip else [answer[n : n + 1] for n in range(len(answer))]
                try:
                    for piece in pieces:
                        self.wfile.write(piece)
                        self.wfile.flush()
                        time.sleep(platform.drip)
                except OSError:
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                """Stay quiet: the test looks at what was seen."""

        class Server(ThreadingHTTPServer):
            def handle_error(self, request: Any, client_address: Any) -> None:
                """A caller who hangs up early is what some tests are about."""

        self.server = Server(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}/exchange/"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05})
        self.thread.start()

    def answer(self, path: str, body: Any) -> None:
        self.answers["/exchange" + path] = body if isinstance(body, bytes) else json.dumps(body).encode()

    def stop(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def platform() -> Iterator[Platform]:
    running = Platform()
    yield running
    running.stop()


def ask(exchange: HttpExchange) -> Mapping[ElementCode, Any]:
    return exchange.ask(POPULATION, about=WANG, elements=[NAME]).values


def test_values_come_with_the_moment_they_were_true(platform: Platform) -> None:
    platform.answer("/ask", {"values": {"applicant-name": "王芳"}, "as_of": "2026-11-18T10:00:00+08:00"})
    supplied = HttpExchange(platform.address).ask(POPULATION, about=WANG, elements=[NAME])
    assert supplied.values == {"applicant-name": "王芳"}
    assert supplied.as_of == datetime(2026, 11, 18, 2, 0, tzinfo=UTC)


def test_nobody_is_named_in_the_address(platform: Platform) -> None:
    platform.answer("/ask", {"values": {}, "as_of": "2026-11-18T02:00:00Z"})
    ask(HttpExchange(platform.address))
    path, _, body = platform.seen[0]
    assert path == "/exchange/ask"
    assert body == {
        "resource": "population",
        "subject": {"person": WANG.person, "enterprise": WANG.enterprise},
        "elements": ["applicant-name"],
    }


def test_what_was_not_asked_for_and_what_is_empty_is_thrown_away(platform: Platform) -> None:
    platform.answer(
        "/ask", {"values": {"applicant-name": "", "applicant-gender": "女"}, "as_of": "2026-11-18T02:00:00Z"}
    )
    assert ask(HttpExchange(platform.address)) == {}


def test_every_call_is_signed_over_its_path_and_body(platform: Platform) -> None:
    platform.answer("/ask", {"values": {}, "as_of": "2026-11-18T02:00:00Z"})

    def sign(method: str, path: str, body: bytes) -> Mapping[str, str]:
        return {"X-Signature": f"{method} {path} {len(body)}"}

    ask(HttpExchange(platform.address, sign=sign))
    _, headers, _body = platform.seen[0]
    length = headers["Content-Length"]
    assert headers["X-Signature"] == f"POST /exchange/ask {length}"


def test_licences_and_their_documents_come_over_the_same_way(platform: Platform) -> None:
    platform.answer(
        "/licences",
        {
            "licences": [
                {
                    "kind": "id-card",
                    "number": "1",
                    "name": "居民身份证",
                    "holder": "1",
                    "issued_on": "2018-06-01",
                    "valid_until": "2038-06-01",
                }
            ]
        },
    )
    platform.answer("/licences/document", b"%PDF-1.7 ...")
    exchange = HttpExchange(platform.address)
    assert exchange.licences_of(WANG) == (CARD,)
    assert exchange.licence_document(CARD) == b"%PDF-1.7 ..."


@pytest.mark.parametrize(
    "answer",
    [b"not json", b"{}", {"values": [], "as_of": "2026-11-18T02:00:00Z"}, {"values": {}, "as_of": "yesterday"},
     {"values": {}, "as_of": "2026-11-18T02:00:00"}],
)  # fmt: skip
def test_an_answer_of_another_shape_is_no_answer(platform: Platform, answer: Any) -> None:
    platform.answer("/ask", answer)
    with pytest.raises(SourceUnavailable):
        ask(HttpExchange(platform.address))


def test_a_document_that_is_no_pdf_is_refused(platform: Platform) -> None:
    platform.answer("/licences/document", b"<html>login</html>")
    with pytest.raises(SourceUnavailable):
        HttpExchange(platform.address).licence_document(CARD)


def test_an_endless_answer_is_cut_off(platform: Platform) -> None:
    platform.answer("/ask", b" " * (1024 * 1024 + 1))
    with pytest.raises(SourceUnavailable):
        ask(HttpExchange(platform.address))


@pytest.mark.parametrize("status", [301, 403, 404, 500, 503])
def test_any_other_status_means_not_available(platform: Platform, status: int) -> None:
    platform.status = status
    with pytest.raises(SourceUnavailable, match="不耽误提交"):
        ask(HttpExchange(platform.address))


def test_an_answer_that_breaks_off_is_no_answer(platform: Platform) -> None:
    platform.answer("/licences/document", b"%PDF-1.7 first half")
    platform.missing = 100
    with pytest.raises(SourceUnavailable):
        HttpExchange(platform.address).licence_document(CARD)


def test_a_slow_answer_is_not_waited_for(platform: Platform) -> None:
    platform.pause = 1.0
    start = time.monotonic()
    with pytest.raises(SourceUnavailable, match="TimeoutError"):
        ask(HttpExchange(platform.address, timeout=0.2))
    assert time.monotonic() - start < 0.8


def test_an_answer_that_only_drips_is_not_waited_for_either(platform: Platform) -> None:
    platform.answer("/ask", {"values": {"applicant-name": "王芳"}, "as_of": "2026-11-18T02:00:00Z"})
    platform.drip = 0.05
    start = time.monotonic()
    with pytest.raises(SourceUnavailable):
        ask(HttpExchange(platform.address, timeout=0.3))
    assert time.monotonic() - start < 1.0


def test_nobody_listening_means_not_available() -> None:
    with pytest.raises(SourceUnavailable):
        ask(HttpExchange("http://127.0.0.1:9/", timeout=0.2))


def test_a_register_that_keeps_failing_is_left_alone_and_tried_again_later(platform: Platform) -> None:
    seconds = [0.0]
    breaker = CircuitBreaker(limit=2, rest=30, seconds=lambda: seconds[0])
    exchange = HttpExchange(platform.address, breaker=breaker)
    platform.status = 500
    for _ in range(4):
        with pytest.raises(SourceUnavailable):
            ask(exchange)
    assert len(platform.seen) == 2
    assert breaker.resting == ("population",)

    platform.answer("/licences", {"licences": []})
    platform.status = 200
    assert exchange.licences_of(WANG) == ()

    seconds[0] = 31.0
    platform.answer("/ask", {"values": {"applicant-name": "王芳"}, "as_of": "2026-11-18T02:00:00Z"})
    assert ask(exchange) == {"applicant-name": "王芳"}
    assert breaker.resting == ()


def test_after_the_rest_only_one_caller_tries() -> None:
    seconds = [0.0]
    breaker = CircuitBreaker(limit=1, rest=10, seconds=lambda: seconds[0])
    breaker.failed("taxation")
    assert not breaker.may_try("taxation")
    seconds[0] = 11.0
    assert breaker.may_try("taxation")
    assert not breaker.may_try("taxation")
    breaker.succeeded("taxation")
    assert breaker.may_try("taxation")


@pytest.mark.parametrize(
    "address", ["http://exchange.example/", "ftp://exchange.example/", "exchange.example"]
)
def test_personal_data_never_travels_in_the_clear(address: str) -> None:
    with pytest.raises(InsecureAddress, match="https"):
        HttpExchange(address)


def test_an_untrusted_certificate_is_refused_by_default() -> None:
    assert ssl.create_default_context().verify_mode is ssl.CERT_REQUIRED
    exchange = HttpExchange("https://exchange.example/")
    assert exchange._trust.check_hostname
