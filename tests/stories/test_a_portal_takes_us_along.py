"""A portal shows our column in its own page, leads its readers to the right place, and takes the files along."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from joserfc import jws
from joserfc.jwk import OctKey

from tests.cast import actor, file_one
from tests.stories.devices import DESKTOP, PHONE
from tests.stories.people import Town
from yijianshi.domain.portals import Vouched
from yijianshi.services.outside import outside
from yijianshi.services.people.parties import know_party
from yijianshi.services.portal.enter import note_brought
from yijianshi.services.portal.portals import register_portal
from yijianshi.services.portal.pushing import push_out
from yijianshi.store.accounts.models import Account
from yijianshi.store.drafts.models import DraftRow

pytestmark = pytest.mark.browser


def test_a_reader_of_a_portal_comes_to_the_guide_in_his_own_situation(town: Town) -> None:
    """The portal knows already that he makes a sign; the column says so, and so does the guide behind it."""
    reader = town.visitor(PHONE, "门户的读者")
    reader.opens("/embed")
    reader.sees("一件事一次办", "开办餐饮店")
    reader.opens("/embed/open-restaurant?has-signage=yes")
    reader.sees("户外招牌", "准备这")
    reader.follows("看指南")
    assert reader.heading == "开办餐饮店"
    reader.sees("要做招牌")
    reader.follows("看办理流程图")
    reader.sees("现在：一次办", "下载 BPMN")
    reader.follows("原来：一项一项办")
    reader.sees("前一项办完才办下一项")


def test_the_keeper_of_a_portal_finds_what_to_paste_and_what_to_take(town: Town) -> None:
    keeper = town.visitor(DESKTOP, "门户的管理员")
    keeper.opens("/guide/newborn")
    keeper.follows("分享与接入")
    keeper.sees("嵌进您的网页", "在链接里写好情形", "办理流程（BPMN 2.0）")
    assert b"BPMNDiagram" in keeper.downloads("办理流程（BPMN 2.0）")
    told = keeper.page.request.get(f"{town.address}/oembed?url={town.address}/guide/newborn")
    assert told.json()["title"] == "新生儿出生"


@dataclass
class PortalSite:
    """The portal of the story: a page with one button that hands a ticket over, and a receiver that checks what it is told."""

    address: str
    secret: str = ""
    page: str = ""
    told: dict[str, dict[str, Any]] = field(default_factory=dict)


@pytest.fixture
def portal() -> Iterator[PortalSite]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(site.page.encode())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            signed = self.headers["X-Yijianshi-Moment"].encode() + b"." + body
            right = hmac.new(site.secret.encode(), signed, hashlib.sha256).hexdigest()
            assert self.headers["X-Yijianshi-Signature"] == f"sha256={right}"
            site.told.setdefault(self.headers["X-Yijianshi-Id"], json.loads(body))
            self._answer(b"")

        def _answer(self, body: bytes) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = PortalSite(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield site
    server.shutdown()
    server.server_close()


@pytest.mark.clause("S2.2")
def test_a_portal_brings_its_reader_by_ticket_and_hears_how_it_goes(town: Town, portal: PortalSite) -> None:
    """On the portal's page 王芳 presses one button, and is here, signed in, at the one-thing in her situation."""
    at = outside().clock.now()
    portal.secret = register_portal(
        code="gov", name="示例门户", origin=portal.address, receiver=f"{portal.address}/told",
        highest=Vouched.MIDDLE, at=at, strict=False,
    )  # fmt: skip
    known = know_party(Account.objects.get(login="wangfang").party_id)  # type: ignore[arg-type]
    moment = int(at.timestamp())
    claims = {
        "iss": "gov", "aud": outside().address, "jti": "story", "iat": moment, "exp": moment + 60, "level": "middle",
        "number": known.number, "name": known.name, "to": "/start/open-restaurant?venue-area=120&has-signage=no",
    }  # fmt: skip
    ticket = jws.serialize_compact(
        {"alg": "HS256"}, json.dumps(claims).encode(), OctKey.import_key(portal.secret)
    )
    portal.page = (
        f'<form method="post" action="{town.address}/enter"><input type="hidden" name="ticket" value="{ticket}">'
        "<button>办开饭店一件事</button></form>"
    )
    reader = town.visitor(PHONE, "门户里的王芳")
    reader.page.goto(portal.address)
    reader.hands.press(reader.page.get_by_role("button", name="办开饭店一件事"))
    reader.page.wait_for_url("**/start/open-restaurant?**")
    reader.looks()
    reader.sees("开办餐饮店")
    wang = actor("wangfang", at=at, enterprise=True)
    submission = file_one(wang, at=at)
    note_brought(draft=DraftRow.objects.get(filed_as=submission).id, portal="gov")
    town.behind_the_pages()
    push_out(at=outside().clock.now())
    word = next(iter(portal.told.values()))
    reader.opens(
        f"/case/{word['submission']}", expecting=409
    )  # the portal vouches for her, not for her enterprise
    reader.sees("这是南京禾味餐饮管理有限公司的事")
    reader.presses("换成南京禾味餐饮管理有限公司，接着办")
    reader.sees("开办餐饮店")
    assert (word["state"], word["address"]) == ("received", f"{outside().address}/case/{word['submission']}")
    keeper = town.staff("何立")
    keeper.opens("/supervise/portals")
    keeper.sees("示例门户", "已告诉")
    reader.opens("/joining")
    reader.sees("带人进来", "收到进度")


@pytest.mark.slow
def test_somebody_looks_after_his_own_space(town: Town) -> None:
    """王芳 opens every part of her space, asks for a copy and has something put right; 何立 answers."""
    wang = town.visitor(PHONE, "王芳")
    wang.opens("/login")
    wang.presses("王芳")
    wang.opens("/my")
    for part in ("证照", "待评价"):
        wang.follows(part)
    wang.unfolds("更多")
    wang.follows("怎么告诉我")
    wang.presses("记下")
    wang.sees("记下了")
    wang.follows("我的数据")
    wang.presses("整理一份")
    wang.sees("我的数据副本", "王芳")
    assert b"\xe7\x8e\x8b" in wang.downloads("下载文件")
    wang.opens("/my/data")
    wang.answers("是哪一类", "材料")
    wang.answers("哪里不对", "照片不是我的")
    wang.presses("交给平台")
    he = town.staff("何立")
    he.opens("/supervise/data-requests")
    he.follows("王芳")
    he.answers("怎么答复", "已更正")
    he.answers("改了什么", "换成了您交的那一张")
    he.presses("答复")
    wang.opens("/my/data")
    wang.sees("换成了您交的那一张")
    wang.opens("/demo/messages")
    for address in ("/offline", "/kiosk", "/kiosk/gulou-1"):
        wang.opens(address)
    wang.presses("改回普通网页")
