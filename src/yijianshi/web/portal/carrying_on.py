"""Go on elsewhere (换设备接着填): a square code that leads, once and for the same person, to the draft as it stands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.services.portal.carry_on import Link, make_link, take_link
from yijianshi.web import parts as p
from yijianshi.web.acting import ACTING_FOR, actor, frame, now, signed_in
from yijianshi.web.applicant.drafts import open_for

from .device import kiosk_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewherePage:
    """What the page with the square code says."""

    title: str
    draft: UUID
    qr: p.QrCode | None
    until: datetime | None
    at_kiosk: bool


@signed_in
def elsewhere(request: HttpRequest, draft: UUID) -> HttpResponse:
    """
    Show how to go on elsewhere, and on request the link itself, which is shown this once.

    :raises NotPermitted: if the draft is not the reader's to edit.
    :raises DraftFiled: if it was filed.
    """
    read = open_for(request, draft)
    link = make_link(draft=draft, actor=actor(request), at=now()) if request.method == "POST" else None
    page = ElsewherePage(
        title=read.title,
        draft=draft,
        qr=_code(link) if link else None,
        until=link.expires_at if link else None,
        at_kiosk=kiosk_of(request) is not None,
    )
    return render(request, "portal/elsewhere.html", frame(request, nav="cases", page=page))


@signed_in
def carry_on(request: HttpRequest, token: str) -> HttpResponse:
    """
    Open the draft that the link names, for whom it is filled in.

    :raises CarryingOnNotPossible: if it was used, has expired, never existed, or is somebody else's.
    """
    taken = take_link(token=token, actor=actor(request), at=now())
    user: Any = request.user
    if taken.party != user.party_id:
        request.session[ACTING_FOR] = str(taken.party)
    else:
        request.session.pop(ACTING_FOR, None)
    return HttpResponseRedirect(reverse("draft", args=[taken.draft]))


def _code(link: Link) -> p.QrCode:
    return p.QrCode(
        address=link.address,
        title="用手机扫一扫",
        about="扫开以后用您自己的账号登录，就从这里接着填。只能用一次，别人扫了打不开。",
        shown=link.address.partition("://")[2].partition("/on/")[0],
    )
