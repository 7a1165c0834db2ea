"""Coming in: who may, who has to wait, where everybody begins, and for whom one acts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from yijianshi.project.seeding import PASSWORD
from yijianshi.services.people import signing_in
from yijianshi.services.people.signing_in import FREE_TRIES, Door, TooManyTries

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _fresh_door(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing_in._door, "_failures", type(signing_in._door._failures)())


def fail(door: Door, login: str, address: str, *, times: int = FREE_TRIES, at: datetime = AT) -> None:
    for _ in range(times):
        door.failed(login, address, at=at)


def test_wrong_passwords_make_wait_longer_each_time_and_only_from_there() -> None:
    door = Door()
    fail(door, "wangfang", "10.0.0.1", times=FREE_TRIES - 1)
    door.check("wangfang", "10.0.0.1", at=AT)
    door.failed("wangfang", "10.0.0.1", at=AT)
    with pytest.raises(TooManyTries) as first:
        door.check("wangfang", "10.0.0.1", at=AT)
    door.check("wangfang", "10.0.0.2", at=AT)
    door.check("zhangwei", "10.0.0.1", at=AT)
    later = AT + timedelta(seconds=first.value.seconds + 1)
    door.check("wangfang", "10.0.0.1", at=later)
    door.failed("wangfang", "10.0.0.1", at=later)
    with pytest.raises(TooManyTries) as second:
        door.check("wangfang", "10.0.0.1", at=later)
    assert second.value.seconds > first.value.seconds


def test_who_has_come_in_starts_afresh_and_an_old_failure_is_forgotten() -> None:
    door = Door()
    fail(door, "wangfang", "10.0.0.1", times=FREE_TRIES - 1)
    door.succeeded("wangfang", "10.0.0.1")
    fail(door, "wangfang", "10.0.0.1", times=FREE_TRIES - 1)
    door.check("wangfang", "10.0.0.1", at=AT)
    fail(door, "wangfang", "10.0.0.1", times=1, at=AT + timedelta(hours=1))
    door.check("wangfang", "10.0.0.1", at=AT + timedelta(hours=1))


def test_trying_many_logins_from_one_address_makes_wait_too() -> None:
    door = Door()
    for n in range(signing_in.FREE_TRIES_OF_ADDRESS):
        door.failed(f"guess{n}", "10.0.0.1", at=AT)
    with pytest.raises(TooManyTries):
        door.check("wangfang", "10.0.0.1", at=AT)
    door.check("wangfang", "10.0.0.2", at=AT)


@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
def test_the_password_opens_and_a_wrong_one_says_neither_what_is_wrong_nor_who_exists(client: Client) -> None:
    wrong = client.post("/login", {"login": "wangfang", "password": "nonsense"})
    nobody = client.post("/login", {"login": "nobody", "password": "nonsense"})
    assert wrong.status_code == nobody.status_code == 422
    assert "登录名或密码不对" in wrong.text
    assert "登录名或密码不对" in nobody.text
    assert 'value="wangfang"' in wrong.text
    right = client.post("/login", {"login": "wangfang", "password": PASSWORD, "next": "/my"})
    assert right["Location"] == "/my"
    assert "王芳" in client.get("/my").text
    assert client.post("/logout")["Location"] == "/"
    assert client.get("/my")["Location"] == "/login?next=%2Fmy"


@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
def test_after_too_many_wrong_passwords_the_door_says_how_long_to_wait(client: Client) -> None:
    for _ in range(FREE_TRIES):
        client.post("/login", {"login": "wangfang", "password": "nonsense"})
    waiting = client.post("/login", {"login": "wangfang", "password": PASSWORD})
    assert waiting.status_code == 429
    assert int(waiting["Retry-After"]) > 0
    elsewhere = Client(REMOTE_ADDR="10.9.9.9")
    assert elsewhere.post("/login", {"login": "wangfang", "password": PASSWORD}).status_code == 302


@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize(
    ("login", "page"),
    [
        ("wangfang", "/"),
        ("laoli", "/window"),
        ("hemin", "/coordinate"),
        ("zhaokai", "/desk"),
        ("heli", "/supervise"),
    ],
)
def test_everybody_begins_at_his_own_place_and_is_never_led_elsewhere(
    client: Client, login: str, page: str
) -> None:
    assert client.post("/login/as", {"login": login})["Location"] == page
    led = client.post("/login/as", {"login": login, "next": "https://elsewhere.example/"})
    assert led["Location"] == page
    assert client.get("/login/as").status_code == 405


@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
def test_the_cast_stands_first_and_the_other_departments_are_folded(client: Client) -> None:
    page = client.get("/login").context["page"]
    assert {one.login for one in page.citizens} >= {"wangfang", "zhouwen"}
    assert {one.login for one in page.staff} >= {"laoli", "hemin"}
    assert not {one.login for one in page.others} & {one.login for one in page.staff}
    assert client.post("/login/as", {"login": page.others[0].login}).status_code == 302
    assert "<summary><h3>其他部门，" in client.get("/login").text


@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
def test_in_production_nobody_comes_in_without_a_password(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yijianshi.web.account import door

    monkeypatch.setattr(door, "is_demo", lambda: False)
    assert client.post("/login/as", {"login": "wangfang"}).status_code == 404
    page = client.get("/login").text
    assert "王芳" not in page
    assert 'name="password"' in page


@pytest.mark.django_db
@pytest.mark.usefixtures("cast")
def test_one_acts_for_an_enterprise_only_if_one_represents_it(client: Client) -> None:
    client.post("/login/as", {"login": "wangfang"})
    parties = client.get("/account").context["page"].parties
    firm = next(party for party in parties if party.is_enterprise)
    client.post("/account/acting", {"party": str(firm.id)})
    assert firm.name in client.get("/my").text
    stranger = Client()
    stranger.post("/login/as", {"login": "qianjin"})
    assert stranger.post("/account/acting", {"party": str(firm.id)}).status_code == 404
    assert stranger.post("/account/acting", {"party": "nonsense"}).status_code == 404
    session = stranger.session
    session["acting_for"] = str(firm.id)
    session.save()
    assert firm.name not in stranger.get("/my").text, "a session is not believed without a mandate"
