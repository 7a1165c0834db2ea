"""
The desk for typing again (转录台): what waits, one case beside the other system's form, and what it all costs.

Every look at a case is written down, as on the case's own page.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import CLOSED, State
from yijianshi.domain.rekeying import FieldToType, Retyped, RetypedSum, count_fields, retyped, sum_of
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, posts_for, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.rekeying.models import BindingRow, OwnSystemRow, ResultFileRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.published import edition_by_id
from ..contents import open_text
from ..handling.loading import load_case
from ..outside import outside
from ..rekeying.fields import fields_to_type
from ..rekeying.own_system import own_system_of
from .case_history import names_of
from .case_materials import MaterialRead, read_materials
from .reading_log import SLICE, note_read
from .unit_rules import read_unit_rules
from .units import name_of_unit
from .whose import SEALED, whose, whose_submission

MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeyLine:
    """One case that is typed into the unit's own system."""

    case: UUID
    number: str
    title: str
    applicant: str
    item: str
    unit: str
    state: State
    received_on: date
    due_on: date | None
    their_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeyInbox:
    """What waits to be typed, and what waits for the other system's result."""

    system: str
    unit_name: str
    to_type: tuple[RekeyLine, ...]
    typed: tuple[RekeyLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeyCase:
    """One case beside the other system's form."""

    case: UUID
    number: str
    seq: int
    title: str
    item: str
    bundle: str
    unit_name: str
    system: str
    state: State
    due_on: date | None
    received_on: date
    fields: tuple[FieldToType, ...]
    to_type: int
    materials: tuple[MaterialRead, ...]
    their_number: str
    accepted_on: date | None
    result_name: str
    result_is_clean: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitCost:
    """What typing again costs one unit."""

    unit: str
    unit_name: str
    system: str  # empty once it is joined
    set_by: str
    total: RetypedSum
    waiting: int
    cases: tuple[tuple[str, str, Retyped], ...]  # number, item, cost: the dearest first


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeySupervised:
    """The supervisor's page."""

    division: str
    units: tuple[UnitCost, ...]
    others: tuple[tuple[str, str], ...]  # units that could be set


def read_rekey_inbox(*, actor: Actor) -> RekeyInbox:
    """
    Return the open cases of the actor's units that have a system of their own, those due first.

    :raises NotPermitted: if he reviews nowhere.
    """
    mine = [str(post.unit) for post in posts_for(actor, Act.REKEY, Role.REVIEWER)]
    systems = dict(OwnSystemRow.objects.filter(unit__in=mine).values_list("unit", "name"))
    rows = CaseRow.objects.filter(unit__in=list(systems)).exclude(state__in=[str(one) for one in CLOSED])
    sealed = [f"submission__{field}" for field in (*SEALED, "edition_id", "received_at")]
    wanted = rows.select_related("submission__party").only(
        "number", "item", "unit", "state", "due_on", *sealed
    )
    kept = list(wanted.order_by("due_on", "id")[: 2 * MOST])
    numbers = _numbers([row.pk for row in kept])
    lines = [_line(row, numbers.get(row.pk, "")) for row in kept]
    return RekeyInbox(
        system="、".join(dict.fromkeys(systems.values())),
        unit_name="、".join(name_of_unit(unit) for unit in systems) or name_of_unit(mine[0]),
        to_type=tuple(line for line in lines if not line.their_number)[:MOST],
        typed=tuple(line for line in lines if line.their_number)[:MOST],
    )


def read_rekey_case(*, case: UUID, actor: Actor, at: datetime) -> RekeyCase:
    """
    Return a case with what has to be typed; that the officer looked is written down.

    :raises NotPermitted: if the case is not his unit's, or the unit has no such system.
    """
    loaded, found = load_case(case)
    require(actor, Act.REKEY, loaded.thing(found))
    system = own_system_of(found.unit)
    if not system:
        raise NotPermitted(Act.REKEY)
    fields, plan, content = fields_to_type(loaded, found)
    binding = BindingRow.objects.filter(case=case).order_by("-id").first()
    result = ResultFileRow.objects.select_related("blob").filter(case=case).order_by("-id").first()
    note_read(SLICE, submission=loaded.id, case=case, actor=actor, unit=found.unit, at=at)
    return RekeyCase(
        case=case,
        number=found.now.number,
        seq=found.now.seq,
        title=whose_submission(loaded.id).words,
        item=loaded.edition.item(found.now.item).plain_name,
        bundle=loaded.edition.bundle.title,
        unit_name=name_of_unit(found.unit),
        system=system,
        state=found.now.state,
        due_on=found.now.due_on,
        received_on=legal_day(loaded.received_at),
        fields=fields,
        to_type=count_fields(fields),
        materials=read_materials(plan, content, [found.now.item], member=found.now.member),
        their_number=binding.their_number if binding else "",
        accepted_on=binding.accepted_on if binding else None,
        result_name=open_text(result.name_sealed, purpose="file-name") if result else "",
        result_is_clean=bool(result and result.blob.scan == "clean"),
    )


def rekeyed_results(submission: UUID) -> tuple[tuple[UUID, str], ...]:
    """Return the granted cases of a submission whose result another system issued, with the file's name."""
    rows = ResultFileRow.objects.filter(
        case__submission=submission, case__state=State.GRANTED, blob__scan="clean"
    )
    found = {row.case_id: open_text(row.name_sealed, purpose="file-name") for row in rows.order_by("id")}
    return tuple(found.items())


def read_rekey_supervised(*, actor: Actor, at: datetime) -> RekeySupervised:
    """
    Return what typing again costs each unit of the actor's division; numbers of cases, nothing about persons.

    :raises NotPermitted: if the actor neither supervises nor stewards.
    """
    rules = read_unit_rules(actor=actor, unit="", at=at)
    names = dict(rules.units)
    systems = {row.unit: row for row in OwnSystemRow.objects.filter(unit__in=list(names))}
    setters = names_of(row.set_by for row in systems.values()) if systems else {}
    costs = _costs(list(names))
    units = sorted({*systems, *costs}, key=lambda unit: -sum(cost.fields for *_, cost in costs.get(unit, [])))
    waiting = _waiting(list(systems))
    return RekeySupervised(
        division=rules.division,
        units=tuple(
            UnitCost(
                unit=unit,
                unit_name=name_of_unit(unit),
                system=systems[unit].name if unit in systems else "",
                set_by=setters.get(systems[unit].set_by, "") if unit in systems else "",
                total=sum_of(cost for *_, cost in costs.get(unit, [])),
                waiting=waiting.get(unit, 0),
                cases=tuple(sorted(costs.get(unit, []), key=lambda one: -one[2].fields)[:MOST]),
            )
            for unit in units
        ),
        others=tuple((unit, name) for unit, name in rules.units if unit not in systems),
    )


def _costs(units: list[str]) -> dict[str, list[tuple[str, str, Retyped]]]:
    rows = BindingRow.objects.filter(unit__in=units).select_related("case__submission").order_by("id")
    newest = {row.case_id: row for row in rows}
    calendar = outside().calendar
    found: dict[str, list[tuple[str, str, Retyped]]] = defaultdict(list)
    for row in newest.values():
        edition = edition_by_id(row.case.submission.edition_id)
        cost = retyped(row.fields, received_on=row.received_on, bound_on=row.bound_on, calendar=calendar)
        found[row.unit].append((row.case.number, edition.item(row.case.item).plain_name, cost))  # type: ignore[arg-type]
    return found


def _waiting(units: list[str]) -> dict[str, int]:
    open_ = CaseRow.objects.filter(unit__in=units).exclude(state__in=[str(one) for one in CLOSED])
    counted: dict[str, int] = defaultdict(int)
    for unit in open_.exclude(pk__in=BindingRow.objects.values("case")).values_list("unit", flat=True):
        counted[unit] += 1
    return counted


def _numbers(cases: list[UUID]) -> dict[UUID, str]:
    rows = BindingRow.objects.filter(case__in=cases).order_by("id")
    return dict(rows.values_list("case", "their_number"))


def _line(row: CaseRow, their_number: str) -> RekeyLine:
    submission: SubmissionRow = row.submission
    matter = whose(submission)
    return RekeyLine(
        case=row.pk,
        number=row.number,
        title=matter.title,
        applicant=matter.applicant,
        item=edition_by_id(submission.edition_id).item(row.item).plain_name,  # type: ignore[arg-type]
        unit=row.unit,
        state=State(row.state),
        received_on=legal_day(submission.received_at),
        due_on=row.due_on,
        their_number=their_number,
    )
