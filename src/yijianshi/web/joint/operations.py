"""The joint operations of a reader's units (联合行动): what waits for him stands first."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.services.reading.joint_list import OperationLine, OperationList, list_operations
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page

from .asking import slot_words, state_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One operation in the list."""

    line: OperationLine
    href: str
    when: str
    tag: p.Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationsView:
    """The page."""

    rows: tuple[Row, ...]
    pages: p.Pages
    empty: p.Empty


@signed_in
def operations(request: HttpRequest) -> HttpResponse:
    """Show the operations under way in which the reader takes part or which he coordinates."""
    read = list_operations(actor=actor(request), at=now(), page=asked_page(request))
    badges = {"joint": sum(bool(line.asks) for line in read.lines)}
    return desk_page(request, "joint/operations.html", view_of(read), here="joint", badges=badges)


def asked_page(request: HttpRequest) -> int:
    """Return which page of the list is wanted."""
    page = request.GET.get("page", "1")
    return int(page) if page.isdecimal() and len(page) < 6 else 1


def view_of(read: OperationList, *, linked: bool = True) -> OperationsView:
    """Return the list; without links for who may not look inside."""
    return OperationsView(
        rows=tuple(
            Row(
                line=line,
                href=reverse("joint-operation", args=[line.id]) if linked else "",
                when=slot_words(line.slot) if line.slot else "还没有定",
                tag=p.Tag(state="todo", word=line.asks) if line.asks else state_tag(line.state),
            )
            for line in read.lines
        ),
        pages=p.Pages(number=read.page, last=read.last_page, total=read.total),
        empty=p.Empty(
            title="没有正在进行的联合行动",
            text="一件事里有几个部门要一起勘验、审图、评估或验收的，分办以后会出现在这里。",
        ),
    )
