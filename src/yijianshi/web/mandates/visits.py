"""Asking a helper to come to the home (请人上门帮办): where, which telephone, what about; called off with one press."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.definitions import Kind
from yijianshi.domain.mandates import MandateNotPossible
from yijianshi.domain.rights import Act, own, require
from yijianshi.services.mandates.groups import groups_of
from yijianshi.services.mandates.visits import LONGEST, ask_for_visit, call_off
from yijianshi.services.people.parties import know_party
from yijianshi.services.reading.home_visits import visits_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in
from yijianshi.web.visitor.region import division_of, name_of


@signed_in
def visits(request: HttpRequest) -> HttpResponse:
    """Show the reader's own visits."""
    who = actor(request)
    seen = visits_of(who)
    is_open = any(one.state in ("asked", "taken") for one in seen)
    context = frame(request, nav="cases", visits=seen, may_ask=bool(who.party) and not is_open)
    return render(request, "mandates/visits.html", context)


@signed_in
def ask(request: HttpRequest) -> HttpResponse:
    """
    Ask where to come, and keep the wish.

    :raises NotPermitted: if the reader stands for nobody.
    """
    who = actor(request)
    require(who, Act.ASK_FOR_VISIT, own(who))
    party, sent, problem = know_party(UUID(who.party)), request.POST, ""
    division = division_of(request)
    if request.method == "POST":
        try:
            ask_for_visit(
                actor=who,
                division=division,
                address=sent.get("address", ""),
                phone=sent.get("phone", ""),
                about=sent.get("about", ""),
                bundle="",
                first=bool(groups_of(party.id, at=now())),
                at=now(),
            )
        except MandateNotPossible as refused:
            problem = str(refused)
        else:
            messages.success(request, "记下了。有人接了，就告诉您哪天来。")
            return HttpResponseRedirect(reverse("visits"))
    questions = (
        p.Asked(
            name="address", label="到哪里", kind=Kind.ADDRESS, value=sent.get("address", "")[:LONGEST], wide=True,
            max_length=LONGEST, hint="小区、楼、门牌。只有上门的人看得到",
        ),
        p.Asked(name="phone", label="电话", kind=Kind.PHONE, value=sent.get("phone", party.phone)[:20], wide=True),
        p.Asked(
            name="about", label="要办什么", value=sent.get("about", "")[:LONGEST], optional=True, wide=True,
            max_length=LONGEST, hint="比如：领尊老金",
        ),
    )  # fmt: skip
    context = frame(
        request, nav="cases", questions=questions, place=name_of(division),
        problems=p.Problems(items=(p.Problem(field="f-address", text=problem),), then="再按一次") if problem else None,
    )  # fmt: skip
    return render(request, "mandates/visit_ask.html", context, status=422 if problem else 200)


@require_POST
@signed_in
def cancel(request: HttpRequest, visit: UUID) -> HttpResponse:
    """
    Call it off.

    :raises NotPermitted: if it is another's.
    """
    call_off(visit=visit, actor=actor(request), at=now())
    messages.success(request, "取消了，不会有人来。")
    return HttpResponseRedirect(reverse("visits"))
