"""
Have put right what is kept about oneself (更正个人信息): a request with what is wrong, an answer with its reasons in time.

Basis: Personal Information Protection Law, arts. 46, 50.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.own_data import (
    OUTCOME_WORDS,
    Outcome,
    RequestAnswered,
    answer_by,
    check_answer,
    check_request,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, may, own, posts_for, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Party
from yijianshi.store.keys import new_id
from yijianshi.store.portal.models import DataRequestRow

from ..contents import open_text, seal_text
from ..outside import outside
from ..people.telling import tell_account

PER_PAGE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class DataRequest:
    """One request and, once there is one, its answer; who asks is named to whoever answers."""

    id: UUID
    about: str
    words: str
    asked_at: datetime
    answer_by: date
    provisional: bool
    outcome: str
    answer: str
    answered_at: datetime | None
    who: str = ""


def ask_to_correct(*, actor: Actor, division: str, about: str, words: str, at: datetime) -> UUID:
    """
    Keep a request to put something right, and return its key.

    :raises RequestRefused: if nobody could answer it.
    """
    require(actor, Act.READ_OWN_DATA, Thing(party=actor.party))
    check_request(about, words)
    due = answer_by(legal_day(at), outside().calendar)
    row = DataRequestRow.objects.create(
        id=new_id(),
        party_id=UUID(actor.party),
        account_id=UUID(actor.account),
        division=division,
        about=about,
        words_sealed=seal_text(words.strip(), purpose="data-request"),
        asked_at=at,
        answer_by=due.day,
        provisional=due.provisional,
    )
    return row.id


def answer_request(*, request: UUID, actor: Actor, outcome: str, words: str, at: datetime) -> None:
    """
    Answer a request, once, and tell who asked.

    :raises NotPermitted: if it is not the actor's to answer, or is not there.
    :raises RequestRefused: if the answer says nothing.
    :raises RequestAnswered: if somebody answered it before.
    """
    row = _to_answer(request, actor)
    given = check_answer(outcome, words)
    answered = DataRequestRow.objects.filter(pk=request, answered_at=None).update(
        answered_at=at,
        answered_by=UUID(actor.account),
        outcome=str(given),
        answer_sealed=seal_text(words.strip(), purpose="data-request"),
    )
    if not answered:
        raise RequestAnswered
    tell_account(row.account_id, "data.answered", link="/my/data", once=f"data:{request}")


def requests_of(actor: Actor) -> tuple[DataRequest, ...]:
    """Return what the actor's party has asked, newest first; one query."""
    require(actor, Act.READ_OWN, own(actor))
    if not actor.party:
        return ()
    rows = DataRequestRow.objects.filter(party=UUID(actor.party)).order_by("-asked_at")
    return tuple(_read(row) for row in rows[:PER_PAGE])


def requests_to_answer(actor: Actor) -> tuple[DataRequest, ...]:
    """
    Return what waits for an answer where the actor supervises, whatever is due first on top; two queries.

    :raises NotPermitted: if the actor supervises nowhere.
    """
    posts_for(actor, Act.ANSWER_DATA_REQUEST, Role.SUPERVISOR)
    rows = DataRequestRow.objects.filter(answered_at=None).order_by("answer_by", "asked_at")
    mine = [row for row in rows if _may_answer(actor, row)]
    return _with_names(mine[:PER_PAGE])


def request_to_answer(request: UUID, *, actor: Actor) -> DataRequest:
    """Return one request to whoever may answer it. :raises NotPermitted: if it is not his, or is not there."""
    return _with_names([_to_answer(request, actor)])[0]


def _to_answer(request: UUID, actor: Actor) -> DataRequestRow:
    row = DataRequestRow.objects.filter(pk=request).first()
    if row is None or not _may_answer(actor, row):
        raise NotPermitted(Act.ANSWER_DATA_REQUEST)
    return row


def _may_answer(actor: Actor, row: DataRequestRow) -> bool:
    return may(actor, Act.ANSWER_DATA_REQUEST, Thing(division=row.division))


def _with_names(rows: Iterable[DataRequestRow]) -> tuple[DataRequest, ...]:
    kept = list(rows)
    names = dict(Party.objects.filter(pk__in={row.party_id for row in kept}).values_list("pk", "name_sealed"))
    return tuple(_read(row, who=open_text(names[row.party_id], purpose="name")) for row in kept)


def _read(row: DataRequestRow, *, who: str = "") -> DataRequest:
    return DataRequest(
        id=row.id,
        about=row.about,
        words=open_text(row.words_sealed, purpose="data-request"),
        asked_at=row.asked_at,
        answer_by=row.answer_by,
        provisional=row.provisional,
        outcome=OUTCOME_WORDS[Outcome(row.outcome)] if row.outcome else "",
        answer=open_text(row.answer_sealed, purpose="data-request"),
        answered_at=row.answered_at,
        who=who,
    )
