"""王芳 shows a code, 老李 takes it: what he then sees, for how long, and who else sees nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.cast import actor
from tests.web.counter.pages import HALL, code_on, draft_of_wang, stand_for_enterprise, text_of
from tests.web.staff import signed_in_as
from yijianshi.domain.visits import FREE_TRIES
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.applying.attach import keep_file
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.visits.models import CodeRow, LookRow, VisitRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("S2.1")]


@pytest.fixture
def wang() -> Client:
    client = signed_in_as("wangfang")
    stand_for_enterprise(client)
    return client


@pytest.fixture
def li() -> Client:
    return signed_in_as("laoli")


def shown(wang: Client, query: str = "") -> str:
    return code_on(text_of(wang.get(f"/my/code{query}")))


def take(li: Client, code: str):
    return li.post("/window/counter", {"code": code})


def visit_after(wang: Client, li: Client, query: str = "") -> str:
    taken = take(li, shown(wang, query))
    assert taken.status_code == 302, text_of(taken)
    return str(taken["Location"])


def test_a_code_is_digits_and_a_picture_and_says_what_the_clerk_will_see(wang: Client) -> None:
    draft_of_wang()
    page = text_of(wang.get("/my/code"))
    assert "qr-code" in page
    for words in ("调亮", "您的姓名、证件号码、手机", "您没填完的草稿", "最多半小时"):
        assert words in page
    head = page.partition("</head>")[0].replace("htmx-config", "")
    assert "htmx" in head, "the page asks by itself whether the code was taken"
    assert "/my/code" in text_of(wang.get("/my"))


def test_of_a_code_only_a_keyed_hash_is_kept(wang: Client) -> None:
    digits = shown(wang)
    row = CodeRow.objects.get()
    kept = [str(getattr(row, field.attname)) for field in CodeRow._meta.fields]
    assert not any(digits in value for value in kept)
    assert len(bytes(row.mark)) == 32
    assert digits.encode() not in bytes(row.mark)


def test_the_clerk_sees_who_stands_there_his_documents_and_his_drafts(wang: Client, li: Client) -> None:
    draft = draft_of_wang()
    party = DraftRow.objects.get(pk=draft).party_id
    copy = keep_file(
        b"%PDF-1.4\n%%EOF\n", filename="租赁合同.pdf", holder=party, material="lease-contract", source="applicant",
        trust="uploaded", at=NODE_CLOCK.now(),
    ).copy  # fmt: skip
    assert li.get(f"/draft/{draft}", follow=True).status_code == 404, "before she shows it he sees nothing"
    visit = visit_after(wang, li)
    page = text_of(li.get(visit))
    assert f"/draft/{draft}" in page
    assert "亮码中" in page
    assert li.get(f"/draft/{draft}", follow=True).status_code == 200
    opened = li.get(f"{visit}/material/{copy}")
    assert b"".join(opened.streaming_content).startswith(b"%PDF")
    seen = text_of(wang.get("/my/visits"))
    for words in ("李国强扫了您的码", "的申请表", "材料“"):
        assert words in seen
    assert LookRow.objects.count() == 3


def test_who_shows_one_draft_shows_no_other(wang: Client, li: Client) -> None:
    one, other = draft_of_wang(), draft_of_wang(bundle="enterprise-opening")
    visit = visit_after(wang, li, f"?draft={one}")
    page = text_of(li.get(visit))
    assert f"/draft/{one}" in page
    assert f"/draft/{other}" not in page
    assert li.get(f"/draft/{other}/materials").status_code == 404
    assert li.get(f"/draft/{one}/materials").status_code == 200


@pytest.mark.parametrize("written", ["YJS1:{}", " {} ", "{}"])
def test_a_scanner_a_camera_and_a_voice_give_the_same(wang: Client, li: Client, written: str) -> None:
    assert take(li, written.format(shown(wang))).status_code == 302


def test_a_code_is_good_once(wang: Client, li: Client) -> None:
    digits = shown(wang)
    assert take(li, digits).status_code == 302
    again = take(li, digits)
    assert again.status_code == 422
    assert "已经用过" in text_of(again)


def test_a_code_is_good_for_two_minutes_and_a_new_one_ends_the_old_one(wang: Client, li: Client) -> None:
    digits = shown(wang)
    CodeRow.objects.update(until=NODE_CLOCK.now() - timedelta(seconds=1))
    late = take(li, digits)
    assert late.status_code == 422
    assert "已经失效" in text_of(late)
    first, second = shown(wang), shown(wang, "?again=1")
    assert "没有人正在亮这个码" in text_of(take(li, first))
    assert take(li, second).status_code == 302


@pytest.mark.parametrize("foreign", ["https://pay.example/abc", "1234567", "", "微信"])
def test_what_is_no_code_of_ours_is_refused_plainly(li: Client, foreign: str) -> None:
    refused = take(li, foreign)
    assert refused.status_code == 422
    assert "再扫" in text_of(refused)


def test_whoever_tries_codes_has_to_wait(wang: Client, li: Client) -> None:
    digits = shown(wang)
    for wrong in range(FREE_TRIES):
        take(li, f"{(int(digits) + 1 + wrong) % 10**8:08}")
    refused = take(li, digits)
    assert refused.status_code == 422
    assert "请过几分钟再试" in text_of(refused)
    assert not VisitRow.objects.exists()


def test_the_citizen_ends_it_on_the_phone_and_the_clerk_sees_nothing_more(wang: Client, li: Client) -> None:
    draft = draft_of_wang()
    visit = visit_after(wang, li)
    wang.post(f"/my{visit.removeprefix('/window').replace('visit/', 'visits/')}/end")
    over = li.get(visit)
    assert over.status_code == 409
    assert "已经结束" in text_of(over)
    assert li.get(f"/draft/{draft}/materials").status_code == 404


def test_half_an_hour_later_it_has_ended_by_itself(wang: Client, li: Client) -> None:
    draft = draft_of_wang()
    visit = visit_after(wang, li)
    VisitRow.objects.update(until=NODE_CLOCK.now() - timedelta(seconds=1))
    assert li.get(visit).status_code == 409
    assert li.get(f"/draft/{draft}/materials").status_code == 404


def test_the_phone_learns_at_once_that_the_code_was_taken(wang: Client, li: Client) -> None:
    digits = shown(wang)
    state = f"/my/code/{CodeRow.objects.get().id}/state"
    assert wang.get(state).status_code == 204
    take(li, digits)
    assert wang.get(state)["HX-Redirect"] == "/my/visits"
    assert wang.get("/my/code")["Location"] == "/my/visits"
    CodeRow.objects.update(used_at=None, until=NODE_CLOCK.now())
    assert wang.get(state)["HX-Refresh"] == "true"


def test_two_pages_that_show_codes_do_not_take_turns_for_ever(wang: Client) -> None:
    shown(wang)
    state = f"/my/code/{CodeRow.objects.get().id}/state"
    shown(wang)
    left = wang.get(state)
    assert "HX-Refresh" not in left
    assert left["HX-Redirect"] == "/my/visits"


def test_a_colleague_at_another_window_keeps_nobody_from_showing_his_code(wang: Client, li: Client) -> None:
    """Somebody else stands at a window for the same enterprise; both visits are seen, and neither is hidden."""
    at = NODE_CLOCK.now()
    visit_after(wang, li)
    own = VisitRow.objects.get()
    other = Account.objects.get(login="qianjin")
    VisitRow.objects.create(
        party_id=own.party_id, account=other, clerk=uuid4(), place=HALL, opened_at=at + timedelta(seconds=1),
        until=at + timedelta(minutes=30),
    )  # fmt: skip
    assert text_of(wang.get("/my/visits")).count("办好了，结束") == 2
    VisitRow.objects.filter(pk=own.pk).update(ended_at=at)
    assert wang.get("/my/code").status_code == 200


def test_a_visit_is_one_clerks_and_nobody_elses(wang: Client, li: Client) -> None:
    visit = visit_after(wang, li)
    Officer.objects.create(
        account_id=actor("heli", at=NODE_CLOCK.now()).account,
        role="window",
        unit=HALL,
        since=NODE_CLOCK.now(),
    )
    for login in ("tangjing", "heli", "chenzhiyuan", "hemin", "qianjin", "wangfang"):
        assert signed_in_as(login).get(visit).status_code == 404, login
        assert signed_in_as(login).post(f"{visit}/end").status_code in (302, 404)
    assert li.get(f"/window/visit/{uuid4()}").status_code == 404
    assert text_of(li.get("/window/counter")).count(visit) == 1


@pytest.mark.parametrize("login", ["chenzhiyuan", "hemin", "heli", "wangfang", "qianjin"])
def test_only_a_window_takes_codes(wang: Client, login: str) -> None:
    digits = shown(wang)
    refused = signed_in_as(login).post("/window/counter", {"code": digits})
    assert refused.status_code == 404
    assert CodeRow.objects.get().used_at is None


def test_the_clerk_does_not_throw_away_what_was_shown_to_him(wang: Client, li: Client) -> None:
    draft = draft_of_wang()
    visit_after(wang, li)
    assert li.post(f"/draft/{draft}/discard").status_code == 404
    assert DraftRow.objects.filter(pk=draft).exists()


def test_nobody_shows_a_draft_that_is_not_his(li: Client) -> None:
    draft = draft_of_wang()
    assert signed_in_as("qianjin").get(f"/my/code?draft={draft}").status_code == 404
    assert li.get("/my/code").status_code == 404, "an official stands for nobody"


def test_something_new_is_begun_without_typing_who_he_is(wang: Client, li: Client) -> None:
    visit = visit_after(wang, li)
    offered = text_of(li.get(f"{visit}/begin"))
    assert "open-restaurant" in offered
    assert "elderly-allowance" not in offered, "what is a person's own is not begun for an enterprise"
    assert li.post(f"{visit}/begin", {"bundle": ""}).status_code == 422
    chosen = li.post(f"{visit}/begin", {"bundle": "open-restaurant"})
    assert "/window/start/open-restaurant/" in chosen["Location"]
    assert "南京禾味餐饮管理有限公司" in text_of(li.get(chosen["Location"]))
    assert li.post(f"{visit}/end")["Location"] == "/window/counter"
    assert li.get(f"{visit}/begin").status_code == 409
