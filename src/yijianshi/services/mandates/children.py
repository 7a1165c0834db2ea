"""
Parents of a minor (监护人): found in the population register, and over by itself on the 18th birthday.

Basis: Civil Code, arts. 17, 23, 27; Personal Information Protection Law, art. 31 (under 14 only with the parents).
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.codes import ElementCode, ResourceCode
from yijianshi.domain.mandates import (
    OF_AGE,
    Mandate,
    MandateKind,
    MandateState,
    Power,
    Proof,
    born_on,
    has_reached,
    last_day_as_minor,
)
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account
from yijianshi.store.keys import new_id
from yijianshi.store.mandates.models import MandateRow

from ..outside import outside
from ..people.parties import NumberRefused, find_or_add_party, know_party
from ..ports import SourceUnavailable, Subject
from .keeping import open_mandate

REGISTER = ResourceCode("population")
#: What the register is asked: the children of the person, each with name and number, and nothing else.
CHILDREN = ElementCode("minor-children")
POWERS = frozenset(Power) - {Power.ASK}


@dataclass(frozen=True, slots=True)
class Found:
    """What the register answered: for whom the parent may act from now on, or that it does not answer."""

    names: tuple[str, ...]
    is_down: bool = False


def find_children(*, actor: Actor, at: datetime) -> Found:
    """
    Ask the register for the minor children of whoever is signed in, and keep one mandate for each.

    :raises NotPermitted: if the actor does not stand for himself.
    """
    account = Account.objects.filter(pk=actor.account).first()
    own = str(account.party_id) if account and account.party_id else ""
    require(actor, Act.GIVE_MANDATE, Thing(party=own))
    try:
        answer = outside().exchange.ask(
            REGISTER, about=Subject(person=know_party(UUID(own)).number), elements=[CHILDREN]
        )
    except SourceUnavailable:
        return Found((), is_down=True)
    on = legal_day(at)
    names = []
    for child in answer.values.get(CHILDREN, ()):
        born = born_on(str(child["number"]))
        if born is None or born > on or has_reached(born, OF_AGE, on):
            continue
        try:
            party = find_or_add_party(kind="person", number=child["number"], name=child["name"])
        except NumberRefused:
            continue
        names.append(str(child["name"]))
        _keep(party, actor, born, at=at)
    return Found(tuple(names))


def _keep(child: UUID, actor: Actor, born: date, *, at: datetime) -> Mandate:
    """Write the mandate once; a second look finds it."""
    rows = MandateRow.objects.filter(
        giver=child, holder=UUID(actor.account), kind=MandateKind.GUARDIAN, state="active"
    )
    row = rows.first()
    if row is None:
        row = MandateRow.objects.create(
            id=new_id(),
            giver_id=child,
            holder_id=UUID(actor.account),
            kind=MandateKind.GUARDIAN,
            proof=Proof.REGISTER,
            state=MandateState.ACTIVE,
            powers=sorted(POWERS),
            everything=True,
            since=legal_day(at),
            until=last_day_as_minor(born),
            made_by=UUID(actor.account),
            made_at=at,
            taken_at=at,
        )
    return open_mandate(row)
