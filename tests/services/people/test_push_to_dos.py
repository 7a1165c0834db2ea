"""Each morning officers are told in their own app how many cases are due: once, without a word of whose they are."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.services.town import Town
from yijianshi.services.outside import outside, use
from yijianshi.services.people.push_to_dos import push_to_dos
from yijianshi.services.providers import OfficeAppUnavailable, ToDo
from yijianshi.store.accounts.models import Account
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.identity.models import IdentityRow

UNIT = "market-regulation@320106"


@dataclass
class Office:
    """An office app that remembers what it was told, and may be away."""

    told: dict[str, ToDo] = field(default_factory=dict)
    away: bool = False

    def push(self, to_do: ToDo, *, once: str) -> None:
        if self.away:
            raise OfficeAppUnavailable("away")
        self.told.setdefault(once, to_do)


@pytest.fixture
def office(town: Town) -> Office:
    found = Office()
    use(replace(outside(), office=found))  # the town puts back what was there
    return found


def a_day_on_which_something_is_due(town: Town) -> None:
    submission = town.file(town.who("wangfang", enterprise=True))
    town.release(submission)
    cases = CaseRow.objects.filter(unit=UNIT, state="accepted")
    due = cases.order_by("due_on").values_list("due_on", flat=True)[0]
    cases.update(due_on=due)
    town.go_to(due.month, due.day, year=due.year)


@pytest.mark.clause("C2.1")
def test_what_is_due_today_is_told_once_and_names_nobody(town: Town, office: Office) -> None:
    a_day_on_which_something_is_due(town)
    town.clock.moment -= timedelta(hours=2)
    assert push_to_dos(at=town.now) == 0, "nobody is told before eight"
    town.clock.moment += timedelta(hours=2)
    due = CaseRow.objects.filter(unit=UNIT, state="accepted").count()
    assert push_to_dos(at=town.now) == 1
    assert push_to_dos(at=town.now) == 0
    (told,) = office.told.values()
    assert told == ToDo("office-chenzhiyuan", f"今天到期 {due} 件", "http://127.0.0.1:8000/desk?state=soon")


def test_what_somebody_else_has_in_hand_is_not_told(town: Town, office: Office) -> None:
    a_day_on_which_something_is_due(town)
    CaseRow.objects.filter(unit=UNIT).update(handler=Account.objects.get(login="zhaokai").id)
    assert push_to_dos(at=town.now) == 0


def test_an_app_that_is_away_is_asked_again_later_and_tells_nobody_twice(town: Town, office: Office) -> None:
    a_day_on_which_something_is_due(town)
    office.away = True
    assert push_to_dos(at=town.now) == 0
    office.away = False
    assert push_to_dos(at=town.later(minutes=1)) == 0
    assert push_to_dos(at=town.later(minutes=10)) == 1
    assert len(office.told) == 1


def test_who_is_not_linked_is_told_nothing(town: Town, office: Office) -> None:
    a_day_on_which_something_is_due(town)
    IdentityRow.objects.all().delete()
    assert push_to_dos(at=town.now) == 0
