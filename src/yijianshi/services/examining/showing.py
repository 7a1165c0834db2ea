"""The report as a page shows it, on the platform and as a file that stands by itself: the same values, the same template."""

from dataclasses import dataclass

from ..catalogue.figures import whole
from .gains import Gain, GainMaterial, Reduction
from .places import Finding
from .printing import WAYS
from .report import MatchedName, Report, RuleCount
from .summary import headline, most_pressing, notes

_FEW = 20
#: Alike but not sure: so many are listed on the page, all of them in the spreadsheet.
_MOST_UNSURE = 30


@dataclass(frozen=True, slots=True)
class Figure:
    """One reduction as it is drawn: the old figure struck, the new one large."""

    name: str
    before: float
    after: float
    unit: str
    why: str

    @property
    def share(self) -> float:
        return round(self.after / self.before * 100, 2) if self.before else 0.0

    @property
    def is_zero(self) -> bool:
        return self.after == 0

    @property
    def is_cut(self) -> bool:
        return self.after < self.before


@dataclass(frozen=True, slots=True)
class ShownWay:
    """The documents of a one-thing that are come by in one way."""

    words: str
    materials: tuple[GainMaterial, ...]


@dataclass(frozen=True, slots=True)
class ShownThing:
    """One one-thing on the page."""

    gain: Gain
    says: str
    figures: tuple[Figure, ...]
    ways: tuple[ShownWay, ...]
    flow: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownFault:
    """One kind of fault on the page, with its first places."""

    count: RuleCount
    rows: tuple[Finding, ...]

    @property
    def more(self) -> int:
        return self.count.count - len(self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage:
    """What the page of a report says."""

    place: str
    day: str
    files: str
    headline: tuple[str, ...]
    totals: tuple[Figure, ...]
    pressing: tuple[RuleCount, ...]
    things: tuple[ShownThing, ...]
    absent: tuple[Gain, ...]
    faults: tuple[ShownFault, ...]
    better: tuple[ShownFault, ...]
    unsure: tuple[MatchedName, ...]
    unknown: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def page_of(report: Report) -> ReportPage:
    """Return what the page says of a report."""
    shown = [ShownFault(count, report.found_by(count.rule)[:_FEW]) for count in report.counts]
    return ReportPage(
        place=report.place or "全部地区",
        day=f"{report.on.year} 年 {report.on.month} 月 {report.on.day} 日",
        files="、".join(report.files),
        headline=headline(report),
        totals=tuple(figure for r in report.totals if (figure := _figure(r))),
        pressing=most_pressing(report),
        things=tuple(map(_thing, report.things)),
        absent=report.absent,
        faults=tuple(fault for fault in shown if fault.count.grave),
        better=tuple(fault for fault in shown if not fault.count.grave),
        unsure=tuple(match for match in report.matched if not match.sure)[:_MOST_UNSURE],
        unknown=report.unknown_columns,
        notes=notes(report),
    )


def _figure(reduction: Reduction) -> Figure | None:
    if reduction.before is None or reduction.after is None:
        return None
    spared = (
        f"少 {whole(reduction.saved)} {reduction.unit}，{reduction.share:g}%"
        if reduction.saved
        else "没有减少"
    )
    return Figure(reduction.name, reduction.before, reduction.after, reduction.unit, spared)


def _thing(gain: Gain) -> ShownThing:
    days, papers = gain.reduction("办理时间"), gain.reduction("申请材料")
    less = [
        f"{whole(r.before or 0)} → {whole(r.after or 0)} {r.unit}{'材料' if r is papers else ''}"
        for r in (papers, days)
        if r is not None and r.saved
    ]
    there = f"清单里有 {gain.found} 项" + (f"，缺 {len(gain.lacking)} 项" if gain.lacking else "，齐全")
    return ShownThing(
        gain,
        " · ".join([f"{gain.lead}牵头", there, *less]),
        tuple(figure for r in gain.reductions if (figure := _figure(r))),
        tuple(ShownWay(words, found) for way, words in WAYS.items() if (found := gain.materials_by(way))),
        tuple(
            f"第 {number} 步　{'、'.join(stage)}{'　同时办' if len(stage) > 1 else ''}"
            for number, stage in enumerate(gain.stages, 1)
        ),
    )
