"""Hand in later (容缺): the promise in the draft, and the page on which what is owed is handed in."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.owing import PromiseNotPossible
from yijianshi.services.applying.owe import owe_material, owe_no_longer
from yijianshi.services.handling.correct import Upload
from yijianshi.services.handling.supply import supply_owed
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.reading.owed import OwedPage, OwedRead, read_owed
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in
from yijianshi.web.templatetags.yjs import wide

from .drafts import open_for
from .materials import ACCEPT, read_file, show_materials


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedCard:
    """One document that is owed, with the way to hand it in."""

    code: str
    name: str
    items: str
    until: date
    provisional: bool
    problem: str
    upload: str
    accept: str = ACCEPT
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OwingView:
    """The page."""

    id: UUID
    title: str
    number: str
    cards: tuple[OwedCard, ...]
    problems: p.Problems


@require_POST
@signed_in
def promise(request: HttpRequest, draft: UUID, material: str) -> HttpResponse:
    """Note by when a document will be handed in, or, without a day, that it comes with the others after all."""
    code, who = MaterialCode(material), actor(request)
    if "now" in request.POST:
        owe_no_longer(draft=draft, actor=who, material=code, at=now())
        return HttpResponseRedirect(reverse("draft-materials", args=[draft]) + f"#m-{material}")
    try:
        owe_material(draft=draft, actor=who, material=code, day=_day(request.POST.get("day", "")), at=now())
    except PromiseNotPossible as refused:
        return show_materials(
            request, open_for(request, draft), problem=(material, str(refused)), then="换一天再说", status=422
        )
    return HttpResponseRedirect(reverse("draft-materials", args=[draft]) + f"#m-{material}")


@signed_in
def owed(request: HttpRequest, submission: UUID) -> HttpResponse:
    """
    Show what is owed and by when.

    :raises NotPermitted: if it is not the reader's to hand in.
    """
    return _show(request, read_owed(submission, actor=actor(request)))


@require_POST
@signed_in
def supply(request: HttpRequest, submission: UUID, material: str) -> HttpResponse:
    """
    Take a document that is owed.

    :raises NothingOwed: if nothing is owed any more.
    :raises OwedTooLate: if its day has passed.
    """
    try:
        files = [Upload(file.name or "文件", read_file(file)) for file in request.FILES.getlist("file")]
        supply_owed(submission=submission, actor=actor(request), material=material, files=files, at=now())
    except FileRefused as refused:
        page = read_owed(submission, actor=actor(request))
        return _show(request, page, problem=(material, str(refused)), status=422)
    messages.success(request, "补交的材料收到了，部门接着办。")
    more = read_owed(submission, actor=actor(request)).owed
    return HttpResponseRedirect(reverse("owed" if more else "my-case", args=[submission]))


def owed_part(owed: tuple[OwedRead, ...], submission: UUID, *, is_mine: bool) -> p.Correction | None:
    """Return what the page of a submission says about what is owed, first of what waits for the applicant."""
    if not owed:
        return None
    act = p.Act(label="现在去补交", href=reverse("owed", args=[submission]), look="primary")
    return p.Correction(
        title=f"说好后补的 {len(owed)} 份材料",
        until=min(one.until for one in owed),
        remarks=tuple(
            p.Remark(what=f"{wide(one.name)}：", why=f"“{'、'.join(one.items)}”要") for one in owed
        ),
        act=act if is_mine else None,
        meanwhile="部门先办着，补齐了才能办成；到期没补，要它的事项就停了。",
        once="不停办理的时间",
    )


def _show(
    request: HttpRequest, read: OwedPage, *, problem: tuple[str, str] = ("", ""), status: int = 200
) -> HttpResponse:
    view = OwingView(
        id=read.submission,
        title=read.title,
        number=read.number,
        cards=tuple(
            OwedCard(
                code=one.material,
                name=wide(one.name),
                items="、".join(one.items),
                until=one.until,
                provisional=one.provisional,
                problem=problem[1] if problem[0] == one.material else "",
                upload=reverse("owed-supply", args=[read.submission, one.material]),
            )
            for one in read.owed
        ),
        problems=p.Problems(
            items=(p.Problem(field=f"m-{problem[0]}", text=problem[1]),) if problem[1] else (),
            then="换一个文件再传",
        ),
    )
    return render(request, "applicant/owed.html", frame(request, nav="cases", page=view), status=status)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PromiseNotPossible("请先选一天，再按“说好后补”") from error
