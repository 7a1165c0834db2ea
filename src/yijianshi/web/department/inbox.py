"""The inbox of a unit (待办): what is due first stands first."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.cases import CLOSED, Action, State, allowed_actions
from yijianshi.domain.rights import Role
from yijianshi.services.reading.commitments import count_checks
from yijianshi.services.reading.consultations import questions_waiting
from yijianshi.services.reading.inbox import InboxLine, InboxPage, Wanted, read_inbox
from yijianshi.services.reading.inbox_marks import COLLEAGUE, MINE, NOBODY
from yijianshi.services.reading.units import name_of_unit
from yijianshi.services.rekeying.own_system import own_system_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import (
    CHANNEL_WORDS,
    TO_DO_WORDS,
    desk_page,
    due_words,
    is_late,
    short_number,
    sought,
    sought_party,
    state_tag,
)

#: The figures above the list: queue, words, kind.
_COUNTS = (
    ("", "全部在手", ""),
    ("late", "已超期", "late"),
    ("soon", "今明到期", "soon"),
    ("received", "新收件", ""),
    ("correction", "等补正", ""),
    ("stopped", "停止计时", ""),
)
_STATES = (
    ("", "全部"), ("running", "办理中"), ("received", "新收件"), ("corrected", "已补正"), ("correction", "等补正"),
    ("waiting", "等前序"), ("stopped", "停止计时"), ("late", "已超期"), ("soon", "今明到期"),
)  # fmt: skip
_HANDS = (("", "全部"), (MINE, "我领办的"), (NOBODY, "没人领办"), (COLLEAGUE, "同事在办"))
_EMPTY = {
    "late": ("没有超期的", "每一件都在期限内。"),
    "soon": ("今明没有到期的", "可以先看新收件。"),
    "received": ("没有新收件", "申请人提交以后，属于本单位的部分会出现在这里。"),
    "correction": ("没有等补正的", "提过意见的办件分办后在这里等申请人。"),
    "stopped": ("没有停止计时的", "检验、检测、专家评审等期间的办件会在这里。"),
    "waiting": ("没有等前序的", "要等别家结果的办件会在这里，前序办成后自动开始计时。"),
    "corrected": ("没有刚补正的", "申请人交回补正后，先在这里受理。"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One day ahead with how many cases are due."""

    day: date
    number: int
    href: str
    meter: p.Meter


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxView:
    """The page."""

    counts: p.Counts
    filters: p.FilterBar
    inbox: p.Inbox
    pages: p.Pages
    ahead: tuple[Bar, ...]
    waiting: p.Pairs
    units: tuple[tuple[str, str, bool], ...]
    narrowed: str


@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the open cases of the reader's unit."""
    if request.method == "POST":
        return sought(request, Role.REVIEWER)
    read = read_inbox(actor=actor(request), wanted=_wanted(request), at=now())
    counts = read.counts
    asked = questions_waiting(actor=actor(request))
    badges = {
        "desk-checks": count_checks([read.unit]),
        "consult": asked,
        "desk": counts.by_queue["running"] + counts.by_queue["received"] + counts.by_queue["corrected"],
    }
    return desk_page(
        request,
        "department/inbox.html",
        _view(read),
        asked=asked,
        own_system=own_system_of(read.unit),
        here="desk",
        unit=name_of_unit(read.unit),
        badges=badges,
    )


def row_of(line: InboxLine, *, on: date) -> p.InboxRow:
    """Return one case as a row of the list."""
    return p.InboxRow(
        id=str(line.id),
        href=reverse("desk-case", args=[line.id]),
        applicant=line.title,
        by=line.applicant,
        item=line.item + ("（承诺制）" if line.committed else ""),
        about=f"{short_number(line.number)} · {line.bundle}",
        due=_due(line, on),
        tag=state_tag(
            line.state,
            word="待确认" if line.proposed else TO_DO_WORDS.get(line.state, ""),
            is_late=is_late(line.state, line.day, on),
        ),
        origin=f"{line.division} · {CHANNEL_WORDS.get(line.channel, line.channel)}",
        materials=f"{line.received_on.month}-{line.received_on.day:02d}",
        hand="我在办" if line.is_mine else f"{line.handler}在办" if line.handler else "",
        tickable=not (line.handler and not line.is_mine)
        and Action.HAND_OVER in allowed_actions(line.state, by="department"),
    )


def _wanted(request: HttpRequest) -> Wanted:
    given = request.GET
    number = given.get("page", "1")
    try:
        due = date.fromisoformat(given.get("due", ""))
    except ValueError:
        due = None
    return Wanted(
        queue=given.get("state", ""),
        item=given.get("item", "")[:64],
        number=given.get("q", "").strip()[:40],
        party=sought_party(request),
        due=due,
        unit=given.get("unit", "")[:64],
        hand=given.get("hand", "")[:12],
        page=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )


