"""
From the situation to the plan: what may be chosen, in which order, what is asked, by when (办理方案).

The figures are counted so that a stranger with the catalogue alone would reach the same ones: a field is
counted once per element, days are the items' promised limits, working and calendar days never mixed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from .catalogue import Rule, ServiceItem
from .codes import ItemCode, LicenceCode
from .conditions import Circumstances, Condition, Unanswered, evaluate, explain, keys_of
from .editions import Edition
from .merging import MergedField, MergedMaterial, count_raw, merge_fields, merge_materials
from .sharing import is_done


class UnknownItem(LookupError):
    """The bundle has no item of that code."""


class MissingAnswers(ValueError):
    """Conditions that matter for this choice mention questions which nobody answered."""

    def __init__(self, keys: frozenset[str]) -> None:
        super().__init__(f"还缺这些情形的回答：{'、'.join(sorted(keys))}")
        self.keys = keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """What an applicant wants and how things are with him (情形)."""

    items: tuple[ItemCode, ...]
    answers: Mapping[str, Any] = field(default_factory=dict)
    texts_met: frozenset[str] = frozenset()
    held: frozenset[LicenceCode] = frozenset()
    commitments: frozenset[ItemCode] = frozenset()
    groups: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


class Problem(NamedTuple):
    """Why a choice is not allowed: the rule, the items concerned, and a sentence for the applicant."""

    rule: str
    items: tuple[ItemCode, ...]
    message: str


class Days(NamedTuple):
    """Working and calendar days, which are never converted into each other."""

    working: float = 0
    calendar: float = 0

    @property
    def length(self) -> float:
        return self.working * 7 / 5 + self.calendar


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Plan:
    """Everything that follows from a situation (办理方案)."""

    edition: Edition
    situation: Situation
    circumstances: Circumstances
    items: tuple[ServiceItem, ...]  # in processing order
    stages: tuple[tuple[ItemCode, ...], ...]
    fields: tuple[MergedField, ...]
    materials: tuple[MergedMaterial, ...]
    raw_fields: int
    raw_materials: int
    serial: Days
    critical: Days
    critical_items: tuple[ItemCode, ...]
    undetermined: tuple[ItemCode, ...]
    public_notice: dict[ItemCode, int]
    joint_operations: dict[str, tuple[ItemCode, ...]]
    cases_by_item: dict[ItemCode, int]
    problems: tuple[Problem, ...]

    @property
    def allowed(self) -> bool:
        return not self.problems

    @property
    def chosen(self) -> frozenset[ItemCode]:
        return frozenset(item.code for item in self.items)

    def priors_of(self, item: ServiceItem) -> tuple[ItemCode, ...]:
        """Return the chosen items whose grant this one must wait for; `after` is a wish and never blocks."""
        chosen = self.chosen
        return tuple(code for code in (*item.depends_on, *item.depends_on_any) if code in chosen)


def circumstances_of(edition: Edition, situation: Situation) -> Circumstances:
    """Return what conditions may look at; a question tied to an element and that element answer as one."""
    answers = dict(situation.answers)
    for question in edition.bundle.questions:
        if question.element:
            key = f"element:{question.element}"
            if key in answers:
                answers.setdefault(question.key, answers[key])
            elif question.key in answers:
                answers[key] = answers[question.key]
    return Circumstances(
        answers=answers,
        selected=frozenset(situation.items),
        texts_met=situation.texts_met,
        params={key: parameter.value for key, parameter in (edition.bundle.params or {}).items()},
    )


def make_plan(edition: Edition, situation: Situation, *, strict: bool = True) -> Plan:
    """
    Return the plan for `situation`, allowed or not: a choice that is not allowed still has all its figures.

    :param strict: demand an answer to every key that the conditions mention; a draft is planned without.
    :raises UnknownItem: if an item is not in the bundle.
    :raises MissingAnswers: if strict and a key that matters is not answered.
    """
    known = {item.code: item for item in edition.bundle.items}
    if strangers := [code for code in (*situation.items, *situation.commitments) if code not in known]:
        raise UnknownItem(
            f"“{edition.bundle.name}”里没有事项 {'、'.join(strangers)}；现有：{'、'.join(known)}"
        )
    chosen = frozenset(situation.items)
    circumstances = circumstances_of(edition, situation)
    if strict:
        _demand_answers(edition, chosen, circumstances)
    stage_of = _stages(edition, chosen)
    items = tuple(sorted((known[c] for c in known if c in chosen), key=lambda item: stage_of[item.code]))
    stages = tuple(
        tuple(item.code for item in items if stage_of[item.code] == stage)
        for stage in sorted({*stage_of.values()})
    )
    raw_fields, raw_materials = count_raw(items, edition, circumstances)
    critical, critical_items = critical_path(items)
    return Plan(
        edition=edition,
        situation=situation,
        circumstances=circumstances,
        items=items,
        stages=stages,
        fields=merge_fields(items, edition, circumstances, held=situation.held),
        materials=merge_materials(items, edition, circumstances),
        raw_fields=raw_fields,
        raw_materials=raw_materials,
        serial=_sum_days(items),
        critical=critical,
        critical_items=critical_items,
        undetermined=tuple(item.code for item in items if item.limit.promised is None),
        public_notice={i.code: i.public_notice_days for i in items if i.public_notice_days is not None},
        joint_operations=_joint_operations(edition, chosen, situation.commitments),
        cases_by_item={item.code: _members_of(item, situation) for item in items},
        problems=tuple(_problems(edition, situation, circumstances)),
    )


def problems_of(edition: Edition, situation: Situation) -> tuple[Problem, ...]:
    """Return why a choice is not allowed, without planning it."""
    return tuple(_problems(edition, situation, circumstances_of(edition, situation)))


class Offer(NamedTuple):
    """Whether an item is open to the applicant: suggested, optional, closed, or still depending on answers."""

    item: ServiceItem
    standing: str  # suggested | optional | closed | open
    reason: str


def offers(edition: Edition, situation: Situation) -> tuple[Offer, ...]:
    """Return every item of the bundle with whether, and why, the applicant may choose it."""
    circumstances = circumstances_of(edition, situation)
    names = wording(edition)
    found = []
    for item in edition.bundle.items:
        verdict = evaluate(item.applies, circumstances)
        if item.deferred:
            found.append(Offer(item, "closed", item.note or "办完前面的事项以后另行申请"))
        elif isinstance(verdict, Unanswered):
            found.append(Offer(item, "open", item.when))
        elif not verdict:
            found.append(Offer(item, "closed", f"只在这种情形下办：{explain(item.applies, name_of=names)}"))
        elif item.default_selected or (item.applies_if and keys_of(item.applies_if)):
            found.append(Offer(item, "suggested", item.when))
        else:
            found.append(Offer(item, "optional", item.when))
    return tuple(found)


def with_prerequisites(
    edition: Edition, items: Iterable[ItemCode], *, situation: Situation
) -> tuple[ItemCode, ...]:
    """
    Return `items` together with whatever must be handled before them and is not yet held, in file order.

    Where one of several would do, it is added only if no other applies; otherwise the applicant chooses.
    """
    wanted = set(items)
    while missing := _missing_priors(edition, wanted, situation):
        wanted |= missing
    return tuple(item.code for item in edition.bundle.items if item.code in wanted)


def _missing_priors(edition: Edition, wanted: set[ItemCode], situation: Situation) -> set[ItemCode]:
    """Return what must be handled before these; whether it applies may depend on what else is wanted."""
    circumstances = circumstances_of(edition, replace(situation, items=tuple(wanted)))

    def applies(code: ItemCode) -> bool:
        return evaluate(edition.item(code).applies, circumstances) is True

    def done(code: ItemCode) -> bool:
        return is_done(edition, code, chosen=wanted, held=situation.held)

    missing: set[ItemCode] = set()
    for code in wanted:
        item = edition.item(code)
        missing |= {prior for prior in item.depends_on if applies(prior) and not done(prior)}
        if not any(map(done, item.depends_on_any)):
            able = {prior for prior in item.depends_on_any if applies(prior)}
            missing |= able if len(able) == 1 else set()
    return missing


def wording(edition: Edition) -> Any:
    """Return a function that turns a condition's keys and codes into the words of the catalogue."""
    words: dict[str, str] = {f"element:{code}": element.name for code, element in edition.elements.items()}
    for question in edition.bundle.questions:
        measured = question.element if question.type == "number" else None
        words[question.key] = edition.elements[measured].name if measured else question.text.rstrip("?？")
    words |= {item.code: item.plain_name for item in edition.bundle.items}
    for key, parameter in (edition.bundle.params or {}).items():
        words[key] = f"{parameter.value:g}" if isinstance(parameter.value, float) else str(parameter.value)
        words[key] += parameter.unit
    return lambda key: words.get(key, key)


