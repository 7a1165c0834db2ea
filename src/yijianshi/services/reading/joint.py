"""A joint operation as those who take part see it (联合行动): times, opinions, photographs, drawings, what may be done now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.appointments import Proposals, Side, Slot, half_days, propose
from yijianshi.domain.cases import State
from yijianshi.domain.joint import JoinPolicy, JointKind, OperationState, Outcome, Verdict, to_plan
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, may, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.joint.models import OfferRow, OperationRow

from ..contents import open_text
from ..handling.loading import Loaded, load_submission
from ..joining.appoint import slots_for_applicant
from ..joining.loading import APPLICANT, Operation, load_operation, note_look, own_units
from ..joining.opine import digest_of_unit, lacks_of
from ..outside import outside
from .case_history import Happened, names_of
from .joint_words import step_words
from .reading_log import JOINT, note_read
from .units import name_of_unit, short_name_of_unit
from .whose import whose_submission


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRead:
    """Somebody who is to come, and when he can."""

    key: str
    name: str
    short: str
    free: frozenset[Slot] | None  # None: has not answered
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OpinionRead:
    """One case that takes part, with what its unit says about it so far."""

    case: UUID
    item: str
    basis_of_item: tuple[str, ...]
    unit: str
    unit_name: str
    state: State
    verdict: Verdict | None
    reason: str = ""
    basis: str = ""
    present: str = ""
    mend_by: date | None = None
    by: str = ""
    at: datetime | None = None
    signed_at: datetime | None = None
    seq: int | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoRead:
    """A photograph from the spot."""

    id: UUID
    name: str
    unit_name: str
    at: datetime
    is_clean: bool
    is_own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawingRead:
    """A drawing with how many marks are on it, and how many are still open."""

    id: UUID
    name: str
    kind: str
    size: int
    sha256: str
    scan: str
    trouble: str
    at: datetime
    marks: int
    open_marks: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationRead:
    """Everything on the page of one joint operation."""

    id: UUID
    submission: UUID
    number: str
    kind: JointKind
    state: OperationState
    seq: int
    title: str
    whose: str
    bundle: str
    lead: str
    lead_name: str
    slot: Slot | None
    place: str
    asked: tuple[Slot, ...]
    parties: tuple[PartyRead, ...]
    proposals: Proposals
    policy: JoinPolicy
    outcome: Outcome
    opinions: tuple[OpinionRead, ...]
    photos: tuple[PhotoRead, ...]
    drawings: tuple[DrawingRead, ...]
    lacks: tuple[str, ...]
    history: tuple[Happened, ...]
    can_arrange: bool
    own_units: tuple[str, ...]
    attends: bool
    may_move: bool
    movable_to: tuple[Slot, ...]
    to_sign: Mapping[str, str]  # unit of the reader's → digest of what he would sign
    has_begun: bool

    @property
    def is_open(self) -> bool:
        return self.state not in (OperationState.RECORDED, OperationState.CANCELLED)

    @property
    def units(self) -> dict[str, str]:
        """Return the units that take part with their names."""
        return {one.unit: one.unit_name for one in self.opinions}


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationLink:
    """An operation as other pages point to it."""

    id: UUID
    kind: JointKind
    state: OperationState
    slot: Slot | None
    asks_applicant: bool  # to say when he can be there


def read_operation(*, operation: UUID, actor: Actor, at: datetime) -> OperationRead:
    """
    Return an operation to who takes part or coordinates it; that he looked is written down.

    :raises NotPermitted: if the actor may not, or there is none; the answer is the same.
    """
    found = load_operation(operation)
    if not note_look(found, JOINT, actor=actor, at=at):
        raise NotPermitted(Act.READ_JOINT)
    return _read(found, actor, at, for_staff=True)


def read_own_operation(*, submission: UUID, operation: UUID, actor: Actor, at: datetime) -> OperationRead:
    """
    Return an operation to the applicant, or to the window for him: what departments found once it is signed.

    :raises NotPermitted: if it is not his, or there is none.
    """
    found = load_operation(operation)
    require(actor, Act.ATTEND_JOINT, found.thing())
    if found.loaded.id != submission:
        raise NotPermitted(Act.ATTEND_JOINT)
    if actor.party != str(found.loaded.party) and actor.holds(Role.WINDOW):
        unit = str(actor.holds(Role.WINDOW)[0].unit)
        note_read(JOINT, submission=submission, actor=actor, unit=unit, at=at)
    return _read(found, actor, at, for_staff=False)


def operations_of(submission: UUID) -> tuple[OperationLink, ...]:
    """Return the operations of a submission that are not cancelled, for links to them; the caller has checked the right."""
    rows = list(
        OperationRow.objects.filter(submission=submission)
        .exclude(state="cancelled")
        .exclude(~Q(state="recorded"), submission__state="closed")  # everybody decided without it
        .order_by("planned_at", "id")
    )
    offers = OfferRow.objects.filter(operation__in=[row.id for row in rows], party=APPLICANT)
    answered = set(offers.values_list("operation_id", flat=True)) if rows else set()
    return tuple(
        OperationLink(
            id=row.id,
            kind=(kind := JointKind[row.kind.upper()]),
            state=OperationState(row.state),
            slot=Slot.parse(row.slot) if row.slot else None,
            asks_applicant=row.state == "planned" and kind.is_on_site and row.id not in answered,
        )
        for row in rows
    )


def still_to_plan(submission: UUID, known: tuple[OperationLink, ...]) -> tuple[JointKind, ...]:
    """Return the kinds that the submission calls for and nobody has begun."""
    loaded = load_submission(submission)
    there = {one.kind for one in known}
    return tuple(kind for kind in to_plan(loaded.nows, loaded.edition) if kind not in there)


def _read(found: Operation, actor: Actor, at: datetime, *, for_staff: bool) -> OperationRead:
    loaded, mine = found.loaded, own_units(actor, found)
    free, asked = found.free(), half_days(outside().calendar, after=legal_day(at))
    arranges, attends = (may(actor, act, found.thing()) for act in (Act.ARRANGE_JOINT, Act.ATTEND_JOINT))
    matter = whose_submission(loaded.id)
    side = Side.AUTHORITY if arranges else Side.APPLICANT
    may_move = (arranges or attends) and found.state is OperationState.FIXED and side not in found.moved
    may_move = may_move and found.slot is not None and at < found.slot.begins
    return OperationRead(
        id=found.id,
        submission=loaded.id,
        number=loaded.number,
        kind=found.kind,
        state=found.state,
        seq=found.row.seq,
        title=matter.title,
        whose=matter.words,
        bundle=loaded.edition.bundle.title,
        lead=loaded.lead_unit,
        lead_name=name_of_unit(loaded.lead_unit),
        slot=found.slot,
        place=found.place,
        asked=asked,
        parties=tuple(
            PartyRead(
                key=party,
                name="申请人" if party == APPLICANT else name_of_unit(party),
                short="申请人" if party == APPLICANT else short_name_of_unit(party),
                free=free.get(party),
                is_own=party in mine or (party == APPLICANT and attends and not for_staff),
            )
            for party in found.parties
        ),
        proposals=propose(free, found.parties, asked),
        policy=found.policy,
        outcome=found.outcome,
        opinions=_opinions(found, mine, for_staff=for_staff),
        photos=_photos(found, mine) if for_staff or not found.is_open else (),
        drawings=drawings_of(found, for_staff=for_staff),
        lacks=lacks_of(found),
        history=_history(found),
        can_arrange=arranges,
        own_units=mine,
        attends=attends,
        may_move=may_move,
        movable_to=_movable(found, at, arranges=arranges) if may_move else (),
        to_sign=_to_sign(found, mine),
        has_begun=not found.kind.is_on_site or bool(found.slot and found.slot.begins <= at),
    )


def drawings_of(found: Operation, *, for_staff: bool) -> tuple[DrawingRead, ...]:
    """Return the drawings of an operation, the newest first; of the marks only those that the reader may see count."""
    read = []
    for row in found.row.drawings.order_by("-at", "-id").prefetch_related("marks"):
        marks = [mark for mark in row.marks.all() if for_staff or mark.asks_applicant]
        read.append(
            DrawingRead(
                id=row.id,
                name=open_text(row.name_sealed, purpose="file-name"),
                kind=row.kind,
                size=row.size,
                sha256=row.sha256,
                scan=row.scan,
                trouble=row.trouble,
                at=row.at,
                marks=len(marks),
                open_marks=sum(mark.resolved_at is None for mark in marks),
            )
        )
    return tuple(read)


def _opinions(found: Operation, mine: tuple[str, ...], *, for_staff: bool) -> tuple[OpinionRead, ...]:
    names = names_of(kept.by for kept in found.opinions)
    read = []
    for case in found.taking:
        item, kept = found.loaded.edition.item(case.now.item), found.said(case.now.id)
        plain = OpinionRead(
            case=case.now.id,
            item=_name(found.loaded, case.now.item, case.now.member),
            basis_of_item=tuple(str(basis) for basis in item.basis),
            unit=case.unit,
            unit_name=name_of_unit(case.unit),
            state=case.now.state,
            verdict=None,
            is_own=case.unit in mine,
        )
        if kept is None or not (for_staff or kept.opinion.is_signed):
            read.append(plain)
            continue
        said = kept.opinion
        read.append(
            OpinionRead(
                case=plain.case, item=plain.item, basis_of_item=plain.basis_of_item, unit=plain.unit,
                unit_name=plain.unit_name, state=plain.state, is_own=plain.is_own, verdict=said.verdict,
                reason=said.reason, basis=said.basis, present=said.present, mend_by=said.mend_by,
                by=names.get(kept.by, ""), at=kept.row.at, signed_at=kept.row.signed_at, seq=kept.seq,
            )
        )  # fmt: skip
    return tuple(read)


def _name(loaded: Loaded, item: str, member: str) -> str:
    """Return the item's name, counted where several members of a group have one each."""
    name = next(one.plain_name for one in loaded.edition.bundle.items if one.code == item)
    members = [case.now.member for case in loaded.cases if case.now.item == item]
    return f"{name}（第 {members.index(member) + 1} 件）" if len(members) > 1 else name  # type: ignore[arg-type]


