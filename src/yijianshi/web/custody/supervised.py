"""Papers under supervision (督查：原件移交): what nobody signed for in time, what was missing; nothing about persons."""

from django.http import HttpRequest, HttpResponse

from yijianshi.services.reading.custody_supervised import read_custody_supervised
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page


@signed_in
def supervised(request: HttpRequest) -> HttpResponse:
    """Show overdue hand-overs and discrepancies in the supervisor's division."""
    read = read_custody_supervised(actor=actor(request), at=now())
    return desk_page(request, "supervisor/custody.html", read, here="supervise-custody", unit=read.division)