def _demand_answers(edition: Edition, chosen: frozenset[ItemCode], circumstances: Circumstances) -> None:
    needed: frozenset[str] = frozenset()
    for condition in _conditions_that_matter(edition, chosen):
        needed |= keys_of(condition)
    if missing := {key for key in needed if circumstances.answers.get(key) in (None, "")}:
        raise MissingAnswers(frozenset(missing))


def _conditions_that_matter(edition: Edition, chosen: frozenset[ItemCode]) -> Iterator[Condition]:
    for precondition in edition.bundle.preconditions:
        yield precondition.condition
    for item in edition.bundle.items:
        if item.code in chosen:
            yield item.applies
            yield from (f.required_if for f in item.fields if f.required_if is not None)
            yield from (m.required_if for m in item.materials if m.required_if is not None)
            for prior in (*item.depends_on, *item.depends_on_any):
                yield edition.item(prior).applies


def _stages(edition: Edition, chosen: frozenset[ItemCode]) -> dict[ItemCode, int]:
    """Return each chosen item's stage, counted from 0; the catalogue check has refused cycles."""
    before = {
        item.code: [c for c in (*item.depends_on, *item.depends_on_any, *item.after) if c in chosen]
        for item in edition.bundle.items
        if item.code in chosen
    }
    stage_of: dict[ItemCode, int] = {}

    def stage(code: ItemCode) -> int:
        if code not in stage_of:
            stage_of[code] = 1 + max((stage(prior) for prior in before[code]), default=-1)
        return stage_of[code]

    for code in before:
        stage(code)
    return stage_of


