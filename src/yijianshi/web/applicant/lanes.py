"""The picture of who holds what until which day: one lane for the intake, one for each item."""

from collections.abc import Sequence
from datetime import date

from yijianshi.domain.cases import CLOSED, RUNNING, STATE_WORDS, State
from yijianshi.domain.workdays import legal_day
from yijianshi.services.reading.days import is_working_day, working_days
from yijianshi.services.reading.my_submission import CaseSeen, SubmissionSeen
from yijianshi.web import parts as p
from yijianshi.web.templatetags.yjs import short_day, workdays

#: How each state is shown: the tag's look.
TAGS = {
    State.RECEIVED: "wait", State.AWAITING_CORRECTION: "todo", State.CORRECTED: "run", State.WAITING: "wait",
    State.ACCEPTED: "run", State.SUSPENDED: "pause", State.DECLINED: "no", State.GRANTED: "done", State.REFUSED: "no",
    State.WITHDRAWN: "wait", State.TERMINATED: "no", State.MENDING: "todo", State.MENDED: "run", State.REVOKED: "no",
}  # fmt: skip
_WORDS = {
    State.RECEIVED: "部门在看材料", State.AWAITING_CORRECTION: "等您补正", State.CORRECTED: "补正收到，在看",
    State.GRANTED: "已办结", State.SUSPENDED: "停止计时", State.MENDING: "等您整改", State.MENDED: "等部门复查",
}  # fmt: skip


def tag_of(case: CaseSeen, today: date) -> p.Tag:
    """Return the state of a case as its applicant reads it."""
    if case.state in (State.ACCEPTED, State.MENDED) and case.due_on and case.due_on < today:
        return p.Tag(state="late", word="已超期")
    return p.Tag(state=TAGS[case.state], word=_WORDS.get(case.state, STATE_WORDS[case.state]))


def lanes_of(seen: SubmissionSeen, cases: Sequence[CaseSeen], today: date) -> p.Lanes:
    """Return the lanes of these cases over working days, from the receipt to the last promised day."""
    first = legal_day(seen.received_at)
    ends = [seen.promised_on, seen.collect_until, today if not seen.closed_at else None]
    ends += [case.due_on for case in cases] + [case.ended_on for case in cases]
    last = max(day for day in ends if day)
    days = working_days(min(first, today), last, also=(first, today))
    resting = tuple(day for day in days if not is_working_day(day))
    axis = p.axis(days, today=today, resting=resting)
    rows = (_intake(seen, axis, today), *(_lane(case, seen, axis, today) for case in cases))
    note = (
        f"只列工作日和{'、'.join('今天' if day == today else '收件那天' for day in resting)}"
        if resting
        else "只列工作日"
    )
    return p.Lanes(axis=axis, rows=rows, note=note)


def _intake(seen: SubmissionSeen, axis: p.Axis, today: date) -> p.Lane:
    first = axis.days[0].day
    who = f"{seen.lead_name}牵头 · {seen.lead.name}"
    if seen.released_at:
        day = legal_day(seen.released_at)
        return p.Lane(
            title="一次受理，分给各家", who=who, says=f"收件和分办，{short_day(day, today)}完成",
            segments=(axis.stretch("done", first, max(day, first)),), tag=p.Tag(state="done", word="已分办"), end=short_day(day, today),
        )  # fmt: skip
    last = max(seen.collect_until, today)
    return p.Lane(
        title="一次受理，分给各家", who=who, says=f"各家在看材料，{short_day(seen.collect_until, today)}前分办",
        segments=(axis.stretch("left", first, last), axis.stretch("run", first, today, end=0.5)),
        tag=p.Tag(state="run", word="各家在看"), end=f"{short_day(seen.collect_until, today)}前",
    )  # fmt: skip


def _lane(case: CaseSeen, seen: SubmissionSeen, axis: p.Axis, today: date) -> p.Lane:
    end = _end(case, today)
    tag = tag_of(case, today)
    name = case.item.plain_name
    return p.Lane(
        title=name,
        who=f"{case.unit_short} · " + ("系统自动核验" if case.item.is_automatic else case.desk.name),
        says=f"{name}，{tag.word}，{end}" if end else f"{name}，{tag.word}",
        segments=_segments(case, seen, axis, today),
        tag=tag,
        end=end,
        href=f"#case-{case.id}",
    )


def _segments(case: CaseSeen, seen: SubmissionSeen, axis: p.Axis, today: date) -> tuple[p.Segment, ...]:
    begin = case.began_on or legal_day(seen.released_at or seen.received_at)
    if case.state is State.GRANTED:
        return (axis.stretch("done", begin, case.ended_on or begin),)
    if case.state in CLOSED:
        return ()
    if case.state is State.AWAITING_CORRECTION:
        asked = case.asked_on or begin
        until = seen.correction.answer_by if seen.correction else today
        return (axis.stretch("none", today, until), axis.stretch("todo", asked, today, end=0.5))
    if case.state in RUNNING or case.state is State.SUSPENDED:
        stop = case.stopped_on or today
        run = axis.stretch("run", begin, stop, end=0.5)
        return (axis.stretch("left", begin, max(case.due_on or stop, stop)), run) if case.due_on else (run,)
    return ()


def _end(case: CaseSeen, today: date) -> str:
    if case.ended_on:
        return short_day(case.ended_on, today)
    if case.state is State.WAITING:
        if not case.waits_for:
            return "等前序结果"
        more = f"等 {len(case.waits_for)} 项" if len(case.waits_for) > 1 else ""
        return f"等“{case.waits_for[0]}”{more}"
    if case.state is State.AWAITING_CORRECTION:
        days = case.item.limit.promised
        return f"补后 {workdays(days, case.item.limit.unit)}" if days else "补上就接着办"
    if case.state is State.SUSPENDED:
        return "恢复后顺延"
    if case.due_on:
        return f"{short_day(case.due_on, today)}前" + ("（暂定）" if case.provisional else "")
    return ""
