"""One case of the unit: the slice, the documents, the clock, the siblings, and what may be done now."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.cases import RUNNING, Action, State
from yijianshi.domain.corrections import Target
from yijianshi.domain.sharing import MaterialWay
from yijianshi.services.reading.case import CaseRead, read_case
from yijianshi.services.reading.case_acts import Offered, state_word
from yijianshi.services.reading.case_materials import MaterialRead
from yijianshi.services.reading.case_values import ValueRead
from yijianshi.services.reading.inbox import next_case
from yijianshi.services.reading.joint import operations_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import CHANNEL_WORDS, TO_DO_WORDS, desk_page, is_late, size_words, state_tag
from yijianshi.web.joint.asking import link_notice
from yijianshi.web.letters import letters_of
from yijianshi.web.templatetags.yjs import day as day_words
from yijianshi.web.templatetags.yjs import wide, workdays

from .charging import FeePart, fee_part
from .checks import notices_of_check
from .more import More, decided_alone, more_of

_LOOKS = {
    Action.GRANT: "primary", Action.ACCEPT: "primary", Action.RESUME: "primary", Action.PASS_INSPECTION: "primary",
    Action.REFUSE: "danger", Action.DECLINE: "danger", Action.ASK_AGAIN: "quiet",
}  # fmt: skip
_ADDRESSES = {
    Action.GRANT: "desk-grant", Action.REFUSE: "desk-refuse", Action.DECLINE: "desk-decline",
    Action.SUSPEND: "desk-suspend", Action.ACCEPT: "desk-accept", Action.RESUME: "desk-resume",
    Action.EXTEND: "desk-extend", Action.ASK_TO_MEND: "desk-mend", Action.PASS_INSPECTION: "desk-inspect",
    Action.CLAIM: "desk-claim", Action.HAND_OVER: "desk-hand-over", Action.REVOKE: "desk-revoke",
    Action.ASK_AGAIN: "desk-ask-again", Action.REDO: "desk-redo", Action.REOPEN: "desk-reopen",
}  # fmt: skip
#: What happens by one press; everything else asks first.
_AT_ONCE = (Action.ACCEPT, Action.RESUME, Action.CLAIM)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One value of the slice with the way to remark on it; `spans` takes a whole line."""

    value: ValueRead
    remark_href: str
    remarked: bool
    spans: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The values under one heading of the form."""

    heading: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """The page."""

    read: CaseRead
    more: More
    tag: p.Tag
    meter: p.Meter | None
    clock: str
    notices: tuple[p.Notice, ...]
    joint: tuple[p.Notice, ...]
    acts: tuple[p.Act, ...]
    beside: tuple[p.Act, ...]
    afterwards: tuple[p.Act, ...]
    after: tuple[p.Act, ...]
    groups: tuple[Group, ...]
    materials: tuple[p.MaterialRow, ...]
    siblings: tuple[tuple[str, str, p.Tag], ...]
    history: p.History
    letters: p.Letters | None
    checklist: tuple[str, ...]
    channel: str


@signed_in
def case_page(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show a case to an officer of its unit."""
    who, at = actor(request), now()
    read = read_case(case=case, actor=who, at=at)
    more = more_of(read, actor=who, at=at)
    view = _view(read, next_case(actor=who, unit=read.unit), fee_part(request, read), more)
    return desk_page(request, "department/case.html", view, here="desk", unit=read.unit_name)


def material_rows(
    materials: tuple[MaterialRead, ...],
    *,
    view: str,
    key: UUID,
    remark_hrefs: dict[str, str],
    made_hrefs: dict[str, str],
) -> tuple[p.MaterialRow, ...]:
    """Return documents as rows: with the files, or the paper the platform makes, and what to look at on them."""
    return tuple(
        _material(one, view, key, remark_hrefs.get(one.code, ""), made_hrefs.get(one.code, ""))
        for one in materials
    )


def _view(read: CaseRead, following: UUID | None, fees: FeePart, more: More) -> CaseView:
    late = is_late(read.state, read.clock.due.day if read.clock.due else None, today())
    return CaseView(
        read=read,
        tag=state_tag(
            read.state,
            word=("待确认" if read.proposal else "")
            or TO_DO_WORDS.get(read.state)
            or state_word(read.state, read.item),
            is_late=late,
        ),
        meter=_meter(read, late),
        clock=_clock(read),
        notices=(*notices_of_check(read.check, read.id), *_notices(read), *fees.notices),
        more=more,
        acts=(*more.acts, *_acts(read, held=fees.why_not_granted), *fees.acts),
        beside=tuple(_act(read, offered, "quiet", small=True) for offered in read.beside),
        afterwards=tuple(_act(read, offered, "second", small=True) for offered in read.afterwards),
        joint=tuple(
            link_notice(one, reverse("joint-operation", args=[one.id]), for_staff=True)
            for one in operations_of(read.submission)
            if one.kind == read.item.joint_operation
        ),
        after=_after(read, following),
        groups=_groups(read),
        materials=material_rows(
            tuple(
                replace(one, way="owed") if one.code in {owed.material for owed in read.owed} else one
                for one in read.materials
            ),
            view="desk-material",
            key=read.id,
            remark_hrefs={m.code: _remark_href(read, Target.MATERIAL, m.code) for m in read.materials},
            made_hrefs={
                m.code: reverse("generated-pdf", args=[read.id, m.code])
                for m in read.materials
                if m.way == MaterialWay.GENERATED
            },
        ),
        siblings=tuple(
            (
                s.item + ("（本事项的前序）" if s.is_prior else ""),
                s.unit,
                state_tag(s.state, is_late=is_late(s.state, s.due_on, today())),
            )
            for s in read.siblings
        ),
        history=p.History(
            events=tuple(p.Event(at=h.at, text=h.text, by=h.by, mood=h.mood) for h in read.history)
        ),
        letters=letters_of(
            read.papers, submission=read.submission, about=read.item.plain_name, reads_all=read.reads_all
        ),
        checklist=read.item.checklist,
        channel=CHANNEL_WORDS.get(read.channel, read.channel),
    )


