"""Questions between units, two persons, and who else is looking, on their pages."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.web.staff import Restaurant, signed_in_as
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.contents import seal_text
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.desks.models import PresenceRow, QuestionRow
from yijianshi.web.acting import today

pytestmark = pytest.mark.django_db
FIRE, SIGN = "fire-safety-check", "signage-permit"
FIRE_UNIT = "fire-rescue@320106"


@pytest.fixture
def released(released_before: None, db: None) -> Restaurant:
    return Restaurant.that_is_there()


def text_of(response: Any) -> str:
    return response.content.decode()


def colleague() -> Client:
    """Return the browser of 钱立, who sits beside 赵凯."""
    account = Account.objects.create(
        login="qianli", name_sealed=seal_text("钱立", purpose="name"), created_at=NODE_CLOCK.now()
    )
    Officer.objects.create(account=account, role="reviewer", unit=FIRE_UNIT, since=today())
    return signed_in_as("qianli")


@pytest.mark.clause("S8.1")
def test_a_department_asks_from_its_case_and_reads_the_answer_there(released: Restaurant) -> None:
    case, zhou, zhao = released.case(SIGN), signed_in_as("zhoulin"), signed_in_as("zhaokai")
    form = f"/consult/about/{released.id}"
    assert f"{form}?case={case}" in text_of(zhou.get(f"/desk/{case}"))
    page = text_of(zhou.get(f"{form}?case={case}&from={case}"))
    assert "消防" in page
    given = {
        "case": str(case),
        "unit": FIRE_UNIT,
        "days": "2",
        "text": "离疏散通道多远算够？",
        "from": str(case),
    }
    for missing in ("case", "unit", "text"):
        again = zhou.post(form, given | {missing: ""})
        assert again.status_code == 422, missing
        kept = "离疏散通道多远算够？" if missing != "text" else FIRE_UNIT
        assert kept in text_of(again)
    sent = zhou.post(form, given)
    assert sent.status_code == 302
    assert sent["Location"] == f"/desk/{case}"
    assert "等答复" in text_of(zhou.get(f"/desk/{case}"))
    inbox = text_of(zhao.get("/desk"))
    assert "有 1 条征询等本单位答复" in inbox
    key = QuestionRow.objects.get().id
    assert f"/consult/{key}" in text_of(zhao.get("/consult"))
    assert "离疏散通道多远算够？" in text_of(zhao.get(f"/desk/{released.case(FIRE)}")), "on its own case too"
    assert "离疏散通道多远算够？" in text_of(zhao.get(f"/consult/{key}"))
    assert zhao.post(f"/consult/{key}", {"text": " "}).status_code == 422
    zhao.post(f"/consult/{key}", {"text": "一米二以上"})
    assert "一米二以上" in text_of(zhou.get(f"/desk/{case}"))
    assert "一米二以上" in text_of(zhao.get("/consult"))
    late = zhao.post(f"/consult/{key}", {"text": "再说一句"})
    assert late.status_code == 422
    assert "只答复一次" in text_of(late)
    assert "条征询等本单位答复" not in text_of(zhao.get("/desk"))


@pytest.mark.clause("S8.1", "S2.3")
def test_coordinator_and_window_ask_from_the_submission_and_both_read_it(released: Restaurant) -> None:
    given = {"case": str(released.case(SIGN)), "unit": FIRE_UNIT, "days": "1", "text": "问一件事"}
    hemin, laoli = signed_in_as("hemin"), signed_in_as("laoli")
    assert f"/consult/about/{released.id}" in text_of(hemin.get(f"/coordinate/{released.id}"))
    assert f"/consult/about/{released.id}?from=window" in text_of(laoli.get(f"/window/{released.id}"))
    assert hemin.post(f"/consult/about/{released.id}", given)["Location"] == f"/coordinate/{released.id}"
    asked = laoli.post(f"/consult/about/{released.id}", given | {"from": "window", "text": "窗口也问"})
    assert asked["Location"] == f"/window/{released.id}"
    for page in (hemin.get(f"/coordinate/{released.id}"), laoli.get(f"/window/{released.id}")):
        assert "问一件事" in text_of(page)
        assert "窗口也问" in text_of(page)


@pytest.mark.clause("C5.2")
def test_strangers_find_no_question_and_no_form(released: Restaurant) -> None:
    given = {"case": str(released.case(SIGN)), "unit": FIRE_UNIT, "days": "1", "text": "问一件事"}
    signed_in_as("hemin").post(f"/consult/about/{released.id}", given)
    key = QuestionRow.objects.get().id
    for login in ("wangfang", "qianjin", "liujie", "heli", "jinshan"):
        stranger = signed_in_as(login)
        assert stranger.get(f"/consult/about/{released.id}").status_code == 404, login
        assert stranger.post(f"/consult/about/{released.id}", given).status_code == 404, login
        assert stranger.get(f"/consult/{key}").status_code == 404, login
        assert stranger.post(f"/consult/{key}", {"text": "答"}).status_code == 404, login
    assert signed_in_as("wangfang").get("/consult").status_code == 404


@pytest.mark.clause("C3.1")
def test_two_persons_are_asked_for_and_decide(released: Restaurant) -> None:
    case, zhao = released.case(FIRE), signed_in_as("zhaokai")
    assert "/propose" not in text_of(zhao.get(f"/desk/{case}")), "without the rule nothing is different"
    heli = signed_in_as("heli")
    assert "/supervise/two-persons" in text_of(heli.get("/supervise"))
    page = heli.get("/supervise/two-persons", {"unit": FIRE_UNIT})
    assert "消防检查" in text_of(page)
    set_rule = {"unit": FIRE_UNIT, "item": FIRE, "wanted": "1"}
    assert heli.post("/supervise/two-persons", set_rule | {"item": "no-such"}).status_code == 404
    heli.post("/supervise/two-persons", set_rule)
    assert "两人" in text_of(heli.get("/supervise/two-persons", {"unit": FIRE_UNIT}))
    officer = text_of(zhao.get(f"/desk/{case}"))
    assert f"/desk/{case}/propose?decision=grant" in officer
    assert f"/desk/{case}/grant" not in officer
    alone = zhao.post(f"/desk/{case}/grant")
    assert alone.status_code == 409
    assert "两个人决定" in text_of(alone)
    assert zhao.get(f"/desk/{case}/propose?decision=refuse").status_code == 200
    refusal = {"decision": "refuse", "reasons": "出口只有一个", "basis": "other", "other": "消防法第十五条"}
    assert zhao.post(f"/desk/{case}/propose", refusal | {"reasons": ""}).status_code == 422
    zhao.post(f"/desk/{case}/propose", refusal)
    mine = text_of(zhao.get(f"/desk/{case}"))
    assert "等另一位同事确认" in mine
    assert "您拟办的，要另一位同事来确认" in mine
    assert zhao.post(f"/desk/{case}/confirm").status_code == 409
    qian = colleague()
    theirs = text_of(qian.get(f"/desk/{case}"))
    assert f"/desk/{case}/confirm" in theirs
    assert "出口只有一个" in theirs
    assert qian.post(f"/desk/{case}/send-back", {"reason": ""}).status_code == 422
    qian.post(f"/desk/{case}/send-back", {"reason": "请补照片"})
    assert "拟办意见退回了" in text_of(zhao.get(f"/desk/{case}"))
    assert "请补照片" in text_of(zhao.get(f"/desk/{case}"))
    zhao.post(f"/desk/{case}/propose", {"decision": "grant", "reasons": "补查过了"})
    asked = text_of(qian.get(f"/desk/{case}/confirm"))
    assert "补查过了" in asked
    qian.post(f"/desk/{case}/confirm")
    assert released.state(FIRE) == "granted"


@pytest.mark.clause("C5.2")
def test_strangers_find_nothing_of_the_two_persons(released: Restaurant) -> None:
    case = released.case(FIRE)
    for login in ("zhoulin", "wangfang", "hemin", "laoli"):
        stranger = signed_in_as(login)
        for page in ("propose", "confirm", "send-back", "presence"):
            assert stranger.get(f"/desk/{case}/{page}").status_code == 404, (login, page)
        assert stranger.get("/supervise/two-persons").status_code == 404, login
    jinshan = signed_in_as("jinshan")  # a steward next door
    given = {"unit": FIRE_UNIT, "item": FIRE, "wanted": "1"}
    assert jinshan.post("/supervise/two-persons", given).status_code == 404


def test_it_is_shown_who_else_has_the_case_open_and_for_three_minutes(released: Restaurant) -> None:
    case, zhao = released.case(FIRE), signed_in_as("zhaokai")
    zhao.get(f"/desk/{case}")
    assert "正在看" not in text_of(zhao.get(f"/desk/{case}")), "oneself is nobody else"
    qian = colleague()
    assert "赵凯 正在看" in text_of(qian.get(f"/desk/{case}"))
    part = text_of(zhao.get(f"/desk/{case}/presence"))
    assert "钱立 正在看" in part
    assert "every 30s" in part
    for _ in range(3):
        zhao.get(f"/desk/{case}")
        zhao.get(f"/desk/{case}/presence")
    assert PresenceRow.objects.filter(case=case).count() == 2, "a row for each, however often they look"
    long_ago = NODE_CLOCK.now() - timedelta(minutes=4)
    PresenceRow.objects.update(seen_at=long_ago)
    assert "正在看" not in text_of(qian.get(f"/desk/{case}"))
    PresenceRow.objects.update(seen_at=NODE_CLOCK.now() - timedelta(days=2))
    qian.get(f"/desk/{released.case(FIRE)}")
    mine = Account.objects.get(login="qianli").id
    assert PresenceRow.objects.filter(account_id=mine).count() == 1
