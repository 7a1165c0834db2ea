"""
One way for every endpoint: read the token, decode the body, call the use case, encode the answer, explain a refusal.

Bodies are msgspec structures, so that what is accepted, what is documented and what is answered are one thing.
Refusals follow RFC 9457 (problem details), with words in Chinese and a stable code.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from yijianshi.domain.appointments import AppointmentRefused
from yijianshi.domain.assurance import LevelTooLow
from yijianshi.domain.cases import ActionNotAllowed
from yijianshi.domain.conditions import MalformedCondition
from yijianshi.domain.consultations import ConsultationNotPossible
from yijianshi.domain.corrections import CorrectionIncomplete, RemarkNotAllowed
from yijianshi.domain.countersigning import SecondPersonNeeded
from yijianshi.domain.deadlines import ExtensionNotAllowed, StopNotAllowed
from yijianshi.domain.drafts import TamperedValue
from yijianshi.domain.editions import UnknownBundle, UnknownDivision
from yijianshi.domain.fees import ChargeNotPossible
from yijianshi.domain.holds import DecisionHeld
from yijianshi.domain.joint import OperationRefused, OpinionIncomplete, RecordIncomplete
from yijianshi.domain.plans import MissingAnswers, UnknownItem
from yijianshi.domain.results import RefusalWithoutReasons
from yijianshi.domain.rights import Act, Actor, NotPermitted
from yijianshi.domain.submissions import ChoiceNotAllowed, NotReady, PriorMissing
from yijianshi.domain.together import ConfirmationsMissing
from yijianshi.services.applying.choose import AnswersRefused
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.correct import NothingToCorrect
from yijianshi.services.handling.hand import HandOverNotPossible
from yijianshi.services.handling.release import AlreadyReleased
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.once import KeyReused
from yijianshi.services.outside import outside
from yijianshi.services.people.clients import TokenRefused, actor_by_token
from yijianshi.services.people.parties import NumberRefused
from yijianshi.services.ports import PaymentUnavailable

MOST_BODY, MOST_FILE = 2 * 1024 * 1024, 24 * 1024 * 1024
_PARAMETER = re.compile(r"<(\w+):(\w+)>")
_KEY_MISSING = "请求头里要有 Idempotency-Key（8 到 200 个字符），重试时用同一个键，就不会办两次"
_encode = msgspec.json.Encoder().encode

#: Every refusal of a use case, with its status and its stable code.
REFUSALS: Mapping[type[Exception], tuple[int, str]] = {
    TokenRefused: (401, "token-refused"),
    NotPermitted: (404, "not-found"),
    UnknownBundle: (404, "unknown-bundle"),
    UnknownDivision: (404, "unknown-division"),
    UnknownItem: (400, "unknown-item"),
    MissingAnswers: (422, "missing-answers"),
    AnswersRefused: (422, "answers-refused"),
    MalformedCondition: (422, "answers-refused"),
    ChoiceNotAllowed: (422, "choice-not-allowed"),
    NotReady: (422, "not-ready"),
    LevelTooLow: (422, "assurance-too-low"),
    ConfirmationsMissing: (422, "confirmations-missing"),
    TamperedValue: (422, "tampered-value"),
    NumberRefused: (422, "number-refused"),
    FileRefused: (422, "file-refused"),
    RemarkNotAllowed: (422, "remark-not-allowed"),
    RefusalWithoutReasons: (422, "refusal-without-reasons"),
    ReasonMissing: (422, "reason-missing"),
    StopNotAllowed: (422, "stop-not-allowed"),
    ExtensionNotAllowed: (422, "extension-not-allowed"),
    HandOverNotPossible: (409, "hand-over-not-possible"),
    SecondPersonNeeded: (409, "second-person-needed"),
    PriorMissing: (409, "prior-missing"),
    DecisionHeld: (409, "decision-held"),
    ConsultationNotPossible: (409, "consultation-not-possible"),
    AppointmentRefused: (422, "appointment-refused"),
    OperationRefused: (409, "operation-refused"),
    OpinionIncomplete: (422, "opinion-incomplete"),
    RecordIncomplete: (409, "record-incomplete"),
    ChargeNotPossible: (422, "charge-not-possible"),
    PaymentUnavailable: (503, "payment-unavailable"),
    CorrectionIncomplete: (422, "correction-incomplete"),
    NothingToCorrect: (409, "nothing-to-correct"),
    ActionNotAllowed: (409, "action-not-allowed"),
    AlreadyReleased: (409, "already-released"),
    SomebodyWasFaster: (409, "somebody-was-faster"),
    KeyReused: (409, "key-reused"),
}


class Problem(msgspec.Struct, omit_defaults=True):
    """A refusal: what, why, and where (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, str]] = []


