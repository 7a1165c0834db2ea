"""Letting the pages of a window reach the bridge on the clerk's own machine (本机桥), and nobody's else; see docs/bridge.md."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def bridge_address() -> str:
    """Return where the bridge of a clerk's machine answers, or nothing where the operator has not turned it on."""
    port = settings.ENVIRONMENT.bridge_port
    return f"http://127.0.0.1:{port}" if port else ""


def may_reach_bridge(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a page of the window speak to the bridge, where it is turned on."""

    @wraps(view)
    def reaching(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if address := bridge_address():
            # what the middleware of the policy looks for on an answer
            vars(response).update(_csp_update={"connect-src": [address]})
        return response

    return reaching
