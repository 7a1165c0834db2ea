"""Two who act on one joint operation in the same moment, over two connections."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from tests.services.joining.conftest import BRIGADE, FIRE, FOOD, MARKET, SIGN, URBAN, Survey, survey_of
from tests.services.town import Town
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.joining.plan import plan_operations
from yijianshi.store.joint.models import OperationRow, OpinionRow

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.clause("S8.2")]


@pytest.fixture
def survey(committed_town: Town) -> Survey:
    return survey_of(committed_town)


def at_once(*acts: Callable[[], object]) -> list[object]:
    """Do all acts in threads of their own that begin together; return what came of each."""
    gate, came = threading.Barrier(len(acts)), [None] * len(acts)

    def run(nth: int, act: Callable[[], object]) -> None:
        try:
            gate.wait()
            came[nth] = act()
        except Exception as error:
            came[nth] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(nth, act)) for nth, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return came  # type: ignore[return-value]


def test_two_departments_give_opinions_and_sign_at_once_and_nothing_is_lost(survey: Survey) -> None:
    survey.meet()
    assert at_once(lambda: survey.say(FIRE), lambda: survey.say(SIGN), lambda: survey.say(FOOD)) == [None] * 3
    assert OpinionRow.objects.count() == 3
    signed = at_once(*(lambda unit=unit: survey.sign(unit) for unit in (MARKET, BRIGADE, URBAN)))
    assert sum(one.is_recorded for one in signed) == 1  # type: ignore[attr-defined]
    assert OperationRow.objects.get().state == "recorded"


def test_two_colleagues_write_the_same_opinion_and_the_second_is_told(survey: Survey) -> None:
    survey.meet()
    came = at_once(lambda: survey.say(FIRE), lambda: survey.say(FIRE))
    assert [one for one in came if one is not None and not isinstance(one, SomebodyWasFaster)] == []
    assert came.count(None) == 1


def test_an_operation_is_planned_once_however_many_plan_it(survey: Survey) -> None:
    OperationRow.objects.update(state="cancelled")
    he, at = survey.who("hemin"), survey.town.now
    came = at_once(*[lambda: plan_operations(submission=survey.submission, actor=he, at=at)] * 4)
    assert sum(len(one) for one in came) == 1  # type: ignore[arg-type]
