"""
What would be gained if (试算): a change to an edition that nobody has made yet, and the four reductions under it.

A change gives another edition and another situation; nothing is kept. What it assumes, it says.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from .catalogue import ASKED, Field, MaterialNeed, ServiceItem
from .codes import ElementCode, ItemCode, MaterialCode, ResourceCode
from .definitions import Acquisition
from .editions import Edition
from .merging import merge_fields
from .plans import Plan, Situation, make_plan
from .reforms import Reduction, Reform, reform_of
from .sharing import FieldWay, MaterialWay

#: What a field is filled from where no register is known yet that could say it.
REGISTER_TO_COME = ResourceCode("register-to-come")


class ChangeKind(StrEnum):
    """What is changed (改动)."""

    UNTIE = "untie"  # 取消一个前置
    COMMIT = "commit"  # 采用告知承诺
    SHARE = "share"  # 材料改为共享
    PREFILL = "prefill"  # 字段改为共享取得
    OMIT = "omit"  # 取消一份材料
    PROMISE = "promise"  # 改承诺时限


@dataclass(frozen=True, slots=True)
class Change:
    """One change that is tried out (一处改动); `days` only with a promise."""

    kind: ChangeKind
    of: str  # the item, the material or the element
    prior: str = ""  # with UNTIE: what it no longer waits for
    days: float | None = None


class ChangeNotPossible(ValueError):
    """The one-thing has nothing that this change could be made to."""


class Trial(NamedTuple):
    """Some changes together, and what the one-thing would be like (试算结果)."""

    changes: tuple[Change, ...]
    before: Reform
    after: Reform

    @property
    def gains(self) -> tuple[tuple[Reduction, float], ...]:
        """Return, for every figure, what it is today and what it would be."""
        now = {reduction.key: reduction for reduction in self.before.reductions}
        then = {reduction.key: reduction.after for reduction in self.after.reductions}
        return tuple((reduction, then.get(key, 0)) for key, reduction in now.items())

    @property
    def worth(self) -> float:
        """Return the shares of today's figures that are saved, summed up: 1 where one figure would fall to nought."""
        return sum((now.after - then) / now.after for now, then in self.gains if now.after)


def try_out(edition: Edition, situation: Situation, changes: Sequence[Change]) -> Trial:
    """
    Return what the one-thing would be like under all the changes together.

    :raises ChangeNotPossible: if a change speaks of what the one-thing does not have.
    """
    return _changed(reform_of(make_plan(edition, situation, strict=False)), changes)


def _changed(before: Reform, changes: Sequence[Change]) -> Trial:
    changed, choice = before.plan.edition, before.plan.situation
    for change in changes:
        changed, choice = _WAYS[change.kind](changed, choice, change)
    after = _in_the_order_of(before.plan, make_plan(changed, choice, strict=False))
    return Trial(tuple(changes), before, reform_of(after))


def _in_the_order_of(before: Plan, after: Plan) -> Plan:
    """Whoever asks first decides how a field is come by; to be handled earlier makes nobody know more."""
    order = {item.code: at for at, item in enumerate(before.items)}
    items = sorted(after.items, key=lambda item: order[item.code])
    merged = merge_fields(items, after.edition, after.circumstances, held=after.situation.held)
    return replace(after, fields=merged)


def possible_changes(plan: Plan) -> Iterator[Change]:
    """Yield every change that could be made to a plan, except new promises, of which there is no end."""
    for item in plan.items:
        for prior in _priors(item):
            if prior in plan.chosen:
                yield Change(ChangeKind.UNTIE, item.code, prior)
    for item in plan.items:
        if not item.is_automatic and item.code not in plan.situation.commitments:
            yield Change(ChangeKind.COMMIT, item.code)
    for material in plan.materials:
        if material.way is MaterialWay.UPLOAD:
            yield Change(ChangeKind.SHARE, material.material)
            yield Change(ChangeKind.OMIT, material.material)
    for field in plan.fields:
        if field.way is FieldWay.ASKED:
            yield Change(ChangeKind.PREFILL, field.element)


def suggestions(edition: Edition, situation: Situation, *, most: int = 10) -> tuple[Trial, ...]:
    """
    Return the single changes that gain something, the most rewarding first, found by trying them all.

    To share a material or to leave it out saves the same; sharing comes first, since it gives nothing up.
    """
    today = reform_of(make_plan(edition, situation, strict=False))
    tried = (
        _changed(today, (change,))
        for change in possible_changes(today.plan)
        if change.kind is not ChangeKind.OMIT
    )
    gaining = [trial for trial in tried if trial.worth > 0 and trial.after.plan.allowed]
    return tuple(sorted(gaining, key=lambda trial: -round(trial.worth, 6))[:most])