def _days_of(item: ServiceItem) -> Days:
    days = item.limit.promised or 0
    return Days(calendar=days) if item.limit.unit == "calendar" else Days(working=days)


def _sum_days(items: Iterable[ServiceItem]) -> Days:
    each = [_days_of(item) for item in items]
    return Days(sum(d.working for d in each), sum(d.calendar for d in each))


def critical_path(items: tuple[ServiceItem, ...]) -> tuple[Days, tuple[ItemCode, ...]]:
    """Return the longest way through the items and the items on it, the first in order among equals."""
    reached: dict[ItemCode, tuple[Days, tuple[ItemCode, ...]]] = {}
    for item in items:
        waits_for = (*item.depends_on, *item.depends_on_any, *item.after)
        priors = [reached[i.code] for i in items if i.code in waits_for and i.code in reached]
        days, way = max(priors, key=lambda path: path[0].length, default=(Days(), ()))
        own = _days_of(item)
        reached[item.code] = (
            Days(days.working + own.working, days.calendar + own.calendar),
            (*way, item.code),
        )
    return max(reached.values(), key=lambda path: path[0].length, default=(Days(), ()))


def _joint_operations(
    edition: Edition, chosen: frozenset[ItemCode], committed: frozenset[ItemCode]
) -> dict[str, tuple[ItemCode, ...]]:
    found: dict[str, tuple[ItemCode, ...]] = {}
    for item in edition.bundle.items:
        if item.joint_operation and item.code in chosen and item.code not in committed:
            found[item.joint_operation] = (*found.get(item.joint_operation, ()), item.code)
    return {kind: items for kind, items in found.items() if len(items) > 1}


