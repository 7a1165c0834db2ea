"""A platform of tickets: signed requests, a ticket for the question asked, and its demo counterpart spoken to in earnest."""

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from yijianshi.integrations.identity import DemoOffice, DemoTickets, Fetcher, TicketProvider
from yijianshi.integrations.identity.claims import ClaimNames, ClaimsUnreadable
from yijianshi.integrations.identity.ticket import SIGNINGS
from yijianshi.integrations.population import build_population
from yijianshi.services.providers import Identified, IdentityRefused, IdentityUnavailable, ProviderKnown

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
BACK = "https://yjs.example.gov.cn/login/back/province"


@dataclass
class StandingClock:
    moment: datetime = AT

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


@pytest.fixture
def demo(clock: StandingClock) -> DemoTickets:
    return DemoTickets(
        build_population(on=AT.date()), secret="a secret of the tests", clock=clock, on=AT.date()
    )


def sign_in(demo: DemoTickets, who: str, *, level: int = 2, asked: int = 0) -> Identified:
    begun = demo.begin(back=BACK, level=asked)
    figure = next(one.key for one in demo.figures() if one.name == who or one.about.startswith(who))
    back = demo.answer(dict(parse_qsl(urlsplit(begun.address).query)), figure=figure, level=level)
    assert back.startswith(f"{BACK}?state={begun.remembered['state']}&ticket=")
    return demo.complete(dict(parse_qsl(urlsplit(back).query)), begun.remembered)


@pytest.mark.clause("C2.1")
def test_a_person_of_the_demo_signs_in_at_the_level_that_he_shows(demo: DemoTickets) -> None:
    found = sign_in(demo, "王芳", level=3)
    assert (found.provider, found.kind, found.name, found.level) == ("province", "person", "王芳", 3)
    assert found.number.startswith("320106")


def test_an_enterprise_of_the_demo_says_who_its_agent_is_and_from_when_to_when(demo: DemoTickets) -> None:
    found = sign_in(demo, "单位，经办人张伟")
    assert found.kind == "enterprise"
    assert found.agent is not None
    assert found.agent.name == "张伟"
    assert found.agent.until == AT.date() + timedelta(days=335)


def test_an_officer_of_the_demo_has_a_name_in_the_office_app_and_no_number(clock: StandingClock) -> None:
    office = DemoOffice([("laoli", "李国强", "综合窗口")], secret="a secret", clock=clock)
    found = sign_in(office, "李国强")  # type: ignore[arg-type]
    assert (found.subject, found.number) == ("office-laoli", "")


@pytest.mark.clause("C2.1")
def test_another_state_no_ticket_and_a_made_up_ticket_are_refused(demo: DemoTickets) -> None:
    begun = demo.begin(back=BACK)
    state = begun.remembered["state"]
    for sent, says in (
        ({"state": "other", "ticket": "x"}, "来回对不上"),
        ({"state": state}, "没有完成登录"),
        ({"state": state, "ticket": "made-up"}, "没有认这次登录"),
    ):
        with pytest.raises(IdentityRefused, match=says):
            demo.complete(sent, begun.remembered)


def test_a_ticket_is_good_for_five_minutes(demo: DemoTickets, clock: StandingClock) -> None:
    begun = demo.begin(back=BACK)
    asked = dict(parse_qsl(urlsplit(begun.address).query))
    back = demo.answer(asked, figure=demo.figures()[0].key, level=2)
    clock.moment += timedelta(minutes=6)
    with pytest.raises(IdentityRefused, match="过期"):
        demo.complete(dict(parse_qsl(urlsplit(back).query)), begun.remembered)


def test_nobody_makes_the_demo_lead_elsewhere(demo: DemoTickets) -> None:
    asked = dict(parse_qsl(urlsplit(demo.begin(back=BACK, level=3).address).query))
    assert demo.asked(asked) == 3
    for change in ({"redirect": "https://evil.example/"}, {"level": "1"}, {"sign": ""}):
        with pytest.raises(IdentityRefused):
            demo.answer(asked | change, figure=demo.figures()[0].key, level=4)


