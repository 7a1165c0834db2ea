"""The reform plan and the lists on paper."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from yijianshi.domain.codes import DepartmentCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.routing import Unit, unit_name

from ..catalogue.reading import shipped_catalogue
from ..letters.official import ListDocument, OfficialDocument
from ..ports import Documents
from ..punctuation import wide
from .lists import Listing
from .plan import ReformPlan

#: Who keeps the list of all one-things (政务办).
COORDINATING = DepartmentCode("government-services")


def plan_pdf(plan: ReformPlan, *, on: date, documents: Documents) -> bytes:
    """
    Return the plan as a draft in the layout of official documents (GB/T 9704-2012).

    :raises GlyphsMissing: if a character cannot be printed.
    """
    letter = OfficialDocument(
        authority=plan.authority,
        on=on,
        title=plan.title,
        parts=plan.parts,
        annexes=plan.annexes,
        source=plan.source,
    )
    return documents.render(letter.template, asdict(letter))


def list_pdf(listing: Listing, editions: Sequence[Edition], *, on: date, documents: Documents) -> bytes:
    """
    Return a list as a paper across the page, in the name of whoever leads the one-thing, or of who keeps all of them.

    :raises GlyphsMissing: if a character cannot be printed.
    """
    letter = ListDocument(
        authority=_keeper(editions),
        on=on,
        title=listing.title,
        about=listing.about,
        heads=listing.heads,
        widths=(0.5, *(column.width for column in listing.columns)),
        rows=listing.table,
        empty=listing.empty,
        source="由目录生成",
    )
    return documents.render(letter.template, asdict(letter))


def _keeper(editions: Sequence[Edition]) -> str:
    first = editions[0]
    department = first.bundle.lead_department if len(editions) == 1 else COORDINATING
    departments = {**shipped_catalogue().departments, **first.departments}
    return wide(unit_name(Unit(department, first.division.code), departments, first.divisions))