def _view(read: InboxPage) -> InboxView:
    on = today()
    wanted = read.wanted
    batch = p.Batch(
        label="准予所选",
        post=reverse("desk-grant-many"),
        why="只有同一事项、正在办理的可以一起准予；不予要一件一件办",
        also=(("交办所选", reverse("desk-hand-over-many")),),
    )
    rows = tuple(row_of(line, on=on) for line in read.lines)
    return InboxView(
        counts=_counts(read),
        filters=p.FilterBar(
            query=wanted.number,
            placeholder="办件号或证件号码",
            label="按办件号、申报号（输后几位就行）或证件号码查",
            is_posted=True,
            choices=(
                p.Narrowing(name="state", label="状态", options=_STATES, chosen=wanted.queue),
                p.Narrowing(
                    name="item",
                    label="事项",
                    options=(
                        ("", "全部"),
                        *((code, f"{name}（{number}）") for code, name, number in read.items),
                    ),
                    chosen=wanted.item,
                ),
                p.Narrowing(name="hand", label="谁在办", options=_HANDS, chosen=wanted.hand),
            ),
            keep=(("unit", wanted.unit),) if wanted.unit else (),
        ),
        inbox=p.Inbox(
            caption="本单位在手的办件，最急的在前",
            rows=rows,
            batch=batch if any(row.tickable for row in rows) else None,
            empty=_empty(wanted),
            columns=("到期 ↑", "谁的事", "事项 · 一件事", "来处", "收件", "状态"),
            keys=True,
        ),
        pages=p.Pages(number=wanted.page, last=read.last_page, total=read.total, keep=tuple(_query(wanted))),
        ahead=_ahead(read),
        waiting=p.Pairs(
            items=tuple(
                p.Pair(name=words, value=f"{read.counts.by_queue[queue]} 件", href=_href(read, queue=queue))
                for queue, words in (
                    ("received", "新收件，等看"),
                    ("corrected", "已补正，等受理"),
                    ("correction", "等申请人补正"),
                    ("waiting", "等别家结果"),
                    ("stopped", "停止计时"),
                )
            )
        ),
        units=tuple((unit, name_of_unit(unit), unit == read.unit) for unit in read.units)
        if len(read.units) > 1
        else (),
        narrowed=_narrowed(read),
    )


def _counts(read: InboxPage) -> p.Counts:
    figures = {
        "": read.counts.open,
        "late": read.counts.late,
        "soon": read.counts.soon,
    } | read.counts.by_queue
    return p.Counts(
        items=tuple(
            p.Count(
                number=figures[queue],
                label=words,
                href=_href(read, queue=queue),
                kind=kind if figures[queue] else "",
                current=read.wanted.queue == queue
                and not (read.wanted.due or read.wanted.number or read.wanted.party),
            )
            for queue, words, kind in _COUNTS
        )
    )


def _ahead(read: InboxPage) -> tuple[Bar, ...]:
    most = max((number for _, number in read.ahead), default=0)
    on = today()
    bars = []
    for day, number in read.ahead:
        kind = "todo" if (day - on).days <= 1 else "run"
        says = f"{day.month} 月 {day.day} 日到期 {number} 件"
        meter = p.Meter(done=number, total=max(most, 5), says=says, kind=kind)
        bars.append(Bar(day=day, number=number, href=f"?due={day}", meter=meter))
    return tuple(bars)


def _narrowed(read: InboxPage) -> str:
    wanted = read.wanted
    if wanted.party and read.total:
        return f"这个证件号码的 {read.total} 件，办结的也在内"
    return f" {wanted.due.month} 月 {wanted.due.day} 日到期的" if wanted.due else ""


def _empty(wanted: Wanted) -> p.Empty:
    if wanted.party:
        return p.Empty(
            title="没有这个证件号码的办件",
            text="只查得到归本单位办的。",
            act=p.Act(label="看全部在手", href=reverse("desk")),
        )
    if wanted.number:
        return p.Empty(
            title="没有这个号码的办件",
            text="只查得到本单位在手的；已办结的请输完整的 23 位号码。",
            act=p.Act(label="看全部在手", href=reverse("desk")),
        )
    title, text = _EMPTY.get(wanted.queue, ("手头没有办件", "申请人提交以后，属于本单位的部分会出现在这里。"))
    return p.Empty(
        title=title, text=text, act=p.Act(label="看全部在手", href=reverse("desk")) if wanted.queue else None
    )


def _due(line: InboxLine, on: date) -> p.Due:
    if line.state in CLOSED:  # found by a number; what is decided is never late
        return p.Due(state="ok", words="已办完")
    if line.state in (State.AWAITING_CORRECTION, State.WAITING):
        return p.Due(state="stop", words="未起算")
    if line.state is State.RECEIVED and line.day and line.day < on:
        return p.Due(state="soon", words="待分办")
    return due_words(line.day, on=on, left=line.left, stopped_for=line.stopped_for)


def _href(read: InboxPage, *, queue: str) -> str:
    kept = [("unit", read.wanted.unit)] if read.wanted.unit else []
    kept += [("item", read.wanted.item)] if read.wanted.item else []
    kept += [("hand", read.wanted.hand)] if read.wanted.hand else []
    kept += [("state", queue)] if queue else []
    return reverse("desk") + ("?" + urlencode(kept) if kept else "")


def _query(wanted: Wanted) -> list[tuple[str, str]]:
    pairs = [
        ("unit", wanted.unit), ("state", wanted.queue), ("item", wanted.item), ("q", wanted.number),
        ("due", wanted.due.isoformat() if wanted.due else ""), ("hand", wanted.hand),
    ]  # fmt: skip
    return [(name, value) for name, value in pairs if value]
