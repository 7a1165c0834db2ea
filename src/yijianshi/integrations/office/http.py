"""A real office app, told by a signed POST: who, one sentence, where; the contract is in `README.md`."""

import time

import httpx
import msgspec
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC

from yijianshi.services.ports import Clock
from yijianshi.services.providers import OfficeAppUnavailable, ToDo

#: After a failure it is left alone for so many seconds, so that a round of many does not wait for each.
_REST = 60.0


class HttpOfficeApp:
    """The OfficeApp port over HTTPS."""

    def __init__(
        self, address: str, *, secret: str, clock: Clock, transport: httpx.BaseTransport | None = None
    ) -> None:
        self._address, self._secret, self._clock = address, secret, clock
        self._client = httpx.Client(transport=transport, timeout=3.0, follow_redirects=False, trust_env=False)
        self._rests_until = 0.0

    def push(self, to_do: ToDo, *, once: str) -> None:
        """Send it, with a key by which the app shows it once. :raises OfficeAppUnavailable: if it does not take it."""
        if time.monotonic() < self._rests_until:
            raise OfficeAppUnavailable("办公平台刚才没有应答，过一会儿再推送")
        sent = {"user": to_do.subject, "text": to_do.text, "link": to_do.link}
        body = msgspec.json.encode(sent)
        stamp = str(int(self._clock.now().timestamp()))
        mac = HMAC(self._secret.encode(), SM3())
        mac.update(f"{stamp}\n{once}\n".encode() + body)
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": once,
            "X-Timestamp": stamp,
            "X-Signature": mac.finalize().hex(),
        }
        try:
            with self._client.stream("POST", self._address, content=body, headers=headers) as response:
                status = response.status_code
        except httpx.HTTPError as reason:
            self._rests_until = time.monotonic() + _REST
            raise OfficeAppUnavailable(f"办公平台没有应答（{type(reason).__name__}）") from reason
        if status not in (200, 201, 202, 204):
            raise OfficeAppUnavailable(f"办公平台没有收下（{status}）")
