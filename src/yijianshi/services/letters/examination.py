"""The report about a list of items (体检报告), as it is printed: one page for a director, then thing by thing, then fault by fault."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from .parts import Letter

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminedThing:
    """One one-thing of the report."""

    title: str
    about: str
    reductions: Rows  # name, before, after, less
    items: Rows  # name, name in the list, department, limit
    materials: Rows  # name, asked by, way
    scheme: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminedFault:
    """One kind of fault with its first places; `more` says how many are not printed."""

    title: str
    about: str
    rows: Rows  # where, subject, what, what would do
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExaminationReport(Letter):
    """The report about a list of items."""

    template: ClassVar[str] = "examination-report"
    demands: ClassVar[Mapping[str, str]] = {"title": "标题", "headline": "结论"}

    title: str
    about: str
    headline: tuple[str, ...]
    totals: Rows
    pressing: Rows
    overview: Rows
    things: tuple[ExaminedThing, ...] = ()
    faults: tuple[ExaminedFault, ...] = ()
    notes: tuple[str, ...] = ()
