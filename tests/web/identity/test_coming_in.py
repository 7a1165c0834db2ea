"""Coming in with a provider: back to where one was going, as the right person, and never by an answer that is not sound."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from django.test import Client

from tests.integrations.identity.provider import Platform, joined
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.outside import outside, use
from yijianshi.services.people.actors import parties_of
from yijianshi.services.people.parties import find_or_add_party, know_party
from yijianshi.store.accounts.models import Account, Officer, Party, Representation
from yijianshi.store.identity.models import IdentityRow, UsedRow

pytestmark = pytest.mark.django_db

WANG = "320106199205180021"
NEWCOMER = "11010519491231002X"
FIRM = "91350100M000100Y43"


@dataclass
class MovingClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def platform(cast: None) -> Iterator[Platform]:
    """A platform of the citizens, and the same as the office app, in the place of the demo's."""
    wired = outside()
    clock = MovingClock(NODE_CLOCK.now())
    found = Platform(clock)
    providers = {"province": joined(found), "office": joined(found, is_staff=True, code="office")}
    use(replace(wired, identity=providers, clock=clock))
    yield found
    use(wired)


@contextmanager
def nothing_written() -> Iterator[None]:
    before = kept()
    yield
    assert kept() == before


def kept() -> Any:
    return (
        [model.objects.count() for model in (Account, Party, IdentityRow, UsedRow)],
        list(Representation.objects.order_by("id").values_list()),
    )


def come_back(client: Client, platform: Platform, *, to: str = "", by: str = "province", **more: str) -> Any:
    """Go to the provider, sign in there, and come back."""
    address = f"/login/with/{by}" + (f"?{to}" if to else "")
    begun = client.get(address)
    assert begun.status_code == 302, begun.status_code
    sent = platform.browse(begun["Location"]) | more
    return client.get(f"/login/back/{by}", sent)


def said(response: Any) -> str:
    return response.content.decode()


@pytest.mark.clause("C2.1")
def test_a_person_known_by_his_number_comes_into_his_own_account_and_goes_on(
    client: Client, platform: Platform
) -> None:
    wang = Account.objects.get(login="wangfang")
    platform.claims = {"name": "王芳", "idCard": know_party(wang.party_id).number, "acr": "L3"}
    back = come_back(client, platform, to="next=/my")
    assert (back.status_code, back["Location"]) == (302, "/my")
    assert "王芳" in said(client.get("/my"))
    assert Party.objects.filter(kind="person", number_hash=wang.party.number_hash).count() == 1
    row = IdentityRow.objects.get(provider="province")
    assert (row.account, row.level, row.is_staff) == (wang, 3, False)
    assert b"u-1" not in bytes(row.subject_sealed)


@pytest.mark.clause("C2.1")
def test_a_newcomer_gets_one_account_and_one_party_however_often_he_comes(
    client: Client, platform: Platform
) -> None:
    platform.claims = {"name": "示例客", "idCard": NEWCOMER.lower()}
    for _ in range(2):
        assert come_back(Client(), platform).status_code == 302
    party = find_or_add_party(kind="person", number=NEWCOMER, name="示例客")
    assert Account.objects.filter(party=party).count() == 1
    account = Account.objects.get(party=party)
    assert not account.has_usable_password()
    other = dict(platform.claims) | {"sub": "u-7"}
    platform.claims = other
    come_back(client, platform)
    assert Account.objects.filter(party=party).count() == 1


@pytest.mark.clause("C2.1")
def test_an_enterprise_lets_its_agent_act_for_it_and_for_nobody_else(
    client: Client, platform: Platform
) -> None:
    today = outside().clock.now().date()
    wang = Account.objects.get(login="wangfang")
    platform.claims = {
        "name": "王芳", "idCard": know_party(wang.party_id).number, "uscc": FIRM, "corpName": "福州示例有限公司",
        "agent_eff_date": f"{today - timedelta(days=9)}", "agent_exp_date": f"{today + timedelta(days=9)}",
    }  # fmt: skip
    back = come_back(client, platform, to="next=/account")
    assert back["Location"] == "/account"
    page = client.get("/account").context["page"]
    assert [party.name for party in page.parties] == ["福州示例有限公司"]
    account = Account.objects.get(login__startswith="id-")
    assert account != wang
    assert [one.kind for one in parties_of(account, on=today)] == ["enterprise"]
    held = Representation.objects.get(account=account)
    assert (held.capacity, held.since, held.until) == (
        "agent", today - timedelta(days=9), today + timedelta(days=9),
    )  # fmt: skip
    assert client.post("/account/acting", {"party": str(wang.party_id)}).status_code == 404
    platform.claims["agent_exp_date"] = f"{today + timedelta(days=99)}"
    come_back(Client(), platform)
    held.refresh_from_db()
    assert held.until == today + timedelta(days=99)


