"""
A steward for a project of an enterprise (项目管家): named by the lead unit, sees how far it is and may ask; decides nothing.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.mandates import CEILING, MandateKind, MandateNotPossible, MandateState, Proof
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.keys import new_id
from yijianshi.store.mandates.models import ChaseRow, MandateRow

from ..contents import open_text, seal_text
from ..handling.loading import Loaded, load_submission
from ..people.actors import actor_of
from ..people.parties import know_party
from ..people.telling import tell_account, tell_party

LONGEST = 300


def name_steward(*, submission: UUID, steward: UUID, actor: Actor, at: datetime) -> UUID:
    """
    Name somebody who holds such a post in the same place; the enterprise is told, and may end it.

    :raises NotPermitted: if the actor does not lead it, or there is none.
    :raises MandateNotPossible: if the applicant is no enterprise, or the person holds no such post there.
    """
    loaded = load_submission(submission)
    require(actor, Act.NAME_STEWARD, loaded.thing())
    if not know_party(loaded.party).is_enterprise:
        raise MandateNotPossible("项目管家只给企业指定；个人的事可以请帮办员")
    if steward not in dict(stewards_of(loaded.division)):
        raise MandateNotPossible("请从列出的项目管家里选")
    with transaction.atomic():
        rows = MandateRow.objects.filter(
            matters__contains=[submission], kind=MandateKind.PROJECT_STEWARD, state="active"
        )
        rows.update(state=MandateState.REVOKED, ended_at=at, ended_by=UUID(actor.account))
        row = MandateRow.objects.create(
            id=new_id(),
            giver_id=loaded.party,
            holder_id=steward,
            kind=MandateKind.PROJECT_STEWARD,
            proof=Proof.NAMED,
            state=MandateState.ACTIVE,
            powers=sorted(CEILING[MandateKind.PROJECT_STEWARD]),
            matters=[submission],
            since=legal_day(at),
            unit=loaded.lead_unit,
            made_by=UUID(actor.account),
            made_at=at,
            taken_at=at,
        )
    tell_account(steward, "mandate.held", link="/helping", once=f"{row.id}:held")
    tell_party(loaded.party, "mandate.steward", link=f"/my/mandates/{row.id}", once=f"{row.id}:steward")
    return row.id


def stewards_of(division: str) -> tuple[tuple[UUID, str], ...]:
    """Return who holds such a post in a division, with their names."""
    posts = Officer.objects.filter(role=Role.PROJECT_STEWARD, unit__endswith=f"@{division}", until=None)
    accounts = Account.objects.filter(pk__in=posts.values("account"), is_active=True).order_by("created_at")
    return tuple(
        (key, open_text(sealed, purpose="name")) for key, sealed in accounts.values_list("id", "name_sealed")
    )


def standing_in(mandate: UUID, *, actor: Actor, at: datetime) -> tuple[Actor, Loaded]:
    """
    Return the steward as he stands in the matter that he was named for, with the matter.

    :raises NotPermitted: if he was not named, or it has ended.
    """
    row = MandateRow.objects.filter(
        pk=mandate, holder=UUID(actor.account), kind=MandateKind.PROJECT_STEWARD, state="active"
    ).first()
    if row is None:
        raise NotPermitted(Act.CHASE)
    loaded = load_submission(row.matters[0])
    there = actor_of(Account.objects.get(pk=actor.account), on=legal_day(at), party=row.giver_id)
    require(there, Act.CHASE, loaded.thing())
    return there, loaded


def chase(*, mandate: UUID, unit: str, words: str, actor: Actor, at: datetime) -> None:
    """
    Ask the unit that holds a case; it stops no clock, and the lead coordinator and the unit's desk are told.

    :raises NotPermitted: if he was not named, or it has ended.
    :raises MandateNotPossible: if the unit holds no case of it, or nothing is asked.
    """
    _, loaded = standing_in(mandate, actor=actor, at=at)
    if unit not in {case.unit for case in loaded.cases}:
        raise MandateNotPossible("请从列出的单位里选")
    if not words.strip():
        raise MandateNotPossible("请写要问什么")
    row = ChaseRow.objects.create(
        id=new_id(),
        mandate_id=mandate,
        submission=loaded.id,
        unit=unit,
        asked_by=UUID(actor.account),
        asked_at=at,
        words_sealed=seal_text(words.strip()[:LONGEST], purpose="chase"),
    )
    posts = Officer.objects.filter(unit=unit, role=Role.REVIEWER, until=None, account__is_active=True)
    case = next(one for one in loaded.cases if one.unit == unit)
    for account in posts.values_list("account_id", flat=True):
        tell_account(account, "chase.asked", link=f"/desk/{case.now.id}", once=f"{row.id}:asked")


def chases_of(submission: UUID) -> tuple[tuple[str, str, datetime], ...]:
    """Return what was asked: unit, words, when; newest first."""
    rows = ChaseRow.objects.filter(submission=submission).order_by("-asked_at")[:20]
    return tuple((row.unit, open_text(row.words_sealed, purpose="chase"), row.asked_at) for row in rows)
