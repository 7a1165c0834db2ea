"""
Before and after as bars on one scale of days (前后对照图), with the items on which the last day depends marked.

A working day and a calendar day are drawn alike and never added up in words: the picture says which is which.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from yijianshi.domain.reforms import Reform

from ..catalogue.figures import whole

_INK, _GREY, _OLD, _RUN, _LIGHT, _HAIR = "#11203b", "#5a6780", "#b9c3d4", "#1155d4", "#9dbcf3", "#d5dce8"
#: The drawing is this wide; the names stand in the first part of it.
_WIDTH, _NAMES, _ROW, _BAR = 470.0, 112.0, 21.0, 11.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One item on the picture: from when, for how long, and whether the last day depends on it."""

    name: str
    department: str
    begins: float
    days: float
    says: str
    critical: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Both pictures on one scale."""

    before: tuple[Bar, ...]
    after: tuple[Bar, ...]
    scale: float
    before_words: str
    after_words: str
    has_calendar_days: bool

    @property
    def note(self) -> str:
        mixed = "图中一个自然日与一个工作日同样长，不换算。" if self.has_calendar_days else ""
        return "同一把尺子。深色是关键路径：它们决定最后哪天办完。" + mixed

    @property
    def says(self) -> str:
        """Return the same in one sentence, for who cannot see it."""
        critical = "、".join(bar.name for bar in self.after if bar.critical and bar.days)
        return f"一项一项办：{self.before_words}。一次办：{self.after_words}" + (
            f"，关键路径是{critical}。" if critical else "。"
        )


def picture_of(reform: Reform) -> Picture:
    """Return the bars of a reform: one after the other, then as early as each can begin."""
    stretches, figures = reform.figures.stretches, reform.figures
    unpromised = set(reform.without_promise)
    units = {one.item.code: one.unit for one in reform.alone}
    before: list[Bar] = []
    passed = 0.0
    after: list[Bar] = []
    for stretch in stretches:
        words = "没有承诺时限" if stretch.item in unpromised else days_said(stretch.days, units[stretch.item])
        words += "（承诺制）" if stretch.committed else ""
        common = {"name": stretch.name, "department": stretch.department, "days": stretch.days, "says": words}
        before.append(Bar(**common, begins=passed, critical=True))  # type: ignore[arg-type]
        critical = stretch.item in figures.critical
        after.append(Bar(**common, begins=stretch.begins, critical=critical))  # type: ignore[arg-type]
        passed += stretch.days
    one_by_one, together = figures.days
    return Picture(
        before=tuple(before),
        after=tuple(after),
        scale=max(passed, max((bar.begins + bar.days for bar in after), default=0), 1),
        before_words=span(one_by_one.working, one_by_one.calendar),
        after_words=span(together.working, together.calendar),
        has_calendar_days=any(unit == "calendar" for unit in units.values()),
    )


def days_said(days: float | None, unit: str = "working") -> str:
    """Return 5 个工作日, 30 个自然日, 当场; nothing is made up where there is no limit."""
    if days is None:
        return "没有规定"
    if not days:
        return "当场"
    return f"{whole(days)} 个{'自然日' if unit == 'calendar' else '工作日'}"


def span(working: float, calendar: float) -> str:
    """Return both sorts of days beside each other, never as one number."""
    parts = [days_said(working)] if working else []
    parts += [days_said(calendar, "calendar")] if calendar else []
    return "，另 ".join(parts) or "当场办结"


def drawn(picture: Picture) -> str:
    """Return the picture as SVG for paper; its letters are those of the printer's fonts."""
    height = 2 * 30 + _ROW * (len(picture.before) + len(picture.after)) + 34
    parts = [
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH:g} {height:g}" width="{_WIDTH:g}" height="{height:g}"'
            ' font-family="Noto Sans SC">'
        ),
        *_axis(picture, height),
    ]
    top = 30.0
    for title, words, bars, is_old in (
        ("一项一项办", picture.before_words, picture.before, True),
        ("一次办", picture.after_words, picture.after, False),
    ):
        parts.append(_text(0, top - 10, f"{title}：{words}", size=11, weight=700))
        for bar in bars:
            parts += _bar(bar, top, picture.scale, is_old=is_old)
            top += _ROW
        top += 30
    return "".join([*parts, "</svg>"])


def _axis(picture: Picture, height: float) -> Iterator[str]:
    every = next((n for n in (1, 2, 5, 10, 20, 50, 100, 200) if picture.scale / n <= 10), 500)
    for day in range(0, int(picture.scale) + 1, every):
        x = _x(day, picture.scale)
        yield f'<line x1="{x:.1f}" y1="24" x2="{x:.1f}" y2="{height - 30:.1f}" stroke="{_HAIR}" stroke-width="0.6"/>'
        yield _text(x, height - 16, str(day), size=9, fill=_GREY, anchor="middle")
    yield _text(_WIDTH, height - 2, "天", size=9, fill=_GREY, anchor="end")


def _bar(bar: Bar, top: float, scale: float, *, is_old: bool) -> Iterator[str]:
    x, width = _x(bar.begins, scale), max(_x(bar.days, scale) - _NAMES, 2.5)
    fill = _OLD if is_old else _RUN if bar.critical else _LIGHT
    name = bar.name if len(bar.name) <= 11 else f"{bar.name[:10]}…"
    yield _text(0, top + 9, name, size=9.5)
    yield f'<rect x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" height="{_BAR:g}" rx="2" fill="{fill}"/>'
    words = f"{bar.department} · {bar.says}"
    room = _WIDTH - x - width - 6
    if room >= 8.5 * len(words):
        yield _text(x + width + 6, top + 9, words, size=8.5, fill=_GREY)
    else:
        yield _text(x - 6, top + 9, words, size=8.5, fill=_GREY, anchor="end")


def _x(days: float, scale: float) -> float:
    return _NAMES + (_WIDTH - _NAMES - 10) * days / scale


def _text(x: float, y: float, words: str, *, size: float, fill: str = _INK, anchor: str = "start", weight: int = 400) -> str:  # fmt: skip
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{fill}" text-anchor="{anchor}" font-weight="{weight}">'
        f"{escape(words)}</text>"
    )
