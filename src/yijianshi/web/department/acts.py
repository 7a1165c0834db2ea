"""Deciding a case (作出决定): what cannot be undone is asked first, on a page that says what follows."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.cases import Action
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.deadlines import procedures_that_count, stop_grounds
from yijianshi.domain.definitions import Kind
from yijianshi.domain.saved import SavedKind
from yijianshi.services.handling.decide import Decision, decide_case
from yijianshi.services.handling.stop import resume_case, suspend_case
from yijianshi.services.reading.case_acts import word_for
from yijianshi.services.reading.case_preview import ActPreview, preview_act
from yijianshi.services.reading.rerouting import ReroutePreview
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import ask_first, desk_page, posted_number, posted_text
from yijianshi.web.saved.inserting import Insertion, insertion, was_inserting
from yijianshi.web.templatetags.yjs import wide

OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form of one act: what it is about, the questions, what is known beforehand."""

    preview: ActPreview | ReroutePreview
    title: str
    why: str
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    remains: tuple[str, ...]
    yes: str
    back: str
    look: str = "danger"
    insertion: Insertion | None = None
    keeps: tuple[tuple[str, str], ...] = ()  # what the form sends along unseen


@signed_in
@require_POST
def accept(request: HttpRequest, case: UUID) -> HttpResponse:
    """Accept a case whose correction is in order."""
    decided, _ = decide_case(
        case=case,
        actor=actor(request),
        decision=Decision(Action.ACCEPT),
        at=now(),
        seen=posted_number(request, "seen"),
    )
    waits = decided.state == "waiting"
    messages.success(request, "已受理，等前序结果。" if waits else "已受理，期限从今天起算。")
    return HttpResponseRedirect(reverse("desk-case", args=[case]))


@signed_in
@require_POST
def resume(request: HttpRequest, case: UUID) -> HttpResponse:
    """Start the clock again."""
    resume_case(case=case, actor=actor(request), at=now(), seen=posted_number(request, "seen"))
    messages.success(request, "已恢复计时，期限已顺延。")
    return HttpResponseRedirect(reverse("desk-case", args=[case]))


