"""Practising: a made-up case is answered, marked with its reasons, seen by the trainer - and nothing real ever knows of it."""

import re
from pathlib import Path
from uuid import uuid4

import pytest
from django.apps import apps
from django.test import Client

from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.practice import LARGEST_SEED, Task
from yijianshi.domain.rights import Actor, NotPermitted, Post, Role
from yijianshi.domain.routing import Unit
from yijianshi.services.practice.answer import case_for, unit_of_practice
from yijianshi.store.practice.models import AttemptRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("A3")]
SOURCE = Path(__file__).resolve().parents[3] / "src" / "yijianshi"


def text_of(response) -> str:
    return response.content.decode()


def answers_of(login: str, task: str, seed: int = 7, *, wrongly: bool = False) -> dict[str, str]:
    from tests.cast import actor
    from yijianshi.project.clock import NODE_CLOCK

    at = NODE_CLOCK.now()
    _, case = case_for(task=task, bundle="open-restaurant", seed=seed, actor=actor(login, at=at), at=at)
    given = {one.key: one.right for one in case.questions}
    if wrongly:
        first = case.questions[0]
        given[first.key] = next(value for value, _ in first.options if value != first.right)
    return given


def answer(client: Client, task: str, given: dict[str, str], seed: int = 7):
    return client.post(f"/practice/{task}/open-restaurant/{seed}", given)


@pytest.mark.parametrize("task", list(Task))
def test_who_answers_rightly_gets_full_marks_and_who_errs_learns_why(task: Task) -> None:
    li = signed_in_as("laoli")
    drawn = li.post("/practice", {"task": task, "bundle": "open-restaurant"})["Location"]
    assert re.fullmatch(rf"/practice/{task}/open-restaurant/\d+", drawn)
    page = text_of(li.get(f"/practice/{task}/open-restaurant/7"))
    assert "编的" in page
    assert answer(li, task, {}).status_code == 422
    right = li.get(answer(li, task, answers_of("laoli", task))["Location"])
    assert "错</span>" not in text_of(right)
    wrong = text_of(li.get(answer(li, task, answers_of("laoli", task, wrongly=True))["Location"]))
    assert wrong.count("应当是") == 1
    assert "依据：" in wrong
    assert "/guide/open-restaurant" in wrong
    marks = list(AttemptRow.objects.order_by("id").values_list("right", "total"))
    assert marks[0][0] == marks[0][1]
    assert marks[1][0] == marks[1][1] - 1


def test_the_trainer_sees_his_people_and_a_colleague_sees_nothing_of_them() -> None:
    li, heli = signed_in_as("laoli"), signed_in_as("heli")
    attempt = answer(li, "missing", answers_of("laoli", "missing", wrongly=True))["Location"]
    page = text_of(heli.get("/practice/trainer"))
    assert "李国强" in page
    assert "找缺的材料" in page
    assert heli.get(attempt).status_code == 200
    for login in ("chenzhiyuan", "hemin", "tangjing", "wangfang", "lanhui"):
        stranger = signed_in_as(login)
        assert stranger.get(attempt).status_code == 404, login
        assert stranger.get("/practice/trainer").status_code == 404, login
    assert signed_in_as("wangfang").get("/practice").status_code == 404


def test_a_clerk_practises_where_he_handles_matters_and_a_station_for_its_county() -> None:
    trains = Post(Role.SUPERVISOR, Unit.parse("government-services@320000"))
    station = Post(Role.WINDOW, Unit.parse("government-services@320106001000"))
    who = Actor(account=str(uuid4()), posts=(trains, station))
    assert str(unit_of_practice(who)) == "government-services@320106"
    with pytest.raises(NotPermitted):
        unit_of_practice(Actor(account=str(uuid4()), posts=(trains,)))


def test_there_is_no_task_beyond_those_and_no_number_beyond_the_last() -> None:
    li = signed_in_as("laoli")
    for address in (
        "/practice/nothing/open-restaurant/1", f"/practice/missing/open-restaurant/{LARGEST_SEED}",
        "/practice/missing/no-such-thing/1", "/practice/missing/flexible-employment/1",
    ):  # fmt: skip
        assert li.get(address).status_code == 404, address
    assert text_of(li.get("/practice")).count("还没有做过题") == 1


#: Every list of every role on which a matter could stand.
LISTS = {
    "laoli": ("/window", "/window/counter", "/window/figures", "/window/hand-over", "/custody"),
    "hemin": ("/coordinate", "/joint"),
    "chenzhiyuan": ("/desk", "/desk?state=received", "/money", "/consult", "/countersign", "/desk-checks"),
    "heli": ("/supervise", "/supervise/cases", "/money", "/supervise/custody"),
    "wangfang": ("/my", "/my/materials", "/my/reads", "/my/visits"),
}


def test_after_a_life_of_practice_no_row_of_a_real_table_has_changed_and_no_list_shows_it() -> None:
    Restaurant()
    clients = {login: signed_in_as(login) for login in LISTS}
    shown = {(login, one): _said(clients[login], one) for login, each in LISTS.items() for one in each}
    before = _rows()
    for login in ("laoli", "chenzhiyuan", "hemin"):
        for task in Task:
            client = clients[login]
            client.get("/practice")
            client.post("/practice", {"task": task, "bundle": "open-restaurant"})
            client.get(f"/practice/{task}/open-restaurant/7")
            made = answer(client, task, answers_of(login, task, wrongly=True))
            client.get(made["Location"])
    clients["heli"].get("/practice/trainer")
    assert AttemptRow.objects.count() == 9
    assert _rows() == before
    assert {key: _said(clients[key[0]], key[1]) for key in shown} == shown


def test_nothing_of_a_real_matter_knows_of_practice_and_practice_points_at_nothing_real() -> None:
    assert [f.name for f in AttemptRow._meta.fields if f.is_relation] == []
    assert [m for m in apps.get_models() for f in m._meta.fields if f.related_model is AttemptRow] == []
    mine = {"services/practice/answer.py", "services/reading/practice.py"}
    asking = {
        path.relative_to(SOURCE).as_posix()
        for path in SOURCE.rglob("*.py")
        if "store.practice" in path.read_text(encoding="utf-8")
        and "/practice/" not in f"/{path.parent.name}/"
    }
    assert asking | mine == mine | {"project/settings.py", "services/reading/practice.py"}


def _rows() -> dict[str, list[tuple]]:
    """Return every row of every table but those of practice and of sessions."""
    return {
        model._meta.label: sorted(
            str([_plain(value) for value in row]) for row in model.objects.values_list()
        )
        for model in apps.get_models()
        if model._meta.app_label not in ("practice", "sessions")
        and model._meta.label != "guards.SessionRow"  # when each browser was last seen
    }


def _plain(value: object) -> object:
    return bytes(value) if isinstance(value, memoryview) else value


def _said(client: Client, address: str) -> str:
    """Return what can be read on a list; the token of a form and the minute of the page are new each time."""
    page = re.sub(r'value="[^"]{40,}"', "", text_of(client.get(address)))
    main = page.partition("<main")[2]
    return re.sub(r"\d+:\d+|\d+ (?:秒|分钟)前|刚刚", "", main)
