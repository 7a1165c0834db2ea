"""The counter: who waits is looked at beforehand, papers become one PDF, an intake goes to a colleague, the day is counted."""

import re
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import PAPER, actor
from tests.web.counter.pages import HALL, code_on, draft_of_wang, photograph, stand_for_enterprise, text_of
from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.rights import Actor, NotPermitted
from yijianshi.domain.sharing import MaterialWay
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.applying.attach import attach_material
from yijianshi.services.applying.drafting import open_draft
from yijianshi.services.applying.start import start_draft
from yijianshi.services.outside import outside
from yijianshi.services.people.parties import find_or_add_party
from yijianshi.services.visits import transfer
from yijianshi.store.accounts.models import Account
from yijianshi.store.custody.models import IntakeRow
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.visits.models import CaptureRow, HintRow, TransferRow, WaitingRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("S2.1")]
SIGN = "sign-rendering"


@pytest.fixture
def wang() -> Client:
    client = signed_in_as("wangfang")
    stand_for_enterprise(client)
    return client


@pytest.fixture
def li() -> Client:
    return signed_in_as("laoli")


@pytest.fixture
def intake() -> UUID:
    """An intake that 老李 has begun for somebody who came with paper."""
    at = NODE_CLOCK.now()
    party = find_or_add_party(kind="enterprise", number="91350100M000100Y43", name="示例小面馆")
    return start_draft(
        actor=actor("laoli", at=at), bundle="open-restaurant", division="320106", party=party, channel="window",
        answers={"venue-area": 120, "has-signage": True, "sells-tobacco": False, "discharges-to-sewer": False},
        at=at,
    )  # fmt: skip


def pages(number: int, **more: int) -> list[SimpleUploadedFile]:
    return [
        SimpleUploadedFile(f"{n}.png", photograph(**more), content_type="image/png") for n in range(number)
    ]


def capture(li: Client, draft: UUID, number: int = 2, **said: str):
    return li.post(f"/draft/{draft}/materials/{SIGN}/capture", {"page": pages(number)} | said)


def test_who_waits_lets_the_window_look_and_reads_what_it_says_before_his_turn(
    wang: Client, li: Client
) -> None:
    draft = draft_of_wang()
    assert "还没看" not in text_of(wang.get(f"/draft/{draft}/wait"))
    assert wang.post(f"/draft/{draft}/wait", {"place": "nowhere@1"}).status_code == 422
    assert wang.post(f"/draft/{draft}/wait", {"place": HALL}).status_code == 302
    waiting = f"/window/waiting/{WaitingRow.objects.get().id}"
    assert waiting in text_of(li.get("/window/counter"))
    page = text_of(li.get(waiting))
    assert "系统看出来还缺的" in page
    assert "<input" not in page.split("main-1")[1].split("keys-panel")[0], "only looked at, never changed"
    assert li.post(waiting, {"text": ""}).status_code == 422
    assert li.post(waiting, {"text": "效果图请标尺寸"}).status_code == 302
    assert "效果图请标尺寸" not in bytes(HintRow.objects.get().sealed).decode(errors="replace")
    mine = text_of(wang.get(f"/draft/{draft}/wait"))
    for words in ("看过了", "李国强", "效果图请标尺寸"):
        assert words in mine
    assert li.get(f"/draft/{draft}/materials").status_code == 404, (
        "to look beforehand is not to have it in hand"
    )
    wang.post(f"/draft/{draft}/wait", {"leave": "1"})
    assert li.get(waiting).status_code == 404


def test_whoever_is_called_by_his_code_no_longer_waits(wang: Client, li: Client) -> None:
    draft = draft_of_wang()
    wang.post(f"/draft/{draft}/wait", {"place": HALL})
    li.post("/window/counter", {"code": code_on(text_of(wang.get("/my/code")))})
    assert WaitingRow.objects.get().served_at
    assert "没有人请您先看草稿" in text_of(li.get("/window/counter"))


@pytest.mark.parametrize("login", ["tangjing", "chenzhiyuan", "qianjin"])
def test_another_window_does_not_see_who_waits_here(wang: Client, login: str) -> None:
    draft = draft_of_wang()
    wang.post(f"/draft/{draft}/wait", {"place": HALL})
    somebody = signed_in_as(login)
    assert somebody.get(f"/window/waiting/{WaitingRow.objects.get().id}").status_code == 404
    assert somebody.get(f"/window/waiting/{uuid4()}").status_code == 404
    assert signed_in_as("qianjin").get(f"/draft/{draft}/wait").status_code == 404


