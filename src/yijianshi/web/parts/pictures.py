"""Pictures of time and effort: reductions, who holds what until when, before and after; all in percent of their width."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from .words import Tag

WEEKDAYS = "一二三四五六日"


def percent(part: float, whole: float) -> float:
    """
    Return `part` of `whole` in percent between 0 and 100, for pictures.

    >>> percent(8, 17)
    47.06
    """
    return round(min(max(part / whole * 100, 0.0), 100.0), 2) if whole else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """How much a one-thing spares: old figure struck, new figure large, on one scale, with the reason (四减)."""

    template: ClassVar[str] = "parts/cut.html"
    name: str
    before: float
    after: float
    unit: str
    why: str = ""

    @property
    def share(self) -> float:
        return percent(self.after, self.before)

    @property
    def is_zero(self) -> bool:
        return self.after == 0

    @property
    def is_cut(self) -> bool:
        return self.after < self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCard:
    """A one-thing in a list: its name, what is in it and up to three reductions."""

    template: ClassVar[str] = "parts/service_card.html"
    title: str
    href: str
    words: str
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of a lane in percent; `kind` is done, run, left, todo or none (what comes after)."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """Who holds one thing, until when, and the sentence that says the same as the picture (`says`)."""

    title: str
    who: str
    says: str
    segments: tuple[Segment, ...] = ()
    visits: tuple[float, ...] = ()
    tag: Tag | None = None
    end: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """One day on the axis, with its place in percent and the two words above it ('' where there is no room)."""

    day: date
    x: float
    width: float
    top: str
    bottom: str
    is_today: bool
    is_rest: bool

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 3)


@dataclass(frozen=True, slots=True)
class Axis:
    """The days of a picture, each as wide as the next; places are percent of the whole, so one drawing fits all widths."""

    days: tuple[Day, ...]

    @property
    def now(self) -> float | None:
        return next((day.middle for day in self.days if day.is_today), None)

    @property
    def today(self) -> Day | None:
        return next((day for day in self.days if day.is_today), None)

    def place(self, day: date, part: float = 0.0) -> float:
        """Return where `part` (0 morning, 1 evening) of `day` lies; a day that is not drawn counts as the next one's morning."""
        for drawn in self.days:
            if drawn.day == day:
                return round(drawn.x + drawn.width * part, 3)
            if drawn.day > day:
                return drawn.x
        return 100.0

    def stretch(self, kind: str, first: date, last: date, *, begin: float = 0.0, end: float = 1.0) -> Segment:
        """Return the stretch from `begin` of the first day to `end` of the last."""
        left, right = self.place(first, begin), self.place(last, end)
        return Segment(kind=kind, x=left, width=round(max(right - left, 1.2), 3))


def axis(days: Sequence[date], *, today: date, resting: Collection[date] = ()) -> Axis:
    """
    Return the axis of these days; pass working days only, or all days with those at rest in `resting` (drawn shaded).

    >>> [day.top for day in axis([date(2026, 11, 30), date(2026, 12, 1)], today=date(2026, 12, 1)).days]
    ['11/30', '12/1']
    """
    width = 100 / max(len(days), 1)
    every = -(-len(days) // 10)
    at = next((n for n, day in enumerate(days) if day == today), None)
    drawn = []
    month = 0
    for n, day in enumerate(days):
        shown = n == at or (n % every == 0 and (every == 1 or at is None or abs(n - at) >= every))
        top = ""
        if shown:
            top = str(day.day) if day.month == month or day == today else f"{day.month}/{day.day}"
            month = day.month
        bottom = "" if not shown else "今" if day == today else WEEKDAYS[day.weekday()]
        drawn.append(
            Day(day, round(n * width, 3), round(width, 3), top, bottom, day == today, day in resting),
        )
    return Axis(tuple(drawn))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lanes:
    """The picture of who holds what until which day, over one axis."""

    template: ClassVar[str] = "parts/lanes.html"
    axis: Axis
    rows: tuple[Lane, ...]
    legend: tuple[str, ...] = ("done", "run", "left", "todo", "none")
    note: str = "只列工作日"

    @property
    def has_visits(self) -> bool:
        return any(row.visits for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One block of a before/after picture: whose days these are."""

    name: str
    days: float
    begins: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeAfter:
    """Why it is quick (为什么快): one office after the other against all at once, on one scale in working days."""

    template: ClassVar[str] = "parts/before_after.html"
    before: tuple[Stage, ...]
    after: tuple[Stage, ...]
    before_words: str = ""
    after_words: str = ""
    unit: str = "个工作日"

    @property
    def total_before(self) -> float:
        return sum(stage.days for stage in self.before)

    @property
    def total_after(self) -> float:
        return max((stage.begins + stage.days for stage in self.after), default=0)

    @property
    def saved(self) -> float:
        return max(self.total_before - self.total_after, 0)

    @property
    def scale(self) -> float:
        return max(self.total_before, self.total_after, 1)

    @property
    def bars_before(self) -> list[tuple[Stage, float, float]]:
        """Return each stage with its place and width in percent, one after the other."""
        bars, passed = [], 0.0
        for stage in self.before:
            bars.append((stage, percent(passed, self.scale), percent(stage.days, self.scale)))
            passed += stage.days
        return bars

    @property
    def bars_after(self) -> list[tuple[Stage, float, float, int]]:
        """Return each stage with its place, width and the height at which it lies, all under one another."""
        return [
            (stage, percent(stage.begins, self.scale), max(percent(stage.days, self.scale), 0.6), 8 + 30 * n)
            for n, stage in enumerate(self.after)
        ]

    @property
    def height_after(self) -> int:
        return 8 + 30 * len(self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class Donut:
    """How many of how many are done, as a ring with the figure in it."""

    template: ClassVar[str] = "parts/donut.html"
    done: int
    total: int
    word: str = "已办完"
    says: str = ""

    #: Circumference of the ring of radius 50 that is drawn.
    ROUND: ClassVar[float] = 314.16

    @property
    def filled(self) -> float:
        return round(self.ROUND * self.done / self.total, 1) if self.total else 0.0

    @property
    def sentence(self) -> str:
        return self.says or f"{self.total} 个事项，{self.word} {self.done} 个"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meter:
    """How far something has come, as a bar; `says` is the same in words. `kind` is run, done, todo or late."""

    template: ClassVar[str] = "parts/meter.html"
    done: float
    total: float
    says: str
    kind: str = "run"

    @property
    def share(self) -> float:
        return percent(self.done, self.total)


@dataclass(frozen=True, slots=True, kw_only=True)
class StruckOff:
    """The same grid of squares before and after: what is spared is struck off one by one."""

    template: ClassVar[str] = "parts/struck_off.html"
    name: str
    before: int
    after: int
    unit: str
    columns: int = 20

    @property
    def squares(self) -> list[tuple[int, int, bool]]:
        """Return each square's corner and whether it is left."""
        return [(n % self.columns * 12, n // self.columns * 12, n < self.after) for n in range(self.before)]

    @property
    def box(self) -> str:
        rows = -(-self.before // self.columns)
        return f"0 0 {self.columns * 12} {max(rows, 1) * 12}"
