"""The joint operations that concern a reader, what waits for him first; and those that supervisors look after (到期的联合行动)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from yijianshi.domain.appointments import Slot
from yijianshi.domain.cases import State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.divisions import stem_of
from yijianshi.domain.joint import JointKind, OperationState, taking_part
from yijianshi.domain.rights import Act, Actor, Role, posts_for
from yijianshi.domain.submissions import CaseNow
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.joint.models import OfferRow, OperationRow, OpinionRow

from ..catalogue.published import edition_by_id
from ..joining.loading import APPLICANT
from ..outside import outside
from .units import short_name_of_unit
from .whose import SEALED, whose

PER_PAGE = 30
#: After so many working days without an appointment somebody should ask why.
LONGEST_SEARCH = 5
_UNDER_WAY = ("planned", "proposed", "fixed", "held")


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationLine:
    """One operation of the list; without a title for who may not know whose matter it is."""

    id: UUID
    number: str
    title: str
    bundle: str
    kind: JointKind
    state: OperationState
    slot: Slot | None
    units: tuple[str, ...]
    asks: str  # what it asks of the reader; empty: nothing
    late: str  # why it is late; empty: it is not
    said: int
    taking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationList:
    """One page of the list."""

    lines: tuple[OperationLine, ...]
    page: int
    last_page: int
    total: int


def list_operations(*, actor: Actor, at: datetime, page: int = 1) -> OperationList:
    """
    Return the operations under way in which the reader takes part or which he coordinates.

    :raises NotPermitted: if he does neither anywhere.
    """
    posts = posts_for(actor, Act.READ_JOINT, Role.COORDINATOR, Role.REVIEWER)
    leads = [str(post.unit) for post in posts if post.role is Role.COORDINATOR]
    units = [str(post.unit) for post in posts if post.role is Role.REVIEWER]
    mine = CaseRow.objects.filter(unit__in=units).values("submission")
    rows = OperationRow.objects.filter(state__in=_UNDER_WAY).exclude(submission__state="closed")
    rows = rows.filter(Q(lead_unit__in=leads) | Q(submission__in=mine)).order_by(
        "slot_on", "planned_at", "id"
    )
    return _paged(rows, page, at, units=frozenset(units), leads=frozenset(leads), named=True)


def supervise_operations(*, actor: Actor, at: datetime, page: int = 1) -> OperationList:
    """
    Return the operations under way in the supervisor's divisions: number, kind, units and days, nothing about the person.

    :raises NotPermitted: if the actor supervises nothing.
    """
    places = [post.unit.division for post in posts_for(actor, Act.SUPERVISE, Role.SUPERVISOR)]
    inside = Q()
    for place in places:
        inside |= Q(division__startswith=stem_of(place))
    rows = OperationRow.objects.filter(inside, state__in=_UNDER_WAY).exclude(submission__state="closed")
    return _paged(rows.order_by("slot_on", "planned_at", "id"), page, at)


def _paged(
    rows: "QuerySet[OperationRow]", page: int, at: datetime, *, units: frozenset[str] = frozenset(),
    leads: frozenset[str] = frozenset(), named: bool = False,
) -> OperationList:  # fmt: skip
    total = rows.count()
    last = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), last)
    wanted = rows.select_related("submission", "submission__party").only(
        *(f.name for f in OperationRow._meta.fields), "submission__number", "submission__edition_id",
        *(f"submission__{name}" for name in SEALED),
    )  # fmt: skip
    shown = list(wanted[(page - 1) * PER_PAGE : page * PER_PAGE])
    lines = _lines(shown, at, units, leads, named)
    if units:  # a unit with a case of the submission need not take part in this very operation
        lines = [one for one, row in zip(lines, shown, strict=True) if row.lead_unit in leads or one.taking]
    ordered = sorted(lines, key=lambda one: (not one.asks, not one.late))
    return OperationList(lines=tuple(ordered), page=page, last_page=last, total=total)


def _lines(
    rows: list[OperationRow], at: datetime, units: frozenset[str], leads: frozenset[str], named: bool
) -> list[OperationLine]:
    keys = [row.id for row in rows]
    said: dict[UUID, dict[UUID, bool]] = defaultdict(dict)
    for operation, about, signed in OpinionRow.objects.filter(operation__in=keys).values_list(
        "operation_id", "case_id", "signed_at"
    ):
        said[operation][about] = signed is not None
    offered: dict[UUID, set[str]] = defaultdict(set)
    for operation, party in OfferRow.objects.filter(operation__in=keys).values_list("operation_id", "party"):
        offered[operation].add(party)
    cases: dict[UUID, list[CaseRow]] = defaultdict(list)
    for case in CaseRow.objects.filter(submission__in=[row.submission_id for row in rows]):
        cases[case.submission_id].append(case)
    lines = []
    for row in rows:
        kind, edition = JointKind[row.kind.upper()], edition_by_id(row.submission.edition_id)
        unit_of = {case.id: case.unit for case in cases[row.submission_id]}
        part = taking_part(map(_now, cases[row.submission_id]), edition, kind, said=frozenset(said[row.id]))
        taking = {case.id: unit_of[case.id] for case in part}
        slot = Slot.parse(row.slot) if row.slot else None
        own = {case for case, unit in taking.items() if unit in units}
        lines.append(
            OperationLine(
                id=row.id,
                number=row.submission.number,
                title=whose(row.submission).title if named else "",
                bundle=edition.bundle.title,
                kind=kind,
                state=OperationState(row.state),
                slot=slot,
                units=tuple(dict.fromkeys(short_name_of_unit(unit) for unit in taking.values())),
                asks=_asks(
                    row, kind, slot, at, own, taking, said[row.id], offered[row.id], row.lead_unit in leads
                ),
                late=_late(row, slot, legal_day(at)),
                said=len(said[row.id]),
                taking=len(own) if units and row.lead_unit not in leads else len(taking),
            )
        )
    return lines


def _asks(
    row: OperationRow, kind: JointKind, slot: Slot | None, at: datetime, own: set[UUID], taking: dict[UUID, str],
    said: dict[UUID, bool], offered: set[str], leads: bool,
) -> str:  # fmt: skip
    begun = not kind.is_on_site or (slot is not None and slot.begins <= at)
    if own and begun and any(case not in said for case in own):
        return "请给意见"
    if own and any(not said.get(case, True) for case in own) and all(case in said for case in own):
        return "请签名"
    if row.state in ("planned", "proposed") and {taking[case] for case in own} - offered:
        return "请报时间"
    parties = set(taking.values()) | ({APPLICANT} if kind.is_on_site else set())
    if leads and (row.state == "proposed" or (row.state == "planned" and parties <= offered)):
        return "请定时间"
    return ""


def _late(row: OperationRow, slot: Slot | None, on: date) -> str:
    if slot and slot.day < on:
        return "约定的日子已过，还没有记录"
    waited = outside().calendar.between(legal_day(row.planned_at), on)
    if not slot and row.state in ("planned", "proposed") and waited > LONGEST_SEARCH:
        return f"{waited} 个工作日还没有定时间"
    return ""


def _now(row: CaseRow) -> CaseNow:
    return CaseNow(
        id=row.id, number=row.number, item=ItemCode(row.item), member=row.member, state=State(row.state), seq=row.seq,  # type: ignore[arg-type]
        waits_for=row.waits_for, committed=row.committed,
    )  # fmt: skip