@dataclass(frozen=True, slots=True)
class Call:
    """One request as an endpoint sees it."""

    actor: Actor | None
    body: Any
    raw: bytes
    key: str
    query: Mapping[str, str]
    filename: str  # of a file sent as the body
    pairs: tuple[tuple[str, str], ...] = ()  # the whole query, repeated keys included
    accept: str = ""


def require_scope(call: Call, act: Act) -> Actor:
    """
    Return who calls, where its token covers the act; what it may then see is asked about each thing by itself.

    :raises NotPermitted: if the token was not given for it.
    """
    assert call.actor is not None
    if call.actor.scopes and act.value not in call.actor.scopes:
        raise NotPermitted(act)
    return call.actor


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation: address, what it takes and gives, and the function that does it."""

    method: str
    route: str
    name: str
    summary: str
    do: Callable[..., Any]
    takes: type | None
    gives: type
    status: int
    public: bool
    keyed: bool
    binary: bool
    query: tuple[tuple[str, str], ...]
    media: tuple[str, ...]  # what it gives, where that is a file and no JSON of `gives`
    keys: frozenset[str]  # arguments that are keys of ours
    decode: Callable[[bytes], Any] = field(repr=False)


ENDPOINTS: list[Endpoint] = []


def endpoint(
    method: str,
    route: str,
    *,
    summary: str,
    gives: type,
    takes: type | None = None,
    status: int = 200,
    public: bool = False,
    keyed: bool = False,
    binary: bool = False,
    query: tuple[tuple[str, str], ...] = (),
    media: tuple[str, ...] = (),
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as an operation; `keyed` demands an Idempotency-Key, `public` no token."""

    def register(do: Callable[..., Any]) -> Callable[..., Any]:
        decode: Callable[[bytes], Any] = msgspec.json.Decoder(takes).decode if takes else bytes
        name = getattr(do, "__name__", route)
        keys = frozenset(argument for kind, argument in _PARAMETER.findall(route) if kind == "uuid")
        ENDPOINTS.append(
            Endpoint(
                method,
                route,
                name,
                summary,
                do,
                takes,
                gives,
                status,
                public,
                keyed,
                binary,
                query,
                media,
                keys,
                decode,
            )
        )
        return do

    return register


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer that its reader may keep as long as the mark stays the same (ETag); it is made only if he has it not."""

    mark: str
    make: Callable[[], Any]


@dataclass(frozen=True, slots=True)
class Written:
    """An answer that is a file: its content, its media type, and its name where it is to be saved."""

    content: bytes
    media: str
    name: str = ""


class Answer(NamedTuple):
    """What goes back: status, headers and content."""

    status: int
    headers: list[tuple[str, str]]
    content: bytes


def url_patterns() -> list[URLPattern]:
    """Return one address per route, each answering the methods registered for it."""
    return [path(route, _view) for route in dict.fromkeys(one.route for one in ENDPOINTS)]


def respond(environ: Mapping[str, Any], read: Callable[[], bytes]) -> Answer:
    """
    Return the answer to a request, by its WSGI environment; the one way in for server and tests alike.

    :param read: gives the body, and is called only where a body is wanted.
    """
    found, arguments, others = _find(environ.get("REQUEST_METHOD", ""), environ.get("PATH_INFO", ""))
    try:
        if found is not None:
            return _answer(found, environ, read, arguments)
    except tuple(REFUSALS) as refusal:
        return _refused(refusal)
    if not others:
        return problem(404, "no-such-address", "没有这个接口。接口清单在 /api/v1/openapi.json")
    refused = problem(405, "method-not-allowed", f"这个地址只接受 {'、'.join(others)}")
    return refused._replace(headers=[*refused.headers, ("Allow", ", ".join(others))])


def problem(status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None) -> Answer:
    """Return a refusal."""
    said = Problem(f"urn:yijianshi:{code}", HTTPStatus(status).phrase, status, detail, errors or [])
    return Answer(status, [("Content-Type", "application/problem+json")], _encode(said))


def _view(request: HttpRequest, **arguments: Any) -> HttpResponse:
    answer = respond(request.META, request.read)
    response = HttpResponse(answer.content, status=answer.status)
    for name, value in answer.headers:
        response[name] = value
    return response


_view.csrf_exempt = True  # type: ignore[attr-defined]


def _find(method: str, path: str) -> tuple[Endpoint | None, dict[str, Any], list[str]]:
    """Return the endpoint at an address with its arguments, or which methods the address knows instead."""
    others = []
    for pattern, one in _routes():
        if match := pattern.fullmatch(path):
            if one.method == method:
                given = match.groupdict()
                return one, {name: UUID(v) if name in one.keys else v for name, v in given.items()}, []
            others.append(one.method)
    return None, {}, others


@cache
def _routes() -> list[tuple[re.Pattern[str], Endpoint]]:
    # Fixed addresses first, so that catalogue/search is not taken for the one-thing of that code.
    kinds = {"uuid": "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", "slug": "[-a-zA-Z0-9_]+", "str": "[^/]+"}
    return [
        (
            re.compile(
                "/api/v1/"
                + _PARAMETER.sub(lambda m: f"(?P<{m[2]}>{kinds[m[1]]})", one.route.replace(".", r"\."))
            ),
            one,
        )
        for one in sorted(ENDPOINTS, key=lambda one: "<" in one.route)
    ]


def _answer(
    found: Endpoint, environ: Mapping[str, Any], read: Callable[[], bytes], arguments: dict[str, Any]
) -> Answer:
    actor = None
    if not found.public:
        scheme, _, token = environ.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise TokenRefused("请求头里要有 Authorization: Bearer 令牌")
        actor = actor_by_token(token.strip(), at=outside().clock.now())
    key = environ.get("HTTP_IDEMPOTENCY_KEY", "")
    if found.keyed and not 8 <= len(key) <= 200:
        return problem(400, "key-missing", _KEY_MISSING)
    if int(environ.get("CONTENT_LENGTH") or 0) > (MOST_FILE if found.binary else MOST_BODY):
        return problem(413, "too-large", "请求太大。请把材料分开上传，每个文件最多 20 MB")
    raw = read() if found.binary or found.takes else b""
    body = None
    if found.takes:
        try:
            body = found.decode(raw)
        except msgspec.ValidationError as error:
            return problem(422, "malformed", f"内容不合格式：{error}")
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return problem(400, "not-json", f"读不懂这个请求，它应是 UTF-8 的 JSON：{error}")
    # PEP 3333 hands bytes over as Latin-1; an address typed by hand may hold plain Chinese
    asked = environ.get("QUERY_STRING", "").encode("latin-1", "replace").decode(errors="replace")
    pairs = tuple(parse_qsl(asked)) if found.query else ()
    filename, accept = environ.get("HTTP_X_FILENAME", ""), environ.get("HTTP_ACCEPT", "")
    call = Call(actor, body, raw, key, dict(pairs), filename, pairs, accept)
    answer = found.do(call, **arguments)
    if isinstance(answer, Marked):
        return _marked(found, answer, environ.get("HTTP_IF_NONE_MATCH", ""))
    headers = [("Content-Type", "application/json")]
    if isinstance(answer, tuple):
        answer, repeated = answer
        if repeated:
            headers.append(("Idempotent-Replay", "true"))
    return Answer(found.status, headers, _encode(answer))


def _marked(found: Endpoint, answer: Marked, known: str) -> Answer:
    """Answer 304 to who has it already; others may keep it, but must ask again before they use it."""
    tag = f'"{answer.mark}"'
    headers = [
        ("ETag", tag),
        ("Cache-Control", "no-cache"),
        ("Vary", "Accept"),
        ("Access-Control-Allow-Origin", "*"),
    ]
    if tag in known.replace("W/", "").replace(" ", "").split(","):
        return Answer(304, headers, b"")
    made = answer.make()
    if isinstance(made, Written):
        headers.append(("Content-Type", made.media))
        if made.name:
            ending = made.name[made.name.rfind(".") :]
            name = f"attachment; filename=\"list{ending}\"; filename*=UTF-8''{quote(made.name, safe='')}"
            headers.append(("Content-Disposition", name))
        return Answer(found.status, headers, made.content)
    return Answer(found.status, [("Content-Type", "application/json"), *headers], _encode(made))


def _refused(refusal: Exception) -> Answer:
    status, code = next(REFUSALS[kind] for kind in type(refusal).__mro__ if kind in REFUSALS)
    troubles = getattr(refusal, "troubles", ())
    errors = [{"field": t.key, "message": t.message} for t in troubles]
    if isinstance(refusal, MissingAnswers):
        errors = [{"field": key, "message": "还没有回答"} for key in sorted(refusal.keys)]
    return problem(status, code, str(refusal), errors)