def _members_of(item: ServiceItem, situation: Situation) -> int:
    group = situation.groups.get(item.per) if item.per else None
    if not group:
        return 1
    return int((group.get("per_item") or {}).get(item.code, group["count"]))


def _problems(edition: Edition, situation: Situation, circumstances: Circumstances) -> Iterator[Problem]:
    chosen, held = frozenset(situation.items), situation.held
    name = wording(edition)
    if not chosen:
        yield Problem("empty", (), "还没有选事项；请至少选一项")
    for precondition in edition.bundle.preconditions:
        verdict = evaluate(precondition.condition, circumstances)
        if isinstance(verdict, Unanswered):
            asked = "”“".join(name(key) for key in sorted(keys_of(precondition.condition)))
            yield Problem("precondition", (), f"请先回答“{asked}”，才知道能不能这样办")
        elif not verdict:
            said = precondition.message or explain(precondition.condition, name_of=name)
            yield Problem("precondition", (), f"前提不满足：{said}")
    for item in edition.bundle.items:
        if item.code in chosen:
            yield from _problems_of_item(edition, item, chosen, held, circumstances, name)
    for code in sorted(situation.commitments):
        if code not in chosen or not edition.item(code).commitment.allowed:
            yield Problem("commitment", (code,), f"“{name(code)}”不能按告知承诺办理，或者没有选它")
    for rule in edition.bundle.rules:
        yield from _problems_of_rule(rule, chosen, held, name)


def _problems_of_item(
    edition: Edition,
    item: ServiceItem,
    chosen: frozenset[ItemCode],
    held: frozenset[LicenceCode],
    circumstances: Circumstances,
    name: Any,
) -> Iterator[Problem]:
    if item.deferred:
        yield Problem(
            "deferred", (item.code,), f"“{item.plain_name}”现在还不能申请：{item.note or item.when}"
        )
    if evaluate(item.applies, circumstances) is False:
        why = explain(item.applies, name_of=name)
        yield Problem("not-applicable", (item.code,), f"“{item.plain_name}”只在这种情形下办：{why}")
    for prior in item.depends_on:
        applies = evaluate(edition.item(prior).applies, circumstances) is True
        if applies and not is_done(edition, prior, chosen=chosen, held=held):
            remedy = f"请一并选上“{name(prior)}”，或者先取得它的结果"
            yield Problem(
                "prerequisite", (item.code, prior), f"“{item.plain_name}”要等“{name(prior)}”的结果；{remedy}"
            )
    members = [edition.item(prior) for prior in item.depends_on_any]
    if any(evaluate(member.applies, circumstances) is True for member in members) and not any(
        is_done(edition, member.code, chosen=chosen, held=held) for member in members
    ):
        choices = "、".join(f"“{member.plain_name}”" for member in members)
        yield Problem(
            "any-prerequisite",
            (item.code, *item.depends_on_any),
            f"“{item.plain_name}”之前要办其中一项：{choices}",
        )


def _problems_of_rule(
    rule: Rule, chosen: frozenset[ItemCode], held: frozenset[LicenceCode], name: Any
) -> Iterator[Problem]:
    picked = [code for code in rule.items if code in chosen]
    names = "、".join(f"“{name(code)}”" for code in rule.items)
    if rule.kind == "exclusive" and len(picked) > 1:
        yield Problem("exclusive", rule.items, rule.message or f"{names}只能选一项")
    elif rule.kind == "choose" and not rule.min <= len(picked) <= (
        len(rule.items) if rule.max is None else rule.max
    ):
        most = len(rule.items) if rule.max is None else rule.max
        yield Problem("choose", rule.items, rule.message or f"{names}要选 {rule.min} 到 {most} 项")
    elif rule.kind == "together" and 0 < len(picked) < len(rule.items):
        yield Problem("together", rule.items, rule.message or f"{names}要一起办")
    elif rule.kind == "tied-by-law" and 0 < len(picked) < len(rule.items):
        if rule.nature == "sequence" and rule.satisfied_by in held:
            return
        basis = f"（依据{rule.basis}）" if rule.basis else ""
        yield Problem("tied-by-law", rule.items, (rule.message or f"{names}依法要一起办") + basis)