def _photos(found: Operation, mine: tuple[str, ...]) -> tuple[PhotoRead, ...]:
    return tuple(
        PhotoRead(
            id=row.id,
            name=open_text(row.name_sealed, purpose="file-name"),
            unit_name=name_of_unit(row.unit),
            at=row.at,
            is_clean=row.blob.scan == "clean",
            is_own=row.unit in mine,
        )
        for row in found.row.photos.select_related("blob").order_by("at", "id")
    )


def _history(found: Operation) -> tuple[Happened, ...]:
    rows = list(found.row.steps.order_by("-seq"))
    names = names_of(row.by for row in rows)
    return tuple(
        Happened(
            at=row.at,
            text=step_words(row.move, row.unit, row.slot, open_text(row.sealed, purpose="joint-reason")),
            by=names.get(row.by, "") if row.by else "系统",
            mood="good" if row.move == "record" else "bad" if row.move == "cancel" else "",
        )
        for row in rows
    )


def _movable(found: Operation, at: datetime, *, arranges: bool) -> tuple[Slot, ...]:
    free = half_days(outside().calendar, after=legal_day(at)) if arranges else slots_for_applicant(found, at)
    return tuple(slot for slot in free if slot != found.slot)


def _to_sign(found: Operation, mine: tuple[str, ...]) -> dict[str, str]:
    if found.state is not OperationState.HELD:
        return {}
    ready = {}
    for unit in mine:
        kept = [found.said(case.now.id) for case in found.of_unit(unit)]
        if all(kept) and any(one and not one.opinion.is_signed for one in kept):
            ready[unit] = digest_of_unit(found, unit)
    return ready
