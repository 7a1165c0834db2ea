"""Everything under way and finished (我的办件), what waits for the applicant first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.cases import State
from yijianshi.services.reading.my_cases import (
    PER_PAGE,
    DraftLine,
    SubmissionLine,
    drafts_of,
    submissions_of,
)
from yijianshi.services.reading.offers import OfferSeen, offers_waiting
from yijianshi.services.reading.together import AskedLine, asked_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, signed_in, today
from yijianshi.web.templatetags.yjs import day, short_day

from .paging import page_number


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One submission in the list."""

    id: UUID
    title: str
    about: str
    number: str
    tag: p.Tag
    meter: p.Meter
    says: str
    together: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesPage:
    """What the list says."""

    asked: tuple[AskedLine, ...]
    offers: tuple[OfferSeen, ...]  # found entitled by a unit, to be confirmed
    drafts: tuple[DraftLine, ...]
    rows: tuple[CaseRow, ...]
    pages: p.Pages
    empty: p.Empty
    may_discard: bool  # whoever acts for another throws nothing of his away


@signed_in
def cases(request: HttpRequest) -> HttpResponse:
    """Show the drafts and the submissions of whom the reader acts for."""
    who = actor(request)
    number = page_number(request)
    lines, total = submissions_of(who, page=number)
    lines = tuple(sorted(lines, key=lambda line: line.answer_by is None))
    page = CasesPage(
        asked=asked_of(who),
        offers=offers_waiting(who, on=today()),
        drafts=drafts_of(who),
        rows=tuple(_row(line, today()) for line in lines),
        pages=p.Pages(number=number, last=max(1, -(-total // PER_PAGE)), total=total),
        empty=p.Empty(
            title="还没有办件",
            text="提交以后，谁在办、办到哪天，都在这里看。",
            act=p.Act(label="去办一件事", href=reverse("things"), look="primary"),
        ),
        may_discard=not who.giver,
    )
    return render(
        request, "applicant/cases.html", frame(request, nav="cases", page=page, may_show=bool(who.party))
    )


def _row(line: SubmissionLine, on: date) -> CaseRow:
    if line.answer_by:
        tag, says = p.Tag(state="todo", word="等您补正"), f"请在 {day(line.answer_by, on)}前补齐"
    elif line.closed_at:
        failed = [s for s in line.states if s is not State.GRANTED]
        tag = p.Tag(state="done", word="已办结") if not failed else p.Tag(state="wait", word="已结束")
        says = f"{short_day(line.closed_at, on)}办完"
    elif line.promised_on and line.promised_on < on:
        tag, says = p.Tag(state="late", word="已超期"), f"原定 {short_day(line.promised_on, on)}办完"
    else:
        tag = p.Tag(state="run", word="办理中")
        says = f"{day(line.promised_on, on)}前都办完" if line.promised_on else "办完一项告诉您一项"
        says += "（暂定）" if line.provisional else ""
    granted = sum(state is State.GRANTED for state in line.states)
    kind = "done" if granted == line.total else "run"
    done = f"{line.total} 项办完 {line.done} 项" + (f"，办成 {granted} 项" if granted < line.done else "")
    return CaseRow(
        id=line.id,
        title=line.title,
        about=line.about if line.about != line.title else "",
        number=line.number,
        tag=tag,
        meter=p.Meter(done=line.done, total=line.total, says=done, kind=kind),
        says=f"{done} · {says}",
        together=line.together,
    )
