"""The guards of one's own account: the second step at the door, adding and giving up factors, devices, the password."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pyotp
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.services.guards.authenticator import Authenticator
from yijianshi.domain.guards import FREE_TRIES, Guarding
from yijianshi.domain.rights import Role
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.project.seeding import PASSWORD
from yijianshi.services import outside
from yijianshi.services.contents import open_text
from yijianshi.services.guards.totp import begin_telephone, confirm_telephone
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.guards.models import PasswordRow, SessionRow, TotpRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast"), pytest.mark.clause("C2.1")]
NEXT = "another-long-password-9"


def telephone_of(login: str) -> pyotp.TOTP:
    """Return the telephone of somebody of the cast, enrolled a while ago."""
    account, then = Account.objects.get(login=login), NODE_CLOCK.now() - timedelta(minutes=5)
    made = pyotp.TOTP(begin_telephone(account=account.id, login=login, at=then).secret)
    confirm_telephone(account=account.id, code=made.at(then), at=then)
    return made


def sign_in(client: Client, login: str, *, next_page: str = "") -> str:
    answer = client.post("/login", {"login": login, "password": PASSWORD, "next": next_page})
    return str(answer["Location"])


def real_steward() -> Account:
    """Return a steward who is none of the demo's people."""
    account = Account.objects.create(login="steward", password=PASSWORD, created_at=NODE_CLOCK.now())
    Officer.objects.create(
        account=account, role="steward", unit="government-services@320106", since=NODE_CLOCK.now().date()
    )
    return account


def test_who_has_a_second_factor_is_asked_for_it_and_is_not_in_before(client: Client) -> None:
    made = telephone_of("laoli")
    assert sign_in(client, "laoli", next_page="/window/start") == "/login/second"
    assert client.get("/window")["Location"].startswith("/login?")
    before = client.session.session_key
    wrong = client.post("/login/second", {"code": "abc"})
    assert wrong.status_code == 422
    assert "没有通过" in wrong.text
    right = client.post("/login/second", {"code": made.at(NODE_CLOCK.now())})
    assert right["Location"] == "/window/start"
    assert client.session.session_key != before
    assert client.get("/window").status_code == 200


def test_the_second_step_needs_the_first_and_only_a_short_while_ago(client: Client) -> None:
    assert client.get("/login/second")["Location"] == "/login"
    made = telephone_of("laoli")
    sign_in(client, "laoli")
    session = client.session
    session["half"] |= {"at": session["half"]["at"] - 3600}
    session.save()
    late = client.post("/login/second", {"code": made.at(NODE_CLOCK.now())})
    assert late["Location"] == "/login"
    assert client.get("/window")["Location"].startswith("/login?")


def test_guessing_at_the_second_step_makes_wait(client: Client) -> None:
    telephone_of("laoli")
    sign_in(client, "laoli")
    for _ in range(FREE_TRIES):
        assert client.post("/login/second", {"code": "abc"}).status_code == 422
    assert client.post("/login/second", {"code": "abc"}).status_code == 429


def test_a_telephone_is_added_by_who_has_just_proved_himself_without_any_script(client: Client) -> None:
    client.post("/login/as", {"login": "laoli"})
    shown = client.get("/account/guards/telephone")
    secret = open_text(TotpRow.objects.get().secret_sealed, purpose="totp")
    assert secret[:4] in shown.text
    assert "guards.js" not in shown.text
    assert "no-store" in shown["Cache-Control"]
    before = client.session.session_key
    done = client.post("/account/guards/telephone", {"code": pyotp.TOTP(secret).at(NODE_CLOCK.now())})
    assert done["Location"] == "/account/guards"
    assert client.session.session_key != before, "a new session key at step-up"
    assert "已加" in client.get("/account/guards").text


def test_guards_are_changed_only_after_a_proof_and_given_up_only_by_a_second_factor(client: Client) -> None:
    made = telephone_of("laoli")
    client.force_login(Account.objects.get(login="laoli"))
    for page in ("/account/guards/key", "/account/guards/telephone"):
        assert client.get(page)["Location"].startswith("/account/guards/confirm?")
    for page in ("/account/guards/remove", "/account/guards/codes"):
        sent = client.post(page, {"which": "telephone"})
        assert sent["Location"].startswith("/account/guards/confirm?")
    asked = client.get("/account/guards/confirm?next=https://elsewhere.example/")
    assert 'name="code"' in asked.text
    assert 'name="password"' not in asked.text
    assert "elsewhere" not in asked.text
    proved = client.post("/account/guards/confirm", {"code": made.at(NODE_CLOCK.now())})
    assert proved["Location"] == "/account/guards"
    assert "备用码" in client.post("/account/guards/codes").text
    client.post("/account/guards/remove", {"which": "telephone"})
    assert not TotpRow.objects.exists()


