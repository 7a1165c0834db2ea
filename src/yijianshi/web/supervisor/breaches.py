"""Corrections asked a second time (再次告知补正): which unit did it, how often, on what."""

from django.http import HttpRequest, HttpResponse

from yijianshi.services.reading.breaches import read_breaches
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page


@signed_in
def breaches(request: HttpRequest) -> HttpResponse:
    """Show the breaches of the one correction in the supervisor's division."""
    read = read_breaches(actor=actor(request), at=now())
    return desk_page(request, "supervisor/breaches.html", read, here="supervise", unit=read.division)
