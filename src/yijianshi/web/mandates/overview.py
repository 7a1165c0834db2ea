"""Who does what for me, and for whom I act (授权): given, received, each use; taken back with one press."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.services.mandates.at_window import photograph_of
from yijianshi.services.mandates.finish import end_mandate
from yijianshi.services.reading.mandates import (
    MandateSeen,
    mandates_given,
    mandates_received,
    read_mandate,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in
from yijianshi.web.applicant.wallet import INLINE


@dataclass(frozen=True, slots=True, kw_only=True)
class MandatesPage:
    """What the list says."""

    given: tuple[MandateSeen, ...]
    past: tuple[MandateSeen, ...]
    received: tuple[MandateSeen, ...]
    received_past: tuple[MandateSeen, ...]
    may_give: bool
    may_look_for_children: bool


@signed_in
def mandates(request: HttpRequest) -> HttpResponse:
    """Show who acts for the reader, and for whom he acts."""
    who, at = actor(request), now()
    given, received = mandates_given(who, at=at), mandates_received(who, at=at)
    own = bool(who.party) and who.party == str(getattr(request.user, "party_id", ""))
    page = MandatesPage(
        given=tuple(one for one in given if not one.is_over),
        past=tuple(one for one in given if one.is_over),
        received=tuple(one for one in received if not one.is_over),
        received_past=tuple(one for one in received if one.is_over),
        may_give=bool(who.party),
        may_look_for_children=own,
    )
    return render(request, "mandates/list.html", frame(request, nav="cases", page=page))


@signed_in
def mandate(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """
    Show one mandate: what it gives, what was done by it, and while it waits its link and square code.

    :raises NotPermitted: if the reader neither gave nor holds it.
    """
    seen = read_mandate(mandate, actor=actor(request), at=now())
    qr = p.QrCode(address=seen.link, title=f"给{seen.holder}扫", shown=seen.link) if seen.link else None
    return render(request, "mandates/one.html", frame(request, nav="cases", seen=seen, qr=qr))


@signed_in
def paper(request: HttpRequest, mandate: UUID) -> HttpResponseBase:
    """
    Give the photographed paper to whom it concerns.

    :raises NotPermitted: if it is none of his, or there is none.
    """
    found = photograph_of(mandate=mandate, actor=actor(request))
    shown = found.media_type in INLINE
    response = FileResponse(
        found.stream, as_attachment=not shown, filename=found.name, content_type=found.media_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@signed_in
def end(request: HttpRequest, mandate: UUID) -> HttpResponse:
    """
    End it at once.

    :raises NotPermitted: if the reader neither gave nor holds it.
    :raises MandateNotPossible: if it has ended already.
    """
    who = actor(request)
    seen = read_mandate(mandate, actor=who, at=now())
    end_mandate(mandate=mandate, actor=who, at=now())
    said = (
        f"收回了。{seen.holder}现在看不到、也办不了；填好的都还在，您接着办。"
        if seen.is_mine
        else "交还了，对方会知道。"
    )
    messages.success(request, said)
    return HttpResponseRedirect(reverse("mandates"))
