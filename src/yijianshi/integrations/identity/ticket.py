"""
A platform that hands out tickets (票据) instead of speaking OpenID Connect: ticket → token → who it is, each request signed.

The contract is in `CONTRACT.md`. There is no signed answer as in OpenID Connect: what protects is that the ticket is
fetched by us, from the platform's own address, under a signature, and that it is used once, for the question we asked.
"""

import hmac
import secrets
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.hashes import SHA256, SM3
from cryptography.hazmat.primitives.hmac import HMAC

from yijianshi.services.ports import Clock
from yijianshi.services.providers import (
    Begun,
    Identified,
    IdentityRefused,
    IdentityUnavailable,
    ProviderKnown,
)

from .claims import ClaimNames, identified
from .fetching import Fetcher, NotAnswered, host_of

#: Signs what is sent: the secret and the values give the signature.
Signing = Callable[[str, Mapping[str, str]], str]
#: What the platform says where all went well.
_WELL = ("0", "200", "success", "true")


def _keyed(algorithm: type[SHA256] | type[SM3]) -> Signing:
    def sign(secret: str, values: Mapping[str, str]) -> str:
        mac = HMAC(secret.encode(), algorithm())
        mac.update("&".join(f"{key}={values[key]}" for key in sorted(values)).encode())
        return mac.finalize().hex()

    return sign


SIGNINGS: dict[str, Signing] = {"hmac-sm3": _keyed(SM3), "hmac-sha256": _keyed(SHA256)}


class TicketProvider:
    """The IdentityProvider port over a platform that hands out tickets."""

    def __init__(
        self,
        *,
        known: ProviderKnown,
        address: str,
        client: str,
        secret: str,
        clock: Clock,
        names: ClaimNames | None = None,
        signing: str = "hmac-sm3",
        fetcher: Fetcher | None = None,
        hosts: tuple[str, ...] = (),
    ) -> None:
        """
        :param address: of the platform; `/authorize`, `/token` and `/user` lie under it.
        :raises InsecureProvider: if it is neither HTTPS nor this very machine.
        """
        self.known = known
        self._address, self._client, self._secret = address.rstrip("/"), client, secret
        self._clock, self._sign = clock, SIGNINGS[signing]
        self._names = names or ClaimNames(subject="userId")
        self._fetcher = fetcher or Fetcher(known.name, hosts={host_of(address), *hosts})

    def begin(self, *, back: str, level: int = 0) -> Begun:
        """Return where to send the browser; the state travels in the address to which it returns."""
        state = secrets.token_urlsafe(32)
        values = {"appId": self._client, "redirect": f"{back}?{urlencode({'state': state})}"}
        if level:
            values["level"] = self._names.word_for(level).split(" ")[0]
        signed = values | {"sign": self._sign(self._secret, values)}
        return Begun(f"{self._address}/authorize?{urlencode(signed)}", {"state": state})

    def complete(self, sent: Mapping[str, str], remembered: Mapping[str, str]) -> Identified:
        """
        Return who came back.

        :raises IdentityRefused: if it is not the answer to our question, or the ticket is not good.
        :raises IdentityUnavailable: if the platform does not answer.
        """
        if not hmac.compare_digest(sent.get("state", "").encode(), remembered["state"].encode()):
            raise IdentityRefused(
                "这次登录的来回对不上，可能是从旧页面或别人给的链接回来的。请回到登录页重新登录"
            )
        ticket = sent.get("ticket", "")
        if not ticket:
            raise IdentityRefused(f"您在“{self.known.name}”没有完成登录。可以再登录一次，或换一种方式")
        token = self._ask("/token", {"ticket": ticket}).get("token")
        if not isinstance(token, str) or not token:
            raise IdentityUnavailable(f"“{self.known.name}”没有给出凭证。请过几分钟再试，或用别的方式登录")
        said = self._ask("/user", {"token": token})
        return identified(said, self._names, provider=self.known, code=ticket)

    def _ask(self, path: str, asked: Mapping[str, str]) -> dict[str, Any]:
        values = {
            "appId": self._client,
            "timestamp": str(int(self._clock.now().timestamp())),
            "nonce": secrets.token_hex(16),
            **asked,
        }
        signed = values | {"sign": self._sign(self._secret, values)}
        try:
            answer = self._fetcher.post(self._address + path, json=signed)
        except NotAnswered as reason:
            raise IdentityUnavailable(
                f"“{self.known.name}”没有接受我们的请求（{reason.status}）。请用别的方式登录，并请管理员核对接入设置"
            ) from reason
        if str(answer.get("code", "")).lower() not in _WELL:
            raise IdentityRefused(
                f"“{self.known.name}”没有认这次登录，凭据可能已经用过或过期了。请回到登录页重新登录"
            )
        data = answer.get("data")
        if not isinstance(data, dict):
            raise IdentityUnavailable(f"“{self.known.name}”的回答不完整。请过几分钟再试，或用别的方式登录")
        return data
