"""
The machine in the hall (自助终端): large doors, nothing remembered, and a clock that everybody sees.

When it runs out, or whoever stands there says so, the session and everything typed are gone.
"""

from dataclasses import dataclass

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yijianshi.services.hall.loading import gives_tickets
from yijianshi.services.portal.terminals import Terminal, terminal, terminals
from yijianshi.web.acting import frame

from .device import COOKIE, DIVISION, ELDER, kiosk_of

ONE_YEAR = 365 * 24 * 3600
#: The large doors: words, what is behind, sign, name of the address, query.
DOORS = (
    ("办事", "按人生阶段找，或者搜一搜", "home", "things", ""),
    ("查办到哪一步", "登录后看谁在办、哪天办完", "case", "my-cases", ""),
    ("打印证照和文书", "登录后选一份，点打印", "print", "my-licences", ""),
    ("看帮助", "怎么办、找谁问", "chat", "help", ""),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class KioskPage:
    """What the machine shows when nobody is there."""

    here: Terminal
    doors: tuple[tuple[str, str, str, str], ...]


@require_safe
def kiosks(request: HttpRequest) -> HttpResponse:
    """Show the machines, for whoever sets one up; at a machine, its own first page."""
    if here := kiosk_of(request):
        return HttpResponseRedirect(reverse("kiosk", args=[here.code]))
    return render(request, "portal/kiosks.html", frame(request, terminals=terminals()))


@require_safe
def kiosk(request: HttpRequest, code: str) -> HttpResponse:
    """
    Show the first page of a machine, and have its browser know where it stands.

    :raises UnknownTerminal: if there is no such machine.
    """
    here = terminal(code)
    doors = [(words, about, sign, reverse(name) + query) for words, about, sign, name, query in DOORS]
    if gives_tickets(here.code):
        doors.insert(
            0, ("取号", "取一个号，或者用预约签到", "clock", reverse("kiosk-ticket", args=[here.code]))
        )
    page = KioskPage(here=here, doors=tuple(doors))
    mark = f"{here.code}.{here.idle_seconds}"
    request.COOKIES[COOKIE] = mark
    response = render(request, "portal/kiosk.html", frame(request, page=page))
    response.set_cookie(
        COOKIE, mark, max_age=ONE_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
    )
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Forget who was there and everything typed, at his own word or when the clock has run out."""
    return _forget(request)


@require_safe
def time_is_up(request: HttpRequest) -> HttpResponse:
    """Forget likewise where no script runs: the page itself leads here by time; at no other browser does this anything."""
    return _forget(request) if kiosk_of(request) else HttpResponseRedirect(reverse("home"))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Make a browser that was taken for a machine an ordinary one again."""
    response = _forget(request)
    response["Location"] = reverse("home")
    response.delete_cookie(COOKIE, samesite="Lax")
    return response


def _forget(request: HttpRequest) -> HttpResponse:
    here = kiosk_of(request)
    auth.logout(request)
    response = HttpResponseRedirect(reverse("kiosk", args=[here.code]) if here else reverse("home"))
    for name in (ELDER, DIVISION, "messages"):
        response.delete_cookie(name, samesite="Lax")
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Cache-Control"] = "no-store, private"
    return response