@pytest.mark.clause("C2.1")
def test_an_agent_whose_days_are_over_is_refused_and_his_standing_ends(
    client: Client, platform: Platform
) -> None:
    today = outside().clock.now().date()
    platform.claims = {"name": "示例客", "idCard": NEWCOMER, "uscc": FIRM, "corpName": "福州示例有限公司"}
    come_back(client, platform)
    ended = today - timedelta(days=2)
    platform.claims["agent_exp_date"] = f"{ended}"
    refused = come_back(Client(), platform)
    assert refused.status_code == 422
    assert "已经过期" in said(refused)
    held = Representation.objects.get(account__login__startswith="id-")
    assert held.until == ended
    assert client.get("/account").context["page"].parties == ()


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "no number": ({"name": "示例客"}, "没有给出您的身份证号"),
    "a masked number": ({"name": "示例客", "idCard": "1101**********002X"}, "不完整或不对"),
    "only registered": ({"name": "示例客", "idCard": NEWCOMER, "acr": "L1"}, "只是注册过"),
    "an unknown level": ({"name": "示例客", "idCard": NEWCOMER, "acr": "super"}, "只是注册过"),
    "a firm without agent": ({"uscc": FIRM, "corpName": "福州示例有限公司"}, "没有说明谁在替单位登录"),
    "a firm with a wrong code": ({"uscc": FIRM[:-1] + "1", "idCard": NEWCOMER}, "不完整或不对"),
    "an agent not yet let in": (
        {"uscc": FIRM, "idCard": NEWCOMER, "name": "示例客", "agent_eff_date": "2099-01-01"}, "2099 年 1 月 1 日起才有效",
    ),
}  # fmt: skip


@pytest.mark.clause("C2.1")
@pytest.mark.parametrize("who", REFUSED)
def test_who_is_not_known_well_enough_is_told_why_and_nothing_is_written(
    client: Client, platform: Platform, who: str
) -> None:
    platform.claims, words = REFUSED[who]
    with nothing_written():
        back = come_back(client, platform, to="next=/my")
    assert back.status_code == 422
    assert words in said(back)
    assert 'name="password"' in said(back)
    assert client.get("/my").status_code == 302


def test_a_closed_account_stays_closed(client: Client, platform: Platform) -> None:
    wang = Account.objects.get(login="wangfang")
    platform.claims = {"name": "王芳", "idCard": know_party(wang.party_id).number}
    assert come_back(client, platform).status_code == 302
    Account.objects.filter(pk=wang.pk).update(is_active=False)
    with nothing_written():
        again = come_back(Client(), platform)
        platform.claims["sub"] = "u-9"
        other = come_back(Client(), platform)
    assert "已经停用" in said(again)
    assert "已经停用" in said(other)


def test_a_subject_that_becomes_somebody_else_is_refused(client: Client, platform: Platform) -> None:
    platform.claims = {"name": "示例客", "idCard": NEWCOMER}
    come_back(client, platform)
    wang = Account.objects.get(login="wangfang")
    platform.claims = {"name": "王芳", "idCard": know_party(wang.party_id).number}
    with nothing_written():
        refused = come_back(Client(), platform)
    assert "不是同一个" in said(refused)


def test_who_works_here_does_not_come_to_his_desk_as_a_citizen(client: Client, platform: Platform) -> None:
    wang, chen = Account.objects.get(login="wangfang"), Account.objects.get(login="chenzhiyuan")
    Account.objects.filter(pk=wang.pk).update(party=None)
    Account.objects.filter(pk=chen.pk).update(party=wang.party)
    platform.claims = {"name": "王芳", "idCard": know_party(wang.party_id).number}
    come_back(client, platform)
    assert client.get("/desk").context.get("page") is None
    assert not Officer.objects.filter(account__party=wang.party).exclude(account=chen).exists()


@pytest.mark.clause("C2.1")
@pytest.mark.parametrize(
    ("bend", "words"),
    [
        ({"nonce": "another"}, "不是对这次登录的回答"),
        ({"aud": "another"}, "给别的网站的"),
        ({"iss": "https://other.example"}, "签发的平台不对"),
        ({"exp": 1}, "已经过期"),
        ({"iat": 4_000_000_000}, "签发的时间不对"),
    ],
)
def test_an_unsound_answer_lets_nobody_in_and_writes_nothing(
    client: Client, platform: Platform, bend: dict[str, Any], words: str
) -> None:
    platform.claims, platform.bend = {"name": "示例客", "idCard": NEWCOMER}, bend
    with nothing_written():
        back = come_back(client, platform)
    assert back.status_code == 422
    assert words in said(back)
    assert "_auth_user_id" not in client.session


