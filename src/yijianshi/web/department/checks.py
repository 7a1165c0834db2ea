"""Commitments to be checked after the grant (待核查): the unit's queue, the record of what was found, the repair of credit."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.cases import Action
from yijianshi.domain.definitions import Kind
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.check_commitment import record_broken, record_kept
from yijianshi.services.handling.credit import repair_credit
from yijianshi.services.reading.case_preview import preview_act
from yijianshi.services.reading.commitments import CheckLine, CheckRead, ChecksPage, read_checks
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page, due_words, posted_number, posted_text, short_number
from yijianshi.web.templatetags.yjs import day as day_words

from .acts import FormView

KEPT, BROKEN = "kept", "broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChecksView:
    """The queue of what is to be checked."""

    inbox: p.Inbox
    pages: p.Pages
    units: tuple[tuple[str, str, bool], ...]


@signed_in
def checks(request: HttpRequest) -> HttpResponse:
    """Show what the unit granted on commitments and must still check, what is due first stands first."""
    number = request.GET.get("page", "1")
    read = read_checks(
        actor=actor(request),
        unit=request.GET.get("unit", "")[:64],
        page=int(number) if number.isdecimal() and len(number) < 6 else 1,
        at=now(),
    )
    return desk_page(
        request,
        "department/checks.html",
        _view(read),
        here="desk-checks",
        unit=name_of_unit(read.unit),
        badges={"desk-checks": read.total},
    )


@signed_in
def check(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask what the check found, then record it; a broken commitment revokes at once."""
    given = {name: posted_text(request, name) for name in ("outcome", "facts", "basis")}

    def do() -> str:
        seen = posted_number(request, "seen")
        if given["outcome"] == KEPT:
            record_kept(case=case, actor=actor(request), words=given["facts"], at=now(), seen=seen)
            return "已记下：承诺属实，核查完毕。"
        if given["outcome"] != BROKEN:
            raise ReasonMissing("请选核查结果：属实，还是不实")
        record_broken(
            case=case, actor=actor(request), facts=given["facts"], basis=given["basis"], at=now(), seen=seen
        )
        return "已撤销，失信记录已写入，决定书发给申请人。"

    questions = (
        p.Asked(
            name="outcome", label="核查结果", kind=Kind.ENUM, value=given["outcome"], wide=True,
            options=(
                p.Option(KEPT, "属实", "核查完毕，结果照旧有效"),
                p.Option(BROKEN, "不实", "同时撤销决定、写入失信记录、告知申请人"),
            ),
        ),
        p.Asked(
            name="facts", label="怎么核查的、查到什么", kind=Kind.TEXT, value=given["facts"], wide=True,
            max_length=2000, hint="不实的，原样写进撤销决定书",
        ),
        p.Asked(
            name="basis", label="撤销的依据", value=given["basis"], wide=True, optional=True,
            hint="不实的才要填，如：国办发〔2020〕42号；行政许可法第六十九条",
        ),
    )  # fmt: skip
    return _ask(
        request, case, do, questions, action=Action.CHECK, title="核查“{}”的承诺", yes="记下结果",
        why="准予时没有看的，现在核查；属实或者不实都要写明。",
        remains=("属实：核查完毕，申请人不用做什么", "不实：准予决定撤销，证照作废，信用修复前不能再用告知承诺"),
    )  # fmt: skip


