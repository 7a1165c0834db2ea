"""Charging for a case (通知缴费) and giving back (退费): how much, by which standard, on what basis, and why."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.cases import CLOSED, Action, State
from yijianshi.domain.catalogue import Fee
from yijianshi.domain.definitions import Kind
from yijianshi.domain.fees import (
    ChargeNotPossible,
    LineState,
    Reduction,
    RefundNotPossible,
    SumUnreadable,
    read_yuan,
    yuan_words,
)
from yijianshi.services.paying.charge import Charge, charge_case
from yijianshi.services.paying.refund import RefundDecision, decide_refund
from yijianshi.services.reading.bill import LineSeen, read_charges
from yijianshi.services.reading.case import CaseRead
from yijianshi.services.reading.case_preview import preview_act
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page, posted_number, posted_text
from yijianshi.web.templatetags.yjs import day, moment

from .acts import FormView

YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class FeePart:
    """What the page of a case says and offers about money."""

    acts: tuple[p.Act, ...] = ()
    notices: tuple[p.Notice, ...] = ()
    why_not_granted: str = ""  # what is unpaid holds back the grant


def fee_part(request: HttpRequest, read: CaseRead) -> FeePart:
    """Return where the charge of a case stands, and what may be done about it; nothing for items that do not charge."""
    if read.item.fee.charged == "no":
        return FeePart()
    lines = read_charges(case=read.id, actor=actor(request))
    last = lines[-1] if lines else None
    acts = []
    if read.state is State.ACCEPTED:
        label = "改收费" if last and last.is_open else "再通知缴费" if last else "通知缴费"
        acts.append(p.Act(label=label, href=reverse("desk-charge", args=[read.id]), icon="yuan"))
    paid = _to_give_back(lines)
    if paid and read.state in CLOSED and read.state is not State.GRANTED:
        acts.append(p.Act(label="决定退费", href=reverse("desk-refund", args=[read.id]), look="primary"))
    return FeePart(
        acts=tuple(acts),
        notices=(_notice(read, last),) if last or read.state is State.ACCEPTED else (),
        why_not_granted="通知缴的费还没有缴" if last and last.is_open else "",
    )


@signed_in
def charge(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask how much and on what basis, then tell the applicant."""
    who, at = actor(request), now()
    preview = preview_act(case=case, actor=who, action=Action.CHARGE, at=at)
    fee = preview.item.fee
    names = ("sum", "standard", "basis", "less", "because", "by")
    given = {name: posted_text(request, name, longest=500) for name in names}
    troubles: dict[str, str] = {}
    if request.method == "POST":
        if drawn := _charge(given, troubles):
            try:
                row = charge_case(
                    case=case, actor=who, charge=drawn, at=at, seen=posted_number(request, "seen")
                )
            except ChargeNotPossible as why:
                troubles["sum"] = str(why)
            else:
                said = "免缴，不用付款。" if row.state == LineState.FREE else "申请人会收到缴费通知。"
                messages.success(request, f"已通知缴费 {yuan_words(row.fen - row.reduced_fen)}，{said}")
                return HttpResponseRedirect(reverse("desk-case", args=[case]))
    elif len(fee.sums) == 1:
        given |= {"sum": _plain(fee.sums[0].fen), "standard": _standard(fee)}
    given["basis"] = given["basis"] or (str(fee.basis) if fee.basis else "")
    questions = _charge_questions(given, fee, troubles)
    view = FormView(
        preview=preview,
        title=f"通知缴费：{preview.item.plain_name}",
        why=_published(fee),
        questions=questions,
        problems=_problems(questions),
        remains=(
            "申请人会马上收到通知，金额、标准、依据和减免原样写在缴费单上",
            "十个工作日内缴；缴了才能办结，到期没有缴的，这一项和要靠它的会终止",
            "减到 0 元就是免缴，不用付款",
        ),
        yes="通知缴费",
        back=reverse("desk-case", args=[case]),
        look="",
    )
    status = 422 if troubles else 200
    return desk_page(request, "department/act.html", view, here="desk", unit=preview.unit_name, status=status)


