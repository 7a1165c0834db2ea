"""Who waits in the hall with a draft (候办), and what a clerk said about it beforehand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.rights import Actor
from yijianshi.domain.workdays import legal_day
from yijianshi.store.visits.models import HintRow, WaitingRow

from ..applying.drafting import opened_draft
from ..catalogue.published import edition_by_id
from ..contents import open_text
from ..custody.places import name_of_place, window_of, windows_at
from ..visits.wait import note_looked, waiting_at_window
from .case_history import names_of
from .drafts import DraftRead, read_opened

MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class HintSeen:
    """One remark on a draft, as its owner and the clerks read it."""

    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLine:
    """One who waits here, with the draft that he lets the window see."""

    id: UUID
    name: str
    bundle: str
    came_at: datetime
    minutes: int
    looked_by: str
    hints: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPage:
    """His draft as the window sees it before his turn; nothing in it can be changed."""

    id: UUID
    draft: DraftRead
    came_at: datetime
    hints: tuple[HintSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MyWaiting:
    """What the owner of a draft sees of it: where he waits, who has looked, what was said."""

    place: str  # empty: he does not wait
    came_at: datetime | None
    looked_by: str
    looked_at: datetime | None
    hints: tuple[HintSeen, ...]
    windows: tuple[tuple[str, str], ...]


def waiting_here(actor: Actor, *, at: datetime) -> tuple[WaitingLine, ...]:
    """Return who waits at the actor's window, those who came first in front; three queries."""
    rows = list(
        WaitingRow.objects.filter(
            place=window_of(actor), left_at=None, served_at=None, until__gt=at, draft__filed_as=None
        )
        .select_related("party", "draft")
        .only("came_at", "looked_by", "party__name_sealed", "draft__edition_id")
        .order_by("came_at")[:MOST]
    )
    names = names_of(row.looked_by for row in rows)
    counted: dict[UUID, int] = {}
    for waiting in HintRow.objects.filter(waiting__in=[row.pk for row in rows]).values_list(
        "waiting", flat=True
    ):
        counted[waiting] = counted.get(waiting, 0) + 1
    return tuple(
        WaitingLine(
            id=row.pk, name=open_text(row.party.name_sealed, purpose="name"), came_at=row.came_at,
            bundle=edition_by_id(row.draft.edition_id).bundle.title, minutes=int((at - row.came_at).total_seconds() // 60),
            looked_by=names.get(row.looked_by, "") if row.looked_by else "", hints=counted.get(row.pk, 0),
        )
        for row in rows
    )  # fmt: skip


def read_waiting(waiting: UUID, *, actor: Actor, at: datetime) -> WaitingPage:
    """
    Return the draft of one who waits, and note that it was looked at.

    :raises NotPermitted: if he did not ask the actor's window, or has left.
    """
    row = waiting_at_window(waiting, actor=actor, at=at)
    note_looked(row, actor=actor, at=at)
    return WaitingPage(
        id=row.pk,
        draft=read_opened(opened_draft(row.draft), on=legal_day(at)),
        came_at=row.came_at,
        hints=hints_for([row.draft_id]).get(row.draft_id, ()),
    )


def my_waiting(draft: UUID, *, actor: Actor, at: datetime) -> MyWaiting:
    """Return to the owner of a draft where he waits with it and what was said about it."""
    row = (
        WaitingRow.objects.filter(
            draft=draft, account=UUID(actor.account), left_at=None, served_at=None, until__gt=at
        )
        .order_by("-came_at")
        .first()
    )
    looked_by = names_of([row.looked_by]) if row else {}
    return MyWaiting(
        place=name_of_place(row.place) if row else "",
        came_at=row.came_at if row else None,
        looked_by=next(iter(looked_by.values()), ""),
        looked_at=row.looked_at if row else None,
        hints=hints_for([draft]).get(draft, ()),
        windows=() if row else tuple((key, name_of_place(key)) for key in windows_at(at)),
    )


def hints_for(drafts: Iterable[UUID]) -> dict[UUID, tuple[HintSeen, ...]]:
    """Return what was said about several drafts, the newest first; two queries."""
    rows = list(
        HintRow.objects.filter(waiting__draft__in=list(drafts))
        .select_related("waiting")
        .order_by("-at")[:MOST]
    )
    names = names_of(row.by for row in rows)
    found: dict[UUID, list[HintSeen]] = {}
    for row in rows:
        seen = HintSeen(text=open_text(row.sealed, purpose="hint"), by=names.get(row.by, "—"), at=row.at)
        found.setdefault(row.waiting.draft_id, []).append(seen)
    return {draft: tuple(hints) for draft, hints in found.items()}
