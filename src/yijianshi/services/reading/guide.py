"""
The guide of one one-thing for one situation (办事指南): what it takes, how long, what to bring, who does it.

Every figure follows from the plan; where the applicant has not answered yet, the page says for what it is counted.

Basis: 苏政办发〔2022〕87号, 二(二)(三): one list, one guide, told once.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlencode

from yijianshi.domain.catalogue import Question, ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode, ResourceCode
from yijianshi.domain.conditions import keys_of
from yijianshi.domain.deadlines import promised_day, promised_days
from yijianshi.domain.definitions import Kind
from yijianshi.domain.drafts import Trouble
from yijianshi.domain.editions import Edition
from yijianshi.domain.merging import MergedMaterial
from yijianshi.domain.plans import Days, Offer, Plan, Problem, Situation, offers, with_prerequisites
from yijianshi.domain.routing import Unit, unit_for
from yijianshi.domain.sharing import FieldWay, MaterialWay
from yijianshi.domain.workdays import Day

from ..applying.situation import AnswersRefused, read_situation
from ..catalogue.planning import plan_for
from ..catalogue.published import Published, current
from ..outside import outside
from ..people.actors import Desk, desks_of, lead_desk
from .units import name_of_unit


@dataclass(frozen=True, slots=True)
class Stretch:
    """One item on the picture of why it is quick: when it begins and how long it takes."""

    item: ItemCode
    name: str
    department: str
    begins: float
    days: float
    unit: str
    committed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The four reductions (四减) of a plan, before one by one and after all at once."""

    items: int
    materials: tuple[int, int]
    days: tuple[Days, Days]
    visits: tuple[int, int]
    fields: tuple[int, int]
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Caller:
    """A unit with its items here, and whom to call there."""

    unit: str
    name: str
    items: tuple[str, ...]
    desk: Desk
    leads: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """Everything the guide page says."""

    published: Published
    plan: Plan
    figures: Figures
    offers: tuple[Offer, ...]
    answers: Mapping[str, Any]
    also: frozenset[ItemCode]
    promised: Day
    callers: tuple[Caller, ...]
    unanswered: tuple[Question, ...]
    troubles: tuple[Trouble, ...]

    @property
    def edition(self) -> Edition:
        return self.plan.edition

    @property
    def problems(self) -> tuple[Problem, ...]:
        return self.plan.problems

    def query(self, *, also: Iterable[str] | None = None, commit: Iterable[str] | None = None) -> str:
        """Return the shareable part of the address that gives this very page again."""
        pairs: list[tuple[str, str]] = []
        for question in self.edition.bundle.questions:
            if question.key in self.answers:
                pairs += [(question.key, said) for said in _as_text(self.answers[question.key])]
        pairs += [("also", code) for code in sorted(self.also if also is None else also)]
        committed = self.plan.situation.commitments if commit is None else commit
        pairs += [("commit", code) for code in sorted(committed)]
        return urlencode(pairs)


def questions_of(bundle: BundleCode, division: DivisionCode, on: date) -> tuple[Question, ...]:
    """
    Return what is asked about the situation.

    :raises UnknownBundle: if the one-thing is not published there.
    """
    return current(bundle, division, on).edition.bundle.questions


def read_guide(
    *,
    bundle: BundleCode,
    division: DivisionCode,
    given: Mapping[str, Any],
    also: Iterable[str] = (),
    commit: Iterable[str] = (),
    on: date,
) -> Guide:
    """
    Return the guide for what was answered; an answer that cannot be understood is told and left out.

    :param also: optional items that the reader wants as well.
    :param commit: items that the reader would have granted on his commitment (告知承诺).
    :raises UnknownBundle: if the one-thing is not published there.
    """
    published = current(bundle, division, on)
    planned = partial(plan_for, published.id)
    return guide_of(
        published, planned=planned, division=division, given=given, also=also, commit=commit, on=on
    )


def guide_of(
    published: Published,
    *,
    planned: Callable[[Situation], Plan],
    division: DivisionCode,
    given: Mapping[str, Any],
    also: Iterable[str] = (),
    commit: Iterable[str] = (),
    on: date,
) -> Guide:
    """Return the guide of an edition, which need not be published yet; `planned` makes its plans."""
    edition = published.edition
    answers, troubles = _understood(edition, given)
    known = {item.code: item for item in edition.bundle.items}
    wanted = frozenset(
        ItemCode(code) for code in also if code in known and not known[ItemCode(code)].deferred
    )
    situation = Situation(items=(), answers=answers)
    offered = offers(edition, situation)
    chosen = [o.item.code for o in offered if o.standing == "suggested" or o.item.code in wanted]
    chosen += [o.item.code for o in offered if o.item.default_selected and o.standing == "open"]
    items = with_prerequisites(edition, dict.fromkeys(chosen), situation=situation)
    committed = frozenset(ItemCode(c) for c in commit if c in items and known[ItemCode(c)].commitment.allowed)
    plan = planned(Situation(items=items, answers=answers, commitments=committed))
    return Guide(
        published=published,
        plan=plan,
        figures=figures_for(plan),
        offers=offers(edition, plan.situation),
        answers=answers,
        also=wanted & frozenset(items),
        promised=promised_day(plan, outside().calendar, start=on),
        callers=callers_for(plan, division=division),
        unanswered=tuple(
            q for q in edition.bundle.questions if q.key not in answers and _matters(edition, q)
        ),
        troubles=troubles,
    )