@signed_in
def refund(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask whether and how much is given back, and why; then decide."""
    who, at = actor(request), now()
    preview = preview_act(case=case, actor=who, action=Action.REFUND, at=at)
    paid = _to_give_back(read_charges(case=case, actor=who))
    if not paid:
        raise RefundNotPossible("没有缴过、还没有决定退不退的费")
    line = paid[-1]
    names = ("rendered", "decision", "sum", "reason", "basis")
    given = {name: posted_text(request, name) for name in names}
    troubles: dict[str, str] = {}
    if request.method == "POST":
        decision = _refund(given, troubles)
        if decision and not troubles:
            try:
                decide_refund(
                    case=case, charge=line.id, actor=who, decision=decision, at=at, seen=posted_number(request, "seen")
                )  # fmt: skip
            except RefundNotPossible as why:
                troubles["sum"] = str(why)
            else:
                done = f"已决定退 {yuan_words(decision.fen)}，原路退回" if decision.fen else "已决定不退"
                messages.success(request, f"{done}，通知书发给申请人。")
                return HttpResponseRedirect(reverse("desk-case", args=[case]))
    else:
        given["sum"] = _plain(line.line.due)
    questions = _refund_questions(given, line, troubles)
    view = FormView(
        preview=preview,
        title=f"退费：{preview.item.plain_name}",
        why=_refund_rule(line.item.fee),
        questions=questions,
        problems=_problems(questions),
        remains=(
            "申请人会收到退费通知书，理由原样写进去",
            "退的钱原路返回，不问申请人要银行卡号",
            "每笔只决定一次",
        ),
        yes="作出决定",
        back=reverse("desk-case", args=[case]),
        look="",
    )
    status = 422 if troubles else 200
    return desk_page(request, "department/act.html", view, here="desk", unit=preview.unit_name, status=status)


def _charge(given: dict[str, str], troubles: dict[str, str]) -> Charge | None:
    """Return what was written, or None with what is wrong noted beside each question."""
    missing = {"standard": "请照公布的收费目录清单写", "basis": "没有写收费依据；没有依据的不得收费"}
    if given["less"]:
        missing |= {"because": "减免要写明理由", "by": "减免要写明依据"}
    troubles |= {name: why for name, why in missing.items() if not given[name]}
    fen = _sum(given, "sum", troubles)
    less = _sum(given, "less", troubles) if given["less"] else 0
    if troubles:
        return None
    reduction = Reduction(fen=less, reason=given["because"], basis=given["by"]) if given["less"] else None
    return Charge(fen=fen, standard=given["standard"], basis=given["basis"], reduction=reduction)


def _sum(given: dict[str, str], name: str, troubles: dict[str, str]) -> int:
    try:
        return read_yuan(given[name])
    except SumUnreadable as why:
        troubles[name] = str(why)
        return 0


def _refund(given: dict[str, str], troubles: dict[str, str]) -> RefundDecision | None:
    if given["rendered"] not in (YES, NO):
        troubles["rendered"] = "请选一个"
    if given["decision"] not in (YES, NO):
        troubles["decision"] = "请选退还是不退"
    if not given["reason"]:
        troubles["reason"] = "请写明为什么退或者为什么不退"
    fen = _sum(given, "sum", troubles) if given["decision"] == YES else 0
    if troubles:
        return None
    rendered = given["rendered"] == YES
    return RefundDecision(fen=fen, rendered=rendered, reason=given["reason"], basis=given["basis"])


def _charge_questions(given: dict[str, str], fee: Fee, troubles: dict[str, str]) -> tuple[p.Asked, ...]:
    less = "；".join(
        f"{one.name}{'免收' if not one.percent else f'收 {one.percent}%'}" for one in fee.reductions
    )
    return (
        p.Asked(
            name="sum", label="应收金额", kind=Kind.MONEY, value=given["sum"], error=troubles.get("sum", ""),
            hint="按标准算出来的，减免写在下面",
        ),
        p.Asked(name="standard", label="收费标准", value=given["standard"], error=troubles.get("standard", ""), hint="如：住宅 80 元/件，1 件", wide=True),
        p.Asked(name="basis", label="收费依据", value=given["basis"], error=troubles.get("basis", ""), hint="法律、行政法规，或者收费目录清单的文件名称和文号", wide=True),
        p.Asked(
            name="less", label="减免金额", kind=Kind.MONEY, value=given["less"], optional=True, error=troubles.get("less", ""),
            hint=f"目录里的减免：{less}" if less else "没有就不填",
        ),
        p.Asked(name="because", label="为什么减免", value=given["because"], error=troubles.get("because", ""), optional=True, wide=True),
        p.Asked(name="by", label="减免依据", value=given["by"], error=troubles.get("by", ""), optional=True, wide=True),
    )  # fmt: skip


def _refund_questions(given: dict[str, str], line: LineSeen, troubles: dict[str, str]) -> tuple[p.Asked, ...]:
    return (
        p.Asked(
            name="rendered", label="收了费的服务提供了吗", kind=Kind.ENUM, value=given["rendered"], wide=True,
            options=(p.Option(NO, "没有提供"), p.Option(YES, "已经提供")), error=troubles.get("rendered", ""),
        ),
        p.Asked(
            name="decision", label="退不退", kind=Kind.ENUM, value=given["decision"], wide=True,
            options=(p.Option(YES, "退"), p.Option(NO, "不退")), error=troubles.get("decision", ""),
        ),
        p.Asked(
            name="sum", label="退多少", kind=Kind.MONEY, value=given["sum"], hint=f"最多 {yuan_words(line.line.due)}；不退的不用管",
            error=troubles.get("sum", ""), optional=True,
        ),
        p.Asked(
            name="reason", label="理由", kind=Kind.TEXT, value=given["reason"], wide=True, max_length=2000,
            error=troubles.get("reason", ""),
        ),
        p.Asked(name="basis", label="依据", value=given["basis"], optional=True, wide=True),
    )  # fmt: skip


def _notice(read: CaseRead, last: LineSeen | None) -> p.Notice:
    fee = read.item.fee
    if last is None:
        note = f"（{fee.note}）" if fee.note else ""
        title = "这个事项收费，还没有通知缴费" if fee.charged == "yes" else "目录没有写这个事项收不收费"
        return p.Notice(title=title, text=f"{note}要收的先通知缴费；不收的，直接决定就行。", icon="yuan")
    line, on = last.line, today()
    if last.refund:
        words = {"denied": "不退", "done": f"已退 {yuan_words(last.refund.fen)}"}
        said = words.get(last.refund.state, f"正在退 {yuan_words(last.refund.fen)}")
        return p.Notice(kind="done", title=f"缴过 {yuan_words(line.due)}，{said}", text=last.refund.reason)
    if line.state is LineState.PAID:
        at = moment(last.paid_at, now())
        return p.Notice(
            kind="done", title=f"已缴 {yuan_words(line.due)}", text=f"{at}，凭证号 {last.voucher}。"
        )
    if line.state is LineState.FREE:
        reason = line.reduction.reason if line.reduction else ""
        return p.Notice(kind="done", title="免缴，不用付款", text=f"应收 {yuan_words(line.fen)}，{reason}。")
    if last.is_open:
        until = day(line.pay_by.day, on) + ("（暂定）" if line.pay_by.provisional else "")
        text = f"{until}前缴；缴了才能办结。多收、不该收的，点“改收费”。"
        return p.Notice(kind="todo", title=f"等申请人缴 {yuan_words(line.due)}", text=text, icon="yuan")
    return p.Notice(
        title=f"通知过缴 {yuan_words(line.due)}，没有缴", text="事项已经结束，不用缴了。", icon="yuan"
    )


def _to_give_back(lines: tuple[LineSeen, ...]) -> list[LineSeen]:
    """Return what was paid and about which nobody has decided."""
    return [one for one in lines if one.line.state is LineState.PAID and one.refund is None]


def _published(fee: Fee) -> str:
    sums = "；".join(f"{one.name} {yuan_words(one.fen)}/{one.per}" for one in fee.sums)
    if sums:
        return f"目录里的标准：{sums}。按公布的标准收，收什么、收多少都要有依据。"
    said = (
        f"目录里写的是“{fee.note or fee.set_by}”，没有统一金额。"
        if fee.note or fee.set_by
        else "目录里没有写标准。"
    )
    return f"{said}请按公布的收费目录清单填，收什么、收多少都要有依据。"


def _refund_rule(fee: Fee) -> str:
    return {
        "full": "依据规定：没有提供服务的，全额退还。",
        "none": "依据规定：这项收费不退。",
    }.get(fee.refund, "目录里没有写退费的规定，由您决定，并且写明理由。")


def _standard(fee: Fee) -> str:
    one = fee.sums[0]
    return f"{one.name} {yuan_words(one.fen)}/{one.per}"


def _plain(fen: int) -> str:
    return yuan_words(fen).removesuffix(" 元").replace(",", "")


def _problems(questions: tuple[p.Asked, ...]) -> p.Problems | None:
    items = tuple(p.Problem(field=q.id, text=f"{q.label}：{q.error}") for q in questions if q.error)
    return p.Problems(items=items, then="改好再提交") if items else None
