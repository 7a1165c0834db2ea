"""Confirm an application that somebody else fills in (确认共同申请): read what it says, then confirm or decline with a reason."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.drafts import FormField
from yijianshi.domain.together import ConfirmationNotPossible
from yijianshi.services.applying.together import LONGEST_REASON, confirm, decline
from yijianshi.services.reading.guide import department_word
from yijianshi.services.reading.together import ToConfirm, read_asked
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, reader_name, signed_in, today

from .values import words_of

DECLARATION = "我看过上面的内容，和事实一致，同意一起申请。"


@dataclass(frozen=True, slots=True, kw_only=True)
class TogetherPage:
    """What the page says."""

    read: ToConfirm
    items: tuple[tuple[str, str], ...]
    facts: p.Facts
    problems: p.Problems
    name: str
    typed: str
    reason: str
    declared: bool
    declaration: str = DECLARATION
    longest: int = LONGEST_REASON

    @property
    def wrong(self) -> dict[str, str]:
        """Return what is wrong, by field."""
        return {problem.field: problem.text for problem in self.problems.items}


@signed_in
def together(request: HttpRequest, asked: UUID) -> HttpResponse:
    """
    Show what is to be confirmed; take the confirmation, or the reason why not.

    :raises NotPermitted: if somebody else is asked, or nobody.
    """
    read = read_asked(asked, actor=actor(request), on=today())
    if read.filed_as:
        return HttpResponseRedirect(reverse("my-case", args=[read.filed_as]))
    if request.method != "POST":
        return _show(request, read)
    if problems := _wrong(request):
        return _show(request, read, problems=problems, status=422)
    if "decline" in request.POST:
        decline(asked=asked, actor=actor(request), reason=request.POST.get("reason", ""), at=now())
        messages.success(request, "已经告诉对方您没有确认，这份申请没有提交。")
        return HttpResponseRedirect(reverse("together", args=[asked]))
    try:
        receipt = confirm(asked=asked, actor=actor(request), seen=request.POST.get("seen", ""), at=now())
    except ConfirmationNotPossible as refused:
        problem = p.Problem(field="confirm", text=str(refused))
        read = read_asked(asked, actor=actor(request), on=today())
        return _show(request, read, problems=(problem,), status=409)
    if receipt is None:
        messages.success(request, "您确认了。其他人都确认以后自动提交，到时告诉您。")
        return HttpResponseRedirect(reverse("together", args=[asked]))
    messages.success(request, "您确认了，大家都已确认，申请提交了。办到哪一步，这里随时能看。")
    return HttpResponseRedirect(reverse("my-case", args=[receipt.submission]))


def _wrong(request: HttpRequest) -> tuple[p.Problem, ...]:
    sent = request.POST
    if "decline" in sent:
        if sent.get("reason", "").strip():
            return ()
        return (p.Problem(field="reason", text="请写明为什么不确认，对方要照着改"),)
    problems = []
    if "declared" not in sent:
        problems.append(p.Problem(field="declared", text="请看过以后勾选“同意一起申请”"))
    if "".join(sent.get("name", "").split()) != "".join(reader_name(request).split()):
        problems.append(p.Problem(field="name", text=f"签名：请写您自己的姓名“{reader_name(request)}”"))
    return tuple(problems)


def _show(
    request: HttpRequest, read: ToConfirm, *, problems: tuple[p.Problem, ...] = (), status: int = 200
) -> HttpResponse:
    page = TogetherPage(
        read=read,
        items=tuple((item.plain_name, department_word(item, read.edition)) for item in read.items),
        facts=p.Facts(items=tuple(sorted((_fact(one, read) for one in read.fields), key=lambda f: f.wide))),
        problems=p.Problems(items=problems, then="再按一次"),
        name=reader_name(request),
        typed=request.POST.get("name", "")[:40],
        reason=request.POST.get("reason", "")[:LONGEST_REASON],
        declared="declared" in request.POST,
    )
    return render(request, "applicant/together.html", frame(request, nav="cases", page=page), status=status)


def _fact(entry: FormField, read: ToConfirm) -> p.Known:
    element = read.edition.elements[entry.element]
    value = words_of(entry.value.value if entry.value else None, element, read.edition)
    return p.Known(name=element.name, value=value, wide=len(value) > 24)
