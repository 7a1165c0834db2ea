"""
A provider that speaks OpenID Connect: the authorization code flow with PKCE, state and nonce; its signature is checked.

Basis: OpenID Connect Core 1.0, 3.1; RFC 7636 (PKCE); RFC 9207 (issuer in the answer); RFC 8725 (safe use of JWT).
"""

import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core.util import create_half_hash
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from yijianshi.services.ports import Clock
from yijianshi.services.providers import (
    Begun,
    Identified,
    IdentityRefused,
    IdentityUnavailable,
    ProviderKnown,
)

from .claims import ClaimNames, has, identified
from .fetching import Fetcher, NotAnswered, host_of

#: Only signatures by a key of which we know but one half: nobody who reads the published keys can sign with them.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
LEEWAY = 60  # seconds by which two clocks may differ
_OLDEST = 600  # seconds: an answer is given for this sign-in and not for an earlier one
_KEPT = timedelta(hours=1)
_BETWEEN = timedelta(seconds=30)  # an unknown key makes us ask again, but not more often
_WORD = re.compile(r"[a-z_]{1,40}")


@dataclass(slots=True)
class _Kept:
    """What the provider has published, and when it was read."""

    metadata: dict[str, Any] = field(default_factory=dict)
    metadata_at: datetime | None = None
    keys: KeySet | None = None
    keys_at: datetime | None = None


