"""
What contradicts itself in what is said about a centre (前后不合): before it is published, and before a change is kept.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .centres import ACCESS_WORDS, LEVEL_WORDS, LEVELS, TERMINAL_WORDS, Centre, Period


class CentreMisstated(ValueError):
    """What is to be kept about a centre contradicts itself; `problems` says each: where, what, what would do."""

    def __init__(self, problems: Sequence["Misstatement"]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(f"{one.message}，{one.remedy}" for one in self.problems))


@dataclass(frozen=True, slots=True)
class Misstatement:
    """One contradiction: the way to it within the centre, what is wrong, what would do."""

    way: tuple[str | int, ...]
    message: str
    remedy: str


def misstatements_of(
    centre: Centre, *, bundles: Collection[str], divisions: Collection[str], centres: Mapping[str, str]
) -> Iterator[Misstatement]:
    """Yield what contradicts itself in a centre; `centres` are the levels of all, by their codes."""
    if centre.level not in LEVELS:
        yield Misstatement(("level",), f"没有“{centre.level}”这一级", f"改成其中一个：{'、'.join(LEVELS)}")
    elif len(centre.place) != LEVELS[centre.level] or not centre.place.isdigit():
        wanted = LEVELS[centre.level]
        yield Misstatement(("place",), f"{LEVEL_WORDS[centre.level]}的代码应是 {wanted} 位数字", "改正 place")
    if centre.division not in divisions:
        yield Misstatement(("division",), f"没有行政区划“{centre.division}”", "改正六位代码")
    elif not centre.place.startswith(centre.division) and len(centre.place) > 6:
        yield Misstatement(("place",), "村镇的代码要以所属县（区）的六位代码开头", "改正 place 或 division")
    yield from _hours_problems(centre)
    yield from _line_problems(centre, bundles)
    if centre.one_things and centre.otherwise not in centres:
        yield Misstatement(
            ("otherwise",), "只办一部分的，要写其余的到哪里办", "在 otherwise 里写那个中心的编码"
        )
    for at, word in enumerate(centre.accessibility):
        if word not in ACCESS_WORDS:
            yield Misstatement(
                ("accessibility", at), f"不认识“{word}”", f"改成其中一个：{'、'.join(ACCESS_WORDS)}"
            )
    seen: set[str] = set()
    for at, terminal in enumerate(centre.terminals):
        if terminal.code in seen:
            yield Misstatement(("terminals", at), f"终端编码“{terminal.code}”写了两次", "换一个编码")
        seen.add(terminal.code)
        for what in terminal.can:
            if what not in TERMINAL_WORDS:
                remedy = f"改成其中一个：{'、'.join(TERMINAL_WORDS)}"
                yield Misstatement(("terminals", at, "can"), f"不认识“{what}”", remedy)


def _hours_problems(centre: Centre) -> Iterator[Misstatement]:
    written = [("hours", tuple(one.open for one in centre.hours))]
    written.append(("exceptions", tuple(one.open for one in centre.exceptions)))
    for name, days in written:
        for at, open_ in enumerate(days):
            try:
                periods = sorted(map(Period.parse, open_))
            except ValueError as bad:
                yield Misstatement((name, at, "open"), f"“{bad}”不是时段", "写成 09:00-12:00，先早后晚")
                continue
            if any(a.ends > b.begins for a, b in pairwise(periods)):
                yield Misstatement((name, at, "open"), "两个时段重叠了", "改成一前一后")
    for at, hours in enumerate(centre.hours):
        if not set(hours.days) <= set(range(1, 8)):
            yield Misstatement(("hours", at, "days"), "星期要写 1 到 7", "周一写 1，周日写 7")
    if not any(hours.open for hours in centre.hours):
        yield Misstatement(("hours",), "没有开门的时间", "至少写一天")


def _line_problems(centre: Centre, bundles: Collection[str]) -> Iterator[Misstatement]:
    letters = [line.letter for line in centre.lines]
    for at, line in enumerate(centre.lines):
        if len(line.letter) != 1 or not "A" <= line.letter <= "Z" or letters.count(line.letter) > 1:
            yield Misstatement(
                ("lines", at, "letter"), f"“{line.letter}”不能作队列的字母", "用一个没有用过的大写字母"
            )
        if not 1 <= line.minutes <= 240:
            yield Misstatement(("lines", at, "minutes"), "每件几分钟要在 1 到 240 之间", "改正 minutes")
        if line.audience not in ("", "individual", "enterprise"):
            yield Misstatement(
                ("lines", at, "audience"), f"不认识“{line.audience}”", "写 individual 或 enterprise，或不写"
            )
        for code in line.one_things:
            if code not in bundles:
                yield Misstatement(("lines", at, "one_things"), f"没有编码为“{code}”的一件事", "改正编码")
        if not centre.windows_of(line.letter):
            yield Misstatement(("lines", at), f"队列 {line.letter} 没有窗口办", "在某个窗口的 lines 里写上它")
    for code in centre.one_things:
        if code not in bundles:
            yield Misstatement(("one_things",), f"没有编码为“{code}”的一件事", "改正编码")
    numbers = [window.number for window in centre.windows]
    for at, window in enumerate(centre.windows):
        if numbers.count(window.number) > 1:
            yield Misstatement(("windows", at, "number"), f"{window.number} 号窗口写了两次", "换一个号")
        for letter in window.lines:
            if letter not in letters:
                yield Misstatement(("windows", at, "lines"), f"没有队列 {letter}", "改成 lines 里有的字母")
    if not 10 <= centre.slot_minutes <= 240:
        yield Misstatement(("slot_minutes",), "预约时段的长短要在 10 到 240 分钟之间", "改正 slot_minutes")
