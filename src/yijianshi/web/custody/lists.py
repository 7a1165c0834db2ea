"""One hand-over list (移交清单): printed by who sends, counted paper by paper by who receives; and the papers as PDF."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from yijianshi.domain.custody import CustodyNotPossible
from yijianshi.services import printing
from yijianshi.services.custody.receive import Found, receive_list
from yijianshi.services.custody.send import call_back
from yijianshi.services.reading.custody import ListPage, PaperLine, read_list
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_number, posted_text
from yijianshi.web.documents.sending import personal

from .words import tag_of


@dataclass(frozen=True, slots=True, kw_only=True)
class LineToSign:
    """One paper to be counted, with what was said of it so far."""

    line: PaperLine
    said: str  # all | some | none
    pages: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """The page."""

    read: ListPage
    to_sign: tuple[LineToSign, ...]
    papers: tuple[tuple[PaperLine, p.Tag], ...]
    facts: p.Pairs
    problems: p.Problems | None


@signed_in
def hand_over_list(request: HttpRequest, hand_over: UUID) -> HttpResponse:
    """Show a list; the receiving place signs for it, the sending place may call it back."""
    who, at = actor(request), now()
    read = read_list(hand_over=hand_over, actor=who, at=at)
    problem = ""
    if request.method == "POST":
        try:
            if "call_back" in request.POST:
                call_back(hand_over=hand_over, actor=who, at=at)
                messages.success(request, "移交已撤回，原件还由您这里保管。")
            else:
                short = receive_list(hand_over=hand_over, found=_found(request, read), actor=who, at=at)
                messages.success(request, _signed(short))
        except CustodyNotPossible as why:
            problem = str(why)
        else:
            return HttpResponseRedirect(reverse("custody-list", args=[hand_over]))
    view = ListView(
        read=read,
        to_sign=tuple(_to_sign(request, line) for line in read.to_sign) if read.may_sign else (),
        papers=tuple((line, tag_of(line)) for line in read.papers),
        facts=_facts(read),
        problems=p.Problems(items=(p.Problem(field="sign", text=problem),), then="改好再签收")
        if problem
        else None,
    )
    return desk_page(
        request, "custody/list.html", view, here="custody", unit=read.line.to_name, status=422 if problem else 200
    )  # fmt: skip


@require_safe
@signed_in
def list_pdf(request: HttpRequest, hand_over: UUID) -> HttpResponse:
    """Give the list that goes with the papers."""
    return personal(printing.hand_over_list_pdf(hand_over=hand_over, actor=actor(request), at=now()))


@require_safe
@signed_in
def receipt_pdf(request: HttpRequest, receipt: UUID) -> HttpResponse:
    """Give the receipt for originals taken into custody (原件保管回执)."""
    return personal(printing.custody_receipt_pdf(receipt=receipt, actor=actor(request), at=now()))


def _signed(short: int) -> str:
    if not short:
        return "已签收，都齐。从现在起由您这里负责。"
    return f"已签收，{short} 份有出入，记下了；没有收到的仍由交出的一方负责，督查看得到。"


def _found(request: HttpRequest, read: ListPage) -> dict[UUID, Found]:
    found = {}
    for line in read.to_sign:
        said, note = (
            request.POST.get(f"got-{line.id}", ""),
            posted_text(request, f"note-{line.id}", longest=200),
        )
        if said == "all":
            found[line.id] = Found(line.all_pages)
        elif said == "some":
            found[line.id] = Found(posted_number(request, f"pages-{line.id}") or -1, note)
        elif said == "none":
            found[line.id] = Found(0, note)
    return found


def _to_sign(request: HttpRequest, line: PaperLine) -> LineToSign:
    return LineToSign(
        line=line,
        said=request.POST.get(f"got-{line.id}", ""),
        pages=posted_text(request, f"pages-{line.id}", longest=4),
        note=posted_text(request, f"note-{line.id}", longest=200),
    )


def _facts(read: ListPage) -> p.Pairs:
    line = read.line
    return p.Pairs(
        items=(
            p.Pair(name="清单编号", value=line.number),
            p.Pair(name="从", value=line.from_name),
            p.Pair(name="到", value=line.to_name),
            p.Pair(name="怎么交", value=line.way_words),
            p.Pair(name="交出人", value=read.sent_by),
        )
    )
