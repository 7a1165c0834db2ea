"""The API without even Django's request: what a machine needs is in the WSGI environment already."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

import psycopg
import structlog
from django.core.handlers.wsgi import WSGIHandler
from django.db import OperationalError, connection

from yijianshi.api.v1 import urls
from yijianshi.api.v1.endpoints import problem, respond

from .machines import trust_a_quiet_connection

_log = structlog.get_logger(__name__)
API, DOCUMENT = "/api/v1/", f"/api/v1/{urls.DOCUMENT}"
_HEADERS = [("X-Content-Type-Options", "nosniff")]
_KEPT_BY_NOBODY = ("Cache-Control", "no-store")


class MachineApplication:
    """Answers the endpoints of the API itself and leaves the rest to Django without middleware."""

    def __init__(self, others: WSGIHandler) -> None:
        self._others = others

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        path = environ.get("PATH_INFO", "")
        if not path.startswith(API) or path == DOCUMENT:
            return self._others(environ, start_response)
        trust_a_quiet_connection()
        try:
            answer = respond(environ, lambda: _body(environ))
        except (psycopg.OperationalError, OperationalError):
            connection.close()
            answer = problem(
                503, "database-away", "数据库暂时连不上，没有写入。请稍后用同一个 Idempotency-Key 重试"
            )
        except Exception:
            _log.exception("request failed", path=path)
            connection.close()
            answer = problem(500, "failed", "平台出错，已经记下。请稍后用同一个 Idempotency-Key 重试")
        status = f"{answer.status} {HTTPStatus(answer.status).phrase}"
        headers = [*answer.headers, *_HEADERS]
        if all(name != "Cache-Control" for name, _ in headers):
            headers.append(_KEPT_BY_NOBODY)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            headers.append(("Content-Length", str(len(answer.content))))
        start_response(status, headers)
        return [answer.content]


def _body(environ: dict[str, Any]) -> bytes:
    body: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    return body
