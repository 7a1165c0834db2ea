"""
The lists that prescribe one-things (清单), such as the State Council's, and how far a place has come with one (覆盖情况).

Basis: 国办发〔2022〕32号, 附件; 苏政办发〔2022〕87号, 附件.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .codes import BundleCode, DepartmentCode, ListCode
from .definitions import Certainty


class ListLevel(StrEnum):
    """Who prescribes a list (清单层级)."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    LOCAL = "local"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntry:
    """One one-thing as a list names it (清单条目); `bundle` is None where the catalogue has nothing for it."""

    name: str
    bundle: BundleCode | None = None
    lead_department: DepartmentCode | None = None
    lead: str = ""  # the lead department as the list writes it
    certainty: Certainty | None = None  # where it differs from the list's own
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialList:
    """A list of one-things that somebody prescribes, in one version (清单)."""

    code: ListCode
    name: str
    level: ListLevel
    issuer: str = ""
    document: str = ""  # document number (文号)
    version: str = ""
    issued: date | None = None
    source: str = ""
    certainty: Certainty = Certainty.UNRATED
    entries: tuple[ListEntry, ...] = ()
    note: str = ""

    def entry_for(self, bundle: BundleCode) -> ListEntry | None:
        """Return the entry under which a one-thing stands on this list, if it does."""
        return next((entry for entry in self.entries if entry.bundle == bundle), None)


class Standing(StrEnum):
    """How an entry of a list is met in a place (覆盖)."""

    PUBLISHED = "published"  # 已发布
    RENAMED = "renamed"  # 已发布，名称不同
    LACKING = "lacking"  # 还没有


@dataclass(frozen=True, slots=True)
class Covered:
    """One entry of a list, and what the place has published for it (条目覆盖)."""

    entry: ListEntry
    standing: Standing
    bundle: BundleCode | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a place has come with a list (覆盖情况): entry by entry, and what it offers beyond."""

    entries: tuple[Covered, ...]
    beyond: tuple[tuple[BundleCode, str], ...]

    def count(self, standing: Standing) -> int:
        """Return how many entries stand so."""
        return sum(one.standing is standing for one in self.entries)


def coverage_of(entries: Collection[ListEntry], published: Mapping[BundleCode, Collection[str]]) -> Coverage:
    """
    Compare a list with what a place has published.

    :param published: by code, the names of each one-thing, the official one first.
    """
    by_name = {_plain(name): code for code, names in published.items() for name in names}
    covered = []
    for entry in entries:
        code = entry.bundle if entry.bundle in published else by_name.get(_plain(entry.name))
        if code is None:
            covered.append(Covered(entry, Standing.LACKING))
            continue
        names = list(published[code])
        same = _plain(entry.name) in map(_plain, names)
        covered.append(Covered(entry, Standing.PUBLISHED if same else Standing.RENAMED, code, names[0]))
    met = {one.bundle for one in covered}
    beyond = tuple((code, next(iter(names))) for code, names in published.items() if code not in met)
    return Coverage(tuple(covered), beyond)


@dataclass(frozen=True, slots=True)
class ListChange:
    """What a later version of a list does to one entry (清单变化)."""

    what: str  # added | dropped | changed
    name: str
    said: str = ""


def changes_between(old: Collection[ListEntry], new: Collection[ListEntry]) -> tuple[ListChange, ...]:
    """Return what was added, dropped and changed, entries being the same that have the same name or one-thing."""
    before = {_plain(entry.name): entry for entry in old}
    by_bundle = {entry.bundle: entry for entry in old if entry.bundle}
    changes, met = [], set()
    for entry in new:
        was = before.get(_plain(entry.name)) or (by_bundle.get(entry.bundle) if entry.bundle else None)
        if was is None:
            changes.append(ListChange("added", entry.name))
            continue
        met.add(was.name)
        said = []
        if was.name != entry.name:
            said.append(f"原名“{was.name}”")
        if was.bundle != entry.bundle:
            said.append(f"对应的一件事由“{was.bundle or '无'}”变为“{entry.bundle or '无'}”")
        if (was.lead_department, was.lead) != (entry.lead_department, entry.lead):
            said.append(
                f"牵头部门由“{was.lead or was.lead_department or '未写'}”变为“{entry.lead or entry.lead_department or '未写'}”"
            )
        if said:
            changes.append(ListChange("changed", entry.name, "，".join(said)))
    changes.extend(ListChange("dropped", entry.name) for entry in old if entry.name not in met)
    return tuple(changes)


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for brackets, quotes and a closing “一件事”."""
    return _plain(one) == _plain(other)


def _plain(name: str) -> str:
    return "".join(sign for sign in name if sign.isalnum()).removesuffix("一件事")
