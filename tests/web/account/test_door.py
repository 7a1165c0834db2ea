"""Coming in: who may, who has to wait, where everybody begins, and for whom one acts."""

import pytest
from django.test import Client

from yijianshi.domain.guards import FREE_TRIES
from yijianshi.project.seeding import PASSWORD


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