def _groups(read: CaseRead) -> tuple[Group, ...]:
    return tuple(
        Group(heading=heading, fields=_fields(read, values))
        for heading, values in _under_headings(read.values)
    )


def _fields(read: CaseRead, values: list[ValueRead]) -> tuple[Field, ...]:
    """Short values stand side by side, long ones below them; the last short one fills a line that would be half empty."""
    remarked = {r.code for r in read.remarks if r.target is Target.FIELD}
    short = [value for value in values if not value.is_long]
    alone = short[-1:] if len(short) % 2 else []
    return tuple(
        Field(
            value=value,
            remark_href=_remark_href(read, Target.FIELD, value.code),
            remarked=value.code in remarked,
            spans=value.is_long or value in alone,
        )
        for value in (*short, *(value for value in values if value.is_long))
    )


def _under_headings(values: tuple[ValueRead, ...]) -> list[tuple[str, list[ValueRead]]]:
    found: dict[str, list[ValueRead]] = {}
    for value in values:
        found.setdefault(value.group, []).append(value)
    return list(found.items())


def _remark_href(read: CaseRead, target: Target, code: str) -> str:
    if not read.can_remark or any(r.target is target and r.code == code for r in read.remarks):
        return ""
    return f"{reverse('desk-remark', args=[read.id])}?target={target}&code={code}"


def _material(one: MaterialRead, view: str, key: UUID, remark_href: str, made_href: str) -> p.MaterialRow:
    links = [("查看", made_href)] if made_href and not one.files else []
    for number, file in enumerate(one.files, 1):
        if file.is_clean:
            words = "查看" if len(one.files) == 1 else f"查看第 {number} 份"
            links.append((words, reverse(view, args=[key, file.copy])))
    if remark_href:
        links.append(("提意见", remark_href))
    described = "，".join(f"{file.name}（{size_words(file.size)}）" for file in one.files)
    checks = "看：" + "；".join(one.checks) if one.checks else ""
    state, source, problem = "accepted", "", ""
    if one.files and any(file.is_infected for file in one.files):
        problem = "扫描发现病毒，打不开。请提意见让申请人换一份。"
    elif one.files and not all(file.is_clean for file in one.files):
        state = "checking"
    elif not one.files:
        state, source = {
            "shared": ("shared", "电子证照或共享数据"),
            "generated": ("generated", ""),
            "produced": ("awaited", ""),
            "owed": ("owed", ""),
        }.get(one.way, ("again", ""))
        if one.way == "produced":
            described = f"由“{'、'.join(one.from_items)}”办出，自动送到"
        elif one.way == "generated":
            described = "系统按申请表生成"
        elif one.way == "upload":
            problem = "没有收到文件"
    about = " · ".join(filter(None, (described, checks)))
    at = one.files[0].at if one.files else None
    return p.MaterialRow(
        name=one.name, state=state, about=about, problem=problem, source=source, links=tuple(links),
        at=at if not checks and not source else None,
    )  # fmt: skip


def _acts(read: CaseRead, *, held: str) -> tuple[p.Act, ...]:
    acts = []
    if read.can_remark:
        acts += _collecting(read)
    offered = decided_alone(read, read.acts)
    acts += [_act(read, one, _LOOKS.get(one.action, "second"), held=held) for one in offered]
    return tuple(acts)


def _act(read: CaseRead, offered: Offered, look: str, *, small: bool = False, held: str = "") -> p.Act:
    href = reverse(_ADDRESSES[offered.action], args=[read.id])
    if why_not := offered.why_not or (held if offered.action is Action.GRANT else ""):
        return p.Act(label=offered.label, why_not=wide(why_not), look=look, small=small)
    if offered.action in _AT_ONCE:
        seen = (("seen", str(read.seq)),)
        return p.Act(label=offered.label, post=href, fields=seen, look=look, small=small)
    return p.Act(label=offered.label, href=href, look=look, small=small)


