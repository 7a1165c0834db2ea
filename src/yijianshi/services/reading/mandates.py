"""
Who acts for whom, as both see it (授权代办): given and received, about what, used how often, and what has happened.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.mandates import (
    KIND_WORDS,
    POWER_WORDS,
    PROOF_WORDS,
    MandateKind,
    MandateState,
    Power,
    Proof,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, own, posts_for, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.mandates.models import MandateRow, UseRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import bundles_of, edition_by_id
from ..catalogue.reading import shipped_catalogue
from ..contents import open_text
from ..mandates.finish import may_end, thing_of
from ..mandates.give import token_of
from ..mandates.take import row_behind
from ..outside import outside
from .case_history import names_of
from .together import names_of_parties

MOST_SHOWN = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """One act by a mandate."""

    at: datetime
    words: str
    submission: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateSeen:
    """One mandate, in words."""

    id: UUID
    giver_id: UUID
    giver: str
    holder: str  # who holds it, or who is asked
    kind: str
    proof: str
    shown: str
    has_paper: bool
    state: MandateState
    about: tuple[str, ...]
    powers: tuple[str, ...]
    not_given: tuple[str, ...]
    since: date
    until: date | None
    most_uses: int | None
    used: int
    made_at: datetime
    ended_at: datetime | None
    is_live: bool
    is_waiting: bool
    is_over: bool
    is_mine: bool  # the reader gave it
    can_end: bool
    link: str  # while it waits to be accepted, for the giver only
    link_until: datetime | None
    uses: tuple[Used, ...] = ()

    @property
    def state_word(self) -> str:
        """Return how it stands in a word."""
        if self.is_live:
            return "有效"
        if self.state is MandateState.OFFERED:
            return "等他接受" if self.is_waiting else "没人接受，过期了"
        if self.state is MandateState.ACTIVE:
            return "到期了"
        return {"declined": "他没有接受", "revoked": "收回了", "given_back": "结束了"}[self.state]


def mandates_given(actor: Actor, *, at: datetime) -> tuple[MandateSeen, ...]:
    """Return what the party has given, newest first; a bounded number of queries."""
    require(actor, Act.READ_OWN, own(actor))
    if not actor.party:
        return ()
    rows = MandateRow.objects.filter(giver=UUID(actor.party)).order_by("-made_at")[:MOST_SHOWN]
    return _seen(rows, actor, at=at)


def mandates_received(actor: Actor, *, at: datetime) -> tuple[MandateSeen, ...]:
    """Return what the account has received, newest first."""
    require(actor, Act.READ_OWN, own(actor))
    rows = MandateRow.objects.filter(holder=UUID(actor.account)).order_by("-made_at")[:MOST_SHOWN]
    return _seen(rows, actor, at=at)


def mandates_of_window(actor: Actor, *, at: datetime) -> tuple[MandateSeen, ...]:
    """Return what was attested at the reader's window and still waits or holds."""
    units = [str(post.unit) for post in posts_for(actor, Act.ATTEST_MANDATE, Role.WINDOW)]
    held = Q(state="active") | Q(state="offered", link_until__gt=at)
    rows = MandateRow.objects.filter(held, unit__in=units).order_by("-made_at")[:MOST_SHOWN]
    return _seen(rows, actor, at=at, at_window=True)


def read_mandate(mandate: UUID, *, actor: Actor, at: datetime) -> MandateSeen:
    """
    Return one mandate with each of its uses to whoever gave it or holds it.

    :raises NotPermitted: if it is neither's, or is not there; the answer is the same.
    """
    row = MandateRow.objects.filter(pk=mandate).first()
    if row is None:
        raise NotPermitted(Act.READ_MANDATE)
    require(actor, Act.READ_MANDATE, thing_of(row))
    return _seen([row], actor, at=at, uses=True)[0]


def read_link(token: str, *, actor: Actor, at: datetime) -> MandateSeen:
    """Return what a link asks of the reader. :raises LinkNotValid: if he is not meant, or it no longer opens."""
    return _seen([row_behind(token, actor=actor, at=at)], actor, at=at)[0]


