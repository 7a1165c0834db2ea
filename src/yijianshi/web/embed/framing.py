"""Who may show a page of ours within his own (嵌入): the portals that the operator has named, and nobody else."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import NONE
from django.conf import settings
from django.http import HttpRequest, HttpResponse


def may_be_framed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the named portals show a page in a frame; it carries no personal data and takes no input."""

    @wraps(view)
    def framed(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        portals = list(settings.ENVIRONMENT.embedded_by)
        # browsers read one of the two; the older header can only say «nobody» or «myself»
        # what the middleware of the policy, and that of the older header, look for on an answer
        policy = {"frame-ancestors": portals or [NONE], "script-src": [NONE], "connect-src": [NONE]}
        vars(response).update(_csp_replace=policy, xframe_options_exempt=bool(portals))
        return response

    return framed
