"""Taking papers into custody: originals at a window, for what is filed or being filled in; a certificate its unit has made."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.custody import CustodyNotPossible
from yijianshi.domain.definitions import Column, Kind
from yijianshi.services.custody.places import name_of_place, window_of
from yijianshi.services.custody.take import LONGEST, Handed, take_certificate, take_originals
from yijianshi.services.reading.custody_of import read_progress
from yijianshi.services.reading.custody_taking import draft_in_hand, preview_certificate
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_number, posted_text

_COLUMNS = (
    Column(key="name", name="是什么"),
    Column(key="copies", name="几份", kind=Kind.INT, required=False),
    Column(key="pages", name="每份几页", kind=Kind.INT),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakingView:
    """The page on which something is taken into custody."""

    title: str
    hint: str
    known: p.Pairs
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    yes: str
    back: str
    receipts: tuple[tuple[UUID, str], ...] = ()


@signed_in
def for_submission(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Take originals for a submission that the window took in, or whose home it serves."""
    progress, custody = read_progress(submission, actor=actor(request), at=now())
    known = (
        p.Pair(name="谁的事", value=progress.title),
        p.Pair(name="一件事", value=progress.bundle),
        p.Pair(name="申报号", value=progress.number),
    )
    back = reverse("window-submission", args=[submission])

    def take(brought_by: str, papers: list[Handed]) -> UUID:
        return take_originals(
            actor=actor(request), brought_by=brought_by, papers=papers, submission=submission, at=now()
        )

    return _originals(request, known, back, take, custody.receipts)


@signed_in
def for_draft(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Take originals while the form is being filled in at the window."""
    found = draft_in_hand(draft, actor=actor(request))
    known = (p.Pair(name="谁的事", value=found.name), p.Pair(name="一件事", value=found.bundle))

    def take(brought_by: str, papers: list[Handed]) -> UUID:
        return take_originals(
            actor=actor(request), brought_by=brought_by, papers=papers, draft=draft, at=now()
        )

    return _originals(request, known, reverse("draft", args=[draft]), take, found.receipts)


@signed_in
def certificate(request: HttpRequest, case: UUID) -> HttpResponse:
    """Note the certificate that a unit has made; it lies with the unit until it is handed over."""
    who = actor(request)
    preview = preview_certificate(case=case, actor=who, at=now())
    name = posted_text(request, "name", longest=LONGEST) if request.method == "POST" else preview.result
    copies = posted_number(request, "copies") or 0 if request.method == "POST" else 1
    problem = ""
    if request.method == "POST":
        try:
            take_certificate(case=case, actor=who, name=name, copies=copies, at=now())
        except CustodyNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, f"“{name}”登记好了，在您这里保管。勾上它，移交给领取的窗口。")
            return HttpResponseRedirect(reverse("custody") + f"?place={preview.unit}")
    questions = (
        p.Asked(name="name", label="是什么证照", value=name, max_length=LONGEST, error=problem, wide=True),
        p.Asked(
            name="copies",
            label="几份",
            kind=Kind.INT,
            value=copies or "",
            unit="份",
            hint="正本、副本各算一份",
        ),
    )
    view = TakingView(
        title="登记实体证照",
        hint="证照做好了，在这里登记，再移交给申请人领取的窗口；由窗口凭取件码和其他结果一起发。",
        known=p.Pairs(
            items=(
                p.Pair(name="谁的事", value=preview.whose),
                p.Pair(name="事项", value=preview.item),
                p.Pair(name="在哪里领", value=preview.pick_up),
            )
        ),
        questions=questions,
        problems=_problems(questions),
        yes="登记",
        back=reverse("desk-case", args=[case]),
    )
    status = 422 if problem else 200
    return desk_page(request, "custody/take.html", view, here="desk", unit=preview.unit_name, status=status)


def _originals(
    request: HttpRequest,
    known: tuple[p.Pair, ...],
    back: str,
    take: Callable[[str, list[Handed]], UUID],
    receipts: tuple[tuple[UUID, str], ...],
) -> HttpResponse:
    place = window_of(actor(request))
    asked = p.Asked(name="papers", label="收了哪几份", kind=Kind.TABLE, columns=_COLUMNS)
    rows = p.posted(asked, request.POST) if request.method == "POST" else []
    brought_by = posted_text(request, "brought_by", longest=LONGEST)
    problem = ""
    if request.method == "GET" and request.GET.get("name"):  # comes from photographing: what it is, is known
        pages = request.GET.get("pages", "")[:4]
        rows = [
            {
                "name": request.GET["name"][:LONGEST],
                "pages": pages if pages.isdecimal() else "",
                "copies": "1",
            }
        ]
    if request.method == "POST" and "row" not in request.POST:
        try:
            take(brought_by, [_handed(row) for row in rows])
        except CustodyNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, "原件收好了。请打印回执，当面交给他。")
            return HttpResponseRedirect(request.path)
    questions = (
        p.Asked(
            name="brought_by", label="谁交来的", value=brought_by, max_length=LONGEST, hint="姓名，写在回执上",
            error=problem if not brought_by else "", wide=True,
        ),
        p.Asked(
            name="papers", label="收了哪几份", kind=Kind.TABLE, columns=_COLUMNS, value=rows,
            rows=p.rows_wanted(asked, request.POST) if "row" in request.POST else 0,
            hint="当面点清。只收非要原件不可的；能看一眼就还的，不要收", error=problem if brought_by else "",
        ),
    )  # fmt: skip
    view = TakingView(
        title="收存原件",
        hint="收下以后由本窗口负责，直到移交签收，或者交还给他。",
        known=p.Pairs(items=known),
        questions=questions,
        problems=_problems(questions),
        yes="收下，出回执",
        back=back,
        receipts=receipts,
    )
    return desk_page(
        request, "custody/take.html", view, here="window", unit=name_of_place(place), status=422 if problem else 200
    )  # fmt: skip


def _handed(row: dict[str, Any]) -> Handed:
    copies = str(row.get("copies") or "1")
    pages = str(row.get("pages") or "")
    return Handed(
        str(row.get("name") or ""),
        int(copies) if copies.isdecimal() and len(copies) < 6 else 0,
        int(pages) if pages.isdecimal() and len(pages) < 6 else 0,
    )


def _problems(questions: tuple[p.Asked, ...]) -> p.Problems | None:
    items = tuple(p.Problem(field=q.id, text=f"{q.label}：{q.error}") for q in questions if q.error)
    return p.Problems(items=items, then="改好再收") if items else None
