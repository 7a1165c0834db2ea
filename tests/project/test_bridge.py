"""The bridge as it really runs: a process of its own, asked over HTTP as a browser would."""

import json
import re
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from yijianshi.project.bridge import CODE_LASTS, MOST_TRIES, Pairing
from yijianshi.services.materials.pictures import bare_picture

pytestmark = pytest.mark.clause("S2.1")
SITE = "https://yjs.example.gov.cn"


class Running:
    """A bridge that runs, and what it shows on its screen."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        first = self.line()
        self.address = re.findall(r"http://127\.0\.0\.1:\d+", first)[0]
        self.code = re.findall(r"配对码：(\d{6})", first)[0]

    def line(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()

    def ask(
        self, path: str, body: Any = None, *, origin: str = SITE, token: str = "", **headers: str
    ) -> tuple[int, dict[str, Any], Any]:
        request = urllib.request.Request(
            self.address + path,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Origin": origin, "Content-Type": "application/json", "Authorization": f"Bearer {token}"}
            | headers,
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.loads(answer.read()), answer.headers
        except urllib.error.HTTPError as refused:
            text = refused.read()
            return refused.code, json.loads(text) if text else {}, refused.headers

    def paired(self) -> str:
        status, told, _ = self.ask("/v1/pair", {"code": self.code})
        assert status == 200
        return str(told["token"])


@pytest.fixture
def bridge(request: pytest.FixtureRequest) -> Iterator[Running]:
    more = getattr(request, "param", [])
    command = [sys.executable, "-m", "yijianshi", "bridge", "--port", "0", "--allow", SITE, *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield Running(process)
        process.terminate()


def test_a_paired_page_reads_a_card_and_two_pages(bridge: Running) -> None:
    status, told, headers = bridge.ask("/v1/status")
    assert status == 200
    assert [device["kind"] for device in told["devices"]] == [
        "card",
        "camera",
        "signature",
        "rating",
        "receipt",
    ]
    assert headers["Access-Control-Allow-Origin"] == SITE
    token = bridge.paired()
    status, card, headers = bridge.ask("/v1/card", {}, token=token)
    assert (status, card["number"], card["name"]) == (200, "11010519491231002X", "示例一")
    assert headers["Cache-Control"] == "no-store"
    first, second = (bridge.ask("/v1/camera", {}, token=token)[1]["picture"] for _ in range(2))
    assert first != second
    import base64

    assert bare_picture(base64.b64decode(first)).height == 876


def test_another_site_learns_nothing_and_an_unpaired_page_reads_nothing(bridge: Running) -> None:
    for origin in ("https://evil.example", "null", "", SITE + ".evil.example"):
        status, told, headers = bridge.ask("/v1/status", origin=origin)
        assert (status, told) == (403, {})
        assert headers["Access-Control-Allow-Origin"] is None
        assert bridge.ask("/v1/pair", {"code": bridge.code}, origin=origin)[0] == 403
    status, told, _ = bridge.ask("/v1/status", Host="yjs.example.gov.cn")
    assert (status, told) == (403, {}), "a name that somebody else let point here"
    for token in ("", "guessed"):
        status, told, _ = bridge.ask("/v1/card", {}, token=token)
        assert (status, told["error"]) == (401, "not-paired")
        assert "配对" in told["remedy"]


def test_a_slip_leaves_the_code_good_and_a_used_one_brings_a_new_one(bridge: Running) -> None:
    wrong = f"{(int(bridge.code) + 1) % 10**6:06}"
    assert bridge.ask("/v1/pair", {"code": wrong})[1]["error"] == "wrong-code"
    assert bridge.ask("/v1/pair", {"code": bridge.code})[0] == 200
    fresh = re.findall(r"\d{6}", bridge.line())[0]
    assert bridge.ask("/v1/pair", {"code": bridge.code})[0] == 403
    assert bridge.ask("/v1/pair", {"code": fresh})[0] == 200


@pytest.mark.parametrize("bridge", [["--fail", "card", "--fail", "receipt"]], indirect=True)
def test_a_device_that_fails_says_what_would_do(bridge: Running) -> None:
    states = {one["kind"]: one["state"] for one in bridge.ask("/v1/status")[1]["devices"]}
    assert (states["card"], states["camera"]) == ("trouble", "ready")
    token = bridge.paired()
    status, told, _ = bridge.ask("/v1/card", {}, token=token)
    assert (status, told["error"]) == (503, "device-failed")
    assert "手工填" in told["remedy"]
    assert "缺纸" in bridge.ask("/v1/receipt", {"lines": ["一"]}, token=token)[1]["says"]
    assert bridge.ask("/v1/fax", {}, token=token)[1]["error"] == "no-such-device"
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert bridge.ask("/v1/camera", {}, token=token, **form)[0] == 400, "a form needs no leave of the browser"


def test_a_code_is_good_for_ten_minutes_and_five_tries() -> None:
    moment, paused = [0.0], list[float]()
    pairing = Pairing(clock=lambda: moment[0], pause=paused.append)
    late = pairing.new_code()
    moment[0] = CODE_LASTS + 1
    assert pairing.take(late) is None
    code = pairing.new_code()
    for _ in range(MOST_TRIES):
        assert pairing.take("nothing") is None
    assert pairing.take(code) is None
    assert len(paused) == MOST_TRIES, "whoever tries them all is made to wait"
    token = pairing.take(pairing.new_code())
    assert token is not None
    assert pairing.knows(token)
    assert not pairing.knows("")
