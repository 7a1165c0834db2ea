"""One submission as its coordinator sees it: every item, everybody's remarks as the one notice will say them."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.cases import CLOSED, Action, State, allowed_actions
from yijianshi.services.handling.remark import withdraw_remark
from yijianshi.services.outside import outside
from yijianshi.services.reading.case_materials import open_material_of_submission
from yijianshi.services.reading.case_values import ValueRead
from yijianshi.services.reading.coordination_submission import CaseLine, SubmissionRead, read_submission
from yijianshi.services.reading.joint import operations_of, still_to_plan
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.consulting.asking import consulted
from yijianshi.web.department.case import material_rows
from yijianshi.web.department.material import streamed
from yijianshi.web.department.remark import remark_form
from yijianshi.web.desk import CHANNEL_WORDS, desk_page, is_late, state_tag
from yijianshi.web.joint.asking import link_notice
from yijianshi.web.letters import letters_by_item
from yijianshi.web.templatetags.yjs import day as day_words

MOST_DAYS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueLine:
    """One value of the whole form with the way to remark on it."""

    value: ValueRead
    remark_href: str
    remarked: bool
    spans: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRowView:
    """One case in the list of items."""

    line: CaseLine
    tag: p.Tag
    answer: p.Tag
    still: str  # what the unit itself still owes, where somebody else remarked on its case


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionView:
    """The page."""

    read: SubmissionRead
    headline: str
    says: str
    act: p.Act | None
    cases: tuple[CaseRowView, ...]
    reroutes: tuple[tuple[str, str], ...]  # item, address
    lanes: p.Lanes | None
    groups: tuple[tuple[str, tuple[ValueLine, ...]], ...]
    materials: tuple[p.MaterialRow, ...]
    joint: tuple[p.Notice, ...]
    history: p.History
    persons: tuple[p.Person, ...]
    channel: str
    is_collecting: bool
    letters: tuple[tuple[str, p.Letters], ...]
    papers: int


@signed_in
def submission_page(request: HttpRequest, submission: UUID) -> HttpResponse:
    """Show a submission to its coordinator."""
    read = read_submission(submission=submission, actor=actor(request), at=now())
    here = "coordinate" if read.state == "received" else "coordinate-released"
    more = consulted(read.id, actor=actor(request), at=now())
    return desk_page(
        request, "coordinator/submission.html", _view(read), here=here, unit=read.unit_name, consulted=more
    )


@signed_in
def material(request: HttpRequest, submission: UUID, copy: UUID) -> HttpResponse:
    """Return the bytes of one document of the submission."""
    opened = open_material_of_submission(submission=submission, copy=copy, actor=actor(request), at=now())
    return streamed(opened)  # type: ignore[return-value]


@signed_in
def remark(request: HttpRequest, submission: UUID, case: UUID) -> HttpResponse:
    """Let the coordinator remark on a field or a document himself."""
    back = reverse("coordinate-submission", args=[submission])
    return remark_form(request, case, post=request.path, back=back, here="coordinate")


@signed_in
@require_POST
def withdraw(request: HttpRequest, submission: UUID, remark: UUID) -> HttpResponse:
    """Take back one of the coordinator's own remarks."""
    withdraw_remark(remark=remark, actor=actor(request))
    messages.success(request, "意见已撤回。")
    return HttpResponseRedirect(reverse("coordinate-submission", args=[submission]))


def _view(read: SubmissionRead) -> SubmissionView:
    collecting = any(line.state is State.RECEIVED for line in read.cases)
    units = {line.unit for line in read.cases}
    answered = {line.unit for line in read.cases if line.answer.has_answered}
    return SubmissionView(
        read=read,
        headline=_headline(read, len(units), len(answered)),
        says=_says(read, len(units) - len(answered)),
        act=_act(read, collecting),
        cases=tuple(_case(line) for line in read.cases),
        reroutes=tuple(
            (line.item, reverse("coordinate-reroute", args=[read.id, line.id]))
            for line in read.cases
            if Action.REROUTE in allowed_actions(line.state, by="coordinator")
        ),
        lanes=None if collecting else _lanes(read),
        groups=_groups(read),
        materials=material_rows(
            read.materials,
            view="coordinate-material",
            key=read.id,
            remark_hrefs={m.code: _remark_href(read, "material", m.code) for m in read.materials},
            made_hrefs={
                code: reverse("generated-pdf", args=[case, code]) for code, case in read.made_case.items()
            },
        ),
        history=p.History(
            events=tuple(p.Event(at=h.at, text=h.text, by=h.by, mood=h.mood) for h in read.history)
        ),
        joint=_joint(read),
        persons=_persons(read),
        channel=CHANNEL_WORDS.get(read.channel, read.channel),
        is_collecting=collecting,
        letters=letters_by_item(((line.item, line.papers) for line in read.cases), submission=read.id),
        papers=sum(len(line.papers) for line in read.cases),
    )


def _joint(read: SubmissionRead) -> tuple[p.Notice, ...]:
    if read.state == "received":
        return ()
    known = operations_of(read.id)
    found = [link_notice(one, reverse("joint-operation", args=[one.id]), for_staff=True) for one in known]
    if read.state != "closed" and (wanted := still_to_plan(read.id, known)):
        plan = p.Act(label="安排，请各方报时间", post=reverse("joint-plan", args=[read.id]), small=True)
        names = "、".join(kind.value for kind in wanted)
        found.append(
            p.Notice(kind="todo", title=f"{names}还没有安排", text="几个部门一起做，只约一次。", act=plan)
        )
    return tuple(found)


