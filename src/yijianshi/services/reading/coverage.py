"""How far a region has come with a list (清单覆盖情况), and on which lists a one-thing stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from yijianshi.domain.codes import BundleCode, DivisionCode, ListCode
from yijianshi.domain.lists import Coverage, ListEntry, ListLevel, OfficialList, coverage_of

from ..catalogue.published import bundles_of
from ..catalogue.reading import shipped_catalogue


class UnknownList(LookupError):
    """The catalogue has no list of that code."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A list beside what a region has published."""

    listed: OfficialList
    division: DivisionCode
    coverage: Coverage
    leads: dict[BundleCode, str]  # by one-thing, its lead department in the region


@dataclass(frozen=True, slots=True)
class OnList:
    """That a one-thing stands on a list, under which name and in which version."""

    listed: OfficialList
    entry: ListEntry


LEVELS = {ListLevel.NATIONAL: "国家清单", ListLevel.PROVINCIAL: "省清单", ListLevel.LOCAL: "本地清单"}


def every_list() -> tuple[OfficialList, ...]:
    """Return the lists of the catalogue in their order."""
    return shipped_catalogue().lists


def lists_with(bundle: BundleCode, lists: Sequence[OfficialList] | None = None) -> tuple[OnList, ...]:
    """Return the lists on which a one-thing stands."""
    everything = every_list() if lists is None else lists
    return tuple(OnList(listed, entry) for listed in everything if (entry := listed.entry_for(bundle)))


def compare_with_list(code: ListCode | str, *, division: DivisionCode, on: date) -> Compared:
    """
    Compare what a region has published with a list.

    :raises UnknownList: if there is no such list.
    """
    listed = next((one for one in every_list() if one.code == code), None)
    if listed is None:
        known = "、".join(one.code for one in every_list())
        raise UnknownList(f"没有编码为“{code}”的清单；现有：{known or '无'}")
    editions = [one.edition for one in bundles_of(division, on)]
    names = {e.bundle.code: tuple(filter(None, (e.bundle.title, e.bundle.name))) for e in editions}
    leads = {e.bundle.code: e.departments[e.bundle.lead_department].short_name for e in editions}
    return Compared(listed, division, coverage_of(listed.entries, names), leads)
