"""Whom applicants call about a unit (联系窗口), unit by unit - for the system administrator."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.administering import AdministrationRefused
from yijianshi.services.administering.desks import DeskKept, desks_kept, home_of, set_desk
from yijianshi.services.reading.units import name_of_division
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text


@dataclass(frozen=True, slots=True, kw_only=True)
class DesksView:
    """The page: all desks, and the one that is being changed."""

    desks: tuple[DeskKept, ...]
    chosen: DeskKept | None
    contact: str
    phone: str
    without: int


@signed_in
def desks(request: HttpRequest) -> HttpResponse:
    """Show whom to call at each unit, and change one."""
    who, problem = actor(request), ""
    key = (request.POST if request.method == "POST" else request.GET).get("unit", "")[:80]
    contact, phone = posted_text(request, "contact", longest=40), posted_text(request, "phone", longest=24)
    if request.method == "POST":
        try:
            set_desk(actor=who, key=key, contact=contact, phone=phone, at=now())
        except AdministrationRefused as refusal:
            problem = str(refusal)
        else:
            messages.success(request, "联系窗口改好了，申请人马上看到新的。")
            return HttpResponseRedirect(reverse("admin-desks"))
    found = desks_kept(actor=who, at=now())
    chosen = next((desk for desk in found if desk.key == key), None)
    view = DesksView(
        desks=found,
        chosen=chosen,
        contact=contact if problem else chosen.contact if chosen else "",
        phone=phone if problem else chosen.phone if chosen else "",
        without=sum(not desk.phone for desk in found),
    )
    problems = p.Problems(items=(p.Problem(field="contact", text=problem),)) if problem else None
    return desk_page(
        request, "administering/desks.html", view, here="admin-desks", problems=problems,
        unit=name_of_division(home_of(who)), status=422 if problem else 200,
    )  # fmt: skip