def test_each_request_is_signed_and_fresh(clock: StandingClock) -> None:
    seen: list[dict[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        import json

        seen.append(json.loads(request.read()))
        data = {"token": "t"} if request.url.path.endswith("/token") else {"userId": "7", "name": "示例客"}
        return httpx.Response(200, json={"code": 200, "data": data})

    provider = TicketProvider(
        known=ProviderKnown(code="city", name="市平台"), address="https://sso.example.gov.cn/api", client="app",
        secret="secret", clock=clock, signing="hmac-sha256",
        fetcher=Fetcher("市平台", hosts={"sso.example.gov.cn"}, transport=httpx.MockTransport(answer)),
    )  # fmt: skip
    begun = provider.begin(back=BACK)
    provider.complete({"state": begun.remembered["state"], "ticket": "one"}, begun.remembered)
    assert [one.get("ticket") or one.get("token") for one in seen] == ["one", "t"]
    for one in seen:
        sign = one.pop("sign")
        assert sign == SIGNINGS["hmac-sha256"]("secret", one)
        assert one["timestamp"] == str(int(AT.timestamp()))
    assert seen[0]["nonce"] != seen[1]["nonce"]


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(401, json={"code": "401"}),
        httpx.Response(500),
        httpx.Response(302, headers={"Location": "https://elsewhere.example/"}),
        httpx.Response(200, json={"code": "0"}),
        httpx.Response(200, json={"code": "0", "data": {"token": ""}}),
    ],
)
def test_a_platform_that_gives_no_usable_answer_is_said_to_be_away(
    clock: StandingClock, answer: httpx.Response
) -> None:
    transport = httpx.MockTransport(lambda request: answer)
    provider = TicketProvider(
        known=ProviderKnown(code="city", name="市平台"), address="https://sso.example.gov.cn", client="app",
        secret="secret", clock=clock, fetcher=Fetcher("市平台", hosts={"sso.example.gov.cn"}, transport=transport),
    )  # fmt: skip
    begun = provider.begin(back=BACK)
    with pytest.raises(IdentityUnavailable):
        provider.complete({"state": begun.remembered["state"], "ticket": "one"}, begun.remembered)


def test_a_signature_over_sm3_is_that_of_the_standard_library() -> None:
    counted = hmac.new(b"key", b"a=1&b=2", "sm3").hexdigest()
    assert SIGNINGS["hmac-sm3"]("key", {"b": "2", "a": "1"}) == counted


def test_names_of_claims_are_read_or_refused() -> None:
    names = ClaimNames.read(names="number=data.idCard level=lvl", levels="A=2,B=3 *=1", enterprise="2,3")
    assert (names.number, names.level, names.levels, names.usual_level) == (
        "data.idCard",
        "lvl",
        {"A": 2, "B": 3},
        1,
    )
    assert names.enterprise_words == ("2", "3")
    assert names.highest == 3
    for wrong in ("number", "nummer=x", "=x"):
        with pytest.raises(ClaimsUnreadable):
            ClaimNames.read(names=wrong)
    with pytest.raises(ClaimsUnreadable):
        ClaimNames.read(levels="A=5")


def test_what_is_nested_is_found_and_nonsense_is_nothing() -> None:
    from yijianshi.integrations.identity.claims import identified

    names = ClaimNames.read(names="subject=data.user.id number=data.idCard level=lvl", levels="3=3 *=2")
    known = ProviderKnown(code="city", name="市平台")
    found = identified(
        {"data": {"user": {"id": 7}, "idCard": ["x"]}, "lvl": 3}, names, provider=known, code="c"
    )
    assert (found.subject, found.number, found.level) == ("7", "", 3)
    assert identified({"data": {"user": {"id": "7"}}}, names, provider=known, code="c").level == 2
    for nobody in ({}, {"data": {"user": {"id": True}}}, {"data": {"user": {"id": "x" * 300}}}):
        with pytest.raises(IdentityRefused):
            identified(nobody, names, provider=known, code="c")
