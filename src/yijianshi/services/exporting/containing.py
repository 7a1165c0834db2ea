"""Which one-things contain an item (单事项找一件事): whoever looks for a single item is told what it can be done with."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import chain

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.routing import Unit, unit_for

from ..reading.units import name_of_unit
from .offered import editions_in

_NARROW = str.maketrans({"（": "(", "）": ")", " ": None, "　": None, "·": None})


@dataclass(frozen=True, slots=True, kw_only=True)
class Containing:
    """One one-thing that contains an item: which, under what name, and which unit decides it here."""

    bundle: BundleCode
    title: str
    item: ItemCode
    name: str
    short: str
    base_item: str
    unit: Unit
    unit_name: str
    stands_alone: bool  # the words are the very code or name of the item


def things_with_item(
    words: str, *, division: DivisionCode, on: date, most: int = 50
) -> tuple[Containing, ...]:
    """
    Return the one-things of a division that contain the item of this code or name, exact ones first.

    :param words: an item's code or basic code, its name or a part of it; brackets of either width, blanks ignored.
    """
    asked = _plain(words)
    if not asked:
        return ()
    found = []
    everywhere = chain.from_iterable(_items_of(edition, division) for edition in editions_in(division, on))
    for number, (one, texts) in enumerate(everywhere):
        exact = asked in texts
        if exact or (len(asked) > 1 and any(asked in text for text in texts)):
            found.append((not exact, number, exact, one))
    return tuple(_containing(one, exact) for _, _, exact, one in sorted(found, key=lambda f: f[:2])[:most])


_Place = tuple[BundleCode, str, ServiceItem, Unit]


@lru_cache(maxsize=512)
def _items_of(edition: Edition, division: DivisionCode) -> tuple[tuple[_Place, frozenset[str]], ...]:
    return tuple(
        (
            (edition.bundle.code, edition.bundle.title, item, unit_for(item, edition, division=division)),
            frozenset(map(_plain, filter(None, (item.code, item.base_item, item.name, item.short)))),
        )
        for item in edition.bundle.items
    )


def _containing(place: _Place, exact: bool) -> Containing:
    bundle, title, item, unit = place
    return Containing(
        bundle=bundle, title=title, item=item.code, name=item.name, short=item.plain_name, base_item=item.base_item,
        unit=unit, unit_name=name_of_unit(str(unit)), stands_alone=exact,
    )  # fmt: skip


def _plain(words: str) -> str:
    return words.translate(_NARROW).casefold()