def test_codes_on_paper_are_shown_once_and_open_the_door(client: Client) -> None:
    telephone_of("laoli")
    client.force_login(Account.objects.get(login="laoli"))
    session = client.session
    session["stepped_up"] = NODE_CLOCK.now().timestamp()
    session.save()
    codes = client.post("/account/guards/codes").context["page"]
    assert codes[0] not in client.get("/account/guards").text
    elsewhere = Client()
    sign_in(elsewhere, "laoli")
    assert elsewhere.post("/login/second", {"code": codes[0]})["Location"] == "/window"


def test_a_key_is_added_and_opens_the_door() -> None:
    client = Client(HTTP_HOST="localhost:8000")
    client.post("/login/as", {"login": "laoli"})
    key = Authenticator(origin="http://localhost:8000")
    page = client.get("/account/guards/key").context["page"]
    unnamed = client.post("/account/guards/key", {"answer": key.create(page.options), "name": ""})
    assert unnamed.status_code == 422
    again = unnamed.context["page"].options
    added = client.post("/account/guards/key", {"answer": key.create(again), "name": "抽屉里的"})
    assert added["Location"] == "/account/guards"
    assert "抽屉里的" in client.get("/account/guards").text
    coming = Client(HTTP_HOST="localhost:8000")
    assert sign_in(coming, "laoli") == "/login/second"
    answer = key.get(coming.get("/login/second").context["page"].options)
    assert coming.post("/login/second", {"answer": answer})["Location"] == "/window"
    third = Client(HTTP_HOST="localhost:8000")
    sign_in(third, "laoli")
    assert third.post("/login/second", {"answer": answer}).status_code == 422, "an answer opens once"


def test_at_a_bare_number_no_key_is_offered(client: Client) -> None:
    numbered = Client(HTTP_HOST="127.0.0.1:8000")
    numbered.post("/login/as", {"login": "laoli"})
    assert "一串数字" in numbered.get("/account/guards").text
    assert "不能用密钥" in numbered.get("/account/guards/key").text


def test_whoever_must_have_one_is_led_to_it_and_can_do_nothing_else(client: Client) -> None:
    steward = real_steward()
    assert sign_in(client, "steward", next_page="/steward") == "/steward"
    for page in ("/steward", "/", "/my", "/account"):
        assert client.get(page)["Location"] == "/account/guards", page
    assert "先加一个，再办别的" in client.get("/account/guards").text
    assert client.get("/account/password").status_code == 200
    secret = begin_telephone(account=steward.id, login="steward", at=NODE_CLOCK.now()).secret
    client.post("/account/guards/telephone", {"code": pyotp.TOTP(secret).at(NODE_CLOCK.now())})
    assert client.get("/steward").status_code == 200
    refused = client.post("/account/guards/remove", {"which": "telephone"})
    assert refused.status_code == 409
    assert "这是最后一个" in refused.text


def test_a_session_from_before_the_factor_is_asked_for_it(client: Client) -> None:
    steward = real_steward()
    telephone_of("steward")
    client.force_login(steward)
    assert client.get("/steward")["Location"] == "/account/guards"
    assert "验证一下，接着办" in client.get("/account/guards").text


