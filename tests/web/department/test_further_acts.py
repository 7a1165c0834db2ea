"""Acts of a longer life on their pages: what they ask, what they say when something is missing, what follows."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.cases import Action
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.letters.models import MessageRow
from yijianshi.web.acting import ACTING_FOR, today

pytestmark = pytest.mark.django_db
FOOD, FIRE, SIGN = "food-business-permit", "fire-safety-check", "signage-permit"


@pytest.fixture
def released(released_before: None, db: None) -> Restaurant:
    return Restaurant.that_is_there()


def text_of(response: Any) -> str:
    return response.content.decode()


def owner(restaurant: Restaurant) -> Client:
    """Return 王芳's browser, standing for her enterprise."""
    from yijianshi.services.handling.loading import load_submission

    client = signed_in_as("wangfang")
    session = client.session
    session[ACTING_FOR] = str(load_submission(restaurant.id).party)
    session.save()
    return client


def decided(restaurant: Restaurant, item: str, login: str, action: Action) -> None:
    from tests.cast import actor

    decide_case(
        case=restaurant.case(item), actor=actor(login, at=NODE_CLOCK.now()),
        decision=Decision(action, reasons="不符合", basis="示例条例第一条"), at=NODE_CLOCK.now(),
    )  # fmt: skip


def tomorrow() -> str:
    return (today() + timedelta(days=1)).isoformat()


COMPLETE: dict[str, dict[str, str]] = {
    "extend": {"which": "own", "days": "3", "approved_by": "局长 张明", "reason": "等上级答复"},
    "mend": {"findings": "出口被挡\n灭火器过期", "basis": "消防法第十五条", "inspectors": "赵凯、钱立"},
    "revoke": {"reasons": "面积是假的", "basis": "行政许可法第六十九条"},
    "redo": {"reasons": "尺寸量错了", "approved_by": "局长 王某"},
    "reopen": {"authority": "鼓楼区人民政府", "document": "〔2026〕鼓行复第 12 号"},
}
STATE_AFTER = {
    "extend": "accepted",
    "mend": "mending",
    "revoke": "revoked",
    "redo": "accepted",
    "reopen": "accepted",
}


def prepared(restaurant: Restaurant, act: str) -> None:
    if act == "revoke":
        decided(restaurant, FIRE, "zhaokai", Action.GRANT)
    if act in ("redo", "reopen"):
        decided(restaurant, FIRE, "zhaokai", Action.REFUSE)


@pytest.mark.clause("S8.2", "C5.1")
@pytest.mark.parametrize("act", COMPLETE)
def test_each_act_asks_keeps_what_was_written_and_is_done(released: Restaurant, act: str) -> None:
    prepared(released, act)
    address = f"/desk/{released.case(FIRE)}"
    zhao = signed_in_as("zhaokai")
    assert f"{address}/{act}" in text_of(zhao.get(address)), "a way leads there from the case"
    assert zhao.get(f"{address}/{act}").status_code == 200
    given = COMPLETE[act] | ({"mend_by": tomorrow()} if act == "mend" else {})
    for missing in given:
        if missing == "which":
            continue
        before = released.state(FIRE)
        again = zhao.post(f"{address}/{act}", given | {missing: ""})
        assert again.status_code == 422, missing
        assert released.state(FIRE) == before
        kept = next(value for name, value in given.items() if name not in (missing, "which", "mend_by"))
        assert kept.split("\n")[0] in text_of(again)
    done = zhao.post(f"{address}/{act}", given, follow=True)
    assert done.status_code == 200
    assert released.state(FIRE) == STATE_AFTER[act]


@pytest.mark.parametrize("act", [*COMPLETE, "inspect", "claim", "hand-over"])
def test_nobody_of_another_unit_does_it(released: Restaurant, act: str) -> None:
    prepared(released, act)
    for login in ("zhoulin", "wangfang", "qianjin", "hemin", "heli"):
        answer = signed_in_as(login).post(f"/desk/{released.case(FIRE)}/{act}", COMPLETE.get(act, {}))
        assert answer.status_code == 404, login


