"""
One way for every endpoint: read the token, decode the body, call the use case, encode the answer, explain a refusal.

Bodies are msgspec structures, so that what is accepted, what is documented and what is answered are one thing.
Refusals follow RFC 9457 (problem details), with words in Chinese and a stable code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt

from yijianshi.domain.cases import ActionNotAllowed
from yijianshi.domain.conditions import MalformedCondition
from yijianshi.domain.corrections import CorrectionIncomplete, RemarkNotAllowed
from yijianshi.domain.deadlines import StopNotAllowed
from yijianshi.domain.drafts import TamperedValue
from yijianshi.domain.editions import UnknownBundle, UnknownDivision
from yijianshi.domain.plans import MissingAnswers, UnknownItem
from yijianshi.domain.results import RefusalWithoutReasons
from yijianshi.domain.rights import Actor, NotPermitted
from yijianshi.domain.submissions import ChoiceNotAllowed, NotReady
from yijianshi.services.applying.choose import AnswersRefused
from yijianshi.services.handling.correct import NothingToCorrect
from yijianshi.services.handling.release import AlreadyReleased
from yijianshi.services.handling.stop import ReasonMissing
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.once import KeyReused
from yijianshi.services.outside import outside
from yijianshi.services.people.clients import TokenRefused, actor_by_token
from yijianshi.services.people.parties import NumberRefused

MOST_BODY = 2 * 1024 * 1024
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
    TamperedValue: (422, "tampered-value"),
    NumberRefused: (422, "number-refused"),
    FileRefused: (422, "file-refused"),
    RemarkNotAllowed: (422, "remark-not-allowed"),
    RefusalWithoutReasons: (422, "refusal-without-reasons"),
    ReasonMissing: (422, "reason-missing"),
    StopNotAllowed: (422, "stop-not-allowed"),
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
    headers: Mapping[str, str]


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
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Register a function as an operation; `keyed` demands an Idempotency-Key, `public` no token."""

    def register(do: Callable[..., Any]) -> Callable[..., Any]:
        decode = msgspec.json.Decoder(takes).decode if takes else bytes
        name = getattr(do, "__name__", route)
        ENDPOINTS.append(
            Endpoint(method, route, name, summary, do, takes, gives, status, public, keyed, binary, query, decode)
        )
        return do

    return register


def url_patterns() -> list[URLPattern]:
    """Return one address per route, each answering the methods registered for it."""
    routes: dict[str, dict[str, Endpoint]] = {}
    for one in ENDPOINTS:
        routes.setdefault(one.route, {})[one.method] = one
    return [path(route, csrf_exempt(_view(methods))) for route, methods in routes.items()]


def problem(status: int, code: str, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """Return a refusal."""
    said = Problem(f"urn:yijianshi:{code}", HTTPStatus(status).phrase, status, detail, errors or [])
    return HttpResponse(_encode(said), status=status, content_type="application/problem+json")


def _view(methods: dict[str, Endpoint]) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, **arguments: Any) -> HttpResponse:
        found = methods.get(request.method or "")
        if found is None:
            response = problem(405, "method-not-allowed", f"这个地址只接受 {'、'.join(methods)}")
            response["Allow"] = ", ".join(methods)
            return response
        try:
            return _answer(found, request, arguments)
        except tuple(REFUSALS) as refusal:
            return _refused(refusal)

    return view


def _answer(found: Endpoint, request: HttpRequest, arguments: dict[str, Any]) -> HttpResponse:
    actor = None
    if not found.public:
        scheme, _, token = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        if scheme.lower() != "bearer" or not token:
            raise TokenRefused("请求头里要有 Authorization: Bearer 令牌")
        actor = actor_by_token(token.strip(), at=outside().clock.now())
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    if found.keyed and not 8 <= len(key) <= 200:
        return problem(400, "key-missing", "请求头里要有 Idempotency-Key（8 到 200 个字符），重试时用同一个键，就不会办两次")
    if int(request.META.get("CONTENT_LENGTH") or 0) > (24 * MOST_BODY if found.binary else MOST_BODY):
        return problem(413, "too-large", "请求太大。请把材料分开上传，每个文件最多 20 MB")
    raw = request.read() if found.binary or found.takes else b""
    body = None
    if found.takes:
        try:
            body = found.decode(raw)
        except msgspec.ValidationError as error:
            return problem(422, "malformed", f"内容不合格式：{error}")
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            return problem(400, "not-json", f"读不懂这个请求，它应是 UTF-8 的 JSON：{error}")
    call = Call(actor, body, raw, key, request.GET.dict() if found.query else {}, request.headers if found.binary else {})
    answer = found.do(call, **arguments)
    status = found.status
    headers: dict[str, str] = {}
    if isinstance(answer, tuple):
        answer, repeated = answer
        if repeated:
            headers["Idempotent-Replay"] = "true"
    return HttpResponse(_encode(answer), status=status, content_type="application/json", headers=headers)


def _refused(refusal: Exception) -> HttpResponse:
    status, code = next(REFUSALS[kind] for kind in type(refusal).__mro__ if kind in REFUSALS)
    troubles = getattr(refusal, "troubles", ())
    errors = [{"field": t.key, "message": t.message} for t in troubles]
    if isinstance(refusal, MissingAnswers):
        errors = [{"field": key, "message": "还没有回答"} for key in sorted(refusal.keys)]
    return problem(status, code, str(refusal), errors)


