"""The machine in the hall: it shows the time that is left, forgets everybody, and lets him go on elsewhere."""

import re

import pytest
from django.test import Client

from tests.web.applicant.walking import begin, sign_in
from yijianshi.services.portal.terminals import (
    TerminalRefused,
    close_terminal,
    register_terminal,
    terminals,
)
from yijianshi.store.drafts.models import DraftRow
from yijianshi.web.acting import now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def at_kiosk() -> Client:
    client = Client()
    front = client.get("/kiosk/gulou-1")
    assert front.status_code == 200
    assert 'href="/kiosk/gulou-1/ticket"' in front.content.decode(), "who stands in a hall can take a number"
    return client


@pytest.mark.clause("C2.4")
def test_no_page_at_a_machine_is_kept_and_each_shows_the_time_that_is_left() -> None:
    client = at_kiosk()
    sign_in(client, "wangfang")
    draft = begin(client)
    for address in (
        "/",
        "/all",
        "/login",
        "/my",
        f"{draft}/situation",
        f"{draft}/elsewhere",
        "/guide/newborn",
    ):
        answer = client.get(address)
        assert answer["Cache-Control"] == "no-store, private", address
        page = answer.content.decode()
        assert 'data-kiosk="120"' in page, address
        assert "120;url=/kiosk/over" in page, address
        assert "data-helper" not in page, address
        assert "_blank" not in page, address


def test_when_it_is_over_nobody_comes_back_to_what_was_there() -> None:
    client = at_kiosk()
    sign_in(client, "wangfang")
    draft = begin(client)
    assert DraftRow.objects.get().channel == "kiosk"
    over = client.post("/kiosk/end")
    assert (over.status_code, over["Location"]) == (302, "/kiosk/gulou-1")
    assert '"storage"' in over["Clear-Site-Data"]
    for address in ("/my", f"{draft}/situation"):  # the browser asks anew, since nothing was kept
        assert client.get(address)["Location"].startswith("/login"), address
    assert "王芳" not in client.get("/kiosk/gulou-1").content.decode()


def test_time_alone_ends_it_without_a_script_and_nowhere_else() -> None:
    client = at_kiosk()
    sign_in(client, "wangfang")
    assert client.get("/kiosk/over")["Location"] == "/kiosk/gulou-1"
    assert client.get("/my").status_code == 302
    at_home = Client()
    sign_in(at_home, "wangfang")
    at_home.get("/kiosk/over")
    assert at_home.get("/my").status_code == 200
    assert "data-kiosk=" not in at_home.get("/my").content.decode()


def test_the_session_at_a_machine_ends_on_the_server_too() -> None:
    client = at_kiosk()
    sign_in(client, "wangfang")
    client.get("/my")
    assert client.session.get_expiry_age() == 180


def test_large_letters_and_the_region_hold_for_who_stands_there_and_not_for_the_next() -> None:
    client = at_kiosk()
    client.post("/elder", {"on": "1", "next": "/"})
    client.post("/region", {"division": "320583", "next": "/"})
    page = client.get("/").content.decode()
    assert "elder" in re.search(r'<html[^>]*class="([^"]*)"', page)[1]  # type: ignore[index]
    assert "昆山" in page
    assert "elder" not in client.cookies or not client.cookies["elder"].value
    client.post("/kiosk/end")
    page = client.get("/").content.decode()
    assert "elder" not in re.search(r'<html[^>]*class="([^"]*)"', page)[1]  # type: ignore[index]
    assert "昆山" not in page


def test_a_browser_that_was_taken_for_a_machine_is_made_an_ordinary_one_again() -> None:
    client = at_kiosk()
    assert client.get("/kiosk")["Location"] == "/kiosk/gulou-1"
    client.post("/kiosk/leave")
    assert "data-kiosk=" not in client.get("/").content.decode()
    assert "1 号机" in client.get("/kiosk").content.decode()


def test_a_machine_that_nobody_registered_or_that_was_taken_away_has_no_page() -> None:
    assert Client().get("/kiosk/nowhere").status_code == 404
    assert close_terminal(code="gulou-1", at=now())
    assert not close_terminal(code="gulou-1", at=now())
    assert Client().get("/kiosk/gulou-1").status_code == 404
    assert terminals() == ()
    for code, name, seconds in (("Ä", "机", 60), ("a", " ", 60), ("a", "机", 10)):
        with pytest.raises(TerminalRefused):
            register_terminal(code=code, name=name, division="320106", idle_seconds=seconds)


def test_the_square_code_is_shown_on_request_and_leads_to_the_draft_on_the_phone() -> None:
    client = at_kiosk()
    sign_in(client, "wangfang")
    draft = begin(client)
    assert "/on/" not in client.get(f"{draft}/elsewhere").content.decode()
    shown = client.post(f"{draft}/elsewhere")
    path = shown.context["page"].qr.address.partition("/on/")[2]
    phone = Client()
    door = phone.get(f"/on/{path}")
    assert door["Location"].startswith("/login?next=")
    stranger = Client()
    sign_in(stranger, "qianjin")
    assert stranger.get(f"/on/{path}").status_code == 404
    sign_in(phone, "wangfang")
    assert phone.get(f"/on/{path}")["Location"] == draft
    assert phone.get(draft, follow=True).status_code == 200
    assert phone.get(f"/on/{path}").status_code == 404