def titles_here(division: DivisionCode, on: date) -> tuple[tuple[str, str, str], ...]:
    """Return the one-things that may be entrusted: code, title, for whom."""
    return tuple(
        (one.edition.bundle.code, one.edition.bundle.title, one.edition.bundle.audience)
        for one in bundles_of(division, on)
    )


def _seen(
    rows: Iterable[MandateRow], actor: Actor, *, at: datetime, uses: bool = False, at_window: bool = False
) -> tuple[MandateSeen, ...]:
    found = list(rows)
    givers = names_of_parties([row.giver_id for row in found])
    holders = names_of(row.holder_id for row in found)
    matters = _matters([key for row in found for key in row.matters])
    titles = _titles(found, legal_day(at))
    return tuple(
        _one(
            row, actor, givers[row.giver_id], holders, matters | titles, at=at, uses=uses, at_window=at_window
        )
        for row in found
    )


def _one(
    row: MandateRow,
    actor: Actor,
    giver: str,
    holders: dict[UUID, str],
    matters: Mapping[UUID | str, str],
    *,
    at: datetime,
    uses: bool,
    at_window: bool,
) -> MandateSeen:
    today, kind, state = legal_day(at), MandateKind(row.kind), MandateState(row.state)
    is_mine = bool(actor.party) and actor.party == str(row.giver_id)
    waiting = state is MandateState.OFFERED and row.link_until is not None and row.link_until > at
    live = state is MandateState.ACTIVE and (row.until is None or today <= row.until)
    powers = [Power(one) for one in Power if one in row.powers]
    return MandateSeen(
        id=row.id,
        giver_id=row.giver_id,
        giver=giver,
        holder=holders.get(row.holder_id, "")
        if row.holder_id
        else open_text(row.asked_sealed, purpose="name"),
        kind=KIND_WORDS[kind],
        proof=PROOF_WORDS[Proof(row.proof)],
        shown=open_text(row.shown_sealed, purpose="mandate"),
        has_paper=bool(row.paper),
        state=state,
        about=_about(row, matters),
        powers=tuple(POWER_WORDS[one] for one in powers),
        not_given=tuple(
            POWER_WORDS[one] for one in (Power.WITHDRAW, Power.PAY, Power.CONFIRM) if one not in row.powers
        ),
        since=row.since,
        until=row.until,
        most_uses=row.most_uses,
        used=row.used,
        made_at=row.made_at,
        ended_at=row.ended_at,
        is_live=live,
        is_waiting=waiting,
        is_over=not live and not waiting,
        is_mine=is_mine,
        can_end=(live or waiting) and (may_end(row, actor) or at_window),
        link=f"{outside().address}/entrusted/{token_of(row.id)}"
        if waiting and (is_mine or at_window)
        else "",
        link_until=row.link_until,
        uses=_uses(row) if uses else (),
    )


def _titles(rows: list[MandateRow], on: date) -> dict[UUID | str, str]:
    """Return the titles of the one-things that the mandates name, looked up once for all of them."""
    usual = next(
        iter(shipped_catalogue().divisions)
    )  # the widest comes first: what is offered anywhere has a title there
    homes = {row.unit.partition("@")[2] or usual for row in rows if row.bundles}
    return {code: title for home in homes for code, title, _ in titles_here(DivisionCode(home), on)}


def _about(row: MandateRow, matters: Mapping[UUID | str, str]) -> tuple[str, ...]:
    if row.everything:
        return ("所有的事",)
    named = [matters.get(code, code) for code in row.bundles]
    named += [matters[key] for key in row.matters if key in matters]
    return tuple(dict.fromkeys(named)) or ("已经删掉的草稿",)


def _matters(keys: Iterable[UUID]) -> dict[UUID | str, str]:
    wanted = list(keys)
    if not wanted:
        return {}
    found: dict[UUID | str, str] = {}
    for model in (DraftRow, SubmissionRow):
        for key, edition in model.objects.filter(pk__in=wanted).values_list("id", "edition_id"):
            found[key] = edition_by_id(edition).bundle.title
    return found


def _uses(row: MandateRow) -> tuple[Used, ...]:
    rows = UseRow.objects.filter(mandate=row).order_by("-at")[:MOST_SHOWN]
    return tuple(
        Used(at=one.at, words=POWER_WORDS[Power(one.power)], submission=one.submission) for one in rows
    )
