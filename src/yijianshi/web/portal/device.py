"""
On what the reader looks (设备): his own browser, or a machine in a hall that forgets everybody.

A cookie marks the machine, never a person; whoever sets it for himself only gets the stricter treatment.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from yijianshi.services.portal.terminals import LONGEST_WAIT, SHORTEST_WAIT

COOKIE = "kiosk"
_MARK = re.compile(r"([a-z0-9-]{1,32})\.([0-9]{2,3})")
#: The server waits a little longer than the page, which is the one that counts down before the reader's eyes.
_GRACE = 60
#: What a browser keeps of a reader's likings; a machine for everybody keeps none.
ELDER, DIVISION = "elder", "division"


@dataclass(frozen=True, slots=True)
class KioskSeen:
    """The machine at which the reader stands."""

    code: str
    seconds: int


def kiosk_of(request: HttpRequest) -> KioskSeen | None:
    """Return the machine, or None at a browser of the reader's own."""
    found = _MARK.fullmatch(request.COOKIES.get(COOKIE, ""))
    return KioskSeen(found[1], min(max(int(found[2]), SHORTEST_WAIT), LONGEST_WAIT)) if found else None


class KioskMode:
    """Middleware: at a machine for everybody no page is kept, no liking remembered, and a session ends soon."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        kiosk = kiosk_of(request)
        response = self.get_response(request)
        if kiosk is None:
            return response
        response["Cache-Control"] = "no-store, private"
        if not request.session.is_empty():
            request.session.set_expiry(kiosk.seconds + _GRACE)
        for name in (ELDER, DIVISION):
            if name in response.cookies and response.cookies[name].value:
                del response.cookies[name]
        return response
