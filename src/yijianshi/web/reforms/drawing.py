"""How a reform is drawn on a page: reductions, and both bar pictures on one scale that fits every width."""

from dataclasses import dataclass
from typing import ClassVar

from yijianshi.domain.reforms import Reduction, Reform
from yijianshi.services.reforms.pictures import Bar, Picture
from yijianshi.web import parts as p

_SHORT = {
    "steps": "环节",
    "materials": "材料",
    "working": "时间",
    "calendar": "时间",
    "visits": "跑动",
    "fields": "填表",
}


def cuts_of(reform: Reform, *, brief: bool = False) -> tuple[p.Cut, ...]:
    """Return the reductions as figures; the brief ones are those of a card."""
    shown = [r for r in reform.reductions if not brief or r.key in ("materials", "working", "visits")]
    return tuple(_cut(reduction) for reduction in shown)


def _cut(reduction: Reduction) -> p.Cut:
    return p.Cut(
        name=_SHORT[reduction.key], before=reduction.before, after=reduction.after, unit=reduction.unit
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnBar:
    """A bar in percent of the width, with its words before or behind it, wherever there is room."""

    name: str
    says: str
    x: float
    width: float
    is_critical: bool
    words_first: bool

    @property
    def words_at(self) -> float:
        return self.x if self.words_first else round(self.x + self.width, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnPicture:
    """Both pictures: their bars, their sentences and what the picture says to who cannot see it."""

    template: ClassVar[str] = "reforms/picture.html"
    rows: tuple[tuple[str, str, bool, tuple[DrawnBar, ...]], ...]
    says: str
    note: str


def drawn_picture(picture: Picture) -> DrawnPicture:
    """Return the pictures before and after, on one scale."""
    return DrawnPicture(
        rows=(
            ("一项一项办", picture.before_words, True, _bars(picture.before, picture.scale)),
            ("一次办", picture.after_words, False, _bars(picture.after, picture.scale)),
        ),
        says=picture.says,
        note=picture.note,
    )


def _bars(bars: tuple[Bar, ...], scale: float) -> tuple[DrawnBar, ...]:
    return tuple(
        DrawnBar(
            name=bar.name,
            says=f"{bar.department} · {bar.says}",
            x=p.percent(bar.begins, scale),
            width=max(p.percent(bar.days, scale), 0.6),
            is_critical=bar.critical,
            words_first=(bar.begins + bar.days) / scale > 0.5 and bar.begins / scale >= 0.4,
        )
        for bar in bars
    )
