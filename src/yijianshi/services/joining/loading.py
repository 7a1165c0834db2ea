"""A joint operation in somebody's hands: the submission, the cases that take part, the opinions given, what may be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from yijianshi.domain.appointments import Side, Slot
from yijianshi.domain.joint import (
    JoinPolicy,
    JointKind,
    JoinWay,
    OperationState,
    Opinion,
    Outcome,
    Verdict,
    outcome_of,
    taking_part,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, may
from yijianshi.domain.routing import Unit
from yijianshi.store.joint.models import OperationRow, OpinionRow
from yijianshi.store.joint.moving import StaleOperation

from ..contents import open_text, open_words
from ..handling.loading import CaseLoaded, Loaded, load_submission
from ..handling.writing import MOST_TRIES, SomebodyWasFaster
from ..reading.reading_log import Looked, note_read

#: The party of an operation that is no unit.
APPLICANT = "applicant"
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class OpinionKept:
    """An opinion with its words open, by whom and in which version."""

    opinion: Opinion
    unit: str
    seq: int
    by: UUID
    digest: str
    row: OpinionRow


@dataclass(frozen=True, slots=True)
class Operation:
    """A joint operation as it stands."""

    row: OperationRow
    loaded: Loaded
    taking: tuple[CaseLoaded, ...]
    opinions: tuple[OpinionKept, ...]

    @property
    def id(self) -> UUID:
        return self.row.id

    @property
    def kind(self) -> JointKind:
        return JointKind[self.row.kind.upper()]

    @property
    def state(self) -> OperationState:
        return OperationState(self.row.state)

    @property
    def policy(self) -> JoinPolicy:
        vetoers = frozenset(filter(None, self.row.vetoers.split(",")))
        return JoinPolicy(JoinWay(self.row.way), self.row.least, vetoers)

    @property
    def slot(self) -> Slot | None:
        return Slot.parse(self.row.slot) if self.row.slot else None

    @property
    def place(self) -> str:
        return open_text(self.row.place_sealed, purpose="joint-place")

    @property
    def moved(self) -> tuple[Side, ...]:
        return tuple(Side(side) for side in filter(None, self.row.moved.split(",")))

    @property
    def units(self) -> tuple[str, ...]:
        """Return the units that take part, each once."""
        return tuple(dict.fromkeys(case.unit for case in self.taking))

    @property
    def parties(self) -> tuple[str, ...]:
        """Return whose free times count: the units', and the applicant's where somebody comes to him."""
        return (*self.units, APPLICANT) if self.kind.is_on_site else self.units

    @property
    def takes(self) -> dict[UUID, str]:
        return {case.now.id: case.unit for case in self.taking}

    @property
    def outcome(self) -> Outcome:
        verdicts = {kept.opinion.case: kept.opinion.verdict for kept in self.opinions}
        return outcome_of(self.policy, self.takes, verdicts)

    @property
    def is_open(self) -> bool:
        return self.state not in (OperationState.RECORDED, OperationState.CANCELLED)

    def free(self) -> dict[str, frozenset[Slot]]:
        """Return who can come when, as far as they have said."""
        return {
            offer.party: frozenset(Slot.parse(key) for key in offer.slots.split(",") if key)
            for offer in self.row.offers.all()
            if offer.party in self.parties
        }

    def of_unit(self, unit: str) -> tuple[CaseLoaded, ...]:
        return tuple(case for case in self.taking if case.unit == unit)

    def said(self, case: UUID) -> OpinionKept | None:
        return next((kept for kept in self.opinions if kept.opinion.case == case), None)

    def thing(self, case: CaseLoaded | None = None) -> Thing:
        """Return what rights are asked about: the operation with those who take part, or one case of it."""
        thing = self.loaded.thing(case)
        return Thing(
            party=thing.party,
            owner=thing.owner,
            division=thing.division,
            lead=thing.lead,
            unit=thing.unit,
            units=frozenset(Unit.parse(unit) for unit in self.units),
            bundle=thing.bundle,
            key=thing.key,
        )


def load_operation(operation: UUID) -> Operation:
    """Return an operation. :raises NotPermitted: if there is none."""
    row = OperationRow.objects.filter(pk=operation).first()
    if row is None:
        raise NotPermitted(Act.READ_JOINT)
    return open_operation(row, load_submission(row.submission_id))


def open_operation(row: OperationRow, loaded: Loaded) -> Operation:
    """Return the operation of a row whose submission is at hand."""
    opinions = tuple(_kept(one) for one in row.opinions.order_by("at", "id"))
    said = frozenset(kept.opinion.case for kept in opinions)
    part = {
        now.id for now in taking_part(loaded.nows, loaded.edition, JointKind[row.kind.upper()], said=said)
    }
    taking = tuple(case for case in loaded.cases if case.now.id in part)
    return Operation(row, loaded, taking, opinions)


def own_units(actor: Actor, operation: Operation) -> tuple[str, ...]:
    """Return the units that take part and for which the actor reviews."""
    if not may(actor, Act.TAKE_PART, operation.thing()):
        return ()
    held = {str(post.unit) for post in actor.holds(Role.REVIEWER)}
    return tuple(unit for unit in operation.units if unit in held)


def require_unit(actor: Actor, operation: Operation, unit: str) -> None:
    """:raises NotPermitted: if the unit takes no part, or the actor does not review for it."""
    if unit not in own_units(actor, operation):
        raise NotPermitted(Act.TAKE_PART)


def note_look(operation: Operation, looked: Looked, *, actor: Actor, at: datetime) -> bool:
    """Write down that one of the operation's officials looked; return whether he is one."""
    units = own_units(actor, operation)
    if not units and may(actor, Act.ARRANGE_JOINT, operation.thing()):
        units = (operation.loaded.lead_unit,)
    if units:
        note_read(looked, submission=operation.loaded.id, actor=actor, unit=units[0], at=at)
    return bool(units)


def trying_again(act: Callable[[], Answer]) -> Answer:
    """
    Do `act`, and do it anew from its load when somebody was faster.

    :raises SomebodyWasFaster: if it never came through.
    """
    for _ in range(MOST_TRIES):
        try:
            return act()
        except StaleOperation:
            continue
    raise SomebodyWasFaster


def refuse_if_changed(operation: Operation, seen: int | None) -> None:
    """:raises SomebodyWasFaster: if the operation is not as it was seen."""
    if seen is not None and seen != operation.row.seq:
        raise SomebodyWasFaster


def _kept(row: OpinionRow) -> OpinionKept:
    words = open_words(row.sealed, purpose="joint-opinion")
    mend_by: date | None = row.mend_by
    opinion = Opinion(
        case=row.case_id,
        verdict=Verdict(row.verdict),
        reason=words["reason"],
        basis=words["basis"],
        present=words["present"],
        mend_by=mend_by,
        is_signed=row.signed_at is not None,
    )
    return OpinionKept(opinion, row.unit, row.seq, row.by, row.digest, row)
