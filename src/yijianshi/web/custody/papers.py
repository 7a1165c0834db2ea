"""One paper with its whole way, and what ends its custody: given back, kept for good; or found again."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.custody import CustodyNotPossible
from yijianshi.services.custody.give import find_paper, give_back, keep_for_good
from yijianshi.services.reading.custody import PaperPage, read_paper
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text

from .words import tag_of, way_of, where_words


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperView:
    """The page."""

    read: PaperPage
    tag: p.Tag
    where: str
    way: p.History
    facts: p.Pairs
    to_whom: p.Asked | None
    why: p.Asked | None
    problems: p.Problems | None


@signed_in
def paper(request: HttpRequest, paper: UUID) -> HttpResponse:
    """Show a paper; whoever holds it gives it back, a department may keep an original."""
    who, at = actor(request), now()
    trouble: tuple[str, str] = ("", "")
    if request.method == "POST":
        name = next((one for one in ("give", "keep", "find") if one in request.POST), "")
        try:
            done = _do(request, paper, name)
        except CustodyNotPossible as refused:
            trouble = (name, str(refused))
        else:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("custody-paper", args=[paper]))
    read = read_paper(paper=paper, actor=who, at=at)
    view = _view(request, read, *trouble)
    status = 422 if trouble[1] else 200
    return desk_page(
        request, "custody/paper.html", view, here="custody", unit=read.line.holder_name, status=status
    )


def _do(request: HttpRequest, paper: UUID, name: str) -> str:
    who, at = actor(request), now()
    if name == "give":
        give_back(paper=paper, actor=who, to_whom=posted_text(request, "to_whom", longest=100), at=at)
        return "已交还，记下了。"
    if name == "keep":
        keep_for_good(paper=paper, actor=who, why=posted_text(request, "why", longest=200), at=at)
        return "已归档留存，申请人看得到依据。"
    find_paper(paper=paper, actor=who, at=at)
    return "找到了，可以再移交。"


def _view(request: HttpRequest, read: PaperPage, name: str, problem: str) -> PaperView:
    line = read.line
    to_whom = p.Asked(
        name="to_whom", label="交还给谁", value=posted_text(request, "to_whom", longest=100), max_length=100,
        hint="本人写姓名；托人取的，写受托人姓名，并核对委托书", error=problem if name == "give" else "", wide=True,
    )  # fmt: skip
    why = p.Asked(
        name="why", label="依据哪一条留存", value=posted_text(request, "why", longest=200), max_length=200,
        hint="写法规名称和条款；申请人看得到", error=problem if name == "keep" else "", wide=True,
    )  # fmt: skip
    facts = [
        p.Pair(name="类别", value=line.kind_words),
        p.Pair(name="多少", value=line.amount),
        p.Pair(name="谁的事", value=line.title),
    ]
    if line.number:
        facts.append(p.Pair(name="申报号", value=line.number))
    if line.goes_to:
        facts.append(p.Pair(name="在哪里领", value=line.goes_to))
    fields = {"give": to_whom.id, "keep": why.id}
    problems = (p.Problem(field=fields.get(name, "main"), text=problem),) if problem else ()
    return PaperView(
        read=read,
        tag=tag_of(line),
        where=where_words(line),
        way=way_of(read.way),
        facts=p.Pairs(items=tuple(facts)),
        to_whom=to_whom if read.may_give_back else None,
        why=why if read.may_keep else None,
        problems=p.Problems(items=problems) if problems else None,
    )
