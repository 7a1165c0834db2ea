"""What a window sees of a submission it took in for elsewhere (通办件): how far it is and where its papers are."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.services.custody.places import name_of_place, window_of
from yijianshi.services.reading.custody_of import Progress, read_progress
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, today
from yijianshi.web.custody.mine import CustodyPart, custody_part
from yijianshi.web.desk import desk_page, is_late, state_tag


@dataclass(frozen=True, slots=True, kw_only=True)
class ElsewhereView:
    """The page."""

    read: Progress
    items: tuple[tuple[str, str, p.Tag], ...]
    acts: tuple[p.Act, ...]
    code: p.Asked | None
    custody: CustodyPart | None
    taken_in: str
    taken_in_by: str


def show_progress(request: HttpRequest, submission: UUID) -> HttpResponse:
    """
    Show how far it is.

    :raises NotPermitted: if the reader's window has nothing to do with it.
    """
    who, on = actor(request), today()
    read, custody = read_progress(submission, actor=who, at=now())
    acts = []
    if read.may_take:
        acts.append(
            p.Act(
                label="收存原件",
                href=reverse("window-custody", args=[submission]),
                look="primary",
                icon="inbox",
            )
        )
    view = ElsewhereView(
        read=read,
        items=tuple(
            (item, unit, state_tag(state, is_late=is_late(state, due, on)))
            for item, unit, state, due in read.items
        ),
        acts=tuple(acts),
        code=p.Asked(name="code", label="取件码", max_length=12, hint="申请人手机上的 6 位数字")
        if read.may_give_out and read.is_ready
        else None,
        custody=custody_part(custody, submission, title="原件和实体证照", may_choose=read.may_take),
        taken_in=custody.taken_in,
        taken_in_by=custody.taken_in_by,
    )
    return desk_page(
        request, "window/elsewhere.html", view, here="window", unit=name_of_place(window_of(who))
    )
