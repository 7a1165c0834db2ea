"""
Signing in with somebody else's provider: django-oauth-toolkit in a process of its own, spoken to over HTTP.

Nothing of ours is on the other side: it makes the keys public, demands PKCE, shows its own forms and signs by itself.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from yijianshi.integrations.identity import ClaimNames, OidcProvider
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.outside import outside, use
from yijianshi.services.providers import ProviderKnown
from yijianshi.store.accounts.models import Account, Party, Representation
from yijianshi.store.identity.models import IdentityRow, UsedRow

pytestmark = [pytest.mark.django_db, pytest.mark.clause("C2.1")]

CLIENT, SECRET = "yijianshi", "a secret between the two, long enough"
BACK = "http://testserver/login/back/province"
PEOPLE = {
    "newcomer": {"userName": "示例客", "idCard": "11010519491231002X", "authLevel": "L2"},
    "firm": {
        "userName": "示例客", "idCard": "11010519491231002X", "authLevel": "L3", "corpName": "福州示例有限公司",
        "uscc": "91350100M000100Y43", "agent_eff_date": "2020-01-01", "agent_exp_date": "2099-12-31",
    },
    "nameless": {"userName": "示例用户", "authLevel": "L2"},
}  # fmt: skip
NAMES = ClaimNames.read(
    names="name=userName number=idCard level=authLevel enterprise_name=corpName credit_code=uscc"
    " agent_name=userName agent_number=idCard",
    levels="L1=1 L2=2 L3=3 L4=4",
)


@dataclass
class Provider:
    """The other process: where it is, and how to sign in at its forms."""

    address: str
    process: subprocess.Popen[str]

    def browse(self, address: str, *, user: str, allow: bool = True) -> dict[str, str]:
        """Sign in with the provider's own forms, agree or not, and return what the browser brings back to us."""
        with httpx.Client(base_url=self.address, follow_redirects=True) as browser:
            page = browser.get(address)
            form = _hidden(page.text) | {"username": user, "password": "open sesame"}
            page = browser.post(page.url, data=form)
            assert "<h3 " in page.text or "Authorize" in page.text, page.text[:300]
            form = _hidden(page.text) | ({"allow": "Authorize"} if allow else {})
            back = browser.post(page.url, data=form, follow_redirects=False)
        assert back.status_code == 302, back.text[:300]
        assert back.headers["Location"].startswith(BACK)
        return dict(parse_qsl(urlsplit(back.headers["Location"]).query))


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r"<input[^>]*type=\"hidden\"[^>]*>", page)
    named = [(re.search(r'name="([^"]*)"', one), re.search(r'value="([^"]*)"', one)) for one in found]
    return {unescape(name[1]): unescape(value[1]) if value else "" for name, value in named if name}


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Provider]:
    folder = tmp_path_factory.mktemp("provider")
    pem = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(pem)
    (folder / "people.json").write_text(json.dumps(PEOPLE))
    there = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.integrations.identity.site.settings",
        "PROVIDER_FOLDER": str(folder),
        "PYTHONPATH": str(Path(__file__).resolve().parents[3]),
    }
    command = [sys.executable, "-m", "tests.integrations.identity.site.serve", CLIENT, SECRET, BACK]
    with subprocess.Popen(command, env=there, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        port = running.stdout.readline().strip()
        assert port, "the provider did not start"
        yield Provider(f"http://127.0.0.1:{port}", running)
        running.kill()


@pytest.fixture
def provider(process: Provider, seeded: None, db: None) -> Iterator[Provider]:
    wired = outside()
    joined = OidcProvider(
        known=ProviderKnown(code="province", name="省统一认证", highest=4),
        issuer=f"{process.address}/o", client=CLIENT, secret=SECRET, clock=NODE_CLOCK, names=NAMES,
        scopes="openid profile",
    )  # fmt: skip
    use(replace(wired, identity={"province": joined}))
    yield process
    use(wired)


def begin(client: Client, **query: str) -> str:
    begun = client.get("/login/with/province", query)
    assert begun.status_code == 302, begun.content.decode()
    return str(begun["Location"])


def kept() -> list[int]:
    return [model.objects.count() for model in (Account, Party, Representation, IdentityRow, UsedRow)]


def said(response: Any) -> str:
    return str(response.content.decode())


def test_a_person_signs_in_and_comes_back_to_where_he_was_going(client: Client, provider: Provider) -> None:
    sent = provider.browse(begin(client, next="/my"), user="newcomer")
    back = client.get("/login/back/province", sent)
    assert (back.status_code, back["Location"]) == (302, "/my")
    assert "示例客" in said(client.get("/my"))
    assert client.session["assurance"] == 2


def test_an_enterprise_signs_in_by_its_agent(client: Client, provider: Provider) -> None:
    sent = provider.browse(begin(client), user="firm")
    assert client.get("/login/back/province", sent)["Location"] == "/"
    assert [one.name for one in client.get("/account").context["page"].parties] == ["福州示例有限公司"]
    assert str(Representation.objects.get(capacity="agent").until) == "2099-12-31"
    assert client.session["assurance"] == 3


def test_what_came_back_counts_once(client: Client, provider: Provider) -> None:
    sent = provider.browse(begin(client), user="newcomer")
    assert client.get("/login/back/province", sent).status_code == 302
    before = kept()
    assert client.get("/login/back/province", sent).status_code == 422
    again = Client()
    address = begin(again)
    state = dict(parse_qsl(urlsplit(address).query))["state"]
    replayed = again.get("/login/back/province", sent | {"state": state})
    assert replayed.status_code == 422
    assert "已经用过或过期" in said(replayed)
    assert kept() == before


def test_a_tampered_state_lets_nobody_in(client: Client, provider: Provider) -> None:
    sent = provider.browse(begin(client), user="newcomer")
    before = kept()
    assert client.get("/login/back/province", sent | {"state": sent["state"][::-1]}).status_code == 422
    assert kept() == before


def test_a_code_without_its_verifier_is_refused_by_the_provider(client: Client, provider: Provider) -> None:
    sent = provider.browse(begin(client), user="newcomer")
    thief = Client()
    state = dict(parse_qsl(urlsplit(begin(thief)).query))["state"]
    before = kept()
    assert thief.get("/login/back/province", {"code": sent["code"], "state": state}).status_code == 422
    assert kept() == before


def test_who_does_not_agree_is_told_and_has_other_ways(client: Client, provider: Provider) -> None:
    sent = provider.browse(begin(client, next="/my"), user="newcomer", allow=False)
    assert sent["error"] == "access_denied"
    refused = client.get("/login/back/province", sent)
    assert refused.status_code == 422
    assert "取消了登录" in said(refused)
    assert 'name="password"' in said(refused)


def test_an_identity_without_a_number_is_told_why(client: Client, provider: Provider) -> None:
    before = kept()
    sent = provider.browse(begin(client), user="nameless")
    refused = client.get("/login/back/province", sent)
    assert "没有给出您的身份证号" in said(refused)
    assert kept() == before


def test_the_provider_is_away_and_other_ways_go_on(client: Client, provider: Provider) -> None:
    sent = provider.browse(begin(client, next="/my"), user="newcomer")
    provider.process.kill()
    provider.process.wait()
    before = kept()
    away = client.get("/login/back/province", sent)
    assert away.status_code == 503
    assert "没有应答" in said(away)
    assert kept() == before
    assert client.post("/login/as", {"login": "wangfang", "next": "/my"})["Location"] == "/my"
