"""
Whose matter a page is bound to (不串办): a draft or a submission is worked on only while standing for whom it belongs to.

A page of one principal that is sent while standing for another is refused, with one press to change over.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yijianshi.services.people.parties import know_party
from yijianshi.services.reading.standing import owner_to_stand_for
from yijianshi.web.acting import actor_if_any, frame

#: Where matters are worked on as an applicant; at a desk it does not matter whom somebody also stands for.
_OF_APPLICANTS = ("/draft/", "/my/")


def mixed_up(request: HttpRequest) -> HttpResponse | None:
    """Return the page that says whose matter this is, where the reader may change over to him; else None."""
    match = request.resolver_match
    who = actor_if_any(request)
    if match is None or who is None or not request.path.startswith(_OF_APPLICANTS):
        return None
    draft, submission = match.kwargs.get("draft"), match.kwargs.get("submission")
    if not isinstance(draft or submission, UUID):
        return None
    owner = owner_to_stand_for(who, draft=draft, submission=submission)
    if owner is None:
        return None
    standing = who.party or who.giver
    context = frame(
        request,
        nav="cases",
        owner=owner,
        standing=know_party(UUID(standing)).name if standing else "",
        sent=request.method == "POST",
        back=f"/draft/{draft}" if draft else f"/my/{submission}",
    )
    return render(request, "mandates/mixed_up.html", context, status=409)