def _untie(edition: Edition, situation: Situation, change: Change) -> tuple[Edition, Situation]:
    """What no longer waits for a result cannot take anything from it either."""
    if change.prior not in _priors(_item(edition, change)):
        raise ChangeNotPossible(f"“{change.of}”本来就不等“{change.prior}”；请从列出的前置里选")

    def others(codes: Iterable[ItemCode]) -> tuple[ItemCode, ...]:
        return tuple(code for code in codes if code != change.prior)

    def asked(field: Field) -> Field:
        left = others(field.prior)
        return replace(field, prior=left, prefill=field.prefill if left or not field.prior else ASKED)

    def untied(item: ServiceItem) -> ServiceItem:
        return replace(
            item,
            depends_on=others(item.depends_on),
            depends_on_any=others(item.depends_on_any),
            after=others(item.after),
            fields=tuple(map(asked, item.fields)),
            materials=tuple(replace(need, produced_by=others(need.produced_by)) for need in item.materials),
        )

    return _with_item(edition, change, untied), situation


def _commit(edition: Edition, situation: Situation, change: Change) -> tuple[Edition, Situation]:
    """
    A commitment that has no limit of its own yet is tried as granted on the spot; papers it may replace fall away.

    Basis: 国办发〔2020〕42号: what is committed to need not be proved; 优化营商环境条例 art. 19.
    """
    code = _item(edition, change).code

    def committed(item: ServiceItem) -> ServiceItem:
        limit = item.limit
        if not item.commitment.allowed and limit.promised is not None:
            limit = replace(limit, promised=0, without_commitment=limit.promised)
        needs = tuple(need for need in item.materials if not need.replaceable_by_commitment)
        return replace(item, limit=limit, materials=needs, commitment=replace(item.commitment, allowed=True))

    return _with_item(edition, change, committed), replace(
        situation, commitments=situation.commitments | {code}
    )


def _share(edition: Edition, situation: Situation, change: Change) -> tuple[Edition, Situation]:
    code = MaterialCode(change.of)
    if code not in edition.materials:
        raise ChangeNotPossible(f"这件事没有材料“{change.of}”；请从列出的材料里选")
    shared = replace(edition.materials[code], acquisition=Acquisition.LICENCE)
    return replace(edition, materials={**edition.materials, code: shared}), situation


def _omit(edition: Edition, situation: Situation, change: Change) -> tuple[Edition, Situation]:
    if change.of not in edition.materials:
        raise ChangeNotPossible(f"这件事没有材料“{change.of}”；请从列出的材料里选")

    def without(needs: Iterable[MaterialNeed]) -> tuple[MaterialNeed, ...]:
        return tuple(need for need in needs if need.material != change.of)

    return _with_items(edition, lambda item: replace(item, materials=without(item.materials))), situation


def _prefill(edition: Edition, situation: Situation, change: Change) -> tuple[Edition, Situation]:
    if not any(field.element == change.of for item in edition.bundle.items for field in item.fields):
        raise ChangeNotPossible(f"这件事不问“{change.of}”；请从列出的字段里选")
    source = register_for(edition, ElementCode(change.of))

    def filled(field: Field) -> Field:
        return replace(field, prefill=source, prior=()) if field.element == change.of else field

    def served(item: ServiceItem) -> ServiceItem:
        return replace(item, fields=tuple(map(filled, item.fields)))

    return _with_items(edition, served), situation


def _promise(edition: Edition, situation: Situation, change: Change) -> tuple[Edition, Situation]:
    item = _item(edition, change)
    if change.days is None or not 0 <= change.days <= 1000:
        raise ChangeNotPossible(f"“{item.plain_name}”改成几天没有写对；请填 0 到 1000 的数字")
    days = change.days

    def promised(item: ServiceItem) -> ServiceItem:
        return replace(item, limit=replace(item.limit, promised=days, without_commitment=None))

    return _with_item(edition, change, promised), situation


_WAYS: dict[ChangeKind, Callable[[Edition, Situation, Change], tuple[Edition, Situation]]] = {
    ChangeKind.UNTIE: _untie,
    ChangeKind.COMMIT: _commit,
    ChangeKind.SHARE: _share,
    ChangeKind.PREFILL: _prefill,
    ChangeKind.OMIT: _omit,
    ChangeKind.PROMISE: _promise,
}


def register_for(edition: Edition, element: ElementCode) -> ResourceCode:
    """Return the register that could say an element: one that offers it, else one that is still to come."""
    offering = (code for code, resource in edition.resources.items() if element in resource.elements)
    return next(offering, REGISTER_TO_COME)


def _item(edition: Edition, change: Change) -> ServiceItem:
    try:
        return edition.item(ItemCode(change.of))
    except KeyError:
        raise ChangeNotPossible(f"这件事没有事项“{change.of}”；请从列出的事项里选") from None


def _priors(item: ServiceItem) -> tuple[ItemCode, ...]:
    return (*item.depends_on, *item.depends_on_any, *item.after)


def _with_item(edition: Edition, change: Change, made: Callable[[ServiceItem], ServiceItem]) -> Edition:
    return _with_items(edition, lambda item: made(item) if item.code == change.of else item)


def _with_items(edition: Edition, made: Callable[[ServiceItem], ServiceItem]) -> Edition:
    items = tuple(map(made, edition.bundle.items))
    return replace(edition, bundle=replace(edition.bundle, items=items))
