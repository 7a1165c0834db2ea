"""何立 supervises: figures that lead to cases, and nothing personal."""

from datetime import timedelta

import pytest

from tests.web.staff import Restaurant, signed_in_as
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.store.accounts.models import Officer
from yijianshi.store.cases.models import CaseRow

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def late() -> Restaurant:
    found = Restaurant(at=NODE_CLOCK.now() - timedelta(days=40))
    found.release()
    return found


def test_late_cases_are_counted_from_their_due_day(late: Restaurant) -> None:
    read = signed_in_as("heli").get("/supervise").context["page"].read
    assert read.late == CaseRow.objects.filter(state="accepted", closed_at=None).count() > 0
    assert read.open == sum(one.open for one in read.departments) == sum(one.open for one in read.bundles)
    assert not CaseRow.objects.filter(state="overdue").exists()


def test_every_figure_leads_to_as_many_cases(late: Restaurant) -> None:
    he = signed_in_as("heli")
    for count in he.get("/supervise").context["page"].counts.items:
        shown = he.get(count.href).context["page"]
        assert shown.total == count.number, count.label


def test_nothing_personal_is_shown(late: Restaurant) -> None:
    he = signed_in_as("heli")
    for address in ("/supervise", "/supervise/cases", "/supervise/cases?queue=late"):
        page = text_of(he.get(address))
        for personal in ("南京禾味", "王芳", "91320106"):
            assert personal not in page


@pytest.mark.parametrize("login", ["hemin", "chenzhiyuan", "laoli", "wangfang"])
def test_who_does_not_supervise_sees_no_figures(late: Restaurant, login: str) -> None:
    client = signed_in_as(login)
    assert client.get("/supervise").status_code == 404
    assert client.get("/supervise/cases").status_code == 404


def test_a_supervisor_sees_his_own_division_and_those_below(late: Restaurant) -> None:
    Officer.objects.filter(role="supervisor").update(unit="government-services@320100")
    assert signed_in_as("heli").get("/supervise").context["page"].read.open > 0
    Officer.objects.filter(role="supervisor").update(unit="government-services@320102")
    assert signed_in_as("heli").get("/supervise").context["page"].read.open == 0


def test_both_pages_ask_the_database_a_bounded_number_of_times(
    late: Restaurant, django_assert_max_num_queries
) -> None:
    he = signed_in_as("heli")
    he.get("/supervise")
    with django_assert_max_num_queries(12):
        assert he.get("/supervise").status_code == 200
    with django_assert_max_num_queries(12):
        assert he.get("/supervise/cases").status_code == 200


@pytest.mark.parametrize(
    "query", ["queue=x", "page=99999", "page=-1", "q=甲", "unit=none", "bundle=none", "q=12"]
)
def test_no_filter_breaks_the_list(late: Restaurant, query: str) -> None:
    assert signed_in_as("heli").get(f"/supervise/cases?{query}").status_code == 200