def _collecting(read: CaseRead) -> list[p.Act]:
    if read.remarks:
        return []
    if read.said_nothing:
        return [p.Act(label="没有意见", why_not="已回复没有意见；发现问题仍可以提，直到分办")]
    post = reverse("desk-no-remark", args=[read.id])
    return [p.Act(label="没有意见", post=post, look="primary", icon="check")]


def _after(read: CaseRead, following: UUID | None) -> tuple[p.Act, ...]:
    acts = [p.Act(label="回待办", href=reverse("desk"), look="quiet", small=True)]
    if following and following != read.id:
        acts.append(
            p.Act(label="下一件", href=reverse("desk-case", args=[following]), small=True, icon="right")
        )
    return tuple(acts)


def _meter(read: CaseRead, late: bool) -> p.Meter | None:
    if read.clock.due is None or read.days is None:
        return None
    total = max(read.clock.used + max(read.clock.left, 0), 1)
    kind = "late" if late else "todo" if read.clock.left <= 1 and read.state is State.ACCEPTED else "run"
    return p.Meter(done=read.clock.used, total=total, says=_clock(read), kind=kind)


def _clock(read: CaseRead) -> str:
    clock, on = read.clock, today()
    limit = workdays(read.days, read.item.limit.unit) if read.days is not None else ""
    if clock.due is None:
        if read.days == 0:
            return "期限：受理后当场办结"
        return f"期限 {limit}，受理后开始算" if limit else "这个事项没有定期限"
    until = day_words(clock.due.day, on) + ("（暂定）" if clock.due.provisional else "")
    if read.state is State.SUSPENDED:
        return f"计时停着，已用 {clock.used} 个工作日；恢复后期限顺延"
    if read.state not in RUNNING:
        return f"期限 {until}"
    if clock.due.day < on:
        return f"{until}到期，已超 {max(-clock.left, 1)} 个工作日"
    left = "今天到期" if clock.due.day == on else f"还有 {clock.left} 个工作日"
    extended = f" · 已延 {clock.extended} 天" if clock.extended else ""
    return f"{left} · 已用 {clock.used} 个 · {until}前决定{extended}{_other_days(read)}"


def _other_days(read: CaseRead) -> str:
    """Return the last day by law and of the joint handling, where they are not the promised day itself."""
    clock, on = read.clock, today()
    days = []
    if clock.statutory and clock.due and clock.statutory.day != clock.due.day:
        days.append(f"法定 {day_words(clock.statutory.day, on)}")
    if clock.joint:
        days.append(f"联办 {day_words(clock.joint.day, on)}")
    return f"（{'，'.join(days)}）" if days else ""


def _notices(read: CaseRead) -> tuple[p.Notice, ...]:
    found = [
        p.Notice(
            kind="todo",
            title=f"容缺：{wide(one.name)}，{day_words(one.until, today())}前补{'（暂定）' if one.provisional else ''}",
            text="审查照常，补齐以前不能准予；到期没补，系统自动终止，不停计时。",
            icon="clock",
        )
        for one in read.owed
    ]
    objected = [value for value in read.values if value.objected]
    if objected:
        names = "、".join(value.name for value in objected)
        found.append(
            p.Notice(
                kind="todo",
                title=f"申请人说 {len(objected)} 处登记有误：{names}",
                text="登记的和他写的都列在下面，请核实后再定。",
            )
        )
    if read.state is State.CORRECTED:
        found.append(
            p.Notice(
                kind="todo",
                title="补正已经交回",
                text="对照下面的意见看补了没有，再受理；五个工作日不受理就视为受理。",
            )
        )
    if read.committed and read.check is None:
        found.append(p.Notice(title="告知承诺办理", text="申请人已经承诺；准予后要在规定期限内核查。"))
    for text in read.texts:
        if text.action == "suspend" and read.state is State.SUSPENDED:
            found.append(
                p.Notice(
                    title=f"停止计时：{text.words.get('ground', '')}",
                    text=text.words.get("reason", ""),
                    icon="pause",
                )
            )
        elif text.action == "ask_to_mend" and read.state in (State.MENDING, State.MENDED):
            until = day_words(date.fromisoformat(text.words["mend_by"]), today())
            found = [one for one in found if not one.title.startswith("要求整改")]
            found.append(
                p.Notice(
                    kind="todo",
                    title=f"要求整改，{until}前改好",
                    text=text.words["findings"].replace("\n", "；"),
                )
            )
        elif text.action == "report_mended" and read.state is State.MENDED:
            found.append(p.Notice(kind="todo", title="申请人报告改好了，请复查", text=text.words["words"]))
        elif text.action in ("refuse", "decline") and read.state in (State.REFUSED, State.DECLINED):
            title = state_word(read.state, read.item)
            found.append(
                p.Notice(
                    kind="no",
                    title=title,
                    text=f"{text.words.get('reasons', '')} 依据：{text.words.get('basis', '')}",
                )
            )
    if read.result:
        found.append(
            p.Notice(
                kind="done",
                title=f"{wide(read.result.name)}已出具",
                text=f"编号 {read.result.number}，全部办结后一并送达。",
            )
        )
    return tuple(found)