@signed_in
def repair(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask why the credit counts as repaired, then mark it."""
    reason = posted_text(request, "reason")

    def do() -> str:
        repair_credit(case=case, actor=actor(request), reason=reason, at=now())
        return "已标为修复，申请人可以再用告知承诺。"

    questions = (
        p.Asked(
            name="reason", label="为什么可以修复", kind=Kind.TEXT, value=reason, wide=True, max_length=2000,
            hint="整改了什么、怎么核实的",
        ),
    )  # fmt: skip
    return _ask(
        request, case, do, questions, action=Action.REOPEN, title="修复“{}”的失信记录", yes="标为修复",
        why="只恢复他以后用告知承诺；已撤销的决定不会恢复。",
        remains=("记录本身留着，注明修复的日子和理由",),
    )  # fmt: skip


def notices_of_check(read: CheckRead | None, case: UUID) -> tuple[p.Notice, ...]:
    """Return what the page of a case says about its commitment once it was decided."""
    if read is None:
        return ()
    if not read.outcome:
        until = day_words(read.due.day, today()) + ("（暂定）" if read.due.provisional else "")
        act = p.Act(label="记核查结果", href=reverse("desk-check", args=[case]), look="primary")
        title = f"凭承诺准予，核查已过期：{until}" if read.is_late else f"凭承诺准予，{until}前核查"
        return (p.Notice(kind="no" if read.is_late else "todo", title=title, act=act),)
    said = f"{day_words(read.done_on, today())}：{read.words}" if read.done_on else read.words
    if read.outcome == KEPT:
        return (p.Notice(kind="done", title="承诺已核查，属实", text=said),)
    found = [p.Notice(kind="no", title="承诺不实，已撤销", text=said)]
    if read.on_record:
        act = p.Act(label="标为已修复", href=reverse("desk-repair", args=[case]))
        found.append(p.Notice(title="失信记录在案", text="修复以前，申请人不能再用告知承诺。", act=act))
    elif read.repaired_on:
        found.append(p.Notice(kind="done", title=f"信用已修复：{day_words(read.repaired_on, today())}"))
    return tuple(found)


def _ask(
    request: HttpRequest,
    case: UUID,
    do: Callable[[], str],
    questions: tuple[p.Asked, ...],
    *,
    action: Action,
    title: str,
    yes: str,
    why: str,
    remains: tuple[str, ...],
) -> HttpResponse:
    """Ask, and do it when everything is there; what was written is never lost."""
    problem = ""
    if request.method == "POST":
        try:
            done = do()
        except ReasonMissing as missing:
            problem = str(missing)
        else:
            messages.success(request, done)
            return HttpResponseRedirect(reverse("desk-case", args=[case]))
    preview = preview_act(case=case, actor=actor(request), action=action, at=now())
    view = FormView(
        preview=preview,
        title=title.format(preview.item.plain_name),
        why=why,
        questions=questions,
        problems=p.Problems(items=(p.Problem(field=questions[0].id, text=problem),)) if problem else None,
        remains=remains,
        yes=yes,
        back=reverse("desk-case", args=[case]),
        look="",
    )
    status = 422 if problem else 200
    return desk_page(
        request, "department/act.html", view, here="desk-checks", unit=preview.unit_name, status=status
    )


def _view(read: ChecksPage) -> ChecksView:
    return ChecksView(
        inbox=p.Inbox(
            caption="凭承诺准予、还没有核查的办件，最急的在前",
            rows=tuple(_row(line) for line in read.lines),
            empty=p.Empty(
                title="没有待核查的承诺",
                text="凭告知承诺准予的办件会在这里，到核查记下结果为止。",
                act=p.Act(label="回待办", href=reverse("desk")),
            ),
            columns=("核查到期 ↑", "谁的事", "事项 · 一件事", "", "准予", "状态"),
            keys=True,
        ),
        pages=p.Pages(number=read.page, last=read.last_page, total=read.total, keep=(("unit", read.unit),)),
        units=tuple((unit, name_of_unit(unit), unit == read.unit) for unit in read.units)
        if len(read.units) > 1
        else (),
    )


def _row(line: CheckLine) -> p.InboxRow:
    due = due_words(line.due.day, on=today(), left=line.left)
    if line.due.provisional:
        due = p.Due(state="ok", words=f"{due.words}（暂定）" if not line.left < 0 else "暂定")
    return p.InboxRow(
        id=str(line.case),
        href=reverse("desk-case", args=[line.case]),
        applicant=line.title,
        by=line.applicant,
        item=line.item,
        about=f"{short_number(line.number)} · {line.bundle}",
        due=due,
        tag=p.Tag(state="late" if line.is_late else "todo", word="已超期" if line.is_late else "待核查"),
        materials=f"{line.granted_on.month}-{line.granted_on.day:02d}",
        tickable=False,
    )
