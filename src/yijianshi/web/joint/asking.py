"""What the pages of joint operations share: half-days as questions and as a table, tags of states and verdicts."""

from dataclasses import dataclass

from django.http import HttpRequest

from yijianshi.domain.appointments import AppointmentRefused, Half, Slot
from yijianshi.domain.definitions import Kind
from yijianshi.domain.joint import (
    OPERATION_WORDS,
    OUTCOME_WORDS,
    VERDICT_WORDS,
    OperationState,
    Outcome,
    Verdict,
)
from yijianshi.services.reading.joint import OperationLink, OperationRead
from yijianshi.web import parts as p

_WEEKDAYS = "一二三四五六日"
_STATES = {
    OperationState.PLANNED: "todo", OperationState.PROPOSED: "todo", OperationState.FIXED: "run",
    OperationState.HELD: "run", OperationState.RECORDED: "done", OperationState.CANCELLED: "wait",
}  # fmt: skip
_VERDICTS = {Verdict.PASS: "done", Verdict.MEND: "todo", Verdict.FAIL: "no", Verdict.NOT_CONCERNED: "wait"}
_OUTCOMES = {Outcome.PASSED: "done", Outcome.MEND: "todo", Outcome.FAILED: "no", Outcome.OPEN: "wait"}
#: How a cell of the table of times says it: sign and word.
CAN, CANNOT, SILENT = ("check", "能来"), ("x", "来不了"), ("dash", "没回复")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Whether one party can come at one half-day."""

    party: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """One half-day with all parties; `common` where all can come."""

    key: str
    words: str
    cells: tuple[Cell, ...]
    common: bool
    chosen: bool = False


def slot_words(slot: Slot) -> str:
    """
    Return 11 月 20 日（周五）上午.

    >>> slot_words(Slot.parse("2026-11-20.am"))
    '11 月 20 日（周五）上午'
    """
    half = "上午" if slot.half is Half.MORNING else "下午"
    return f"{slot.day.month} 月 {slot.day.day} 日（周{_WEEKDAYS[slot.day.weekday()]}）{half}"


def slot_options(slots: tuple[Slot, ...]) -> tuple[p.Option, ...]:
    """Return half-days as choices."""
    return tuple(p.Option(str(slot), slot_words(slot)) for slot in slots)


def times_question(read: OperationRead, party: str, *, label: str) -> p.Asked:
    """Return the question when a party can come, with what it said before."""
    free = next((one.free for one in read.parties if one.key == party), None)
    return p.Asked(
        name="slots", label=label, kind=Kind.MULTI_ENUM, value=[str(slot) for slot in sorted(free or ())],
        options=slot_options(read.asked), wide=True, hint="能来的都勾上，勾得多，越容易约到一起；一个都不勾就是都来不了",
    )  # fmt: skip


def times_table(read: OperationRead, *, chosen: str = "") -> tuple[TimeRow, ...]:
    """Return the half-days with who can come."""
    return tuple(
        TimeRow(
            key=str(slot),
            words=slot_words(slot),
            cells=tuple(
                Cell(party=party.short, sign=sign, word=word)
                for party in read.parties
                for sign, word in [SILENT if party.free is None else CAN if slot in party.free else CANNOT]
            ),
            common=all(party.free is not None and slot in party.free for party in read.parties),
            chosen=str(slot) == chosen,
        )
        for slot in read.asked
    )


def posted_slots(request: HttpRequest, name: str = "slots") -> tuple[Slot, ...]:
    """Return the half-days that were posted. :raises AppointmentRefused: if one cannot be read."""
    try:
        return tuple(Slot.parse(key) for key in request.POST.getlist(name) if key)
    except ValueError as error:
        raise AppointmentRefused("请从列出的半天里选") from error


def state_tag(state: OperationState) -> p.Tag:
    """Return how far an operation has come."""
    return p.Tag(state=_STATES[state], word=OPERATION_WORDS[state])


def verdict_tag(verdict: Verdict | None) -> p.Tag:
    """Return what a department found, or that it has not said."""
    if verdict is None:
        return p.Tag(state="wait", word="还没有意见")
    return p.Tag(state=_VERDICTS[verdict], word=VERDICT_WORDS[verdict])


def outcome_tag(outcome: Outcome) -> p.Tag:
    """Return what comes of all opinions."""
    return p.Tag(state=_OUTCOMES[outcome], word=OUTCOME_WORDS[outcome])


def link_notice(link: OperationLink, href: str, *, for_staff: bool) -> p.Notice:
    """Return the pointer to an operation that stands on a submission or a case."""
    planned = ("", "各部门正在约时间")
    if for_staff:
        planned = ("todo", "请各方报时间")
    elif link.asks_applicant:
        planned = ("todo", "请勾您方便的半天，几个部门一起来，只来一次")
    told = {
        OperationState.PLANNED: planned,
        OperationState.PROPOSED: ("", "有大家都空的时间，等牵头部门定下来"),
        OperationState.FIXED: ("", f"约在 {slot_words(link.slot)}" if link.slot else ""),
        OperationState.HELD: ("", "各部门正在给意见"),
        OperationState.RECORDED: ("done", "记录已完成，可以看各部门的意见"),
        OperationState.CANCELLED: ("", "已取消"),
    }
    kind, text = told[link.state]
    return p.Notice(
        kind=kind, title=link.kind.value, text=text, icon="calendar" if kind != "done" else "",
        act=p.Act(label=f"看{link.kind.value}", href=href, small=True),
    )  # fmt: skip
