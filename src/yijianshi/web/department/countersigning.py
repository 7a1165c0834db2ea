"""Deciding by two persons (两人审定): one proposes, another reads the very words and confirms them or sends them back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.cases import Action
from yijianshi.domain.definitions import Kind
from yijianshi.domain.saved import SavedKind
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.countersign import confirm_proposal, propose_decision, send_back
from yijianshi.services.handling.decide import Decision
from yijianshi.services.reading.case_acts import word_for
from yijianshi.services.reading.case_preview import ActPreview, preview_act
from yijianshi.services.reading.proposed import read_proposed
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import ask_first, desk_page, posted_number, posted_text
from yijianshi.web.saved.inserting import insertion, was_inserting

from .acts import OTHER, FormView, problems_of, questions_against


@signed_in
def propose(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask for the words of a proposal, and keep it until a second officer confirms it."""
    who, at = actor(request), now()
    given = request.POST if request.method == "POST" else request.GET
    action = Action.REFUSE if given.get("decision") == Action.REFUSE else Action.GRANT
    preview = preview_act(case=case, actor=who, action=action, at=at)
    inserting = was_inserting(request)
    written = {name: posted_text(request, name) for name in ("reasons", "basis", "other")}
    basis = written["other"] if written["basis"] in ("", OTHER) else written["basis"]
    troubles: dict[str, str] = {}
    if request.method == "POST" and not inserting:
        if action is Action.REFUSE and not written["reasons"]:
            troubles["reasons"] = "请写明查到什么事实，不符合哪一条"
        if action is Action.REFUSE and not basis:
            troubles["basis"] = "请选一条依据，或者自己写"
        if not troubles:
            decision = Decision(action, reasons=written["reasons"], basis=basis)
            seen = posted_number(request, "seen")
            propose_decision(case=case, actor=who, decision=decision, at=at, seen=seen)
            messages.success(request, "拟办意见已送审核，等另一位同事确认。")
            return HttpResponseRedirect(reverse("desk-case", args=[case]))
    word = "拟" + word_for(action, preview.item)
    questions = _questions(action, preview, written, troubles)
    view = FormView(
        preview=preview,
        title=f"{word}：{preview.item.plain_name}",
        why="这个事项两个人决定。您拟办，另一位同事照您写的确认，或者退回。",
        questions=questions,
        problems=problems_of(questions),
        remains=("同事确认以后才作出决定，申请人才收到结果", "期限照走，请及时请同事确认"),
        yes=f"{word}，送审核",
        back=reverse("desk-case", args=[case]),
        look="danger" if action is Action.REFUSE else "",
        insertion=insertion(request, {"reasons": ("理由", SavedKind.REFUSAL)})
        if action is Action.REFUSE
        else None,
        keeps=(("decision", str(action)),),
    )
    status = 422 if troubles else 200
    return desk_page(request, "department/act.html", view, here="desk", unit=preview.unit_name, status=status)


@signed_in
def confirm(request: HttpRequest, case: UUID) -> HttpResponse:
    """Show the very words that were proposed and ask; then decide with them."""
    who, at = actor(request), now()
    if request.method == "POST":
        confirm_proposal(case=case, actor=who, at=at, seen=posted_number(request, "seen"))
        messages.success(request, "已确认，决定已经作出。")
        return HttpResponseRedirect(reverse("desk-case", args=[case]))
    proposed = read_proposed(case=case, actor=who, at=at)
    preview = proposed.preview
    word = word_for(proposed.action, preview.item)
    lines = [f"{proposed.by}拟办：{word}", *(f"{label}：{words}" for label, words in proposed.lines)]
    if proposed.action is Action.REFUSE:
        lines.append(f"救济：{preview.appeal}")
    if preview.starts:
        lines.append(f"同时开始：{'、'.join(preview.starts)}")
    if preview.ends:
        lines.append(f"一并终止（要靠它的结果）：{'、'.join(preview.ends)}")
    question = p.Confirmation(
        title=f"确认{word}“{preview.item.plain_name}”？",
        text=f"{preview.whose}。照下面的内容作出决定，一字不改。",
        listed=tuple(lines),
        remains="决定作出后不能在这里改回；不同意的，请退回并写明理由。",
        yes=f"确认{word}",
        post=reverse("desk-confirm", args=[case]),
        no="再看看",
        back=reverse("desk-case", args=[case]),
        fields=(("seen", str(preview.seq)),),
        danger=proposed.action is Action.REFUSE,
    )
    return ask_first(request, question, here="desk", unit=preview.unit_name)


@signed_in
def back(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask why, then send the proposal back to whoever proposed it."""
    who, at = actor(request), now()
    proposed = read_proposed(case=case, actor=who, at=at)
    reason, problem = posted_text(request, "reason"), ""
    if request.method == "POST":
        try:
            send_back(case=case, actor=who, reason=reason, at=at, seen=posted_number(request, "seen"))
        except ReasonMissing as refused:
            problem = str(refused)
        else:
            messages.success(request, "已退回，拟办的同事看得到理由。")
            return HttpResponseRedirect(reverse("desk-case", args=[case]))
    question = p.Asked(
        name="reason", label="为什么退回，要怎么改", kind=Kind.TEXT, value=reason, error=problem, wide=True,
        max_length=1000, hint="只有本单位看得到，如：现场照片没有附，请补查后再拟",
    )  # fmt: skip
    view = FormView(
        preview=proposed.preview,
        title=f"退回拟办：{proposed.preview.item.plain_name}",
        why=f"{proposed.by}拟{word_for(proposed.action, proposed.preview.item)}。退回以后可以重新拟办。",
        questions=(question,),
        problems=problems_of((question,)),
        remains=("办件还在办理中，期限照走",),
        yes="退回",
        back=reverse("desk-case", args=[case]),
        look="",
    )
    unit = proposed.preview.unit_name
    return desk_page(
        request, "department/act.html", view, here="desk", unit=unit, status=422 if problem else 200
    )


def _questions(
    action: Action, preview: ActPreview, written: dict[str, str], troubles: dict[str, str]
) -> tuple[p.Asked, ...]:
    if action is Action.REFUSE:
        bases = tuple(str(basis) for basis in preview.item.basis)
        return questions_against(action, written, bases, troubles)
    return (
        p.Asked(
            name="reasons", label="拟办说明", kind=Kind.TEXT, value=written["reasons"], optional=True, wide=True,
            max_length=2000, hint="给确认的同事看的，如：材料齐，现场看过，符合条件",
        ),
    )  # fmt: skip
