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

from yijianshi.domain.catalogue import PRIOR, Question, ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode, ResourceCode
from yijianshi.domain.conditions import keys_of
from yijianshi.domain.deadlines import promised_day
from yijianshi.domain.definitions import Kind
from yijianshi.domain.drafts import Trouble
from yijianshi.domain.editions import Edition
from yijianshi.domain.merging import MergedMaterial
from yijianshi.domain.plans import Offer, Plan, Problem, Situation, offers, with_prerequisites
from yijianshi.domain.reforms import Figures, figures_for
from yijianshi.domain.routing import Unit, unit_for
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.workdays import Day

from ..applying.situation import AnswersRefused, read_situation
from ..catalogue.planning import plan_for
from ..catalogue.published import Published, current
from ..outside import outside
from ..people.actors import Desk, desks_of, lead_desk
from .units import name_of_unit
from .usual import usual_duration


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
    usual: int | None  # working days that it usually took here lately; None where too few are finished
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
        published,
        planned=planned,
        division=division,
        given=given,
        also=also,
        commit=commit,
        on=on,
        usual=usual_duration(bundle, division, on=on),
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
    usual: int | None = None,
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
        usual=usual,
        callers=callers_for(plan, division=division),
        unanswered=tuple(
            q for q in edition.bundle.questions if q.key not in answers and _matters(edition, q)
        ),
        troubles=troubles,
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
    Return whether only an enterprise that exists can apply.

    Who founds one is himself the applicant, although the one-thing is meant for enterprises: there the credit code
    is the result of one of its own items.
    """
    founds = any(
        edition.elements[field.element].kind is Kind.USCC and field.prefill == PRIOR
        for item in edition.bundle.items
        for field in item.fields
    )
    return edition.bundle.audience == "enterprise" and not founds


def _understood(edition: Edition, given: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[Trouble, ...]]:
    try:
        return read_situation(edition, given), ()
    except AnswersRefused as refused:
        wrong = {trouble.key for trouble in refused.troubles}
        kept = {key: value for key, value in given.items() if key not in wrong}
        return read_situation(edition, kept), refused.troubles


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
