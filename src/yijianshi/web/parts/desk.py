"""What staff work with: lists by due day, filters, counts, pages of a list and acts on several cases at once."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from urllib.parse import urlencode

from .words import Act, Empty, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class RailLink:
    """One door of the staff rail, with the number of things waiting behind it."""

    label: str
    href: str
    icon: str
    badge: int = 0
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When something is due, in words; `state` is late, today, soon, ok or stop (clock stopped)."""

    template: ClassVar[str] = "parts/due.html"
    state: str
    words: str


def due(day: date | None, *, today: date, working_days_left: int = 99, stopped_for: int | None = None) -> Due:
    """
    Return how a due day is said: 超 1 天 · 今天 · 明天 · 11 月 27 日 · 停 3 天.

    `working_days_left` counts from today; below zero the case is late by that many.

    >>> due(date(2026, 11, 27), today=date(2026, 11, 24), working_days_left=3).words
    '11 月 27 日'
    """
    if stopped_for is not None:
        return Due(state="stop", words=f"停 {stopped_for} 天")
    if day is None:
        return Due(state="ok", words="未定")
    if day < today:
        late = -working_days_left if working_days_left < 0 else (today - day).days
        return Due(state="late", words=f"超 {late} 天")
    if day == today:
        return Due(state="today", words="今天")
    days_off = (day - today).days
    if days_off == 1:
        return Due(state="soon", words="明天")
    words = f"{day.month} 月 {day.day} 日"
    if day.year != today.year:
        words = f"{day.year} 年 {words}"
    return Due(state="soon" if working_days_left <= 1 else "ok", words=words)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxRow:
    """One case in a list: due first, whose matter it is bold, who applies for him and the item below it."""

    id: str
    href: str
    applicant: str
    by: str = ""  # who applies, where that is somebody else
    item: str
    about: str
    due: Due
    tag: Tag
    origin: str = ""
    hand: str = ""  # who has it in hand
    materials: str = ""
    tickable: bool = True
    ticked: bool = False
    open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """One act on the ticked cases: how many, why they may go together, and the page that lists them before anything happens."""

    label: str
    post: str
    why: str
    name: str = "case"
    also: tuple[tuple[str, str], ...] = ()  # what else may be done with the ticked: words, address


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbox:
    """The list of cases, a table on wide screens and cards on phones; never empty without a word."""

    template: ClassVar[str] = "parts/inbox.html"
    caption: str
    rows: tuple[InboxRow, ...]
    batch: Batch | None = None
    empty: Empty | None = None
    columns: tuple[str, ...] = ("到期 ↑", "谁的事", "事项 · 一件事", "来处", "材料", "状态")
    keys: bool = False

    @property
    def ticked(self) -> int:
        return sum(row.ticked for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One figure that is also a filter; `kind` is '', late or soon."""

    number: int
    label: str
    href: str
    kind: str = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The row of figures above a list."""

    template: ClassVar[str] = "parts/counts.html"
    items: tuple[Count, ...]
    label: str = "按期限筛选"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowing:
    """One choice in the filter bar; `options` are (value, words), the first one meaning all."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    chosen: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterBar:
    """Search and choices above a list, as a plain form: GET, or POST where a personal number may be looked for."""

    template: ClassVar[str] = "parts/filters.html"
    query: str = ""
    placeholder: str = "办件号、申请人"
    label: str = "查办件"
    choices: tuple[Narrowing, ...] = ()
    keep: tuple[tuple[str, str], ...] = ()
    name: str = "q"
    is_posted: bool = False
    is_search: bool = True  # whether there is anything to type, and not only something to choose


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """Where one is in a long list; `keep` are the filters that every page link carries on."""

    template: ClassVar[str] = "parts/pages.html"
    number: int
    last: int
    total: int = 0
    keep: tuple[tuple[str, str], ...] = ()
    name: str = "page"

    def _address(self, number: int) -> str:
        return "?" + urlencode([*self.keep, (self.name, number)])

    @property
    def previous(self) -> str:
        return self._address(self.number - 1) if self.number > 1 else ""

    @property
    def next(self) -> str:
        return self._address(self.number + 1) if self.number < self.last else ""

    @property
    def near(self) -> list[tuple[int, str]]:
        """Return the pages around this one, with the first and the last; 0 stands for a gap."""
        shown = sorted({1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)})
        pages: list[tuple[int, str]] = []
        for n in shown:
            if pages and n - pages[-1][0] > 1:
                pages.append((0, ""))
            pages.append((n, self._address(n)))
        return pages


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One line of a list of names and values, with where the value comes from."""

    name: str
    value: str
    source: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Names and values in a narrow column."""

    template: ClassVar[str] = "parts/pairs.html"
    items: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of a pre-review: looked at and in order (ok), missing something (bad), being looked at (now) or not yet ('')."""

    template: ClassVar[str] = "parts/check.html"
    number: int
    name: str
    about: str = ""
    state: str = ""
    acts: tuple[Act, ...] = ()
