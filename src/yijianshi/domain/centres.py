"""
Where one goes in person (政务服务中心、便民服务站): five levels, their windows, hours, ways in, and what each takes.

Basis: 苏政办发〔2022〕87号, 三(三) (窗口位置、预约排队等信息和导航服务; 延伸到乡镇（街道）、村（社区）). How long a
centre is open is its own rule; the days of rest are the State Council's.
"""

import math
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from .codes import BundleCode
from .definitions import Certainty
from .divisions import stem_of
from .workdays import BEIJING, Calendar

#: The five levels, each with the length of the code of its place (GB/T 2260, GB/T 10114).
LEVELS = {"province": 6, "city": 6, "county": 6, "town": 9, "village": 12}
LEVEL_WORDS = {
    "province": "省级", "city": "市级", "county": "县（区）级", "town": "乡镇（街道）", "village": "村（社区）",
}  # fmt: skip
ACCESS_WORDS = {
    "ramp": "无障碍坡道",
    "wheelchair": "可借轮椅",
    "lift": "电梯",
    "toilet": "无障碍卫生间",
    "sign-language": "手语服务",
    "nursing-room": "母婴室",
}
TERMINAL_WORDS = {
    "ticket": "取号",
    "file": "自助申报",
    "print": "打印证明和文书",
    "look-up": "查进度",
    "pay": "缴费",
}
WEEKDAYS = "一二三四五六日"
#: So many days ahead it is looked for the next opening.
_LOOK_AHEAD = 30
_EARTH = 6371.0  # km


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """
    From an hour to an hour of one day (时段).

    >>> str(Period.parse("9:00-12:00"))
    '09:00-12:00'
    """

    begins: time
    ends: time

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Return the period of such a text. :raises ValueError: if it is none, or ends before it begins."""
        begins, dash, ends = text.strip().replace("：", ":").replace("—", "-").partition("-")
        if not dash:
            raise ValueError(text)
        period = cls(_hour(begins), _hour(ends))
        if period.begins >= period.ends:
            raise ValueError(text)
        return period


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """On which weekdays, 1 for Monday, one is open and when; a break is what lies between two periods."""

    days: tuple[int, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherHours:
    """One day on which the hours are others (例外); without `open` it is shut."""

    day: date
    open: tuple[str, ...] = ()
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    What one queues for (业务队列): a letter, which one-things and for whom, how many minutes one matter takes.

    No one-things: all that the centre takes. No audience: individuals and enterprises.
    """

    letter: str
    name: str
    one_things: tuple[BundleCode, ...] = ()
    audience: str = ""
    minutes: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreWindow:
    """One window (窗口): its number on the door, where it is, and the letters of the lines it serves."""

    number: str
    where: str = ""
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """One self-service terminal (自助终端): its own address, where it stands, what it can do."""

    code: str
    name: str
    where: str
    can: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Degrees east and north (CGCS2000)."""

    east: float
    north: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """How one gets there, in words first (怎么走)."""

    bus: str = ""
    door: str = ""
    floor: str = ""
    note: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(filter(None, (self.bus, self.door, self.floor, self.note)))


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreCertainty:
    """How sure what is said about a centre is."""

    place: Certainty
    hours: Certainty
    takes: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Centre:
    """
    One centre or station (政务服务中心、便民服务中心、便民服务站).

    `division` is the county or higher whose departments decide, `place` the code of the level itself. A station that
    takes only some one-things names them in `one_things`, and in `otherwise` the centre that takes the rest.
    """

    code: str
    name: str
    level: str
    division: str
    place: str
    place_name: str
    address: str
    phone: str
    position: Position
    route: Route
    hours: tuple[Hours, ...]
    lines: tuple[Line, ...]
    windows: tuple[CentreWindow, ...]
    certainty: CentreCertainty
    accessibility: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    exceptions: tuple[OtherHours, ...] = ()
    works_on_rest_days: bool = False  # whether holidays and make-up days change nothing
    one_things: tuple[BundleCode, ...] = ()
    otherwise: str = ""
    terminals: tuple[Terminal, ...] = ()
    slot_minutes: int = 30

    def takes(self, bundle: str) -> bool:
        """Return whether the one-thing can be handed in here."""
        return not self.one_things or bundle in self.one_things

    def line(self, letter: str) -> Line | None:
        return next((line for line in self.lines if line.letter == letter), None)

    def window(self, number: str) -> CentreWindow | None:
        return next((window for window in self.windows if window.number == number), None)

    def line_for(self, bundle: str, audience: str = "") -> Line | None:
        """Return what one queues for with a one-thing: the line that names it, else the first that takes all."""
        if not self.takes(bundle):
            return None
        fit = [line for line in self.lines if not line.audience or audience in ("", line.audience)]
        named = [line for line in fit if bundle in line.one_things]
        return next(iter(named + [line for line in fit if not line.one_things]), None)

    def windows_of(self, letter: str, *, shut: Collection[str] = ()) -> tuple[CentreWindow, ...]:
        """Return the windows that serve a line, without those that are shut."""
        return tuple(w for w in self.windows if letter in w.lines and w.number not in shut)


@dataclass(frozen=True, slots=True)
class Opening:
    """Whether a centre is open, until when, and if not when next; `why` where a day is another than usual."""

    is_open: bool
    until: time | None = None
    next: datetime | None = None
    why: str = ""
    provisional: bool = False
    ends_today: tuple[Period, ...] = field(default=())


def periods_on(centre: Centre, day: date, calendar: Calendar) -> tuple[tuple[Period, ...], str]:
    """Return when a centre is open on a day, and why where that is not as usual."""
    for one in centre.exceptions:
        if one.day == day:
            return tuple(sorted(map(Period.parse, one.open))), one.why
    weekday = day.isoweekday()
    if not centre.works_on_rest_days:
        if not calendar.counts(day) and weekday <= 5:
            return (), "法定节假日"
        if calendar.counts(day) and weekday > 5:  # a make-up day is like a Friday
            return _usual(centre, 5), "调休上班"
    return _usual(centre, weekday), ""


def opening(centre: Centre, *, at: datetime, calendar: Calendar) -> Opening:
    """Return whether a centre is open at an instant, and when it opens next."""
    here = at.astimezone(BEIJING)
    today, why = periods_on(centre, here.date(), calendar)
    clock = here.time().replace(second=0, microsecond=0)
    for period in today:
        if period.begins <= clock < period.ends:
            return Opening(True, until=period.ends, why=why, ends_today=today)
    for days in range(_LOOK_AHEAD):
        day = here.date() + timedelta(days=days)
        for period in periods_on(centre, day, calendar)[0]:
            begins = datetime.combine(day, period.begins, BEIJING)
            if begins > here:
                provisional = not calendar.is_published(day)
                return Opening(False, next=begins, why=why, provisional=provisional, ends_today=today)
    return Opening(False, why=why, ends_today=today)


def week_of(centre: Centre) -> tuple[tuple[str, str], ...]:
    """Return the usual hours in words, days with the same hours together: (周一至周五, 09:00-12:00，13:30-17:00)."""
    by_day = ["，".join(map(str, _usual(centre, day))) for day in range(1, 8)]
    found: list[tuple[str, str]] = []
    first = 0
    for day in range(1, 8):
        if day < 7 and by_day[day] == by_day[first]:
            continue
        last = day - 1
        name = f"周{WEEKDAYS[first]}" + (f"至周{WEEKDAYS[last]}" if last > first else "")
        found.append((name, by_day[first] or "不开门"))
        first = day
    return tuple(found)


def kilometres(one: Position, other: Position) -> float:
    """
    Return how far two places lie apart as the crow flies.

    >>> round(kilometres(Position(east=118.0, north=32.0), Position(east=118.1, north=32.0)), 1)
    9.4
    """
    east = math.radians(other.east - one.east) * math.cos(math.radians((one.north + other.north) / 2))
    north = math.radians(other.north - one.north)
    return _EARTH * math.hypot(east, north)


def lies_in(place: str, division: str) -> bool:
    """
    Return whether a place lies in a division or is above it: both are of use to who lives there.

    >>> lies_in("320106901", "320106"), lies_in("320100", "320106"), lies_in("320111", "320106")
    (True, True, False)
    """
    shorter, longer = sorted((stem_of(place), stem_of(division)), key=len)
    return longer.startswith(shorter)


def _usual(centre: Centre, weekday: int) -> tuple[Period, ...]:
    found = [text for hours in centre.hours if weekday in hours.days for text in hours.open]
    return tuple(sorted(map(Period.parse, found)))


def _hour(text: str) -> time:
    hours, _, minutes = text.strip().partition(":")
    return time(int(hours), int(minutes or 0))
