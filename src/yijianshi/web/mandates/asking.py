"""Asking somebody to act (让别人替我办): one name, one button, one link with its square code."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.definitions import Kind
from yijianshi.domain.mandates import (
    LONGEST_DAYS,
    NAMED,
    POWER_WORDS,
    USUAL,
    USUAL_DAYS,
    MandateNotPossible,
    Power,
    Scope,
)
from yijianshi.domain.rights import Act, NotPermitted, own, require
from yijianshi.services.contents import is_key
from yijianshi.services.mandates.give import Wish, give_mandate
from yijianshi.services.reading.drafts import read_draft
from yijianshi.services.reading.mandates import titles_here
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in, today
from yijianshi.web.visitor.region import division_of

ALL = "all"
#: What may be named beside the usual; to confirm as a co-applicant stays with everybody himself.
MORE = (Power.PAY, Power.WITHDRAW)
DAYS = ((7, "7 天"), (USUAL_DAYS, "30 天"), (90, "90 天"), (LONGEST_DAYS, "一年"))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """What the page says."""

    title: str  # of the one matter, if it is about one
    usual: tuple[str, ...]
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    back: str


@signed_in
def ask(request: HttpRequest) -> HttpResponse:
    """
    Ask who is to act, until when; make the link.

    :raises NotPermitted: if the matter is not the reader's own, or he acts for another himself.
    """
    who = actor(request)
    require(who, Act.GIVE_MANDATE, own(who))
    scope, title, back = _matter(request)
    given = request.POST
    problem = ""
    if request.method == "POST":
        chosen = given.get("about", "")
        everything = scope is None and chosen == ALL
        bundle = "" if everything else chosen
        known = {code for code, _, _ in titles_here(division_of(request), today())}
        wanted = scope or Scope(
            everything=everything, bundles=frozenset({bundle}) if bundle in known else frozenset()
        )
        more = frozenset(Power(one) for one in given.getlist("more") if one in set(MORE) & NAMED)
        try:
            mandate = give_mandate(
                actor=who,
                wish=Wish(
                    name=given.get("name", ""),
                    scope=wanted,
                    until=last_day(given.get("days", "")),
                    powers=USUAL | more,
                    most_uses=None if everything else 1,
                ),
                at=now(),
            )
        except MandateNotPossible as refused:
            problem = str(refused)
        else:
            messages.success(request, "码做好了，给他扫一下，或者把链接发给他。")
            return HttpResponseRedirect(reverse("mandate", args=[mandate]))
    page = AskPage(
        title=title,
        usual=tuple(POWER_WORDS[one] for one in Power if one in USUAL),
        questions=_questions(request, with_about=scope is None),
        problems=p.Problems(items=(p.Problem(field="name", text=problem),), then="改好再按")
        if problem
        else None,
        back=back,
    )
    return render(
        request, "mandates/ask.html", frame(request, nav="cases", page=page), status=422 if problem else 200
    )


def last_day(days: str) -> date:
    """Return the last day for so many days from today; what cannot be read is the usual time."""
    known = {str(number) for number, _ in DAYS}
    return today() + timedelta(days=int(days) if days in known else USUAL_DAYS)


def days_asked(request: HttpRequest) -> p.Asked:
    """Return the question until when."""
    return p.Asked(
        name="days",
        label="到什么时候",
        kind=Kind.ENUM,
        value=request.POST.get("days", str(USUAL_DAYS)),
        options=tuple(p.Option(str(number), words) for number, words in DAYS),
        hint="随时可以收回",
        wide=True,
    )


def _questions(request: HttpRequest, *, with_about: bool) -> tuple[p.Asked, ...]:
    sent = request.POST
    asked = [
        p.Asked(
            name="name",
            label="请谁替您办",
            value=sent.get("name", "")[:40],
            max_length=40,
            hint="写他身份证上的姓名，比如女儿的名字。只有他本人打得开",
            wide=True,
        )
    ]
    if with_about:
        titles = titles_here(division_of(request), today())
        options = (*(p.Option(code, title) for code, title, _ in titles), p.Option(ALL, "所有的事"))
        asked.append(
            p.Asked(
                name="about",
                label="办哪件事",
                kind=Kind.ENUM,
                value=sent.get("about", request.GET.get("bundle", "")),
                options=options,
                wide=True,
            )
        )
    asked.append(days_asked(request))
    asked.append(
        p.Asked(
            name="more",
            label="还让他",
            kind=Kind.MULTI_ENUM,
            value=sent.getlist("more"),
            optional=True,
            options=tuple(p.Option(one, POWER_WORDS[one]) for one in MORE),
            hint="不勾就不给",
            wide=True,
        )
    )
    return tuple(asked)


def _matter(request: HttpRequest) -> tuple[Scope | None, str, str]:
    """Return the one matter that the page is about, its title, and the way back."""
    draft, submission = request.GET.get("draft", ""), request.GET.get("submission", "")
    if is_key(draft):
        read = read_draft(UUID(draft), actor=actor(request), on=today())
        return Scope(matters=frozenset({str(read.id)})), read.title, reverse("draft", args=[read.id])
    if is_key(submission):
        seen = read_submission(UUID(submission), actor=actor(request))
        if not seen.is_mine:
            raise NotPermitted(Act.GIVE_MANDATE)
        scope = Scope(matters=frozenset({str(seen.id)}))
        return scope, seen.edition.bundle.title, reverse("my-case", args=[seen.id])
    return None, "", reverse("mandates")
