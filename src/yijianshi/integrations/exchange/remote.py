"""
A real sharing platform, spoken to in JSON over HTTPS by the small contract of `CONTRACT.md`.

Personal numbers travel in the body, never in the address, because addresses are logged on the way.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

import msgspec

from yijianshi.domain.codes import ElementCode, LicenceCode, ResourceCode
from yijianshi.services.ports import HeldLicence, SourceUnavailable, Subject, Supplied

from .breaker import CircuitBreaker
from .holdings import LICENCE_STORE

Read = TypeVar("Read")
#: Adds headers that prove who asks: (method, path, body) → headers.
Signer = Callable[[str, str, bytes], Mapping[str, str]]
_LARGEST_ANSWER = 1024 * 1024
_LARGEST_DOCUMENT = 20 * 1024 * 1024
_PIECE = 64 * 1024


class InsecureAddress(Exception):
    """The address of the platform is not HTTPS; personal data would travel in the clear."""


class _Answer(msgspec.Struct):
    values: dict[str, Any]
    as_of: datetime


class _Licence(msgspec.Struct):
    kind: str
    number: str
    name: str
    holder: str
    issued_on: date
    valid_until: date | None = None


class _Licences(msgspec.Struct):
    licences: list[_Licence]


def _unsigned(method: str, path: str, body: bytes) -> Mapping[str, str]:
    return {}


class HttpExchange:
    """The DataExchange port over HTTPS, with a deadline per call and a rest for registers that keep failing."""

    def __init__(
        self,
        address: str,
        *,
        sign: Signer = _unsigned,
        timeout: float = 3.0,
        breaker: CircuitBreaker | None = None,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """:raises InsecureAddress: if `address` is neither HTTPS nor this very machine."""
        self._address = _safe(address)
        self._sign = sign
        self._timeout = timeout
        self.breaker = breaker or CircuitBreaker()
        self._trust = trust or ssl.create_default_context()

    def ask(self, resource: ResourceCode, *, about: Subject, elements: Sequence[ElementCode]) -> Supplied:
        """
        Return what `resource` knows of `elements`; what was not asked for is thrown away.

        :raises SourceUnavailable: if there is no usable answer in time.
        """
        body = {"resource": resource, "subject": _written(about), "elements": list(elements)}
        answer = self._call(resource, "/ask", body, _LARGEST_ANSWER, _as(_Answer))
        if answer.as_of.tzinfo is None:
            raise SourceUnavailable(f"“{resource}”的回复没有写明时区，不能采用。请先自己填，我们稍后核对。")
        values = {
            element: answer.values[element] for element in elements if _is_known(answer.values, element)
        }
        return Supplied(resource, values, answer.as_of)

    def licences_of(self, about: Subject) -> tuple[HeldLicence, ...]:
        """Return the valid licences held by the subject. :raises SourceUnavailable: if the store is down."""
        body = {"subject": _written(about)}
        found = self._call(LICENCE_STORE, "/licences", body, _LARGEST_ANSWER, _as(_Licences))
        return tuple(
            HeldLicence(
                kind=LicenceCode(held.kind),
                number=held.number,
                name=held.name,
                holder=held.holder,
                issued_on=held.issued_on,
                valid_until=held.valid_until,
            )
            for held in found.licences
        )

    def licence_document(self, licence: HeldLicence) -> bytes:
        """Return the licence as a PDF. :raises SourceUnavailable: if the store is down or sends something else."""
        body = {"kind": licence.kind, "number": licence.number, "holder": licence.holder}
        return self._call(LICENCE_STORE, "/licences/document", body, _LARGEST_DOCUMENT, _pdf)

    def _call(self, register: str, path: str, body: Any, largest: int, read: Callable[[bytes], Read]) -> Read:
        if not self.breaker.may_try(register):
            raise SourceUnavailable(f"“{register}”连续多次没有回复，暂停片刻再试。请先自己填，不耽误提交。")
        try:
            answer = read(self._post(path, msgspec.json.encode(body), largest))
        except (OSError, http.client.HTTPException, msgspec.MsgspecError, _Unusable) as reason:
            self.breaker.failed(register)
            # The reason may repeat what the register sent, so only its kind goes on.
            raise SourceUnavailable(
                f"“{register}”没有给出可用的回复（{type(reason).__name__}）。请先自己填，我们稍后核对，不耽误提交。"
            ) from reason
        self.breaker.succeeded(register)
        return answer

    def _post(self, path: str, body: bytes, largest: int) -> bytes:
        deadline = time.monotonic() + self._timeout
        full_path = self._address.path.rstrip("/") + path
        connection = self._connection()
        try:
            headers = {"Content-Type": "application/json", "Accept": "application/json, application/pdf"}
            headers |= self._sign("POST", full_path, body)
            connection.request("POST", full_path, body=body, headers=headers)
            # Held apart: the connection forgets its socket as soon as the answer says that it is the last one.
            connected = connection.sock
            connected.settimeout(_left(deadline))
            response = connection.getresponse()
            if response.status != 200:
                raise _Unusable(f"status {response.status}")
            pieces: list[bytes] = []
            room = largest
            while piece := self._piece(response, connected, deadline):
                room -= len(piece)
                if room < 0:
                    raise _Unusable("answer too large")
                pieces.append(piece)
            if response.length:
                raise _Unusable("answer cut short")
            return b"".join(pieces)
        finally:
            connection.close()

    @staticmethod
    def _piece(response: http.client.HTTPResponse, connected: socket.socket, deadline: float) -> bytes:
        if not response.isclosed():
            connected.settimeout(_left(deadline))
        return response.read1(_PIECE)

    def _connection(self) -> http.client.HTTPConnection:
        host, port = self._address.hostname or "", self._address.port
        if self._address.scheme == "https":
            return http.client.HTTPSConnection(host, port, timeout=self._timeout, context=self._trust)
        return http.client.HTTPConnection(host, port, timeout=self._timeout)


class _Unusable(Exception):
    """The platform answered, but not with what was asked for."""


def _safe(address: str) -> SplitResult:
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return parts
    if parts.scheme == "http" and parts.hostname in ("127.0.0.1", "::1", "localhost"):
        return parts
    raise InsecureAddress(f"共享平台地址“{address}”不是 https，个人信息会明文传输。请改用 https 地址。")


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("no complete answer before the deadline")
    return left


def _written(about: Subject) -> dict[str, str]:
    return {"person": about.person, "enterprise": about.enterprise}


def _is_known(values: Mapping[str, Any], element: str) -> bool:
    return values.get(element) not in (None, "")


def _as(kind: type[Read]) -> Callable[[bytes], Read]:
    return msgspec.json.Decoder(kind).decode


def _pdf(content: bytes) -> bytes:
    if not content.startswith(b"%PDF-"):
        raise _Unusable("not a PDF")
    return content