@pytest.mark.clause("S8.2", "S9.1")
def test_the_applicant_reads_what_to_mend_reports_it_and_the_officer_looks_again(
    released: Restaurant,
) -> None:
    case, zhao = released.case(FIRE), signed_in_as("zhaokai")
    zhao.post(f"/desk/{case}/mend", COMPLETE["mend"] | {"mend_by": tomorrow()})
    wang = owner(released)
    page = text_of(wang.get(f"/my/{released.id}"))
    assert "请您整改" in page
    assert "灭火器过期" in page
    empty = wang.post(f"/my/{released.id}/mended/{case}", {"words": " "})
    assert empty.status_code == 422
    assert "请写一句改好了什么" in text_of(empty)
    wang.post(f"/my/{released.id}/mended/{case}", {"words": "都改好了"})
    assert released.state(FIRE) == "mended"
    officer = text_of(zhao.get(f"/desk/{case}"))
    assert "请复查" in officer
    assert "都改好了" in officer
    assert "待复查" in text_of(zhao.get("/desk"))
    zhao.post(f"/desk/{case}/inspect", {"inspectors": "赵凯、钱立", "words": ""})
    assert released.state(FIRE) == "accepted"


def test_a_stranger_reports_nothing_as_mended(released: Restaurant) -> None:
    case = released.case(FIRE)
    signed_in_as("zhaokai").post(f"/desk/{case}/mend", COMPLETE["mend"] | {"mend_by": tomorrow()})
    assert (
        signed_in_as("qianjin").post(f"/my/{released.id}/mended/{case}", {"words": "好"}).status_code == 404
    )
    assert released.state(FIRE) == "mending"


@pytest.mark.clause("C3.1")
def test_a_case_is_claimed_and_given_to_a_colleague_before_a_holiday(released: Restaurant) -> None:
    case, zhao = released.case(FIRE), signed_in_as("zhaokai")
    zhao.post(f"/desk/{case}/claim")
    assert "赵凯在办" in text_of(zhao.get(f"/desk/{case}"))
    colleague = Account.objects.get(login="zhoulin")
    Officer.objects.create(account=colleague, role="reviewer", unit="fire-rescue@320106", since=today())
    assert "周琳" in text_of(zhao.get(f"/desk/{case}/hand-over"))
    assert zhao.post(f"/desk/{case}/hand-over", {"to": "nobody", "reason": "休假"}).status_code == 422
    zhao.post(f"/desk/{case}/hand-over", {"to": str(colleague.id), "reason": "明天起休假"})
    assert "周琳在办" in text_of(zhao.get(f"/desk/{case}"))


@pytest.mark.clause("S8.1")
def test_the_coordinator_sends_a_case_to_another_unit_and_the_applicant_is_told(released: Restaurant) -> None:
    case, hemin = released.case(SIGN), signed_in_as("hemin")
    address = f"/coordinate/{released.id}/reroute/{case}"
    assert address in text_of(hemin.get(f"/coordinate/{released.id}"))
    assert "住房和城乡建设" in text_of(hemin.get(address))
    given = {"department": "housing-construction", "division": "320106", "reason": "归住建"}
    assert hemin.post(address, given | {"reason": ""}).status_code == 422
    assert hemin.post(address, given | {"department": "no-such"}).status_code == 422
    hemin.post(address, given)
    assert signed_in_as("zhoulin").get(f"/desk/{case}").status_code == 404
    assert signed_in_as("wuhao").get(f"/desk/{case}").status_code == 200
    from yijianshi.services.working import drain

    drain(at=NODE_CLOCK.now())
    assert MessageRow.objects.filter(key="case.rerouted").exists()
    assert signed_in_as("zhoulin").post(address, given).status_code == 404


def test_two_officers_press_and_the_second_reads_who_did_what(released: Restaurant) -> None:
    case, zhao = released.case(FIRE), signed_in_as("zhaokai")
    given = COMPLETE["mend"] | {"mend_by": tomorrow(), "seen": "2"}
    zhao.post(f"/desk/{case}/mend", COMPLETE["mend"] | {"mend_by": tomorrow()})
    answer = zhao.post(f"/desk/{case}/mend", given)
    assert answer.status_code == 409
    assert "赵凯刚才先做了“责令整改”" in text_of(answer)
