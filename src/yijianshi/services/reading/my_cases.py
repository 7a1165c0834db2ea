"""What an applicant has under way (我的办件): drafts to go on with, submissions and how far each has come."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.cases import CLOSED, State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.fees import may_be_paid
from yijianshi.domain.holds import FEE
from yijianshi.domain.rights import Act, Actor, own, require
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.cases.waiting import count_waiting
from yijianshi.store.corrections.models import CorrectionRow
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..contents import open_text
from ..mandates.keeping import matters_by_mandate
from .together import names_of_parties

PER_PAGE = 20
_PAYABLE = tuple(state for state in State if may_be_paid(state))


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft to go on with."""

    id: UUID
    title: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionLine:
    """A submission in the list: how far it has come and what waits for the applicant."""

    id: UUID
    number: str
    title: str
    about: str
    received_at: datetime
    closed_at: datetime | None
    promised_on: date | None
    provisional: bool
    total: int
    done: int
    states: tuple[State, ...]
    answer_by: date | None  # of an open correction
    together: str  # with whom it is handled, if several signed


def waiting_for(actor: Actor) -> int:
    """Return how many submissions wait for the reader: his own, shared ones, and those to confirm; one query."""
    if actor.party:
        return count_waiting(UUID(actor.party), corrects=State.AWAITING_CORRECTION, fee=FEE, payable=_PAYABLE)
    asked = Q(state=State.AWAITING_CORRECTION) | Q(holds__contains=FEE, state__in=_PAYABLE)
    mine = matters_by_mandate(actor, before="submission__")
    waits = CaseRow.objects.filter(asked, mine) if mine is not None else CaseRow.objects.none()
    return waits.values("submission_id").distinct().count()


def drafts_of(actor: Actor, *, most: int = 10) -> tuple[DraftLine, ...]:
    """Return the unfiled drafts of whom the actor stands for, newest first; one query."""
    mine = Q(party=UUID(actor.party)) if actor.party else matters_by_mandate(actor)
    if mine is None:
        return ()
    rows = DraftRow.objects.filter(mine, filed_as=None).exclude(channel="window")
    found = rows.order_by("-updated_at").values_list("id", "edition_id", "updated_at")[:most]
    return tuple(DraftLine(key, edition_by_id(edition).bundle.title, at) for key, edition, at in found)


def submissions_of(actor: Actor, *, page: int = 1) -> tuple[tuple[SubmissionLine, ...], int]:
    """Return a page of the submissions of whom the actor stands for, newest first, and how many there are."""
    require(actor, Act.READ_OWN, own(actor))
    party = UUID(actor.party or actor.giver) if actor.party or actor.giver else None
    mine = Q(party=party) | Q(together__contains=[party]) if actor.party else matters_by_mandate(actor)
    if party is None or mine is None:
        return (), 0
    rows = SubmissionRow.objects.filter(mine).order_by("-received_at", "-id")
    total = rows.count()
    shown = list(rows.defer("wrapped_key")[(page - 1) * PER_PAGE : page * PER_PAGE])
    keys = [row.id for row in shown]
    states: dict[UUID, list[State]] = {}
    cases = CaseRow.objects.filter(submission__in=keys).order_by("id")
    for submission, state in cases.values_list("submission_id", "state"):
        states.setdefault(submission, []).append(State(state))
    asked: Mapping[UUID, date] = dict(
        CorrectionRow.objects.filter(submission__in=keys, answered_at=None)
        .order_by("asked_at")  # of several the newest says until when
        .values_list("submission_id", "answer_by")
    )
    others = {row.id: [one for one in (row.party_id, *(row.together or ())) if one != party] for row in shown}
    shared = [one for row in shown if row.together for one in others[row.id]]
    names = names_of_parties(shared) if shared else {}
    return tuple(
        _line(
            row,
            states.get(row.id, []),
            asked.get(row.id),
            together="、".join(names[one] for one in others[row.id] if row.together and one in names),
        )
        for row in shown
    ), total


def _line(
    row: SubmissionRow, states: Iterable[State], answer_by: date | None, *, together: str
) -> SubmissionLine:
    each = tuple(states)
    return SubmissionLine(
        id=row.id,
        number=row.number,
        title=edition_by_id(row.edition_id).bundle.title,
        about=open_text(row.title_sealed, purpose="title"),
        received_at=row.received_at,
        closed_at=row.closed_at,
        promised_on=row.promised_on,
        provisional=row.promised_provisional,
        total=len(each),
        done=sum(state in CLOSED for state in each),
        states=each,
        answer_by=answer_by if State.AWAITING_CORRECTION in each else None,
        together=together,
    )


def held_items(actor: Actor, items: Iterable[ItemCode]) -> frozenset[ItemCode]:
    """Return which of the items the party has under way now, so that nobody files the same twice unawares."""
    mine = (
        Q(submission__party=UUID(actor.party))
        if actor.party
        else matters_by_mandate(actor, before="submission__")
    )
    if mine is None:
        return frozenset()
    rows = CaseRow.objects.filter(mine, item__in=list(items))
    return frozenset(
        ItemCode(code) for code in rows.exclude(Q(state__in=CLOSED)).values_list("item", flat=True)
    )
