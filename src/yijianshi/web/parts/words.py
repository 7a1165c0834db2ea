"""What a page says: states, buttons, notices, persons to call, histories, empty lists and questions before the irreversible."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

#: The seven states a tag can say, and the sign beside the word.
TAG_SIGNS = {
    "wait": "dash",
    "run": "clock",
    "todo": "alert",
    "pause": "pause",
    "done": "check",
    "no": "x",
    "late": "alert",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A state in a sign and a word; `state` is one of wait, run, todo, pause, done, no, late."""

    template: ClassVar[str] = "parts/tag.html"
    state: str
    word: str

    @property
    def sign(self) -> str:
        return TAG_SIGNS[self.state]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """
    A button: one thing the reader may do now. With `post` it is sent as a form, otherwise it is a link.

    `look` is primary, second, quiet or danger; `dialog` names a dialog on the page that asks first where scripts run;
    `why_not` greys the button and stands beside it.
    """

    template: ClassVar[str] = "parts/act.html"
    label: str
    href: str = ""
    post: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    look: str = "second"
    icon: str = ""
    small: bool = False
    wide: bool = False
    dialog: str = ""
    why_not: str = ""

    @property
    def classes(self) -> str:
        look = "" if self.look == "primary" else f" btn--{self.look}"
        return "btn" + look + (" btn--s" if self.small else "") + (" btn--wide" if self.wide else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What happened and what it means; `kind` is '', done, todo or no."""

    template: ClassVar[str] = "parts/notice.html"
    title: str
    text: str = ""
    kind: str = ""
    icon: str = ""
    act: Act | None = None

    @property
    def sign(self) -> str:
        return self.icon or {"done": "check", "no": "x"}.get(self.kind, "alert")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The four fixed words above a form; `at` counts from 0."""

    template: ClassVar[str] = "parts/steps.html"
    at: int
    words: tuple[str, ...] = ("选情形", "填一张表", "交材料", "确认提交")


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLink:
    """One group of the form in the list beside it: how many of its questions are answered."""

    label: str
    href: str
    done: int
    total: int
    current: bool = False

    @property
    def is_done(self) -> bool:
        return self.done >= self.total


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupList:
    """All groups of the form, with one line on how much is left."""

    template: ClassVar[str] = "parts/groups.html"
    groups: tuple[GroupLink, ...]
    left: str = ""

    @property
    def position(self) -> int:
        return next((n for n, group in enumerate(self.groups, 1) if group.current), 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom to ask: a name, the door he sits behind and a telephone number."""

    template: ClassVar[str] = "parts/person.html"
    name: str
    about: str
    phone: str = ""
    hours: str = ""
    act: Act | None = None
    face: str = ""

    @property
    def initial(self) -> str:
        return self.face or self.name[:1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of what has happened; `mood` is '', good, ask (waits for the applicant) or bad."""

    at: datetime
    text: str
    by: str = ""
    mood: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What has happened, newest first (经过)."""

    template: ClassVar[str] = "parts/history.html"
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """A list with nothing in it: what will be here and the one way to get it."""

    template: ClassVar[str] = "parts/empty.html"
    title: str
    text: str
    act: Act | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to mend on a form: the id of the field and the sentence."""

    field: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problems:
    """All things to mend, above the form, each with a jump to its field."""

    template: ClassVar[str] = "parts/problems.html"
    items: tuple[Problem, ...]
    then: str = "改好再提交"


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """
    The question before what cannot be undone, as a page and, where scripts run, as a dialog over the page.

    `title` asks, `yes` answers with the verb, `no` is safe and comes first; `remains` says what stays as it is.
    """

    template: ClassVar[str] = "parts/confirmation.html"
    title: str
    text: str
    yes: str
    post: str
    no: str
    back: str
    remains: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    listed: tuple[str, ...] = ()
    danger: bool = True
    ask_reason: str = ""  # the label of a reason to be given, if one is
    id: str = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A decision against the applicant: decision, reason, what remains open, whom to ask - in that order."""

    template: ClassVar[str] = "parts/refusal.html"
    title: str
    reason: str
    basis: str = ""
    instead: str = ""  # who is competent, where the unit asked is not
    review_body: str = ""
    review_until: date | None = None
    court: str = ""
    suit_until: date | None = None
    person: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """The five levels of 好差评, as one choice; `name` is the name of the answer."""

    template: ClassVar[str] = "parts/rating.html"
    question: str = "这次办得怎么样？"
    name: str = "level"
    chosen: int | None = None
    error: str = ""
    levels: tuple[tuple[int, str], ...] = (
        (5, "非常满意"),
        (4, "满意"),
        (3, "基本满意"),
        (2, "不满意"),
        (1, "非常不满意"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """One station on a life line, with the one-things under it as (name, address)."""

    name: str
    things: tuple[tuple[str, str], ...] = ()
    icon: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeLine:
    """人这一生 or 企业这一程: stations on a line, the one-things under each."""

    template: ClassVar[str] = "parts/life_line.html"
    title: str
    stations: tuple[Station, ...]
    begin: str = ""
    end: str = ""
