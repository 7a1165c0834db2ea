"""The joint operations that are under way (联合行动): which wait for an appointment or a record - nothing about the person."""

from django.http import HttpRequest, HttpResponse

from yijianshi.services.reading.joint_list import supervise_operations
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page
from yijianshi.web.joint.operations import asked_page, view_of


@signed_in
def operations(request: HttpRequest) -> HttpResponse:
    """Show the operations of the supervisor's divisions, what is late first."""
    read = supervise_operations(actor=actor(request), at=now(), page=asked_page(request))
    view = view_of(read, linked=False)
    return desk_page(request, "supervisor/joint.html", view, here="supervise-joint")
