"""Two states of the catalogue beside each other (对照): folders, published editions, a place and the standard above it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.differences import Difference, differences
from yijianshi.domain.editions import Edition, UnknownBundle, compile_edition
from yijianshi.store.catalogue.models import EditionRow

from ..catalogue.published import bundles_of, current, edition_by_id
from ..catalogue.reading import read_catalogue


class NothingToCompare(ValueError):
    """What was named is neither a folder nor a published edition."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One one-thing on both sides; None where a side has none."""

    code: str
    title: str
    before: Edition | None
    after: Edition | None
    differences: tuple[Difference, ...]

    def lines(self) -> list[str]:
        """Return what differs, a line each."""
        if self.before is None:
            return ["新增这件事"]
        if self.after is None:
            return ["不再有这件事"]
        return [str(one) for one in self.differences]


def editions_named(name: str, *, division: DivisionCode, on: date) -> dict[str, Edition]:
    """
    Return the editions that a name stands for, by bundle: a folder, `open-restaurant@320106`, or a digest's beginning.

    :raises NothingToCompare: if it is none of them.
    :raises CatalogueUnreadable: if it is a folder that cannot be read.
    """
    if Path(name).is_dir():
        catalogue = read_catalogue(Path(name))
        return {
            code: compile_edition(catalogue, bundle=code, division=division, valid_from=on)
            for code in catalogue.bundles
        }
    bundle, at, place = name.partition("@")
    place, _, mark = place.partition("#")
    if at and not mark:
        try:
            return {bundle: current(BundleCode(bundle), DivisionCode(place), on).edition}
        except UnknownBundle as error:
            raise NothingToCompare(f"“{name}”没有发布；写文件夹，或如 open-restaurant@320106") from error
    keys = EditionRow.objects.filter(digest__startswith=mark or name) if len(mark or name) >= 6 else ()
    found = {row.bundle: edition_by_id(row.id) for row in keys}
    if not found:
        raise NothingToCompare(
            f"没有文件夹或版本“{name}”；写文件夹，或如 open-restaurant@320106，或版本号的前 8 位"
        )
    return found


def compare(before: Mapping[str, Edition], after: Mapping[str, Edition]) -> tuple[Compared, ...]:
    """Return every one-thing that differs, sorted by its code."""
    found = []
    for code in sorted({*before, *after}):
        old, new = before.get(code), after.get(code)
        either = new or old
        assert either is not None
        differing = differences(old, new) if old is not None and new is not None else ()
        if old is None or new is None or differing:
            found.append(Compared(code, either.bundle.title, old, new, differing))
    return tuple(found)


def local_differences(division: DivisionCode, on: date) -> tuple[Compared, ...]:
    """Return what a place does otherwise than the standard above it, and what it offers of its own."""
    found = []
    for published in bundles_of(division, on):
        local = published.edition
        if local.division.code != division or division.endswith("0000"):
            continue
        above = standard_in_force(local, on)
        differing = differences(above, local) if above else ()
        found.append(Compared(local.bundle.code, local.bundle.title, above, local, differing))
    return tuple(found)


def standard_in_force(local: Edition, on: date) -> Edition | None:
    """Return the edition that would hold in a place if it had none of its own."""
    parent = local.division.parent
    if parent is None:
        return None
    try:
        return current(local.bundle.code, parent, on).edition
    except UnknownBundle:
        return None


def as_json(compared: tuple[Compared, ...]) -> list[dict[str, Any]]:
    """Return the comparison as plain values that can be written as JSON."""
    return [
        {
            "bundle": one.code,
            "name": one.title,
            "before": one.before.name if one.before else None,
            "after": one.after.name if one.after else None,
            "differences": [
                {"item": d.item, "name": d.name, "words": d.words, "effect": d.effect.value}
                for d in one.differences
            ],
        }
        for one in compared
    ]
