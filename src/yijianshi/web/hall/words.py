"""How halls are told of: open or when next, how many wait, which times are left, and the sketch of where they lie."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from yijianshi.domain.booking import slot_words
from yijianshi.domain.centres import Centre, Opening, kilometres
from yijianshi.domain.queues import Estimate
from yijianshi.domain.workdays import BEIJING
from yijianshi.services.hall.times import TimeLeft
from yijianshi.services.reading.hall import HallNow
from yijianshi.web import parts as p

_WIDE, _HIGH, _EDGE = 320, 200, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One centre on the sketch."""

    number: int
    x: int
    y: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePick:
    """One time that can be picked, with what is left."""

    value: str
    words: str
    left: str
    is_full: bool
    is_chosen: bool = False


def opening_tag(found: Opening) -> p.Tag:
    """Return whether it is open, as a tag."""
    return p.Tag(state="done", word="开着") if found.is_open else p.Tag(state="wait", word="没开")


def opening_words(found: Opening, *, at: datetime) -> str:
    """Return until when it is open, or when it opens next, and why where that is not as usual."""
    why = f"（{found.why}）" if found.why else ""
    if found.is_open and found.until:
        return f"现在开着，到 {found.until:%H:%M}{why}"
    if found.next is None:
        return f"近期不开门{why}"
    here, today = found.next.astimezone(BEIJING), at.astimezone(BEIJING).date()
    day = (
        "今天"
        if here.date() == today
        else f"{here.month} 月 {here.day} 日（周{'一二三四五六日'[here.weekday()]}）"
    )
    return f"现在没开{why}，{day} {here:%H:%M} 开" + ("（暂定）" if found.provisional else "")


def waiting_words(found: HallNow) -> str:
    """Return how many wait and about how long; of the line one is looking for, else of all."""
    if not found.opening.is_open:
        return ""
    if found.line:
        return f"现在 {found.line.waiting} 人在等，{minutes_words(found.line.estimate)}"
    return f"现在 {found.waiting} 人在等"


def minutes_words(found: Estimate) -> str:
    return "还没有窗口在叫号" if found.minutes is None else f"约等 {found.minutes} 分钟"


def distance_words(centre: Centre, near: Centre | None) -> str:
    """Return how far it is from the place that was named, as the crow flies."""
    if near is None:
        return ""
    far = kilometres(near.position, centre.position)
    return "就是这里" if centre.code == near.code else f"离{near.place_name}的站点约 {far:.1f} 公里（直线）"


def sketch(centres: Sequence[Centre]) -> tuple[Point, ...]:
    """Return where centres lie to one another, north above; those of one city only, for the others are far away."""
    if not centres:
        return ()
    city = centres[0].place[:4]
    shown = [(n, one) for n, one in enumerate(centres, 1) if one.place[:4] == city]
    if len(shown) < 2:
        return ()
    east, north = [one.position.east for _, one in shown], [one.position.north for _, one in shown]
    wide, high = (max(east) - min(east)) or 1, (max(north) - min(north)) or 1
    return tuple(
        Point(
            number=n,
            x=round(_EDGE + (one.position.east - min(east)) / wide * (_WIDE - 2 * _EDGE)),
            y=round(_HIGH - _EDGE - (one.position.north - min(north)) / high * (_HIGH - 2 * _EDGE)),
            name=one.name,
        )
        for n, one in shown
    )


def picks_of(times: Iterable[TimeLeft], *, chosen: str = "") -> tuple[TimePick, ...]:
    """Return the times of a day as cards to pick from."""
    return tuple(
        TimePick(
            value=one.slot.begins.isoformat(),
            words=slot_words(one.slot.begins, one.slot.ends).partition("）")[2],
            left=f"剩 {one.left} 个" if one.left else "约满了",
            is_full=not one.left,
            is_chosen=one.slot.begins.isoformat() == chosen,
        )
        for one in times
    )


def moment_of(text: str) -> datetime | None:
    """Return the instant that was picked, or None if it is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None