@signed_in
def grant(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask, then grant."""
    who, at = actor(request), now()
    if request.method == "POST":
        decided, _ = decide_case(
            case=case, actor=who, decision=Decision(Action.GRANT), at=at, seen=posted_number(request, "seen")
        )
        messages.success(request, f"已准予，结果编号 {decided.result_number}。")
        return HttpResponseRedirect(reverse("desk-case", args=[case]))
    preview = preview_act(case=case, actor=who, action=Action.GRANT, at=at)
    word = word_for(Action.GRANT, preview.item)
    lines = [f"出具：{wide(preview.item.result.name)}，编号由系统给"]
    if preview.starts:
        lines.append(f"同时开始：{'、'.join(preview.starts)}")
    lines.append("全部事项办结后一并送达申请人")
    question = p.Confirmation(
        title=f"{word}“{preview.item.plain_name}”？",
        text=preview.whose,
        listed=tuple(lines),
        remains="决定作出后不能在这里改回；发现错误要依法撤回或撤销。",
        yes=word,
        post=reverse("desk-grant", args=[case]),
        no="再看看",
        back=reverse("desk-case", args=[case]),
        fields=(("seen", str(preview.seq)),),
        danger=False,
    )
    return ask_first(request, question, here="desk", unit=preview.unit_name)


@signed_in
def refuse(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask for reasons and basis, show the letter's substance, then refuse."""
    return _against(request, case, Action.REFUSE)


@signed_in
def decline(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask for reasons, basis and who is competent, then decline after a correction."""
    return _against(request, case, Action.DECLINE)


@signed_in
def suspend(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask on what ground, why and for how long, then stop the clock."""
    who, at = actor(request), now()
    preview = preview_act(case=case, actor=who, action=Action.SUSPEND, at=at)
    grounds = stop_grounds(preview.item)
    ground, reason, days = (posted_text(request, name) for name in ("ground", "reason", "days"))
    troubles: dict[str, str] = {}
    if request.method == "POST":
        if ground not in {one.code for one in grounds}:
            troubles["ground"] = "请选一种法定情形"
        if not reason:
            troubles["reason"] = "请写明做什么、为什么；申请人会收到书面告知"
        if not days.isdecimal() or not 0 < int(days[:6]) <= 3650:
            troubles["days"] = "请填大约几天，如 10"
        if not troubles:
            suspend_case(
                case=case, actor=who, ground=ground, reason=reason, expected_days=int(days), at=at,
                seen=posted_number(request, "seen"),
            )  # fmt: skip
            messages.success(request, "已停止计时，告知书发给申请人。")
            return HttpResponseRedirect(reverse("desk-case", args=[case]))
    questions = (
        p.Asked(
            name="ground", label="因为什么停", kind=Kind.ENUM, value=ground, error=troubles.get("ground", ""),
            options=tuple(p.Option(one.code, one.name, str(one.basis)) for one in grounds), wide=True,
        ),
        p.Asked(
            name="reason", label="做什么，为什么", kind=Kind.TEXT, value=reason, error=troubles.get("reason", ""),
            hint="原样写进告知书，如：对两份食品抽样送检，检测机构出报告后恢复", wide=True,
        ),
        p.Asked(name="days", label="大约几天", kind=Kind.INT, unit="天", value=days, error=troubles.get("days", "")),
    )  # fmt: skip
    view = FormView(
        preview=preview,
        title=f"“{preview.item.plain_name}”停止计时",
        why=_what_counts(preview.item),
        questions=questions,
        problems=problems_of(questions),
        remains=("申请人会马上收到停止计时告知书", "恢复由您来点，系统不会自动恢复"),
        yes="停止计时",
        back=reverse("desk-case", args=[case]),
        look="",
    )
    status = 422 if troubles else 200
    return desk_page(request, "department/act.html", view, here="desk", unit=preview.unit_name, status=status)


def _what_counts(item: ServiceItem) -> str:
    counts = "".join(f"{name}计入时限，不能停表。" for name in procedures_that_count(item))
    return f"停止的天数不算在期限里，恢复时期限顺延。{counts}"


def _against(request: HttpRequest, case: UUID, action: Action) -> HttpResponse:
    who, at = actor(request), now()
    preview = preview_act(case=case, actor=who, action=action, at=at)
    word = word_for(action, preview.item)
    inserting = was_inserting(request)
    given = {name: posted_text(request, name) for name in ("reasons", "basis", "other", "competent")}
    bases = tuple(str(basis) for basis in preview.item.basis)
    basis = given["other"] if given["basis"] in ("", OTHER) else given["basis"]
    troubles: dict[str, str] = {}
    if request.method == "POST" and not inserting:
        if not given["reasons"]:
            troubles["reasons"] = "请写明查到什么事实，不符合哪一条"
        if not basis:
            troubles["basis"] = "请选一条依据，或者自己写"
        if not troubles and request.POST.get("confirmed"):
            decision = Decision(action, reasons=given["reasons"], basis=basis, competent=given["competent"])
            decide_case(case=case, actor=who, decision=decision, at=at, seen=posted_number(request, "seen"))
            messages.success(request, f"已作出{word}的决定，决定书发给申请人。")
            return HttpResponseRedirect(reverse("desk-case", args=[case]))
        if not troubles:
            return ask_first(
                request, _last_question(preview, action, given, basis), here="desk", unit=preview.unit_name
            )
    questions = questions_against(action, given, bases, troubles)
    view = FormView(
        preview=preview,
        title=f"{word}：{preview.item.plain_name}",
        why="理由和依据原样写进决定书，申请人据此知道还能做什么。",
        questions=questions,
        problems=problems_of(questions),
        remains=_remains(preview),
        insertion=insertion(request, {"reasons": ("理由", SavedKind.REFUSAL)}),
        yes="写好了，看一遍",
        back=reverse("desk-case", args=[case]),
    )
    status = 422 if troubles else 200
    return desk_page(request, "department/act.html", view, here="desk", unit=preview.unit_name, status=status)


def questions_against(
    action: Action, given: dict[str, str], bases: tuple[str, ...], troubles: dict[str, str]
) -> tuple[p.Asked, ...]:
    """Return what a decision against the applicant is asked: reasons, basis, and who is competent instead."""
    options = (*(p.Option(basis, basis) for basis in bases), p.Option(OTHER, "另写一条"))
    questions = [
        p.Asked(
            name="reasons", label="理由", kind=Kind.TEXT, value=given["reasons"], wide=True, max_length=2000,
            hint="先写事实，再写不符合的条件，如：现场食品处理区面积 12 ㎡，低于要求的 20 ㎡", error=troubles.get("reasons", ""),
        ),
        p.Asked(
            name="basis", label="依据", kind=Kind.ENUM, value=given["basis"], options=options, wide=True,
            error=troubles.get("basis", ""),
        ),
        p.Asked(name="other", label="另写的依据", value=given["other"], optional=True, wide=True, hint="法律、法规、规章的名称和条款"),
    ]  # fmt: skip
    if action is Action.DECLINE:
        questions.append(
            p.Asked(
                name="competent",
                label="该向哪里申请",
                value=given["competent"],
                optional=True,
                wide=True,
                hint="不归本机关管的，写明有权的机关（行政许可法第三十二条第一款第（二）项）",
            )
        )
    return tuple(questions)


def _last_question(preview: ActPreview, action: Action, given: dict[str, str], basis: str) -> p.Confirmation:
    word = word_for(action, preview.item)
    name = {Action.REFUSE: "desk-refuse", Action.DECLINE: "desk-decline"}[action]
    lines = [f"理由：{given['reasons']}", f"依据：{basis}"]
    if given["competent"]:
        lines.append(f"该向哪里申请：{given['competent']}")
    lines.append(f"救济：{preview.appeal}")
    if preview.ends:
        lines.append(f"一并终止（要靠它的结果）：{'、'.join(preview.ends)}")
    return p.Confirmation(
        title=f"{word}“{preview.item.plain_name}”？",
        text=f"{preview.whose}。决定书按下面的内容发出。",
        listed=tuple(lines),
        remains="发出后不能撤回；其他不受影响的事项照常办。",
        yes=word,
        post=reverse(name, args=[preview.case]),
        no="回去改",
        back=reverse(name, args=[preview.case]),
        fields=(
            ("reasons", given["reasons"]), ("basis", OTHER), ("other", basis), ("competent", given["competent"]),
            ("seen", str(preview.seq)), ("confirmed", "1"),
        ),
    )  # fmt: skip


def _remains(preview: ActPreview) -> tuple[str, ...]:
    lines = [str(preview.appeal)]
    if preview.ends:
        lines.append(f"要靠它的结果、会一并终止的：{'、'.join(preview.ends)}")
    return tuple(lines)


def problems_of(questions: tuple[p.Asked, ...]) -> p.Problems | None:
    """Return what is wrong with the answers, each with its question."""
    items = tuple(p.Problem(field=q.id, text=f"{q.label}：{q.error}") for q in questions if q.error)
    return p.Problems(items=items, then="改好再提交") if items else None
