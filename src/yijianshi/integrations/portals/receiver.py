"""Telling a portal over HTTPS: it has taken a word when it answers with any code of the two hundreds, and not before."""

from collections.abc import Mapping

import httpx

from yijianshi.services.carriers import ReceiverUnavailable

_PATIENCE = 5.0  # seconds


class HttpReceiver:
    """The port `PortalReceiver` over plain POST requests; no redirect is followed with a signed word."""

    def __init__(self, *, transport: httpx.BaseTransport | None = None) -> None:
        self._client = httpx.Client(timeout=_PATIENCE, transport=transport, follow_redirects=False)

    def tell(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Hand over the signed words. :raises ReceiverUnavailable: unless the portal said that it took them."""
        try:
            answer = self._client.post(address, content=body, headers=dict(headers))
        except (httpx.HTTPError, httpx.InvalidURL) as away:
            raise ReceiverUnavailable(f"门户连不上（{type(away).__name__}）") from away
        if not answer.is_success:
            raise ReceiverUnavailable(f"门户没有收（{answer.status_code}）")
