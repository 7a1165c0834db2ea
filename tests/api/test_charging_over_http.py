"""A department's own system charges for a case over HTTP."""

import pytest

from tests.api.test_life_over_http import Machine
from tests.web.building import HOME, Building
from yijianshi.domain.rights import Act, Role
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.store.fees.models import ChargeRow

pytestmark = pytest.mark.django_db

CHARGE = {"fen": 55000, "standard": "非住宅 550 元/件，1 件", "basis": "示例收费标准第一条"}


def registry(unit: str) -> Machine:
    return Machine(Act.READ_CASE, Act.DECIDE, posts=((Role.REVIEWER, unit),), at=NODE_CLOCK.now())


def test_a_system_charges_once_and_cannot_grant_before_it_is_paid() -> None:
    building = Building()
    system = registry(building.case(HOME).unit)
    first = system.post(f"cases/{building.key}/charge", CHARGE)
    assert first.status_code == 200, first.content.decode()
    assert (first.json()["due_fen"], first.json()["state"]) == (55000, "open")
    assert first.json()["pay_by"]
    assert system.post(f"cases/{building.key}/charge", CHARGE).json() == first.json()
    assert ChargeRow.objects.count() == 1
    held = system.post(f"cases/{building.key}/decision", {"action": "grant"}, key="key-0001")
    assert (held.status_code, held.json()["type"]) == (409, "urn:yijianshi:decision-held")
    reduction = {"fen": 55000, "reason": "小微企业", "basis": "示例减免通知"}
    free = system.post(f"cases/{building.key}/charge", CHARGE | {"reduction": reduction})
    assert (free.json()["due_fen"], free.json()["pay_by"], free.json()["state"]) == (0, None, "free")
    assert (
        system.post(f"cases/{building.key}/decision", {"action": "grant"}, key="key-0002").status_code == 200
    )


def test_what_cannot_be_charged_is_refused_with_a_reason() -> None:
    building = Building()
    system = registry(building.case(HOME).unit)
    for change in ({"fen": 0}, {"basis": ""}, {"fen": "550"}, {"sum": 1}):
        answer = system.post(f"cases/{building.key}/charge", CHARGE | change)
        assert answer.status_code == 422, answer.content.decode()
        assert answer.json()["detail"]
    stranger = registry("fire-rescue@320106")
    assert stranger.post(f"cases/{building.key}/charge", CHARGE).status_code == 404
    assert not ChargeRow.objects.exists()
