"""What comes back from a provider is believed only where everything about it is right; each fault is refused in words."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from jwcrypto.jwk import JWK

from yijianshi.integrations.identity import InsecureProvider, OidcProvider
from yijianshi.services.providers import Identified, IdentityRefused, IdentityUnavailable, ProviderKnown

from .provider import CLIENT, ISSUER, SECOND, SECRET, Platform, joined, key

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
BACK = "https://yjs.example.gov.cn/login/back/province"
WANG = {"name": "王芳", "idCard": "320106199205180021", "phone_number": "13900000002"}


@dataclass
class StandingClock:
    moment: datetime

    def now(self) -> datetime:
        return self.moment


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock(AT)


@pytest.fixture
def platform(clock: StandingClock) -> Platform:
    return Platform(clock, claims=dict(WANG))


def sign_in(platform: Platform, provider: OidcProvider | None = None, **more: str) -> Identified:
    provider = provider or joined(platform)
    begun = provider.begin(back=BACK)
    return provider.complete(platform.browse(begun.address) | more, begun.remembered)


@pytest.mark.clause("C2.1")
def test_a_person_is_known_by_the_claims_that_the_settings_name(platform: Platform) -> None:
    found = sign_in(platform)
    assert (found.provider, found.subject, found.kind) == ("province", "u-1", "person")
    assert (found.name, found.number, found.phone, found.level) == ("王芳", WANG["idCard"], "13900000002", 2)


@pytest.mark.clause("C2.1")
def test_an_enterprise_comes_with_its_agent_and_his_dates(platform: Platform) -> None:
    platform.claims |= {
        "corpName": "南京禾味餐饮管理有限公司", "uscc": "91320106MA00000018", "acr": "L3",
        "agent_eff_date": "20260101", "agent_exp_date": "2027-06-30T00:00:00",
    }  # fmt: skip
    found = sign_in(platform)
    assert (found.kind, found.number, found.level) == ("enterprise", "91320106MA00000018", 3)
    assert found.agent is not None
    assert (found.agent.name, found.agent.number) == ("王芳", WANG["idCard"])
    assert (found.agent.since, found.agent.until) == (date(2026, 1, 1), date(2027, 6, 30))


def test_a_level_that_has_no_word_of_ours_counts_as_the_lowest(platform: Platform) -> None:
    platform.claims["acr"] = "L9"
    assert sign_in(platform).level == 1


def test_a_date_that_cannot_be_read_lets_nobody_in(platform: Platform) -> None:
    platform.claims |= {"uscc": "91320106MA00000018", "agent_exp_date": "20261399"}
    with pytest.raises(IdentityRefused, match="授权日期看不懂"):
        sign_in(platform)


def test_the_question_has_state_nonce_and_a_challenge_and_never_the_same_twice(platform: Platform) -> None:
    provider = joined(platform)
    first, second = provider.begin(back=BACK), provider.begin(back=BACK, level=3)
    asked = dict(parse_qsl(urlsplit(first.address).query))
    assert first.address.startswith(f"{ISSUER}/authorize?")
    assert asked["state"] == first.remembered["state"] != second.remembered["state"]
    assert asked["nonce"] == first.remembered["nonce"] != second.remembered["nonce"]
    assert first.remembered["verifier"] not in first.address
    more = dict(parse_qsl(urlsplit(second.address).query))
    assert (more["acr_values"], more["prompt"]) == ("L3 L4", "login")


def test_what_the_signed_answer_leaves_out_is_asked_of_the_provider(platform: Platform) -> None:
    platform.claims, platform.user = {}, WANG | {"acr": "L4"}
    found = sign_in(platform)
    assert (found.name, found.level) == ("王芳", 2)  # what is signed stands before what is not


def test_information_about_somebody_else_is_refused(platform: Platform) -> None:
    platform.claims, platform.user = {}, WANG | {"sub": "u-2"}
    with pytest.raises(IdentityRefused, match="不是同一个人"):
        sign_in(platform)


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "nonce of another sign-in": ({"nonce": "another"}, "不是对这次登录的回答"),
    "no nonce": ({"nonce": None}, "不是对这次登录的回答"),
    "for another site": ({"aud": "another"}, "给别的网站的"),
    "for us and another, said to be for the other": ({"aud": [CLIENT, "b"], "azp": "b"}, "给别的网站的"),
    "for us and another, not said for whom": ({"aud": [CLIENT, "b"]}, "给别的网站的"),
    "for us, said to be for another": ({"azp": "b"}, "给别的网站的"),
    "another issuer": ({"iss": "https://id.example.com"}, "签发的平台不对"),
    "no issuer": ({"iss": None}, "签发的平台不对"),
    "expired": ({"exp": int(AT.timestamp()) - 61}, "已经过期"),
    "never expires": ({"exp": None}, "已经过期"),
    "issued in the future": ({"iat": int(AT.timestamp()) + 61}, "签发的时间不对"),
    "issued long ago": ({"iat": int(AT.timestamp()) - 601}, "签发的时间不对"),
    "no moment of issue": ({"iat": None}, "签发的时间不对"),
    "not valid yet": ({"nbf": int(AT.timestamp()) + 61}, "还没有生效"),
    "nobody": ({"sub": None}, "没有说明是谁"),
    "of another access token": ({"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"}, "不属于同一次登录"),
}


@pytest.mark.clause("C2.1")
@pytest.mark.parametrize("fault", REFUSED)
def test_an_answer_with_a_wrong_claim_is_refused_in_words(platform: Platform, fault: str) -> None:
    platform.bend, says = REFUSED[fault]
    with pytest.raises(IdentityRefused, match=says) as refused:
        sign_in(platform)
    assert "王芳" not in str(refused.value)


def unsigned(claims: dict[str, Any]) -> str:
    parts = [json.dumps({"alg": "none", "kid": "first"}), json.dumps(claims)]
    return ".".join(urlsafe_b64encode(part.encode()).decode().rstrip("=") for part in parts) + "."


def with_public_key_as_secret(platform: Platform) -> Callable[[dict[str, Any]], str]:
    published = platform.keys[0].export_to_pem()
    shared = JWK(kty="oct", k=urlsafe_b64encode(published).decode().rstrip("="), kid="first")
    return lambda claims: platform.signed(claims, with_key=shared, alg="HS256")


@pytest.mark.clause("C2.1")
@pytest.mark.parametrize("how", ["none", "another key", "another key under the same name", "hs256"])
def test_an_answer_with_a_wrong_signature_is_refused(platform: Platform, how: str) -> None:
    platform.sign = {
        "none": unsigned,
        "another key": lambda claims: platform.signed(claims, with_key=SECOND),
        "another key under the same name": lambda claims: platform.signed(claims, with_key=key("first")),
        "hs256": with_public_key_as_secret(platform),
    }[how]
    with pytest.raises(IdentityRefused, match="签名不对"):
        sign_in(platform)


def test_a_secret_that_somebody_published_signs_nothing(platform: Platform) -> None:
    shared = JWK.generate(kty="oct", size=256, kid="shared")
    said = {"keys": [json.loads(shared.export())]}
    platform.answer = lambda request: httpx.Response(200, json=said) if request.url.path == "/keys" else None
    platform.sign = lambda claims: platform.signed(claims, with_key=shared, alg="HS256")
    with pytest.raises(IdentityRefused, match="签名不对"):
        sign_in(platform)


def test_a_new_key_is_read_when_it_is_first_used_and_not_at_every_unknown_one(
    platform: Platform, clock: StandingClock
) -> None:
    provider = joined(platform)
    sign_in(platform, provider)
    clock.moment += timedelta(minutes=1)
    platform.keys = [platform.keys[0], SECOND]
    assert sign_in(platform, provider).name == "王芳"
    asked = platform.asked.count("/keys")
    platform.sign = lambda claims: platform.signed(claims, with_key=key("third"))
    for _ in range(3):
        with pytest.raises(IdentityRefused):
            sign_in(platform, provider)
    assert platform.asked.count("/keys") == asked
    platform.sign = None
    platform.keys = [SECOND]
    clock.moment += timedelta(hours=2)
    assert sign_in(platform, provider).name == "王芳"


@pytest.mark.clause("C2.1")
def test_a_tampered_state_and_an_answer_of_another_issuer_are_refused(platform: Platform) -> None:
    with pytest.raises(IdentityRefused, match="来回对不上"):
        sign_in(platform, state="another")
    with pytest.raises(IdentityRefused, match="另一个平台"):
        sign_in(platform, iss="https://id.example.com")
    assert "/token" not in platform.asked


@pytest.mark.clause("C2.1")
def test_the_same_answer_a_second_time_is_refused(platform: Platform) -> None:
    provider = joined(platform)
    begun = provider.begin(back=BACK)
    sent = platform.browse(begun.address)
    provider.complete(sent, begun.remembered)
    with pytest.raises(IdentityRefused, match="已经用过或过期"):
        provider.complete(sent, begun.remembered)


def test_a_code_of_another_browser_is_worth_nothing(platform: Platform) -> None:
    provider = joined(platform)
    mine, stolen = provider.begin(back=BACK), provider.begin(back=BACK)
    sent = platform.browse(stolen.address) | {"state": mine.remembered["state"]}
    with pytest.raises(IdentityRefused, match="已经用过或过期"):
        provider.complete(sent, mine.remembered)


@pytest.mark.parametrize(
    ("error", "says"),
    [("access_denied", "取消了登录"), ("server_error", "server_error"), ("<b>王芳</b>", "unknown")],
)
def test_an_error_of_the_provider_is_told_in_words_and_never_repeated(
    platform: Platform, error: str, says: str
) -> None:
    with pytest.raises(IdentityRefused, match=says) as refused:
        sign_in(platform, error=error)
    assert "王芳" not in str(refused.value)


def gone(request: httpx.Request) -> httpx.Response | None:
    raise httpx.ConnectError("gone")


DOWN: dict[str, Callable[[httpx.Request], httpx.Response | None]] = {
    "gone": gone,
    "broken": lambda request: httpx.Response(500, text="<h1>oops</h1>"),
    "leads elsewhere": lambda request: httpx.Response(
        302, headers={"Location": "https://elsewhere.example/"}
    ),
    "too much": lambda request: httpx.Response(200, content=b'{"a": "' + b"x" * 300_000 + b'"}'),
    "packed": lambda request: httpx.Response(
        200, headers={"Content-Encoding": "gzip"}, stream=httpx.ByteStream(b"{}")
    ),
    "no JSON": lambda request: httpx.Response(200, text="<html>"),
    "a list": lambda request: httpx.Response(200, json=[1]),
}


@pytest.mark.clause("C2.1")
@pytest.mark.parametrize("how", DOWN)
@pytest.mark.parametrize("where", ["/.well-known/openid-configuration", "/keys", "/token"])
def test_a_provider_that_gives_no_usable_answer_is_said_to_be_away(
    platform: Platform, how: str, where: str
) -> None:
    platform.answer = lambda request: DOWN[how](request) if request.url.path == where else None
    with pytest.raises(IdentityUnavailable, match=r"没有应答|没有接受"):
        sign_in(platform)


def test_a_provider_that_stays_away_is_left_alone_for_a_while(platform: Platform) -> None:
    platform.answer = gone
    provider = joined(platform)
    for _ in range(5):
        with pytest.raises(IdentityUnavailable):
            provider.begin(back=BACK)
    assert len(platform.asked) == 2


@pytest.mark.parametrize(
    "metadata",
    [
        {"token_endpoint": "https://elsewhere.example/token"},
        {"token_endpoint": "http://id.example.gov.cn/token"},
        {"jwks_uri": "https://elsewhere.example/keys"},
        {"authorization_endpoint": "https://elsewhere.example/authorize"},
        {"issuer": "https://elsewhere.example"},
    ],
)
def test_a_provider_that_leads_elsewhere_is_not_followed(
    platform: Platform, metadata: dict[str, str]
) -> None:
    platform.metadata = metadata
    with pytest.raises(IdentityUnavailable, match=r"别的网站|另一个平台"):
        sign_in(platform)


def test_an_issuer_in_the_clear_is_refused(clock: StandingClock) -> None:
    known = ProviderKnown(code="a", name="甲")
    with pytest.raises(InsecureProvider, match="不是 https"):
        OidcProvider(
            known=known, issuer="http://id.example.gov.cn", client=CLIENT, secret=SECRET, clock=clock
        )
