"""Changes to try out, as they are written in an address or a command, and how each is said (试算)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from yijianshi.domain.changes import (
    REGISTER_TO_COME,
    Change,
    ChangeKind,
    ChangeNotPossible,
    Trial,
    possible_changes,
    register_for,
    suggestions,
    try_out,
)
from yijianshi.domain.codes import ElementCode, ItemCode, MaterialCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan, Situation

from ..punctuation import wide
from .pictures import days_said

#: A new promise stands in an address as promise-<item>=<days>.
PROMISE = "promise-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What was asked for, what comes of it, and which single changes would gain most."""

    trial: Trial
    suggestions: tuple[Trial, ...]

    @property
    def plan(self) -> Plan:
        return self.trial.before.plan


def what_if(edition: Edition, situation: Situation, changes: Sequence[Change], *, most: int = 8) -> Tried:
    """
    Return what the changes would bring, and the single changes that would bring most.

    :raises ChangeNotPossible: if a change speaks of what the one-thing does not have.
    """
    key = msgspec.json.encode(situation, order="sorted", enc_hook=sorted)
    return Tried(
        trial=try_out(edition, situation, changes),
        suggestions=_suggested(edition, _Asked(situation, key), most),
    )


class _Asked:
    """A situation that is known by what stands in it, so that the same question is worked out once."""

    def __init__(self, situation: Situation, key: bytes) -> None:
        self.situation, self.key = situation, key

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and other.key == self.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=256)
def _suggested(edition: Edition, asked: _Asked, most: int) -> tuple[Trial, ...]:
    """Trying everything takes a while, and readers of a public page ask about the same few situations."""
    return suggestions(edition, asked.situation, most=most)


def read_changes(given: Mapping[str, Sequence[str]]) -> tuple[Change, ...]:
    """
    Return the changes written as `untie=item:prior`, `commit=item`, `share=material` … and `promise-<item>=days`.

    :raises ChangeNotPossible: if a change is written so that nobody can understand it.
    """
    changes: list[Change] = []
    for kind in ChangeKind:
        if kind is not ChangeKind.PROMISE:
            changes += [_read(kind, said) for said in dict.fromkeys(given.get(kind.value, ()))]
    for key, values in given.items():
        if key.startswith(PROMISE) and (days := values[-1].strip()):
            changes.append(Change(ChangeKind.PROMISE, key.removeprefix(PROMISE), days=_number(days)))
    return tuple(changes)


def written(changes: Iterable[Change]) -> Iterator[tuple[str, str]]:
    """Yield the changes as they stand in an address."""
    for change in changes:
        if change.kind is ChangeKind.PROMISE:
            yield f"{PROMISE}{change.of}", f"{change.days:g}"
        else:
            yield change.kind.value, f"{change.of}:{change.prior}" if change.prior else change.of


def _read(kind: ChangeKind, said: str) -> Change:
    if kind is not ChangeKind.UNTIE:
        return Change(kind, said)
    item, _, prior = said.partition(":")
    if not prior:
        raise ChangeNotPossible(f"取消前置要写成“事项:前置事项”，现在是“{said}”")
    return Change(kind, item, prior)


def _number(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        raise ChangeNotPossible(f"承诺时限请填数字，如 3；现在是“{said}”") from None


def in_words(change: Change, edition: Edition) -> str:
    """Return a change as one would say it."""
    names = {item.code: item.plain_name for item in edition.bundle.items}
    item = wide(names.get(ItemCode(change.of), change.of))
    if change.kind is ChangeKind.UNTIE:
        return f"“{item}”不再等“{wide(names.get(ItemCode(change.prior), change.prior))}”"
    if change.kind is ChangeKind.COMMIT:
        return f"“{item}”采用告知承诺"
    if change.kind is ChangeKind.PROMISE:
        unit = edition.item(ItemCode(change.of)).limit.unit if change.of in names else "working"
        return f"“{item}”承诺改为 {days_said(change.days, unit)}"
    if change.kind is ChangeKind.PREFILL:
        element = edition.elements.get(ElementCode(change.of))
        return f"“{wide(element.name if element else change.of)}”改为共享取得"
    material = edition.materials.get(MaterialCode(change.of))
    name = wide(material.name if material else change.of)
    return f"“{name}”改为共享调取" if change.kind is ChangeKind.SHARE else f"不再要“{name}”"


def assumption(change: Change, edition: Edition) -> str:
    """Return what a change takes for granted, so that nobody reads more out of the figures."""
    if change.kind is ChangeKind.COMMIT:
        item = edition.item(ItemCode(change.of))
        if item.commitment.allowed and item.limit.without_commitment is not None:
            return "目录已允许，时限用目录所载的承诺时限"
        if item.commitment.allowed:
            return "目录已允许，时限不变；可以用承诺代替的材料不再交"
        return "目录还不允许，要先有依据；按承诺后当场办结试算"
    if change.kind is ChangeKind.PREFILL:
        code = register_for(edition, ElementCode(change.of))
        known = edition.resources.get(code)
        if code == REGISTER_TO_COME or known is None:
            return "目录里还没有哪个库能提供，要先找到来源"
        return f"{known.name}能提供"
    return {
        ChangeKind.UNTIE: "原来取自这个前置的内容改由申请人提供；法律规定的先后不能取消",
        ChangeKind.SHARE: "要先有电子证照或数据接口",
        ChangeKind.OMIT: "有法定依据的材料不能取消",
        ChangeKind.PROMISE: "不得超过法定时限",
    }[change.kind]


def offered(plan: Plan) -> dict[ChangeKind, tuple[Change, ...]]:
    """Return every change that could be chosen on a form, by its kind."""
    found: dict[ChangeKind, list[Change]] = {kind: [] for kind in ChangeKind}
    for change in possible_changes(plan):
        found[change.kind].append(change)
    found[ChangeKind.PROMISE] = [
        Change(ChangeKind.PROMISE, item.code) for item in plan.items if not item.is_automatic
    ]
    return {kind: tuple(changes) for kind, changes in found.items()}
