"""The list as it is published in a division, in every form, made once for each set of editions."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.editions import Edition, UnknownDivision
from yijianshi.domain.routing import unit_for

from ..catalogue.published import bundles_of
from ..outside import outside
from ..people.actors import desks_of
from .formats import FORMATS

#: Changes whenever what is written of the same editions changes, so that nobody keeps the old form.
WRITTEN = "1"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the list: its content, its media type and its name."""

    content: bytes
    media: str
    name: str


def editions_in(division: DivisionCode, on: date) -> tuple[Edition, ...]:
    """Return every edition that holds in a division on a day, in the order of the list."""
    return tuple(published.edition for published in bundles_of(division, on))


def mark_of(division: DivisionCode, on: date) -> str:
    """Return a mark that stays the same as long as the same editions hold in the division."""
    digests = "".join(edition.digest for edition in editions_in(division, on))
    return hashlib.sha256(f"{WRITTEN}|{division}|{outside().address}|{digests}".encode()).hexdigest()[:32]


def list_in(form: str, division: DivisionCode, on: date) -> Listed:
    """
    Return the list of a division in a form of `FORMATS`.

    :raises UnknownDivision: if nothing is published there.
    """
    return _listed(form, division, on, mark_of(division, on))


@lru_cache(maxsize=12)
def _listed(form: str, division: DivisionCode, on: date, mark: str) -> Listed:
    editions = editions_in(division, on)
    if not editions:
        raise UnknownDivision(f"{division} 还没有发布一件事；请核对六位行政区划代码，如 320106")
    place = editions[0].divisions[division]
    units = {
        str(unit_for(item, edition, division=division))
        for edition in editions
        for item in edition.bundle.items
    }
    phones = {unit: desk.phone for unit, desk in desks_of(units).items()}
    chosen = FORMATS[form]
    content = chosen.write(editions, division=place, address=outside().address, phones=phones)
    return Listed(content, chosen.media, f"{place.name}一件事清单.{chosen.ending}")