def figures_for(plan: Plan) -> Figures:
    """Return the four reductions; a limit that holds only on a commitment counts only with the commitment."""
    stretches = _walk(plan)
    asked = sum(field.way is FieldWay.ASKED for field in plan.fields)
    uploads = sum(material.way is MaterialWay.UPLOAD for material in plan.materials)
    return Figures(
        items=len(plan.items),
        materials=(plan.raw_materials, uploads),
        days=(_total(stretches), _longest(plan, stretches)),
        visits=(sum(i.visits.before for i in plan.items), sum(i.visits.after for i in plan.items)),
        fields=(plan.raw_fields, asked),
        stretches=stretches,
    )


def callers_for(plan: Plan, *, division: DivisionCode) -> tuple[Caller, ...]:
    """Return the units that decide, the leading one first, each with its items and whom to call; two queries."""
    lead = plan.edition.bundle.lead_department
    items: dict[Unit, list[str]] = {}
    for item in plan.items:
        items.setdefault(unit_for(item, plan.edition, division=division), []).append(item.plain_name)
    desks = desks_of({str(unit) for unit in items})
    desks |= {str(unit): lead_desk(str(unit)) for unit in items if unit.department == lead}
    callers = [
        Caller(str(unit), name_of_unit(str(unit)), tuple(names), desks[str(unit)], unit.department == lead)
        for unit, names in items.items()
    ]
    return tuple(sorted(callers, key=lambda caller: not caller.leads))


def reason_of(offer: Offer, edition: Edition) -> str:
    """Return why an item stands as it does, with yes and no in the words of the question's own choices."""
    said = offer.reason
    for question in edition.bundle.questions:
        asked = question.text.rstrip("?？")
        for answer, words in (("是", question.yes), ("否", question.no)):
            if words != answer:
                said = said.replace(f"“{asked}”答“{answer}”", words)
    return said


def department_word(item: ServiceItem, edition: Edition) -> str:
    """Return the short name of the department that handles an item."""
    return edition.departments[item.department].short_name


def is_sent_by_others(merged: MergedMaterial, edition: Edition) -> bool:
    """Return whether a document that nobody hands in is another body's record, such as a hospital's, and not our own form."""
    return merged.way is MaterialWay.GENERATED and ResourceCode(merged.material) in edition.resources


def needs_enterprise(edition: Edition) -> bool:
    """
    Return whether only an enterprise that exists can apply: some register is to say its credit code from the start.

    Who founds one is himself the applicant, although the one-thing is meant for enterprises.
    """
    return any(
        edition.elements[field.element].kind is Kind.USCC and field.prefill in edition.resources
        for item in edition.bundle.items
        if not item.depends_on
        for field in item.fields
    )


def _understood(edition: Edition, given: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Trouble, ...]]:
    try:
        return read_situation(edition, given), ()
    except AnswersRefused as refused:
        wrong = {trouble.key for trouble in refused.troubles}
        kept = {key: value for key, value in given.items() if key not in wrong}
        return read_situation(edition, kept), refused.troubles


def _walk(plan: Plan) -> tuple[Stretch, ...]:
    ends: dict[ItemCode, float] = {}
    stretches = []
    for item in plan.items:
        committed = item.code in plan.situation.commitments
        days = promised_days(item.limit, committed=committed) or 0
        waits_for = (*item.depends_on, *item.depends_on_any, *item.after)
        begins = max((ends[code] for code in waits_for if code in ends), default=0.0)
        ends[item.code] = begins + days
        word = department_word(item, plan.edition)
        stretches.append(Stretch(item.code, item.plain_name, word, begins, days, item.limit.unit, committed))
    return tuple(stretches)


def _total(stretches: Iterable[Stretch]) -> Days:
    each = list(stretches)
    return Days(
        sum(s.days for s in each if s.unit == "working"), sum(s.days for s in each if s.unit == "calendar")
    )


def _longest(plan: Plan, stretches: Iterable[Stretch]) -> Days:
    """Return the longest way through the items, working and calendar days kept apart."""
    reached: dict[ItemCode, Days] = {}
    by_item = {stretch.item: stretch for stretch in stretches}
    for item in plan.items:
        own = by_item[item.code]
        waits_for = (*item.depends_on, *item.depends_on_any, *item.after)
        priors = [reached[code] for code in waits_for if code in reached]
        before = max(priors, key=lambda days: days.length, default=Days())
        working, calendar = (own.days, 0.0) if own.unit == "working" else (0.0, own.days)
        reached[item.code] = Days(before.working + working, before.calendar + calendar)
    return max(reached.values(), key=lambda days: days.length, default=Days())


def _matters(edition: Edition, question: Question) -> bool:
    keys = {question.key, f"element:{question.element}"}
    conditions = [p.condition for p in edition.bundle.preconditions]
    conditions += [item.applies for item in edition.bundle.items]
    conditions += [m.required_if for item in edition.bundle.items for m in item.materials if m.required_if]
    conditions += [f.required_if for item in edition.bundle.items for f in item.fields if f.required_if]
    return bool(question.element) or any(keys & keys_of(condition) for condition in conditions)


def _as_text(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return ("yes",) if value else ("no",)
    if isinstance(value, list | tuple):
        return tuple(str(one) for one in value)
    return (str(value),)