@pytest.mark.parametrize(("said", "trust"), [("yes", "checked"), ("no", "uploaded")])
def test_photographed_pages_become_one_document_and_say_whether_the_original_was_seen(
    li: Client, intake: UUID, said: str, trust: str
) -> None:
    assert capture(li, intake, seen=said)["Location"] == f"/draft/{intake}/materials#m-{SIGN}"
    copy = CopyRow.objects.latest("obtained_at")
    kept = CaptureRow.objects.get()
    assert (copy.trust, copy.source, copy.material) == (trust, "window", SIGN)
    assert (kept.pages, kept.original_seen, kept.place, kept.copy_id) == (2, said == "yes", HALL, copy.id)
    with outside().files.open(copy.blob_id) as stream:
        content = stream.read()
    assert content.startswith(b"%PDF-")
    assert b"Nanjing" not in content, "what the camera wrote beside the picture is gone"
    page = text_of(li.get(f"/draft/{intake}/materials"))
    assert "窗口拍 2 页" in page
    assert f"/draft/{intake}/materials/{SIGN}/capture" in page


def test_an_original_that_is_kept_goes_on_to_its_receipt(li: Client, intake: UUID) -> None:
    went_on = capture(li, intake, seen="yes", keep="yes")["Location"]
    assert went_on.startswith(f"/draft/{intake}/custody?name=")
    page = text_of(li.get(went_on))
    assert 'value="2"' in page, "the pages that were photographed are counted already"
    assert "招牌" in page


def test_what_cannot_be_bound_is_refused_in_words(li: Client, intake: UUID) -> None:
    for number, said, words in (
        (0, {"seen": "yes"}, "还没有拍"), (2, {}, "有没有看过原件"), (31, {"seen": "yes"}, "最多拍 30 页"),
    ):  # fmt: skip
        refused = capture(li, intake, number, **said)
        assert refused.status_code == 422
        assert words in text_of(refused)
    pdf = li.post(
        f"/draft/{intake}/materials/{SIGN}/capture",
        {"page": SimpleUploadedFile("a.pdf", PAPER), "seen": "yes"},
    )
    assert "这里只收照片" in text_of(pdf)
    assert li.get(f"/draft/{intake}/materials/birth-certificate/capture").status_code == 422
    assert not CaptureRow.objects.exists()


def test_what_the_applicant_adds_at_home_to_a_form_of_the_window_was_checked_by_nobody(wang: Client) -> None:
    at = NODE_CLOCK.now()
    draft = draft_of_wang()
    DraftRow.objects.filter(pk=draft).update(channel="window")
    who = actor("wangfang", at=at, enterprise=True)
    wanted = next(
        m.material for m in open_draft(draft, actor=who).plan().materials if m.way is MaterialWay.UPLOAD
    )
    kept = attach_material(draft=draft, actor=who, material=wanted, filename="a.pdf", content=PAPER, at=at)
    assert CopyRow.objects.get(pk=kept.copy).trust == "uploaded"


def test_nobody_photographs_into_a_draft_that_is_not_in_his_hands(li: Client, intake: UUID) -> None:
    at_home = draft_of_wang()
    for login, draft in (
        ("laoli", at_home),
        ("tangjing", intake),
        ("chenzhiyuan", intake),
        ("qianjin", intake),
    ):
        assert capture(signed_in_as(login), draft, seen="yes").status_code == 404


def test_an_intake_goes_to_another_window_and_is_gone_here(li: Client, intake: UUID) -> None:
    page = text_of(li.get(f"/draft/{intake}/transfer"))
    tang = Account.objects.get(login="tangjing")
    key = f"{tang.id}|government-services@320583"
    assert "汤静" in page
    assert li.post(f"/draft/{intake}/transfer", {"to": "x"}).status_code == 422
    assert li.post(f"/draft/{intake}/transfer", {"to": key})["Location"] == "/window/counter"
    row = TransferRow.objects.get()
    assert (row.place, row.to, row.receiver) == (HALL, "government-services@320583", tang.id)
    assert li.get(f"/draft/{intake}/materials").status_code == 404
    assert "示例小面馆" in text_of(signed_in_as("tangjing").get("/window/counter"))
    assert signed_in_as("tangjing").get(f"/draft/{intake}/materials").status_code == 200
    assert li.get(f"/draft/{intake}/transfer").status_code == 404


