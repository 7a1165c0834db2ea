"""The short way in for machines: no session, no cookie, no message, only the request and its answer."""

import select
from collections.abc import Callable
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

PREFIXES = ("/api/v1/", "/healthz", "/readyz")


class MachineHandler(WSGIHandler):
    """
    Django without middleware.

    A session cookie means nothing here, so a browser cannot be tricked into using the API in somebody's name.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """Put nothing between the server and the view but the answer to an exception."""
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._middleware_chain = convert_exception_to_response(self._answer)

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        trust_a_quiet_connection()
        response: HttpResponseBase = self._get_response(request)  # type: ignore[attr-defined]
        response.setdefault("X-Content-Type-Options", "nosniff")
        response.setdefault("Cache-Control", "no-store")
        if isinstance(response, HttpResponse):
            response.setdefault("Content-Length", str(len(response.content)))
        return response


def by_path(*, people: WSGIHandler, machines: Callable[..., Any]) -> Callable[..., Any]:
    """Return the application that leads machines one way and people the other."""

    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        def start_nameless(status: str, headers: list[tuple[str, str]], *problem: Any) -> Any:
            # Left out, the web server would name itself, and with that which holes to try.
            return start_response(status, [*headers, ("Server", "yijianshi")], *problem)

        chosen = machines if environ.get("PATH_INFO", "").startswith(PREFIXES) else people
        return chosen(environ, start_nameless)

    return application


def trust_a_quiet_connection() -> None:
    """
    Spare the question «are you alive?» to the database when its end of the line is open and silent.

    A server that has gone leaves the line readable; then Django asks, and reconnects.
    """
    raw = connection.connection
    if raw is None or raw.closed:
        return
    readable, _, _ = select.select([raw.fileno()], [], [], 0)
    connection.health_check_done = not readable  # type: ignore[attr-defined]
    if readable:
        connection.close()  # the next statement connects anew