def _act(read: SubmissionRead, collecting: bool) -> p.Act | None:
    if read.state != "received":
        return None
    label = "分办" if collecting else "结束收意见"
    return p.Act(label=label, href=reverse("coordinate-release", args=[read.id]), look="primary", icon="join")


def _headline(read: SubmissionRead, units: int, answered: int) -> str:
    if any(line.state is State.RECEIVED for line in read.cases):
        return f"{units} 家单位，{answered} 家已回复"
    done = sum(line.state in CLOSED for line in read.cases)
    return f"{len(read.cases)} 个事项，办完 {done} 个"


def _says(read: SubmissionRead, silent: int) -> str:
    on = today()
    if read.state != "received":
        return f"对申请人承诺 {day_words(read.promised_on, on)}前全部办结" if read.promised_on else ""
    until = day_words(read.collect_until, on)
    if not any(line.state is State.RECEIVED for line in read.cases):
        return f"收意见期 {until}过后没有分办，已按行政许可法第三十二条视为受理，不能再要求补正"
    if read.collect_until < on:
        return f"收意见期 {until}已过，请马上分办；收件满五个工作日不告知，就视为受理"
    return (
        f"各家都回复了，现在就可以分办（最晚 {until}）" if not silent else f"收意见到 {until}；也可以提前分办"
    )


def _case(line: CaseLine) -> CaseRowView:
    answer = line.answer
    late = is_late(line.state, line.due_on, today())
    tag = state_tag(line.state, is_late=late)
    silent = "看过，没回复" if answer.has_read else "没打开"
    if line.state is not State.RECEIVED:
        said = tag
    elif line.remarks:  # of this item: a unit may have remarked on one of its items and not on the other
        said = p.Tag(state="todo", word=f"{line.remarks} 条意见")
    elif answer.has_answered:
        said = p.Tag(state="done", word="没有意见")
    else:
        said = p.Tag(state="run" if answer.has_read else "wait", word=silent)
    owes = line.state is State.RECEIVED and line.remarks and not answer.has_answered
    return CaseRowView(line=line, tag=tag, answer=said, still=f"本单位{silent}" if owes else "")


def _lanes(read: SubmissionRead) -> p.Lanes:
    calendar, on = outside().calendar, today()
    ends = [line.due_on or line.closed_on or on for line in read.cases]
    last = max([*ends, on, read.promised_on or on])
    days: list[date] = []
    day = min(line.received_on for line in read.cases)
    while day <= last and len(days) < 90:
        if calendar.counts(day) or day == on:
            days.append(day)
        day += timedelta(days=1)
    if len(days) > MOST_DAYS:
        at = days.index(on) if on in days else 0
        first = max(0, min(at - MOST_DAYS // 2, len(days) - MOST_DAYS))
        days = days[first : first + MOST_DAYS]
    axis = p.axis(days, today=on)
    return p.Lanes(axis=axis, rows=tuple(_lane(line, axis, on) for line in read.cases))


def _lane(line: CaseLine, axis: p.Axis, on: date) -> p.Lane:
    start = line.started_on or line.received_on
    segments: tuple[p.Segment, ...] = ()
    end = ""
    if line.state in CLOSED:
        closed = line.closed_on or on
        segments = (axis.stretch("done", start, closed, end=0.5),)
        end = f"{closed.month} 月 {closed.day} 日"
    elif line.state is State.AWAITING_CORRECTION:
        segments = (axis.stretch("todo", line.received_on, on, end=0.5),)
        end = "等申请人补正"
    elif line.state is State.WAITING:
        end = "等前序结果"
    elif line.due_on:
        segments = (
            axis.stretch("left", start, max(line.due_on, start)),
            axis.stretch("run", start, on, end=0.5),
        )
        end = "停止计时" if line.stopped else f"{line.due_on.month} 月 {line.due_on.day} 日前"
    tag = state_tag(line.state, is_late=is_late(line.state, line.due_on, on))
    says = f"{line.item}，{line.unit_name}，{tag.word}，{end}"
    return p.Lane(
        title=line.item,
        who=f"{line.unit_name} · {line.desk.name}",
        says=says,
        segments=segments,
        tag=tag,
        end=end,
    )


def _groups(read: SubmissionRead) -> tuple[tuple[str, tuple[ValueLine, ...]], ...]:
    found: dict[str, list[ValueRead]] = {}
    for value in read.values:
        found.setdefault(value.group, []).append(value)
    return tuple((heading, _value_lines(read, values)) for heading, values in found.items())


def _value_lines(read: SubmissionRead, values: list[ValueRead]) -> tuple[ValueLine, ...]:
    short = [value for value in values if not value.is_long]
    alone = short[-1:] if len(short) % 2 else []
    return tuple(
        ValueLine(
            value=value,
            remark_href=_remark_href(read, "field", value.code),
            remarked=f"field:{value.code}" in read.remarked,
            spans=value.is_long or value in alone,
        )
        for value in (*short, *(value for value in values if value.is_long))
    )


def _remark_href(read: SubmissionRead, target: str, code: str) -> str:
    key = f"{target}:{code}"
    case = read.remark_case.get(key)
    if case is None or key in read.remarked:
        return ""
    return f"{reverse('coordinate-remark', args=[read.id, case])}?target={target}&code={code}"


def _persons(read: SubmissionRead) -> tuple[p.Person, ...]:
    desks = {line.unit: line for line in read.cases}
    return tuple(
        p.Person(name=line.desk.name, about=line.unit_name, phone=line.desk.phone) for line in desks.values()
    )