@pytest.mark.clause("C2.1")
def test_a_call_back_counts_once_in_its_own_browser_and_for_a_quarter_of_an_hour(
    client: Client, platform: Platform
) -> None:
    platform.claims = {"name": "示例客", "idCard": NEWCOMER}
    begun = client.get("/login/with/province")
    sent = platform.browse(begun["Location"])
    stranger = Client()
    with nothing_written():
        for other in (
            stranger.get("/login/back/province", sent),
            client.get("/login/back/province", sent | {"state": "x"}),
        ):
            assert other.status_code == 422
            assert "没有放行" in said(other)
    assert client.get("/login/back/province", sent).status_code == 302
    with nothing_written():
        replayed = client.get("/login/back/province", sent)
    assert replayed.status_code == 422
    late = Client()
    sent = platform.browse(late.get("/login/with/province")["Location"])
    platform.clock.moment += timedelta(minutes=16)  # type: ignore[attr-defined]
    with nothing_written():
        assert late.get("/login/back/province", sent).status_code == 422


def test_an_answer_that_let_somebody_in_lets_nobody_in_again(client: Client, platform: Platform) -> None:
    from yijianshi.services.people.identified import let_in
    from yijianshi.services.providers import Identified, IdentityRefused

    one = Identified(
        provider="province", subject="u-1", name="示例客", number=NEWCOMER, level=2, response="ab" * 32
    )
    at = outside().clock.now()
    let_in(one, at=at)
    with nothing_written(), pytest.raises(IdentityRefused, match="已经用过一次"):
        let_in(one, at=at + timedelta(hours=1))
    let_in(replace(one, response="cd" * 32), at=at + timedelta(days=2))
    assert UsedRow.objects.count() == 1


@pytest.mark.clause("C2.1")
def test_an_error_and_a_provider_that_is_away_leave_the_other_ways_open(
    client: Client, platform: Platform
) -> None:
    with nothing_written():
        refused = come_back(client, platform, to="next=/my", error="access_denied")
    assert "取消了登录" in said(refused)
    platform.answer = lambda request: httpx.Response(503)
    wired = outside()
    use(replace(wired, identity={"province": joined(platform)}))
    away = client.get("/login/with/province?next=/my")
    use(wired)
    assert away.status_code == 503
    assert "没有应答" in said(away)
    assert 'name="next" value="/my"' in said(away)
    assert client.post("/login/as", {"login": "wangfang", "next": "/my"})["Location"] == "/my"


@pytest.mark.parametrize(
    "next_page",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "/login/with/province",
        "javascript:alert(1)",
    ],
)
def test_nobody_is_led_elsewhere(client: Client, platform: Platform, next_page: str) -> None:
    platform.claims = {"name": "示例客", "idCard": NEWCOMER}
    begun = client.get("/login/with/province", {"next": next_page})
    back = client.get("/login/back/province", platform.browse(begun["Location"]))
    assert back["Location"] == "/"


@pytest.mark.clause("C2.1")
def test_an_officer_comes_in_by_the_subject_that_was_linked_and_nobody_is_made(
    client: Client, platform: Platform
) -> None:
    from yijianshi.services.people.link_officer import LinkRefused, link_officer

    at = outside().clock.now()
    with nothing_written():
        stranger = come_back(client, platform, by="office")
    assert "还没有关联" in said(stranger)
    link_officer(login="chenzhiyuan", provider="office", subject="u-1", by="test", at=at)
    assert come_back(client, platform, by="office")["Location"] == "/desk"
    for login, provider in (("wangfang", "office"), ("nobody", "office"), ("chenzhiyuan", "province")):
        with pytest.raises(LinkRefused):
            link_officer(login=login, provider=provider, subject="u-2", by="test", at=at)
    with pytest.raises(LinkRefused, match="已经关联了别人"):
        link_officer(login="zhaokai", provider="office", subject="u-1", by="test", at=at)
    Officer.objects.filter(account__login="chenzhiyuan").update(until=at.date() - timedelta(days=1))
    assert "现在没有岗位" in said(come_back(Client(), platform, by="office"))


def test_a_citizen_is_not_an_officer_by_the_same_subject(client: Client, platform: Platform) -> None:
    from yijianshi.services.people.link_officer import link_officer

    link_officer(login="chenzhiyuan", provider="office", subject="u-1", by="test", at=outside().clock.now())
    platform.claims = {"name": "示例客", "idCard": NEWCOMER}
    assert come_back(client, platform)["Location"] == "/"


def test_the_door_shows_each_provider_and_no_unknown_one_is_asked(client: Client, platform: Platform) -> None:
    door = said(client.get("/login?next=/my"))
    assert "/login/with/province?next=%2Fmy" in door
    assert "工作人员：办公平台" in door
    assert client.get("/login/with/nobody").status_code == 404
    assert client.get("/login/back/nobody").status_code == 404
