"""
Asking a provider: only its own hosts, only over HTTPS, only so long and so much, and wherever it redirects, not there.
"""

import time
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx
import msgspec

from yijianshi.services.providers import IdentityUnavailable

_LARGEST = 256 * 1024
#: After so many failures in a row a provider is left alone for so many seconds: nobody's page waits for it meanwhile.
_PATIENCE, _REST = 2, 15.0
_LOCAL = ("127.0.0.1", "::1", "localhost")


class InsecureProvider(Exception):
    """The address of a provider is not HTTPS; whoever listens on the way could sign in as anybody."""


class NotAnswered(Exception):
    """The provider answered with something else than what was asked for; `status` is 0 where it is no answer at all."""

    def __init__(self, why: str, status: int = 0, said: Mapping[str, Any] | None = None) -> None:
        super().__init__(why)
        self.status = status
        self.said = said or {}


class Fetcher:
    """Asks the hosts of one provider for JSON."""

    def __init__(
        self,
        name: str,
        *,
        hosts: Iterable[str],
        timeout: float = 5.0,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """:param hosts: each as host or host:port; nobody else is asked anything."""
        self.name = name
        self._hosts = frozenset(hosts)
        self._timeout = timeout
        self._failures, self._rests_until = 0, 0.0
        self._client = httpx.Client(
            transport=transport,
            timeout=timeout,
            follow_redirects=False,
            trust_env=False,
            headers={"Accept": "application/json", "Accept-Encoding": "identity"},
        )

    def checked(self, address: object) -> str:
        """Return an address if it may be asked. :raises IdentityUnavailable: if it is elsewhere, or not HTTPS."""
        if isinstance(address, str):
            parts = urlsplit(address)
            if parts.netloc in self._hosts and is_safe(address):
                return address
        raise IdentityUnavailable(
            f"“{self.name}”指向了别的网站，没有照办。请用别的方式登录，并请管理员核对设置"
        )

    def get(self, address: str, *, token: str = "") -> dict[str, Any]:
        """
        Return what is said at an address.

        :raises IdentityUnavailable: if there is no usable answer in time.
        """
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            return self._ask(self._client.build_request("GET", self.checked(address), headers=headers))
        except NotAnswered as reason:
            raise self._unavailable(reason) from reason

    def post(
        self,
        address: str,
        *,
        form: Mapping[str, str] | None = None,
        json: Mapping[str, Any] | None = None,
        login: tuple[str, str] | None = None,
    ) -> dict[str, Any]:
        """
        Send a form or JSON and return the answer.

        :raises IdentityUnavailable: if there is no usable answer in time.
        :raises NotAnswered: if it refuses (400 to 499).
        """
        request = self._client.build_request("POST", self.checked(address), data=form, json=json)
        try:
            return self._ask(request, login)
        except NotAnswered as reason:
            if 400 <= reason.status < 500:
                raise
            raise self._unavailable(reason) from reason

    def _ask(self, request: httpx.Request, login: tuple[str, str] | None = None) -> dict[str, Any]:
        if time.monotonic() < self._rests_until:
            raise NotAnswered("resting")
        deadline = time.monotonic() + self._timeout
        try:
            response = self._client.send(request, stream=True, auth=login)
            try:
                content = self._read(response, deadline)
            finally:
                response.close()
        except httpx.HTTPError as reason:
            self._failures += 1
            if self._failures >= _PATIENCE:
                self._rests_until = time.monotonic() + _REST
            raise NotAnswered(type(reason).__name__) from reason
        self._failures = 0
        try:
            said = msgspec.json.decode(content) if content else {}
        except (msgspec.DecodeError, UnicodeDecodeError):
            said = None
        if response.status_code != 200:
            raise NotAnswered(
                f"status {response.status_code}", response.status_code, said if isinstance(said, dict) else {}
            )
        if not isinstance(said, dict):
            raise NotAnswered("no JSON object")
        return said

    @staticmethod
    def _read(response: httpx.Response, deadline: float) -> bytes:
        if response.headers.get("Content-Encoding", "identity") != "identity":
            raise NotAnswered("packed")
        pieces, room = [], _LARGEST
        for piece in response.iter_bytes():  # nothing is packed, so these are the bytes as they came
            room -= len(piece)
            if room < 0:
                raise NotAnswered("too large")
            if time.monotonic() > deadline:
                raise NotAnswered("too slow")
            pieces.append(piece)
        return b"".join(pieces)

    def _unavailable(self, reason: Exception) -> IdentityUnavailable:
        # What the provider said may hold personal data, so only the kind of trouble goes on.
        return IdentityUnavailable(
            f"“{self.name}”现在没有应答（{type(reason.__cause__ or reason).__name__}）。请过几分钟再试，或用别的方式登录"
        )


def is_safe(address: str) -> bool:
    """Return whether an address is HTTPS, or this very machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)


def host_of(address: str) -> str:
    """Return host and port of an address. :raises InsecureProvider: if it is neither HTTPS nor this very machine."""
    if not is_safe(address) or not urlsplit(address).netloc:
        raise InsecureProvider(f"身份认证平台的地址“{address}”不是 https，登录会被冒用。请改用 https 地址。")
    return urlsplit(address).netloc