class OidcProvider:
    """The IdentityProvider port over OpenID Connect."""

    def __init__(
        self,
        *,
        known: ProviderKnown,
        issuer: str,
        client: str,
        secret: str,
        clock: Clock,
        scopes: str = "openid",
        names: ClaimNames | None = None,
        fetcher: Fetcher | None = None,
        hosts: tuple[str, ...] = (),
    ) -> None:
        """:raises InsecureProvider: if `issuer` is neither HTTPS nor this very machine."""
        self.known = known
        self._issuer, self._client, self._secret, self._scopes = issuer, client, secret, scopes
        self._clock, self._names = clock, names or ClaimNames()
        self._fetcher = fetcher or Fetcher(known.name, hosts={host_of(issuer), *hosts})
        self._kept, self._lock = _Kept(), Lock()

    def begin(self, *, back: str, level: int = 0) -> Begun:
        """
        Return where to send the browser, with a question that only this sign-in can answer.

        :raises IdentityUnavailable: if the provider does not publish how to ask.
        """
        metadata = self._metadata()
        remembered = {
            "state": secrets.token_urlsafe(32),
            "nonce": secrets.token_urlsafe(32),
            "verifier": secrets.token_urlsafe(48),
            "back": back,
        }
        more = {"acr_values": self._names.word_for(level), "prompt": "login"} if level else {}
        address = prepare_grant_uri(
            self._fetcher.checked(metadata.get("authorization_endpoint")),
            self._client,
            "code",
            redirect_uri=back,
            scope=self._scopes,
            state=remembered["state"],
            nonce=remembered["nonce"],
            code_challenge=create_s256_code_challenge(remembered["verifier"]),
            code_challenge_method="S256",
            **more,
        )
        return Begun(address, remembered)

    def complete(self, sent: Mapping[str, str], remembered: Mapping[str, str]) -> Identified:
        """
        Return who came back.

        :raises IdentityRefused: if it is not the answer to our question, or its signature or content is not sound.
        :raises IdentityUnavailable: if the provider does not answer.
        """
        code = self._code_of(sent, remembered)
        tokens = self._exchange(code, remembered)
        said = self._checked(tokens, nonce=remembered["nonce"])
        if self._wants_more(said):
            said = self._user_information(tokens, said)
        return identified(said, self._names, provider=self.known, code=code)

    def _code_of(self, sent: Mapping[str, str], remembered: Mapping[str, str]) -> str:
        if not hmac.compare_digest(sent.get("state", "").encode(), remembered["state"].encode()):
            raise IdentityRefused(
                "这次登录的来回对不上，可能是从旧页面或别人给的链接回来的。请回到登录页重新登录"
            )
        if "iss" in sent and sent["iss"] != self._issuer:
            raise IdentityRefused("回答来自另一个平台，没有放行。请回到登录页重新登录")
        if error := sent.get("error", ""):
            if error == "access_denied":
                raise IdentityRefused(f"您在“{self.known.name}”取消了登录。可以再登录一次，或换一种方式")
            word = error if _WORD.fullmatch(error) else "unknown"
            raise IdentityRefused(f"“{self.known.name}”没有让您登录（{word}）。请再试一次，或换一种方式登录")
        if not sent.get("code"):
            raise IdentityRefused(f"“{self.known.name}”没有给出登录凭据。请回到登录页重新登录")
        return sent["code"]

    def _exchange(self, code: str, remembered: Mapping[str, str]) -> dict[str, Any]:
        metadata = self._metadata()
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": remembered["back"],
            "code_verifier": remembered["verifier"],
        }
        methods = metadata.get("token_endpoint_auth_methods_supported", ["client_secret_basic"])
        login = (self._client, self._secret) if "client_secret_basic" in methods else None
        if login is None:
            form |= {"client_id": self._client, "client_secret": self._secret}
        try:
            return self._fetcher.post(str(metadata.get("token_endpoint")), form=form, login=login)
        except NotAnswered as reason:
            if reason.said.get("error") == "invalid_grant":
                raise IdentityRefused("这次的登录凭据已经用过或过期了。请回到登录页重新登录") from reason
            raise IdentityUnavailable(
                f"“{self.known.name}”没有接受我们的请求（{reason.status}）。请用别的方式登录，并请管理员核对接入设置"
            ) from reason

    def _checked(self, tokens: Mapping[str, Any], *, nonce: str) -> dict[str, Any]:
        """Return what the signed answer says, once everything about it is right."""
        token = tokens.get("id_token")
        if not isinstance(token, str) or len(token) > 64 * 1024:
            raise self._unsound("没有签名的身份凭据")
        try:
            signed = jwt.decode(token, self._key_for, algorithms=ALGORITHMS)
        except (JoseError, ValueError) as reason:
            raise self._unsound("身份凭据的签名不对") from reason
        said = signed.claims
        try:
            jwt.JWTClaimsRegistry(
                now=int(self._clock.now().timestamp()),
                leeway=LEEWAY,
                iss={"essential": True, "value": self._issuer},
                sub={"essential": True},
                aud={"essential": True, "value": self._client},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(said)
        except JoseError as reason:
            raise self._unsound(_WHY.get(getattr(reason, "claim", ""), "身份凭据的内容不对")) from reason
        audience = said["aud"] if isinstance(said["aud"], list) else [said["aud"]]
        if said.get("azp", "" if len(audience) > 1 else self._client) != self._client:
            raise self._unsound(_WHY["aud"])
        if said["iat"] < self._clock.now().timestamp() - _OLDEST:
            raise self._unsound(_WHY["iat"])
        if "at_hash" in said and not self._belongs(tokens, signed.header["alg"], said["at_hash"]):
            raise self._unsound("两份凭据不属于同一次登录")
        return said

    @staticmethod
    def _belongs(tokens: Mapping[str, Any], algorithm: str, at_hash: Any) -> bool:
        half = create_half_hash(str(tokens.get("access_token", "")), algorithm)
        return half is not None and hmac.compare_digest(half, str(at_hash).encode())

    def _unsound(self, why: str) -> IdentityRefused:
        return IdentityRefused(
            f"“{self.known.name}”的回答没有通过检查：{why}，为了您的安全没有放行。请回到登录页重新登录；还不行，请用别的方式登录"
        )

    def _wants_more(self, said: Mapping[str, Any]) -> bool:
        wanted = self._names.number, self._names.credit_code
        return "userinfo_endpoint" in self._metadata() and not any(has(said, name) for name in wanted)

    def _user_information(self, tokens: Mapping[str, Any], said: dict[str, Any]) -> dict[str, Any]:
        more = self._fetcher.get(
            str(self._metadata()["userinfo_endpoint"]), token=str(tokens.get("access_token", ""))
        )
        if more.get("sub") != said["sub"]:
            raise self._unsound("两处说的不是同一个人")
        # What is signed stands before what is not: above all who it is, and how surely.
        return more | said

    def _key_for(self, token: Any) -> RSAKey | ECKey:
        """Return the key that the token names; one that is not known yet may be new, so the keys are read again."""
        header = token.headers()
        for again in (False, True):
            keys = [
                key
                for key in self._keys(again=again)
                if key.kid == header.get("kid") or (header.get("kid") is None and key.get("use") == "sig")
            ]
            fitting = [key for key in keys if isinstance(key, _KINDS.get(header["alg"][:2], ()))]
            if len(fitting) == 1:
                return fitting[0]
        raise ValueError("no such key")

    def _metadata(self) -> dict[str, Any]:
        with self._lock:
            at, now = self._kept.metadata_at, self._clock.now()
            if at is None or now - at > _KEPT:
                said = self._fetcher.get(self._issuer.rstrip("/") + "/.well-known/openid-configuration")
                if said.get("issuer") != self._issuer:
                    raise IdentityUnavailable(
                        f"“{self.known.name}”自称是另一个平台，没有照办。请用别的方式登录，并请管理员核对 issuer 设置"
                    )
                self._kept.metadata, self._kept.metadata_at = said, now
            return self._kept.metadata

    def _keys(self, *, again: bool) -> KeySet:
        address = str(self._metadata().get("jwks_uri"))
        with self._lock:
            at, now = self._kept.keys_at, self._clock.now()
            if self._kept.keys is None or at is None or now - at > (_BETWEEN if again else _KEPT):
                self._kept.keys, self._kept.keys_at = _asymmetric(self._fetcher.get(address)), now
            return self._kept.keys


_KINDS: dict[str, Any] = {"RS": RSAKey, "PS": RSAKey, "ES": ECKey}
_WHY = {
    "iss": "签发的平台不对",
    "aud": "它是给别的网站的",
    "exp": "它已经过期",
    "nbf": "它还没有生效",
    "iat": "签发的时间不对",
    "nonce": "它不是对这次登录的回答",
    "sub": "没有说明是谁",
}


def _asymmetric(published: Mapping[str, Any]) -> KeySet:
    """Return the keys by which signatures are checked; a secret that somebody published is none of them."""
    keys = [
        one
        for one in published.get("keys", ())
        if isinstance(one, dict) and one.get("kty") in ("RSA", "EC") and one.get("use", "sig") == "sig"
    ]
    try:
        return KeySet.import_key_set({"keys": keys}) if keys else KeySet([])
    except (JoseError, ValueError, KeyError, TypeError) as reason:
        raise IdentityUnavailable(
            "身份认证平台公布的密钥读不了。请用别的方式登录，并请管理员联系该平台"
        ) from reason
