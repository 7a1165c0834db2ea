"""Departments whose own systems are joined ask each other, answer, meet on site and sign over HTTP, as on the pages."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.api.test_life_over_http import Machine
from tests.services.town import StandingClock
from tests.web.staff import Restaurant
from yijianshi.domain.appointments import half_days
from yijianshi.domain.rights import Act, Role
from yijianshi.domain.workdays import legal_day
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.outside import outside, use
from yijianshi.store.cases.models import StepRow
from yijianshi.store.desks.models import QuestionRow
from yijianshi.store.joint.models import OperationRow, OpinionRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C2.3", "S8.1")]
MARKET, BRIGADE, URBAN = "market-regulation@320106", "fire-rescue@320106", "urban-management@320106"
FOOD, FIRE, SIGN = "food-business-permit", "fire-safety-check", "signage-permit"
SCOPES = (Act.READ_CASE, Act.DECIDE, Act.ASK_UNIT, Act.ANSWER_UNIT, Act.READ_JOINT, Act.TAKE_PART)


@pytest.fixture
def clock() -> Iterator[StandingClock]:
    """A clock that the test moves, from now on."""
    before, standing = outside(), StandingClock(NODE_CLOCK.now())
    use(replace(before, clock=standing))
    yield standing
    use(before)


def system(unit: str, *scopes: Act, role: Role = Role.REVIEWER) -> Machine:
    return Machine(*(scopes or SCOPES), posts=((role, unit),), at=NODE_CLOCK.now())


def lead() -> Machine:
    return system(MARKET, Act.READ_JOINT, Act.ARRANGE_JOINT, role=Role.COORDINATOR)


@pytest.fixture
def shop() -> Restaurant:
    restaurant = Restaurant()
    restaurant.release()
    return restaurant


QUESTION = {"unit": BRIGADE, "question": "疏散宽度按哪一条算？"}


def test_one_unit_asks_another_answers_and_a_second_try_does_neither_twice(shop: Restaurant) -> None:
    market, brigade = system(MARKET), system(BRIGADE)
    address = f"cases/{shop.case(FOOD)}/consultations"
    due = due_of(shop, FOOD)
    first = market.post(address, QUESTION, key="key-0001")
    assert first.status_code == 201, first.content.decode()
    again = market.post(address, QUESTION, key="key-0001")
    assert again.json() == first.json()
    assert again.headers["Idempotent-Replay"] == "true"
    assert QuestionRow.objects.count() == 1
    other = market.post(address, QUESTION | {"question": "另一个问题"}, key="key-0001")
    assert (other.status_code, other.json()["type"]) == (409, "urn:yijianshi:key-reused")

    (waiting,) = brigade.get("consultations").json()["consultations"]
    assert waiting["question"] == "疏散宽度按哪一条算？"
    assert (waiting["asking_unit"], waiting["asked_unit"]) == (MARKET, BRIGADE)
    key = first.json()["consultation"]
    said = brigade.post(f"consultations/{key}/answer", {"answer": "按第五条"}, key="key-0002")
    assert said.status_code == 200, said.content.decode()
    assert (
        brigade.post(f"consultations/{key}/answer", {"answer": "按第五条"}, key="key-0002").json()
        == said.json()
    )
    late = brigade.post(f"consultations/{key}/answer", {"answer": "再说一遍"}, key="key-0003")
    assert (late.status_code, late.json()["type"]) == (409, "urn:yijianshi:consultation-not-possible")
    assert brigade.get("consultations").json()["consultations"] == []
    (seen,) = market.get(address).json()["consultations"]
    assert seen["answer"] == "按第五条"
    assert due_of(shop, FOOD) == due
    assert StepRow.objects.filter(action__startswith="consult").count() == 2


def due_of(shop: Restaurant, item: str) -> Any:
    return next(case.now.due_on for case in load_submission(shop.id).cases if case.now.item == item)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (QUESTION | {"unit": "taxation@320106"}, 409),
        (QUESTION | {"question": " "}, 409),
        (QUESTION | {"days": 30}, 409),
        (QUESTION | {"strange": 1}, 422),
        ({"unit": BRIGADE}, 422),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_reason(
    shop: Restaurant, body: dict[str, Any], status: int
) -> None:
    answer = system(MARKET).post(f"cases/{shop.case(FOOD)}/consultations", body, key="key-0001")
    assert answer.status_code == status, answer.content.decode()
    assert answer.json()["detail"]
    assert not QuestionRow.objects.exists()


def test_a_key_is_demanded_and_a_stranger_or_a_narrow_token_sees_nothing(shop: Restaurant) -> None:
    address = f"cases/{shop.case(FOOD)}/consultations"
    assert system(MARKET).post(address, QUESTION).status_code == 400
    stranger, narrow = system("taxation@320106"), system(MARKET, Act.DECIDE)
    for machine in (stranger, narrow):
        assert machine.post(address, QUESTION, key="key-0001").status_code == 404
        assert machine.get(address).status_code == 404
    assert narrow.get("consultations").status_code == 404
    asked = system(MARKET).post(address, QUESTION, key="key-0002").json()["consultation"]
    refused = stranger.post(f"consultations/{asked}/answer", {"answer": "是"}, key="key-0003")
    assert refused.status_code == 404


def test_a_survey_is_agreed_on_held_signed_and_recorded(shop: Restaurant, clock: StandingClock) -> None:
    operation = OperationRow.objects.get(submission=shop.id).id
    units = {MARKET: system(MARKET), BRIGADE: system(BRIGADE), URBAN: system(URBAN)}
    (line,) = units[BRIGADE].get("joint-operations").json()["operations"]
    assert (line["operation"], line["asks"]) == (str(operation), "请报时间")
    address = f"joint-operations/{operation}"
    asked = units[MARKET].get(address).json()["asked"]
    for unit, machine in units.items():
        told = machine.post(f"{address}/times", {"unit": unit, "slots": asked[:2]})
        assert told.status_code == 200, told.content.decode()
    seen = lead().get(address).json()
    assert {one["party"]: one["free"] for one in seen["parties"]}[URBAN] == sorted(asked[:2])

    body = {"slot": asked[0], "place": "示例路 1 号店里", "seen": seen["seq"]}
    fixed = lead().post(f"{address}/appointment", body, key="key-0001")
    assert fixed.status_code == 200, fixed.content.decode()
    assert fixed.json()["state"] == "fixed"
    moved = lead().post(
        f"{address}/appointment/move", {"slot": asked[1], "reason": "有人出差"}, key="key-0002"
    )
    assert moved.status_code == 200, moved.content.decode()

    cases = {one["unit"]: one["case"] for one in seen["opinions"]}
    opinion = {"case": cases[URBAN], "verdict": "pass", "present": "周琳"}
    early = units[URBAN].post(f"{address}/opinions", opinion, key="key-0003")
    assert (early.status_code, early.json()["type"]) == (409, "urn:yijianshi:operation-refused")
    slots = {str(slot): slot for slot in half_days(outside().calendar, after=legal_day(clock.moment))}
    clock.moment = slots[asked[1]].begins
    for number, (unit, machine) in enumerate(units.items(), start=4):
        said = opinion | {"case": cases[unit]}
        first = machine.post(f"{address}/opinions", said, key=f"key-00{number}0")
        assert first.status_code == 200, first.content.decode()
        assert machine.post(f"{address}/opinions", said, key=f"key-00{number}0").json() == first.json()
    assert OpinionRow.objects.count() == 3
    for number, (unit, machine) in enumerate(units.items(), start=4):
        digest = machine.get(address).json()["to_sign"][unit]
        signed = machine.post(
            f"{address}/signature", {"unit": unit, "digest": digest}, key=f"key-00{number}1"
        )
        assert signed.status_code == 200, signed.content.decode()
        again = machine.post(f"{address}/signature", {"unit": unit, "digest": digest}, key=f"key-00{number}1")
        assert again.json() == signed.json()
    assert signed.json()["recorded"]
    assert lead().get(address).json()["state"] == "recorded"
    over = lead().post(f"{address}/record", {}, key="key-0099")
    assert (over.status_code, over.json()["type"]) == (409, "urn:yijianshi:operation-refused")


def test_only_who_takes_part_sees_and_speaks_and_only_for_himself(
    shop: Restaurant, clock: StandingClock
) -> None:
    operation = OperationRow.objects.get(submission=shop.id).id
    address = f"joint-operations/{operation}"
    brigade, stranger = system(BRIGADE), system("taxation@320106")
    assert stranger.get(address).status_code == 404
    assert stranger.get("joint-operations").json()["operations"] == []
    assert system(BRIGADE, Act.DECIDE).get(address).status_code == 404
    other = {"case": str(shop.case(SIGN)), "verdict": "pass", "present": "赵凯"}
    assert brigade.post(f"{address}/opinions", other, key="key-0001").status_code == 404
    body = {"unit": URBAN, "slots": ["2026-11-20.am"]}
    assert brigade.post(f"{address}/times", body).status_code == 404
    assert (
        brigade.post(f"{address}/appointment", {"slot": "x", "place": "店里"}, key="key-0002").status_code
        == 404
    )
    unread = lead().post(f"{address}/appointment", {"slot": "明天", "place": "店里"}, key="key-0003")
    assert (unread.status_code, unread.json()["type"]) == (422, "urn:yijianshi:appointment-refused")
    assert brigade.get(f"joint-operations/{UUID(int=1)}").status_code == 404