def test_what_was_filed_or_passed_on_meanwhile_does_not_go_to_another_window(
    li: Client, intake: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    tang = Account.objects.get(login="tangjing")
    asked = transfer.colleagues_of

    def filed_meanwhile(who: Actor, *, at: datetime) -> tuple[tuple[str, str], ...]:
        DraftRow.objects.filter(pk=intake).update(filed_as=uuid4())
        return asked(who, at=at)

    monkeypatch.setattr(transfer, "colleagues_of", filed_meanwhile)
    with pytest.raises(NotPermitted):
        transfer.transfer_intake(
            draft=intake, to=f"{tang.id}|government-services@320583",
            actor=actor("laoli", at=NODE_CLOCK.now()), at=NODE_CLOCK.now(),
        )  # fmt: skip
    assert not TransferRow.objects.exists()


def test_the_desk_counts_what_it_took_in_and_how_long_each_took(li: Client) -> None:
    """One form was begun at nine and filed twenty minutes later; a colleague took in another."""
    one, other = Restaurant(), Restaurant()
    at, mine = NODE_CLOCK.now(), UUID(actor("laoli", at=NODE_CLOCK.now()).account)
    DraftRow.objects.filter(filed_as=one.id).update(account=mine, created_at=at - timedelta(minutes=20))
    IntakeRow.objects.create(submission_id=one.id, place=HALL, at=at, by=mine)
    IntakeRow.objects.create(submission_id=other.id, place=HALL, at=at, by=uuid4())
    page = re.sub(r"\s+", "", text_of(li.get("/window/counter")))
    assert '今天收件</th><tdclass="num">1件</td><tdclass="num">2件' in page
    assert '每件用时</th><tdclass="num">20分钟' in page
    assert li.get("/window/figures").status_code == 200
    heli = signed_in_as("heli")
    assert heli.get(f"/window/figures?place={HALL}").status_code == 200
    assert heli.get("/window/figures?place=government-services@320583").status_code == 404
    assert signed_in_as("tangjing").get(f"/window/figures?place={HALL}").status_code == 404


def test_the_counter_asks_as_much_for_one_that_waits_as_for_many(wang: Client, li: Client) -> None:
    from django.db import connection

    def wait() -> None:
        wang.post(f"/draft/{draft_of_wang()}/wait", {"place": HALL})

    wait()
    li.get("/window/counter")
    with CaptureQueriesContext(connection) as first:
        li.get("/window/counter")
    for _ in range(4):
        wait()
    with CaptureQueriesContext(connection) as then:
        li.get("/window/counter")
    assert len(then) <= len(first)


def test_the_page_may_reach_the_bridge_only_where_it_is_turned_on(
    li: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    bridge = "http://127.0.0.1:18020"
    assert bridge not in li.get("/window/counter")["Content-Security-Policy"]
    assert "没有开本机桥" in text_of(li.get("/window/devices"))
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, bridge_port=18020))
    for page in ("/window/counter", "/window/start", "/window/devices"):
        answer = li.get(page)
        assert bridge in answer["Content-Security-Policy"].split("connect-src")[1].split(";")[0], page
    assert "data-bridge-card" in text_of(li.get("/window/start"))
    for page in ("/window", "/", "/my", "/custody", "/window/figures"):
        assert bridge not in li.get(page)["Content-Security-Policy"], page


def test_the_keys_are_said_on_the_page_and_all_have_a_letter_of_their_own(li: Client, intake: UUID) -> None:
    for address in (
        "/window/counter",
        f"/draft/{intake}/materials",
        f"/draft/{intake}/materials/{SIGN}/capture",
    ):
        page = text_of(li.get(address))
        letters = re.findall(r'data-key="(\w)"', page)
        assert len(letters) == len(set(letters)), (address, letters)
        assert all(f"<kbd>Alt+{letter}</kbd>" in page for letter in letters), address
        assert "Alt+H" in page
