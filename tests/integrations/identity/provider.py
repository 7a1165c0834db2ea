"""A provider of the tests that lies when told to: it signs with jwcrypto, and not with the library that checks."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import httpx
from jwcrypto.jwk import JWK
from jwcrypto.jws import JWS

from yijianshi.integrations.identity import ClaimNames, Fetcher, OidcProvider
from yijianshi.services.ports import Clock
from yijianshi.services.providers import ProviderKnown

ISSUER, CLIENT, SECRET = "https://id.example.gov.cn", "yijianshi", "a secret of the tests, long enough"
NAMES = ClaimNames.read(
    names="number=idCard credit_code=uscc enterprise_name=corpName agent_number=idCard",
    levels="L1=1 L2=2 L3=3 L4=4",
)


def key(kid: str) -> JWK:
    """Return a fresh key under a name."""
    return JWK.generate(kty="RSA", size=2048, kid=kid, use="sig", alg="RS256")


FIRST, SECOND = key("first"), key("second")


@dataclass
class Platform(httpx.BaseTransport):
    """Discovery, keys, token and user information, as a sound provider gives them; `bend` makes it unsound."""

    clock: Clock
    keys: list[JWK] = field(default_factory=lambda: [FIRST])
    claims: dict[str, Any] = field(default_factory=dict)  # of whoever signs in next
    bend: dict[str, Any] = field(default_factory=dict)  # claims said wrongly
    user: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    sign: Callable[[dict[str, Any]], str] | None = None
    answer: Callable[[httpx.Request], httpx.Response | None] = lambda request: None
    asked: list[str] = field(default_factory=list)
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if (instead := self.answer(request)) is not None:
            return instead
        pages = {
            "/.well-known/openid-configuration": self._configuration,
            "/keys": self._published,
            "/token": self._token,
            "/userinfo": self._userinfo,
        }
        return pages[request.url.path](request)

    def browse(self, address: str) -> dict[str, str]:
        """Sign in at the page to which the browser was sent, and return what it brings back."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = f"code-{len(self._codes)}-{asked['state'][:8]}"
        self._codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def signed(self, claims: dict[str, Any], *, with_key: JWK | None = None, **header: Any) -> str:
        """Return the claims signed, as a sound provider does it unless told otherwise."""
        used = with_key or self.keys[-1]
        header = {"alg": "RS256", "kid": used.key_id, "typ": "JWT"} | header
        token = JWS(json.dumps(claims).encode())
        token.allowed_algs = [header["alg"]]
        token.add_signature(used, protected=json.dumps(header))
        return token.serialize(compact=True)

    def _configuration(self, request: httpx.Request) -> httpx.Response:
        said = {
            "issuer": ISSUER,
            "authorization_endpoint": f"{ISSUER}/authorize",
            "token_endpoint": f"{ISSUER}/token",
            "jwks_uri": f"{ISSUER}/keys",
            "userinfo_endpoint": f"{ISSUER}/userinfo",
        }
        return httpx.Response(200, json=said | self.metadata)

    def _published(self, request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"keys": [json.loads(one.export_public()) for one in self.keys]})

    def _token(self, request: httpx.Request) -> httpx.Response:
        sent = {name: values[0] for name, values in parse_qs(request.read().decode()).items()}
        login = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("Authorization") != f"Basic {login}":
            return httpx.Response(401, json={"error": "invalid_client"})
        asked = self._codes.pop(sent["code"], None)
        digest = hashlib.sha256(sent["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != sent["redirect_uri"]
        ):
            return httpx.Response(400, json={"error": "invalid_grant"})
        now = int(self.clock.now().timestamp())
        claims = {
            "iss": ISSUER, "aud": CLIENT, "sub": "u-1", "iat": now, "exp": now + 300, "nonce": asked["nonce"],
            "acr": "L2", **self.claims, **self.bend,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        token = self.sign(claims) if self.sign else self.signed(claims)
        return httpx.Response(200, json={"access_token": "opaque", "token_type": "Bearer", "id_token": token})

    def _userinfo(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["Authorization"] == "Bearer opaque"
        return httpx.Response(200, json={"sub": "u-1"} | self.user)


def joined(platform: Platform, *, is_staff: bool = False, code: str = "province") -> OidcProvider:
    """Return the adapter that asks this platform."""
    name = "办公平台" if is_staff else "省统一认证"
    return OidcProvider(
        known=ProviderKnown(code=code, name=name, is_staff=is_staff, highest=4),
        issuer=ISSUER, client=CLIENT, secret=SECRET, clock=platform.clock, names=NAMES,
        fetcher=Fetcher(name, hosts={urlsplit(ISSUER).netloc}, transport=platform),
    )  # fmt: skip