def test_the_operator_says_who_else_proves_himself_twice(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarding = Guarding(also_twice=frozenset({Role.WINDOW}), demo_is_let_in=False, password_days=0)
    monkeypatch.setattr(outside, "_wired", [replace(outside.outside(), guarding=guarding)])
    client.force_login(Account.objects.get(login="laoli"))
    assert client.get("/window")["Location"] == "/account/guards"
    client.force_login(Account.objects.get(login="wangfang"))
    assert client.get("/my").status_code == 200


def test_the_cast_of_the_demo_comes_in_by_one_press(client: Client) -> None:
    for login in ("lanhui", "mengyan", "qinlang", "guping"):
        came = client.post("/login/as", {"login": login})
        assert client.get(came["Location"]).status_code == 200


def test_one_sees_where_one_is_signed_in_and_ends_it_there(client: Client) -> None:
    edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/120.0 Safari/537.36 Edg/120.0"
    phone = Client(
        HTTP_USER_AGENT="Mozilla/5.0 (Linux; Android 14) Chrome/120.0 Mobile", REMOTE_ADDR="10.9.8.7"
    )
    here = Client(HTTP_USER_AGENT=edge)
    for browser in (phone, here):
        browser.post("/login/as", {"login": "wangfang"})
    shown = here.get("/account/devices")
    assert "安卓上的 Chrome 浏览器" in shown.text
    assert "10.9.8.*" in shown.text
    assert "10.9.8.7" not in shown.text
    assert [one.is_this for one in shown.context["page"].devices] == [True, False]
    stranger = Client()
    stranger.post("/login/as", {"login": "qianjin"})
    other = shown.context["page"].devices[1].handle
    stranger.post("/account/devices/end", {"handle": str(other)})
    assert phone.get("/my").status_code == 200, "somebody else's is not ended"
    here.post("/account/devices/end", {"handle": str(other)})
    assert phone.get("/my")["Location"].startswith("/login")
    phone.post("/login/as", {"login": "wangfang"})
    here.post("/account/devices/end", {"handle": "others"})
    assert phone.get("/my")["Location"].startswith("/login")
    assert here.get("/my").status_code == 200


def test_a_session_ends_long_after_the_sign_in_however_busy(client: Client) -> None:
    client.post("/login/as", {"login": "wangfang"})
    row = SessionRow.objects.get()
    assert row.signed_in_at
    assert row.expire_date - row.signed_in_at <= timedelta(minutes=31)
    session = client.session
    session["signed"] |= {"at": session["signed"]["at"] - 11.9 * 3600}
    session.save()
    assert client.get("/my").status_code == 200
    session = client.session
    session["signed"] |= {"at": session["signed"]["at"] - 3600}
    session.save()
    assert client.get("/my")["Location"].startswith("/login")


def test_no_page_asks_for_more_because_of_the_sessions(client: Client) -> None:
    """The session is read once; that its reader is there is written down when that was last done a while ago."""
    client.post("/login/as", {"login": "wangfang"})

    def guarding() -> list[str]:
        with CaptureQueriesContext(connection) as asked:
            client.get("/account")
        return [query["sql"].split()[0] for query in asked.captured_queries if "guards_" in query["sql"]]

    assert guarding() == ["SELECT"]
    SessionRow.objects.update(seen_at=timezone.now() - timedelta(minutes=2))
    assert guarding() == ["SELECT", "UPDATE"]
    assert guarding() == ["SELECT"]


def test_a_session_ends_when_nobody_was_there_for_long_and_not_while_somebody_reads(client: Client) -> None:
    client.post("/login/as", {"login": "wangfang"})
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    for _ in range(3):  # each time almost too late, and counted anew
        late = timezone.now() - idle + timedelta(seconds=5)
        SessionRow.objects.update(seen_at=late, expire_date=late + idle)
        assert client.get("/account").status_code == 200
        assert SessionRow.objects.get().expire_date > timezone.now() + idle - timedelta(seconds=5)
    SessionRow.objects.update(expire_date=timezone.now())
    assert client.get("/account")["Location"].startswith("/login")


def test_a_new_password_signs_out_everywhere_else_and_may_be_none_of_the_last_five(client: Client) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        browser.post("/login/as", {"login": "laoli"})

    def change(present: str, wanted: str, again: str = "") -> str:
        given = {"present": present, "password": wanted, "again": again or wanted}
        return client.post("/account/password", given).text

    assert "现在的密码不对" in change("nonsense", NEXT)
    assert "两次填的新密码不一样" in change(PASSWORD, NEXT, "different")
    assert "不能用" in change(PASSWORD, "short")
    assert "最近 5 次" in change(PASSWORD, PASSWORD)
    assert change(PASSWORD, NEXT) == ""
    assert elsewhere.get("/window")["Location"].startswith("/login")
    assert client.get("/window").status_code == 200
    for n in range(5):
        assert "最近 5 次" in change(NEXT + "x" * n, NEXT)
        assert change(NEXT + "x" * n, NEXT + "x" * (n + 1)) == ""
    assert PasswordRow.objects.count() == 5
    assert change(NEXT + "xxxxx", NEXT) == "", "the sixth last may be used again"


def test_staff_choose_a_new_password_when_theirs_is_too_old_and_citizens_never_do(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    guarding = Guarding(password_days=90)
    monkeypatch.setattr(outside, "_wired", [replace(outside.outside(), guarding=guarding)])
    Account.objects.update(created_at=NODE_CLOCK.now() - timedelta(days=91))
    sign_in(client, "laoli")
    assert client.get("/window")["Location"] == "/account/password"
    assert "用得太久了" in client.get("/account/password").text
    client.post("/account/password", {"present": PASSWORD, "password": NEXT, "again": NEXT})
    assert client.get("/window").status_code == 200
    citizen = Client()
    sign_in(citizen, "wangfang")
    assert citizen.get("/my").status_code == 200


def test_the_pages_of_the_guards_are_for_who_is_signed_in(client: Client) -> None:
    for page in ("guards", "guards/confirm", "guards/telephone", "guards/key", "devices", "password"):
        assert client.get(f"/account/{page}")["Location"].startswith("/login?next=")
    assert client.post("/account/devices/end", {"handle": str(UUID(int=1))})["Location"].startswith("/login")


def test_behind_a_proxy_the_visitor_is_counted_and_not_the_proxy(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, behind_tls_proxy=True))
    for _ in range(FREE_TRIES):
        client.post(
            "/login", {"login": "wangfang", "password": "x"}, headers={"X-Forwarded-For": "9.9.9.9, 7.7.7.7"}
        )
    blocked = client.post(
        "/login", {"login": "wangfang", "password": "x"}, headers={"X-Forwarded-For": "7.7.7.8"}
    )
    assert blocked.status_code == 429
    free = client.post(
        "/login", {"login": "wangfang", "password": "x"}, headers={"X-Forwarded-For": "9.9.9.9"}
    )
    assert free.status_code == 422
