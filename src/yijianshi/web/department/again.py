"""Asking the applicant once more after his correction (再次告知补正): possible only with its reason, and always a breach."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.corrections import RemarkNotAllowed, Target
from yijianshi.domain.definitions import Kind
from yijianshi.services.handling.ask_again import Later, ask_again
from yijianshi.services.reading.asking_again import AskingAgain, read_asking_again
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_number, posted_text

from .acts import FormView

#: How many things the form takes; nobody should need more after a first round.
MOST = 3


@signed_in
def ask_again_page(request: HttpRequest, case: UUID) -> HttpResponse:
    """Ask what, why, on which basis, and why it could not be said at first; then ask the applicant."""
    who, at = actor(request), now()
    problem = ""
    if request.method == "POST":
        try:
            ask_again(
                case=case, actor=who, remarks=_posted(request), why_late=posted_text(request, "why_late"),
                at=at, seen=posted_number(request, "seen"),
            )  # fmt: skip
        except RemarkNotAllowed as why:
            problem = str(why)
        else:
            messages.warning(request, "已再次告知申请人，并记为一次违规，督查看得到。")
            return HttpResponseRedirect(reverse("desk-case", args=[case]))
    read = read_asking_again(case=case, actor=who, at=at)
    questions = _questions(request, read)
    view = FormView(
        preview=read.preview,
        title=f"再次告知补正：{read.preview.item.plain_name}",
        why="补正只告知一次。只有法律让您没有别的选择时才再提，一次提全；这会记为违规，督查看得到是哪个单位、提了什么。",
        questions=questions,
        problems=p.Problems(items=(p.Problem(field=questions[0].id, text=problem),)) if problem else None,
        remains=(
            "记为一次违规，督查按单位看得到次数",
            "申请人马上收到通知，十个工作日内补",
            "补交回来以后，五个工作日内受理",
        ),
        yes="再次告知，记为违规",
        back=reverse("desk-case", args=[case]),
        look="danger",
    )
    status = 422 if problem else 200
    unit = read.preview.unit_name
    return desk_page(request, "department/act.html", view, here="desk", unit=unit, status=status)


def _posted(request: HttpRequest) -> list[Later]:
    found = []
    for n in range(MOST):
        target, _, code = request.POST.get(f"what{n}", "")[:80].partition(":")
        words = {name: posted_text(request, f"{name}{n}") for name in ("reason", "basis", "remedy")}
        if not target and not any(words.values()):
            continue
        if target not in set(Target):
            raise RemarkNotAllowed("请选要补的一栏或者一份材料")
        found.append(Later(target=Target(target), code=code, **words))
    return found


def _questions(request: HttpRequest, read: AskingAgain) -> tuple[p.Asked, ...]:
    options = tuple(p.Option(one.key, one.name) for one in read.things)
    questions = [
        p.Asked(
            name="why_late", label="为什么第一次没有提", kind=Kind.TEXT, value=posted_text(request, "why_late"), wide=True,
            max_length=1000, hint="写明当时为什么看不到、哪条法律让您不得不再提；只有督查和本单位看得到",
        )
    ]  # fmt: skip
    for n in range(MOST):
        more = n > 0
        nth = f"第 {n + 1} 处：" if more else ""
        questions += [
            p.Asked(
                name=f"what{n}", label=f"{nth}补哪一样", kind=Kind.REGION, options=options, optional=more, wide=True,
                value=request.POST.get(f"what{n}", ""), hint="没有就空着" if more else "",
            ),
            p.Asked(
                name=f"reason{n}", label=f"{nth}哪里不对", kind=Kind.TEXT, optional=more, wide=True, max_length=500,
                value=posted_text(request, f"reason{n}"), hint="原样告诉申请人",
            ),
            p.Asked(
                name=f"remedy{n}", label=f"{nth}怎么补", optional=more, wide=True, max_length=500,
                value=posted_text(request, f"remedy{n}"),
            ),
            p.Asked(
                name=f"basis{n}", label=f"{nth}依据", optional=more, wide=True, max_length=300,
                value=posted_text(request, f"basis{n}"), hint="法律、法规、规章的名称和条款",
            ),
        ]  # fmt: skip
    return tuple(questions)
