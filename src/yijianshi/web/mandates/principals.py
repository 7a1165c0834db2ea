"""For whom I act (替谁办): everybody who has asked, one press to change over; agents of an enterprise are given and ended here."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.definitions import Kind
from yijianshi.domain.mandates import POWER_WORDS, USUAL, MandateKind, MandateNotPossible, Power, Scope
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.mandates.agents import end_representation, representatives_of
from yijianshi.services.mandates.give import Wish, demand_head, give_mandate
from yijianshi.services.people.actors import parties_of
from yijianshi.services.people.parties import PartyKnown, know_party
from yijianshi.services.reading.mandates import MandateSeen, mandates_given, mandates_received
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in, today

from .asking import MORE, days_asked, last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """One for whom the reader may act."""

    party: PartyKnown
    is_self: bool
    is_current: bool
    by: tuple[MandateSeen, ...]  # none for an enterprise that he represents by law


@signed_in
def principals(request: HttpRequest) -> HttpResponse:
    """Show everybody for whom the reader may act, himself first."""
    user: Any = request.user
    who = actor(request)
    received = [one for one in mandates_received(who, at=now()) if one.is_live]
    shown = tuple(
        Principal(
            party=party,
            is_self=party.id == user.party_id,
            is_current=str(party.id) == (who.party or who.giver),
            by=tuple(one for one in received if one.giver_id == party.id),
        )
        for party in parties_of(user, on=today())
    )
    return render(request, "mandates/principals.html", frame(request, nav="cases", principals=shown))


@signed_in
def agents(request: HttpRequest) -> HttpResponse:
    """
    Show who acts for the enterprise, and let its legal representative give and end agents.

    :raises NotPermitted: if the reader is not the legal representative of whom he stands for.
    """
    who, at = actor(request), now()
    if not who.party:
        raise NotPermitted(Act.GIVE_MANDATE)
    demand_head(who, on=today())
    enterprise = know_party(UUID(who.party))
    problem = ""
    if request.method == "POST" and "end" in request.POST:
        end_representation(request.POST.get("end", ""), actor=who, on=today())
        messages.success(request, "结束了，他现在不能再替单位办。")
        return HttpResponseRedirect(reverse("agents"))
    if request.method == "POST":
        more = frozenset(Power(one) for one in request.POST.getlist("more") if one in MORE)
        wish = Wish(
            name=request.POST.get("name", ""),
            scope=Scope(everything=True),
            until=last_day(request.POST.get("days", "")),
            powers=USUAL | more,
            most_uses=None,
            kind=MandateKind.AGENT,
        )
        try:
            mandate = give_mandate(actor=who, wish=wish, at=at)
        except MandateNotPossible as refused:
            problem = str(refused)
        else:
            return HttpResponseRedirect(reverse("mandate", args=[mandate]))
    questions = (
        p.Asked(
            name="name", label="经办人姓名", value=request.POST.get("name", "")[:40], max_length=40, wide=True,
            hint="照身份证写，只有他本人打得开",
        ),
        days_asked(request),
        p.Asked(
            name="more", label="还让他", kind=Kind.MULTI_ENUM, value=request.POST.getlist("more"), optional=True,
            options=tuple(p.Option(one, POWER_WORDS[one]) for one in MORE), wide=True, hint="不勾就不给",
        ),
    )  # fmt: skip
    given = tuple(one for one in mandates_given(who, at=at) if not one.is_over)
    context = frame(
        request, nav="cases", enterprise=enterprise, given=given, questions=questions,
        represent=representatives_of(who, on=today()),
        problems=p.Problems(items=(p.Problem(field="name", text=problem),), then="再按一次") if problem else None,
    )  # fmt: skip
    return render(request, "mandates/agents.html", context, status=422 if problem else 200)
