"""Handing several cases over at once (批量交办): such as all of one's own before a holiday, to one colleague, with one reason."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.cases import Action, ActionNotAllowed, allowed_actions
from yijianshi.domain.definitions import Kind
from yijianshi.domain.rights import Act, NotPermitted, Role, posts_for
from yijianshi.services.contents import is_key
from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.hand import HandOverNotPossible, hand_over_case
from yijianshi.services.handling.writing import SomebodyWasFaster
from yijianshi.services.reading.colleagues import read_colleagues
from yijianshi.services.reading.inbox import InboxLine, lines_of
from yijianshi.services.reading.inbox_marks import MOST_IN_HAND, cases_in_hand
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text, short_number


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingView:
    """The page: which cases, to whom, why."""

    lines: tuple[tuple[InboxLine, str], ...]  # with the short number
    left_out: tuple[tuple[str, str], ...]  # the case in words, and why
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None
    empty: p.Empty


@signed_in
def hand_over_many(request: HttpRequest) -> HttpResponse:
    """Show what was ticked, or all that one has in hand; with colleague and reason, hand over each by itself."""
    who, at = actor(request), now()
    posts = posts_for(who, Act.READ_INBOX, Role.REVIEWER)
    ticked = [UUID(key) for key in request.POST.getlist("case") if is_key(key)][:MOST_IN_HAND]
    wanted = ticked if request.method == "POST" else list(cases_in_hand(actor=who))
    lines = lines_of(wanted, actor=who, at=at, most=MOST_IN_HAND)
    fit = tuple(line for line in lines if not _why_not(line))
    problem = ""
    if request.method == "POST" and "confirmed" in request.POST:
        try:
            return _hand_over(request, fit)
        except (ReasonMissing, HandOverNotPossible) as refused:
            problem = str(refused)
    units = {line.unit for line in fit}
    questions = _questions(request, units, problem)
    view = HandingView(
        lines=tuple((line, short_number(line.number)) for line in fit),
        left_out=tuple((_called(line), why) for line in lines if (why := _why_not(line))),
        questions=questions,
        problems=p.Problems(items=(p.Problem(field=questions[0].id, text=problem),)) if problem else None,
        empty=p.Empty(
            title="没有可以交办的" if wanted else "还没有选办件",
            text="先在待办里勾几件，或者先领办。",
            act=p.Act(label="回待办", href=reverse("desk")),
        ),
    )
    unit = name_of_unit(next(iter(sorted(units)), str(posts[0].unit)))
    status = 422 if problem else 200
    return desk_page(request, "department/handing_over.html", view, here="desk", unit=unit, status=status)


def _hand_over(request: HttpRequest, lines: tuple[InboxLine, ...]) -> HttpResponse:
    to, reason = request.POST.get("to", ""), posted_text(request, "reason", longest=200)
    if not lines:
        raise HandOverNotPossible("没有可以交办的办件；请回到待办重新勾选")
    if not is_key(to):
        raise HandOverNotPossible("请选交给哪位同事")
    if not reason:
        raise ReasonMissing("请写一句为什么交办，如“12 月 3 日起休假”")
    seen = dict(one.split(":", 1) for one in request.POST.getlist("seen") if ":" in one)
    done, troubles = 0, []
    for line in lines:
        said = seen.get(str(line.id), "")
        try:
            hand_over_case(
                case=line.id, actor=actor(request), to=UUID(to), reason=reason, at=now(),
                seen=int(said) if said.isdecimal() else None,
            )  # fmt: skip
            done += 1
        except (SomebodyWasFaster, ActionNotAllowed, NotPermitted, HandOverNotPossible) as why:
            troubles.append(f"{_called(line)}没有交办：{why}。")
    if done:
        messages.success(request, f"已交办 {done} 件，同事的待办里看得到。")
    for trouble in troubles:
        messages.error(request, trouble)
    return HttpResponseRedirect(reverse("desk"))


def _why_not(line: InboxLine) -> str:
    if line.handler and not line.is_mine:
        return f"在{line.handler}手里，请他来交办"
    if Action.HAND_OVER not in allowed_actions(line.state, by="department"):
        return "现在不在本单位手里，不能交办"
    return ""


def _called(line: InboxLine) -> str:
    return f"{line.title} · {line.item}（{short_number(line.number)}）"


def _questions(request: HttpRequest, units: set[str], problem: str) -> tuple[p.Asked, ...]:
    people = {
        one.account: one.name
        for unit in sorted(units)
        for one in read_colleagues(unit, but=actor(request).account, at=now())
    }
    return (
        p.Asked(
            name="to", label="交给谁", kind=Kind.ENUM, value=request.POST.get("to", ""), wide=True,
            options=tuple(p.Option(key, name) for key, name in people.items()), error=problem,
            hint="" if people else "本单位今天没有别的审查人员；请先让管理员给同事加上岗位",
        ),
        p.Asked(
            name="reason", label="为什么", value=posted_text(request, "reason", longest=200), wide=True,
            hint="每一件的流转记录里都写上，如：12 月 3 日起休假",
        ),
    )  # fmt: skip
