"""Remarking on one field or one document (提意见), with its basis and its remedy written beforehand."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.corrections import RemarkNotAllowed, Target
from yijianshi.domain.definitions import Kind
from yijianshi.domain.saved import SavedKind
from yijianshi.services.handling.pre_review import AnswerNotPossible, say_no_remark
from yijianshi.services.handling.remark import make_remark, withdraw_remark
from yijianshi.services.reading.case_remark import RemarkAsked, ask_for_remark
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text
from yijianshi.web.errors import refused
from yijianshi.web.saved.inserting import Insertion, insertion, was_inserting


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkView:
    """The page: what the remark is about, the questions, where it goes back to."""

    asked: RemarkAsked
    questions: tuple[p.Asked, ...]
    insertion: Insertion
    problems: p.Problems | None
    post: str
    back: str


@signed_in
def remark(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask what is wrong with a field or a document of the unit's own slice, and keep the remark until release."""
    back = reverse("desk-case", args=[case])
    return remark_form(request, case, post=reverse("desk-remark", args=[case]), back=back, here="desk")


def remark_form(request: HttpRequest, case: UUID, *, post: str, back: str, here: str) -> HttpResponse:
    """Show or take the form of a remark; departments, coordinators and the window share it."""
    given = request.POST if request.method == "POST" else request.GET
    try:
        target = Target(given.get("target", ""))
    except ValueError as error:
        raise RemarkNotAllowed("请从申请表的一栏或者一份材料上点“提意见”") from error
    code = given.get("code", "")[:64]
    asked = ask_for_remark(case=case, actor=actor(request), target=target, code=code)
    trouble = ""
    if request.method == "POST" and not was_inserting(request):
        ticked = [line for line in request.POST.getlist("checks") if line in asked.checks]
        reason = "；".join([*ticked, *filter(None, [posted_text(request, "reason")])])
        if reason:
            make_remark(
                case=case, actor=actor(request), target=target, code=code, reason=reason,
                basis=posted_text(request, "basis"), remedy=posted_text(request, "remedy"), at=now(),
            )  # fmt: skip
            messages.success(request, f"意见已记下：{asked.name}。分办时和各家的意见合成一张告知书。")
            return HttpResponseRedirect(back)
        trouble = "请勾一条或者写明哪里不对；申请人只看到这一次"
    questions = _questions(asked, request, trouble)
    problems = p.Problems(items=(p.Problem(field="f-reason", text=trouble),)) if trouble else None
    saved = {"reason": ("哪里不对", SavedKind.REMARK), "remedy": ("怎么补", SavedKind.REMEDY)}
    view = RemarkView(
        asked=asked,
        questions=questions,
        insertion=insertion(request, saved),
        problems=problems,
        post=post,
        back=back,
    )
    return desk_page(
        request,
        "department/remark.html",
        view,
        here=here,
        unit=asked.unit_name,
        status=422 if trouble else 200,
    )


@signed_in
@require_POST
def withdraw(request: HttpRequest, case: UUID, remark: UUID) -> HttpResponse:
    """Take back an open remark."""
    withdraw_remark(remark=remark, actor=actor(request))
    messages.success(request, "意见已撤回。")
    return HttpResponseRedirect(reverse("desk-case", args=[case]))


@signed_in
@require_POST
def no_remark(request: HttpRequest, case: UUID) -> HttpResponse:
    """Say that the unit has nothing to remark, so that nobody waits for it."""
    try:
        say_no_remark(case=case, actor=actor(request), at=now())
    except AnswerNotPossible as why:
        return refused(request, "现在不能这样回复", str(why) + "。", "请刷新看现在的状态。", 409)
    messages.success(request, "已回复：没有意见。各家都回复后，牵头部门可以提前分办。")
    return HttpResponseRedirect(reverse("desk-case", args=[case]))


def _questions(asked: RemarkAsked, request: HttpRequest, trouble: str) -> tuple[p.Asked, ...]:
    posted = request.method == "POST"
    questions = []
    if asked.checks:
        questions.append(
            p.Asked(
                name="checks",
                label="哪一条不符合",
                kind=Kind.MULTI_ENUM,
                value=request.POST.getlist("checks"),
                options=tuple(p.Option(line, line) for line in asked.checks),
                optional=True,
                wide=True,
            )
        )
    questions += [
        p.Asked(
            name="reason", label="哪里不对", kind=Kind.TEXT, value=posted_text(request, "reason"), error=trouble,
            optional=bool(asked.checks), wide=True, hint="写到申请人一看就知道，如：第 2 页看不到业主签章", max_length=500,
        ),
        p.Asked(
            name="remedy", label="怎么补", value=posted_text(request, "remedy") if posted else asked.remedy, wide=True,
            hint="写明补什么、补成什么样", max_length=500,
        ),
        p.Asked(
            name="basis", label="依据", value=posted_text(request, "basis") if posted else asked.basis, wide=True,
            hint="没有依据的，不能要求补", max_length=300,
        ),
    ]  # fmt: skip
    return tuple(questions)
