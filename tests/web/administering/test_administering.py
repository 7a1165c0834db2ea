"""Three administrators: one sets up, one approves, one looks on; none does another's work, and each act leaves a line."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from tests.web.staff import Restaurant, signed_in_as
from yijianshi.domain.rights import Act, Role
from yijianshi.domain.workdays import legal_day
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.people.clients import create_client
from yijianshi.store.accounts.models import Account, Officer, UnitDesk
from yijianshi.store.accounts.models import Client as Machine
from yijianshi.store.guards.models import DeedRow, ProposalRow, TotpRow
from yijianshi.store.reads.models import ReadRow
from yijianshi.store.submissions.models import SubmissionRow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast"), pytest.mark.clause("C2.1")]
FIRE = "fire-rescue@320106"
PAGES = {
    "mengyan": ("/administer/accounts", "/administer/accounts/new", "/administer/desks"),
    "qinlang": ("/administer/factors", "/administer/clients", "/administer/throttles"),
    "guping": ("/administer/reads", "/administer/deeds"),
}


@pytest.fixture
def system() -> Client:
    return signed_in_as("mengyan")


@pytest.fixture
def security() -> Client:
    return signed_in_as("qinlang")


@pytest.fixture
def audit() -> Client:
    return signed_in_as("guping")


def new_account(system: Client, *, role: str = "reviewer", unit: str = FIRE, login: str = "xin") -> Account:
    made = system.post(
        "/administer/accounts/new", {"login": login, "name": "新来的", "role": role, "unit": unit}
    )
    assert made.status_code == 200, made.text
    return Account.objects.get(login=login)


def deeds() -> list[str]:
    return list(DeedRow.objects.order_by("id").values_list("deed", flat=True))


@pytest.mark.parametrize("login", [*PAGES, "wangfang", "laoli", "heli", "lanhui"])
def test_each_page_is_one_administrators_and_nobody_elses(login: str) -> None:
    client = signed_in_as(login)
    for owner, pages in PAGES.items():
        for page in pages:
            assert client.get(page).status_code == (200 if owner == login else 404), page
    both = client.get("/administer/proposals").status_code
    assert both == (200 if login in ("mengyan", "qinlang") else 404)


@pytest.mark.parametrize("login", list(PAGES))
def test_no_administrator_sees_a_case(login: str) -> None:
    submission = Restaurant()
    client = signed_in_as(login)
    for page in ("/window", "/coordinate", "/supervise", f"/my/{submission.id}", f"/window/{submission.id}"):
        assert client.get(page).status_code == 404, page


def test_an_account_is_made_and_its_owner_sets_the_password_by_the_link(system: Client) -> None:
    made = system.post(
        "/administer/accounts/new",
        {"login": "xin", "name": "新来的", "role": "reviewer", "unit": FIRE, "until": "2099-12-31"},
    )
    link = re.search(r"/invitation/[\w-]+", made.text)
    assert link
    assert "等本人设密码" in system.get("/administer/accounts?q=xin").text
    browser = Client()
    browser.post(link.group(), {"password": "a-long-password-77", "again": "a-long-password-77"})
    browser.post("/login", {"login": "xin", "password": "a-long-password-77"})
    assert browser.get("/desk").status_code == 200
    assert deeds() == ["create_account", "give_post"]
    assert (
        "已有人使用"
        in system.post(
            "/administer/accounts/new", {"login": "xin", "name": "又一个", "role": "reviewer", "unit": FIRE}
        ).text
    )


def test_a_post_that_reaches_beyond_a_unit_waits_for_another(system: Client, security: Client) -> None:
    account = new_account(system, role="supervisor", unit="government-services@320106")
    assert not Officer.objects.filter(account=account).exists()
    waiting = security.get("/administer/proposals")
    assert "新来的" in waiting.text
    proposal = str(ProposalRow.objects.get().id)
    own = system.post("/administer/proposals", {"proposal": proposal, "do": "approve"})
    assert own.status_code == 404, "whoever proposes does not approve"
    security.post("/administer/proposals", {"proposal": proposal, "do": "approve"})
    assert Officer.objects.get(account=account).role == "supervisor"
    again = security.post("/administer/proposals", {"proposal": proposal, "do": "reject"})
    assert again.status_code == 409
    assert deeds() == ["create_account", "propose_post", "approve"]
    assert "已同意" in system.get("/administer/proposals").text


def test_what_was_not_approved_changes_nothing(system: Client, security: Client) -> None:
    account = new_account(system, role="audit_admin", unit="administration@320106")
    proposal = str(ProposalRow.objects.get().id)
    security.post("/administer/proposals", {"proposal": proposal, "do": "reject"})
    assert not Officer.objects.filter(account=account).exists()


def test_nobody_holds_two_of_the_three_nor_one_beside_another_post(system: Client, security: Client) -> None:
    give = {"do": "give", "unit": "administration@320106"}
    officer = Account.objects.get(login="zhaokai")
    refused = system.post(f"/administer/accounts/{officer.id}", give | {"role": "audit_admin"})
    assert refused.status_code == 409
    assert "不能再兼" in refused.text
    auditor = Account.objects.get(login="guping")
    two = system.post(f"/administer/accounts/{auditor.id}", give | {"role": "security_admin"})
    assert two.status_code == 409
    assert "三员分立" in two.text
    assert not ProposalRow.objects.exists()


def test_nobody_changes_his_own_posts(system: Client) -> None:
    own = Account.objects.get(login="mengyan")
    page = f"/administer/accounts/{own.id}"
    post = Officer.objects.get(account=own)
    for given in ({"do": "give", "role": "reviewer", "unit": FIRE}, {"do": "end", "post": str(post.id)}, {"do": "close", "sure": "1"}):  # fmt: skip
        refused = system.post(page, given)
        assert refused.status_code == 409, given
    assert "您自己的账号" in system.get(page).text
    assert Officer.objects.get(account=own).until is None


def test_a_post_is_ended_and_a_person_closed_and_signed_out(system: Client) -> None:
    zhao, browser = Account.objects.get(login="zhaokai"), signed_in_as("zhaokai")
    page = f"/administer/accounts/{zhao.id}"
    assert system.post(page, {"do": "close"}).status_code == 409, "not before he is sure"
    system.post(page, {"do": "close", "sure": "1"})
    assert browser.get("/desk")["Location"].startswith("/login")
    assert Client().post("/login/as", {"login": "zhaokai"}).status_code != 302
    assert "已停用" in system.get(page).text
    liujie = Account.objects.get(login="liujie")
    post = Officer.objects.get(account=liujie, role="coordinator")
    system.post(f"/administer/accounts/{liujie.id}", {"do": "end", "post": str(post.id)})
    assert signed_in_as("liujie").get("/coordinate").status_code == 404
    assert signed_in_as("liujie").get("/desk").status_code == 200


def test_posts_are_handed_over(system: Client) -> None:
    page = f"/administer/accounts/{Account.objects.get(login='zhaokai').id}"
    assert "没有这个登录名" in system.post(page, {"do": "hand-over", "to": "nobody"}).text
    system.post(page, {"do": "hand-over", "to": "zhoulin"})
    assert signed_in_as("zhoulin").get("/desk").status_code == 200
    assert Officer.objects.filter(account__login="zhoulin", unit=FIRE).exists()
    assert not Officer.objects.filter(account__login="zhaokai", until=None).exists()


def test_whoever_takes_over_a_post_that_he_holds_already_keeps_it_as_long(system: Client) -> None:
    today = legal_day(NODE_CLOCK.now())
    zhao, zhou = Account.objects.get(login="zhaokai"), Account.objects.get(login="zhoulin")
    Officer.objects.filter(account=zhao).update(until=today + timedelta(days=3))
    begun = today - timedelta(days=400)
    Officer.objects.create(account=zhou, role="reviewer", unit=FIRE, since=begun)
    system.post(f"/administer/accounts/{zhao.id}", {"do": "hand-over", "to": "zhoulin"})
    post = Officer.objects.get(account=zhou, unit=FIRE)
    assert (post.since, post.until) == (begun, None)


def test_a_post_that_is_over_is_not_ended_again(system: Client) -> None:
    post = Officer.objects.filter(account__login="zhaokai").first()
    assert post
    over = legal_day(NODE_CLOCK.now()) - timedelta(days=30)
    Officer.objects.filter(pk=post.id).update(until=over)
    page = f"/administer/accounts/{post.account_id}"
    assert system.post(page, {"do": "end", "post": str(post.id)}).status_code == 404
    post.refresh_from_db()
    assert post.until == over


def test_a_proposal_that_waited_for_longer_than_it_was_to_last_is_not_approved(
    system: Client, security: Client
) -> None:
    new_account(system, role="supervisor", unit="government-services@320106")
    today = legal_day(NODE_CLOCK.now())
    ProposalRow.objects.update(since=today - timedelta(days=9), until=today - timedelta(days=2))
    proposal = str(ProposalRow.objects.get().id)
    answered = security.post("/administer/proposals", {"proposal": proposal, "do": "approve"})
    assert answered.status_code == 409
    assert ProposalRow.objects.get().decided_at is None


def test_a_closed_account_gets_no_link(system: Client) -> None:
    zhao = Account.objects.get(login="zhaokai")
    Account.objects.filter(pk=zhao.id).update(is_active=False)
    refused = system.post(f"/administer/accounts/{zhao.id}", {"do": "link"})
    assert refused.status_code == 409
    assert "已经停用" in refused.text


def test_an_administrator_gets_no_link_from_another(system: Client) -> None:
    auditor = Account.objects.get(login="guping")
    refused = system.post(f"/administer/accounts/{auditor.id}", {"do": "link"})
    assert refused.status_code == 409
    assert "yijianshi admin invite-again" in refused.text
    zhao = Account.objects.get(login="zhaokai")
    assert "/invitation/" in system.post(f"/administer/accounts/{zhao.id}", {"do": "link"}).text


def test_staff_of_elsewhere_and_citizens_look_like_nobody(system: Client) -> None:
    for account in (
        Account.objects.get(login="jinshan").id,
        Account.objects.get(login="wangfang").id,
        uuid4(),
    ):
        missing = system.get(f"/administer/accounts/{account}")
        assert missing.status_code == 404
    listed = system.get("/administer/accounts").text
    assert "jinshan" not in listed
    assert "wangfang" not in listed
    outside = {"login": "x", "name": "某", "role": "reviewer", "unit": "fire-rescue@320583"}
    assert "请选岗位和单位" in system.post("/administer/accounts/new", outside).text


def test_a_desk_is_set_and_left_to_the_hotline(system: Client) -> None:
    assert "一起填" in system.post("/administer/desks", {"unit": FIRE, "contact": "赵凯"}).text
    system.post("/administer/desks", {"unit": FIRE, "contact": "值班室", "phone": "025-1234567"})
    assert "值班室" in system.get("/administer/desks").text
    system.post("/administer/desks", {"unit": FIRE, "contact": "", "phone": ""})
    assert not UnitDesk.objects.filter(pk=FIRE).exists()
    assert system.post("/administer/desks", {"unit": "fire-rescue@320583"}).status_code == 404


def test_lost_factors_are_taken_away_and_one_is_signed_out(security: Client) -> None:
    zhao, browser = Account.objects.get(login="zhaokai"), signed_in_as("zhaokai")
    TotpRow.objects.create(
        pk=zhao.id, secret_sealed=b"", begun_at=NODE_CLOCK.now(), confirmed_at=NODE_CLOCK.now()
    )
    assert "清除" in security.get("/administer/factors?q=zhaokai").text
    security.post("/administer/factors", {"account": str(zhao.id)})
    assert not TotpRow.objects.exists()
    assert browser.get("/desk")["Location"].startswith("/login")
    own = Account.objects.get(login="qinlang")
    assert security.post("/administer/factors", {"account": str(own.id)}).status_code == 409
    elsewhere = Account.objects.get(login="jinshan")
    assert security.post("/administer/factors", {"account": str(elsewhere.id)}).status_code == 404


def test_a_machine_is_stopped(security: Client) -> None:
    create_client(
        name="消防系统", posts=((Role.REVIEWER, FIRE),), scopes=(Act.READ_CASE,), days=30, at=NODE_CLOCK.now()
    )
    assert "消防系统" in security.get("/administer/clients").text
    machine = Machine.objects.get()
    security.post("/administer/clients", {"client": str(machine.id)})
    machine.refresh_from_db()
    assert machine.revoked_at
    assert deeds() == ["revoke_client"]


def test_where_tries_fail_is_seen_without_any_citizens_login(security: Client) -> None:
    for login in ("zhaokai", "wangfang", "jinshan"):
        for _ in range(5):
            Client().post("/login", {"login": login, "password": "nonsense"})
    shown = security.get("/administer/throttles").text
    assert "zhaokai" in shown
    assert "wangfang" not in shown
    assert "jinshan" not in shown, "he works elsewhere"
    assert "127.0.0.*" in shown


def test_every_read_and_every_deed_is_found_by_who_by_number_by_day_and_by_unit(
    audit: Client, system: Client
) -> None:
    submission = Restaurant()
    ReadRow.objects.create(
        submission_id=submission.id, account_id=Account.objects.get(login="zhaokai").id, unit=FIRE,
        what="slice", at=NODE_CLOCK.now(),
    )  # fmt: skip
    ReadRow.objects.create(
        submission_id=uuid4(), account_id=Account.objects.get(login="jinshan").id,
        unit="fire-rescue@320583", what="page", at=NODE_CLOCK.now(),
    )  # fmt: skip
    everything = audit.get("/administer/reads").text
    assert "赵凯" in everything
    assert "金珊" not in everything, "another division's"
    number = SubmissionRow.objects.get(pk=submission.id).number
    today = f"{NODE_CLOCK.now() + timedelta(hours=8):%Y-%m-%d}"
    for given in ({"login": "zhaokai"}, {"number": number}, {"unit": FIRE}, {"from": today, "to": today}):
        led = audit.post("/administer/reads", given)["Location"]
        assert "zhaokai" not in led, "no login in an address"
        assert "赵凯" in audit.get(led).text, given
    for given in ({"login": "zhoulin"}, {"number": "1"}, {"unit": "health@320106"}, {"to": "2020-01-01"}):
        led = audit.post("/administer/reads", given)["Location"]
        assert "没有这样的查看" in audit.get(led).text, given
    assert "没有登录名是" in audit.get(audit.post("/administer/reads", {"login": "x"})["Location"]).text
    new_account(system)
    assert "建立账号" in audit.get("/administer/deeds").text


def test_a_log_is_exported_and_that_is_written_down_too(audit: Client, system: Client) -> None:
    new_account(system)
    ReadRow.objects.create(
        submission_id=uuid4(), account_id=Account.objects.get(login="zhaokai").id, unit=FIRE, what="page",
        at=NODE_CLOCK.now(),
    )  # fmt: skip
    for page, said in (("reads", "赵凯"), ("deeds", "建立账号")):
        assert audit.get(f"/administer/{page}/csv").status_code == 405
        sent = audit.post(f"/administer/{page}/csv")
        assert sent["Content-Type"].startswith("text/csv")
        assert said in b"".join(sent.streaming_content).decode("utf-8-sig")
    assert deeds()[-2:] == ["export_reads", "export_deeds"]
    assert system.post("/administer/reads/csv").status_code == 404


def test_the_log_of_reads_is_fast_and_asks_the_same_however_long_it_is(
    audit: Client, django_assert_max_num_queries: Any
) -> None:
    accounts = list(
        Account.objects.filter(login__in=["zhaokai", "zhoulin", "wuhao"]).values_list("pk", flat=True)
    )
    units = (FIRE, "urban-management@320106", "fire-rescue@320583", "health@320500")
    at = NODE_CLOCK.now()
    ReadRow.objects.bulk_create(
        (
            ReadRow(
                submission_id=UUID(int=n % 997 + 1), account_id=accounts[n % 3], unit=units[n % 4], what="slice",
                at=at - timedelta(minutes=n),
            )
            for n in range(100_000)
        ),
        batch_size=10_000,
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE reads_readrow")
    for query in ("", f"?who={accounts[1]}", f"?unit={FIRE}", "?from=2026-01-01&to=2026-12-31"):
        with django_assert_max_num_queries(12) as asked:
            page = audit.get(f"/administer/reads{query}")
        log = next(one["sql"] for one in asked.captured_queries if 'FROM "reads_readrow"' in one["sql"])
        with connection.cursor() as cursor:
            cursor.execute("EXPLAIN " + log)
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan on reads_readrow" not in plan, plan
        assert len(page.context["page"].log.lines) == 50
        older = audit.get("/administer/reads" + page.context["page"].further)
        assert older.context["page"].log.lines[0].at < page.context["page"].log.lines[-1].at


def test_the_rail_shows_each_administrator_his_own_doors() -> None:
    for login, pages in PAGES.items():
        doors = {link.href for link in signed_in_as(login).get(pages[0]).context["rail"]}
        assert {page for page in pages if not page.endswith("/new")} <= doors


def test_an_ordinary_desk_is_what_a_new_post_opens(system: Client) -> None:
    wanted: Callable[[], bool] = Officer.objects.filter(account__login="zhoulin", unit=FIRE).exists
    page = f"/administer/accounts/{Account.objects.get(login='zhoulin').id}"
    past = {"do": "give", "role": "reviewer", "unit": FIRE, "since": "2020-01-01", "until": "2020-02-01"}
    assert system.post(page, past).status_code == 409
    assert not wanted()
    system.post(page, past | {"until": ""})
    assert wanted()
