"""The office app is told by a signed request, shows each thing once, and is left alone while it is away."""

import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from yijianshi.integrations.office import DemoOfficeApp, HttpOfficeApp
from yijianshi.services.providers import OfficeAppUnavailable, ToDo

TO_DO = ToDo("office-1", "今天到期 3 件", "https://yjs.example.gov.cn/desk?state=soon")


class Clock:
    def now(self) -> datetime:
        return datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def test_the_request_is_signed_and_says_nothing_but_the_sentence() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(202)

    app = HttpOfficeApp(
        "https://office.example/todo", secret="a secret", clock=Clock(), transport=httpx.MockTransport(answer)
    )
    app.push(TO_DO, once="office-app:1:2026-11-24")
    (request,) = seen
    body = request.read()
    assert json.loads(body) == {"user": "office-1", "text": TO_DO.text, "link": TO_DO.link}
    assert request.headers["Idempotency-Key"] == "office-app:1:2026-11-24"
    mac = HMAC(b"a secret", SM3())
    mac.update(f"{request.headers['X-Timestamp']}\noffice-app:1:2026-11-24\n".encode() + body)
    assert request.headers["X-Signature"] == mac.finalize().hex()


@pytest.mark.parametrize("status", [302, 400, 500])
def test_what_is_not_taken_is_said_to_be_away(status: int) -> None:
    transport = httpx.MockTransport(
        lambda request: httpx.Response(status, headers={"Location": "https://x.example"})
    )
    app = HttpOfficeApp("https://office.example/todo", secret="a secret", clock=Clock(), transport=transport)
    with pytest.raises(OfficeAppUnavailable):
        app.push(TO_DO, once="1")


def test_an_app_that_does_not_answer_is_left_alone_for_a_while() -> None:
    asked = []

    def gone(request: httpx.Request) -> httpx.Response:
        asked.append(1)
        raise httpx.ConnectTimeout("gone")

    app = HttpOfficeApp(
        "https://office.example/todo", secret="s", clock=Clock(), transport=httpx.MockTransport(gone)
    )
    for _ in range(3):
        with pytest.raises(OfficeAppUnavailable):
            app.push(TO_DO, once="1")
    assert asked == [1]


def test_the_demo_shows_each_thing_once_the_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "office.jsonl"
    for app in (DemoOfficeApp(path, Clock()), DemoOfficeApp(path, Clock())):
        app.push(TO_DO, once="1")
        app.push(ToDo("office-2", "已超期 1 件", TO_DO.link), once="2")
    assert [one.subject for one in DemoOfficeApp(path, Clock()).shown()] == ["office-2", "office-1"]
    assert DemoOfficeApp(tmp_path / "none", Clock()).shown() == ()
