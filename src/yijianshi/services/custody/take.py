"""
Take paper originals into custody (收存原件): counted, with a receipt for who brought them; and certificates that a unit has made.

Basis: 苏政办发〔2022〕87号, 二(九), 三(一)2.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.cases import State
from yijianshi.domain.custody import CustodyKind, CustodyMove, CustodyNotPossible, take
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.custody.models import PaperRow, ReceiptRow
from yijianshi.store.keys import new_id

from ..applying.drafting import open_draft
from ..contents import seal_text
from ..handling.loading import load_case, load_submission
from .places import thing_with_places, window_of
from .writing import draw_number, write_move

LONGEST = 60
MOST_AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class Handed:
    """One paper as it is handed in: what it is, how many copies of how many pages."""

    name: str
    copies: int
    pages: int


def take_originals(
    *, actor: Actor, brought_by: str, papers: Sequence[Handed], at: datetime,
    submission: UUID | None = None, draft: UUID | None = None,
) -> UUID:  # fmt: skip
    """
    Take originals into custody at the actor's window, for what is filed or is being filled in, and return the receipt.

    :raises NotPermitted: if the actor's window neither is the home's nor took the submission in, or the draft is not his.
    :raises CustodyNotPossible: if nothing is named or counted, or nobody is named who brought it.
    """
    place = window_of(actor)
    if submission is not None:
        loaded = load_submission(submission)
        require(actor, Act.TAKE_CUSTODY, thing_with_places(loaded))
        party = loaded.party
    elif draft is not None:
        opened = open_draft(draft, actor=actor)
        party, submission = opened.row.party_id, opened.row.filed_as
    else:
        raise AssertionError("originals belong to a submission or to a draft")
    if not brought_by.strip():
        raise CustodyNotPossible("请写是谁交来的；回执上要写他的姓名")
    if not papers or len(papers) > MOST_AT_ONCE:
        raise CustodyNotPossible(f"请写收了哪几份原件，一次最多 {MOST_AT_ONCE} 份")
    for paper in papers:
        _check(paper)
        take(CustodyKind.ORIGINAL, copies=paper.copies, pages=paper.pages, by=place)
    with transaction.atomic():
        receipt = ReceiptRow.objects.create(
            id=new_id(), number=draw_number(place, at=at), party_id=party, submission_id=submission,
            draft=None if submission else draft, place=place, at=at, by=UUID(actor.account),
            brought_by_sealed=seal_text(brought_by.strip()[:LONGEST], purpose="name"),
        )  # fmt: skip
        for paper in papers:
            _keep(
                paper, CustodyKind.ORIGINAL, place=place, at=at, by=UUID(actor.account), submission=submission,
                draft=None if submission else draft, receipt=receipt,
            )  # fmt: skip
    return receipt.id


def take_certificate(*, case: UUID, actor: Actor, name: str, copies: int, at: datetime) -> UUID:
    """
    Note the certificate that a unit has made for a case it granted; from then on it is in the unit's custody.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises CustodyNotPossible: if nothing was granted, or the name is missing.
    """
    loaded, found = load_case(case)
    require(actor, Act.DECIDE, loaded.thing(found))
    if found.now.state is not State.GRANTED:
        raise CustodyNotPossible("这个事项还没有准予，没有证照可以交出")
    paper = Handed(name, copies, 1)
    _check(paper)
    take(CustodyKind.CERTIFICATE, copies=copies, pages=1, by=found.unit)
    with transaction.atomic():
        return _keep(
            paper, CustodyKind.CERTIFICATE, place=found.unit, at=at, by=UUID(actor.account),
            submission=loaded.id, draft=None, case=case,
        )  # fmt: skip


def _check(paper: Handed) -> None:
    if not paper.name.strip():
        raise CustodyNotPossible("请写是什么，如“租赁合同原件”")


def _keep(
    paper: Handed, kind: CustodyKind, *, place: str, at: datetime, by: UUID, submission: UUID | None,
    draft: UUID | None, receipt: ReceiptRow | None = None, case: UUID | None = None,
) -> UUID:  # fmt: skip
    taken = take(kind, copies=paper.copies, pages=paper.pages, by=place)
    row = PaperRow.objects.create(
        id=new_id(), submission_id=submission, draft=draft, case_id=case, receipt=receipt, kind=kind,
        name_sealed=seal_text(paper.name.strip()[:LONGEST], purpose="paper"), copies=taken.copies,
        pages=taken.pages, state=taken.state, holder=taken.holder, since=at,
    )  # fmt: skip
    write_move(row.pk, 1, CustodyMove.TAKE, place=place, at=at, by=by)
    return row.pk
