"""The one page of saved texts (常用语): look through them, write another, drop one."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.definitions import Kind
from yijianshi.domain.saved import KIND_WORDS, LONGEST, SavedKind, TextNotKept
from yijianshi.services.handling.saved_texts import drop_text, keep_text, units_of
from yijianshi.services.reading.saved_texts import SavedText, read_saved_texts
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView:
    """The page."""

    groups: tuple[tuple[str, tuple[tuple[SavedText, str], ...]], ...]  # kind in words; text with whose it is
    questions: tuple[p.Asked, ...]
    problems: p.Problems | None


@signed_in
def saved_texts(request: HttpRequest) -> HttpResponse:
    """Show the reader's texts and those of his units; keep another."""
    who = actor(request)
    kept = read_saved_texts(actor=who)
    problem = ""
    if request.method == "POST":
        given = request.POST.get("kind", "")
        try:
            if given not in set(SavedKind):
                raise TextNotKept("请选用在哪里")
            keep_text(
                actor=who, kind=SavedKind(given), text=posted_text(request, "text", longest=LONGEST + 1),
                unit=request.POST.get("unit", "")[:64], at=now(),
            )  # fmt: skip
        except TextNotKept as why:
            problem = str(why)
        else:
            messages.success(request, "已存，写的时候可以直接插入。")
            return HttpResponseRedirect(reverse("saved-texts"))
    questions = _questions(request, units_of(who))
    view = SavedView(
        groups=tuple(
            (KIND_WORDS[kind], tuple((one, _whose(one)) for one in kept if one.kind is kind))
            for kind in SavedKind
            if any(one.kind is kind for one in kept)
        ),
        questions=questions,
        problems=p.Problems(items=(p.Problem(field=questions[-1].id, text=problem),)) if problem else None,
    )
    unit = name_of_unit(units_of(who)[0])
    status = 422 if problem else 200
    return desk_page(request, "saved/texts.html", view, here="saved-texts", unit=unit, status=status)


@require_POST
@signed_in
def drop(request: HttpRequest, text: UUID) -> HttpResponse:
    """Drop one text."""
    drop_text(text=text, actor=actor(request))
    messages.success(request, "已删去。")
    return HttpResponseRedirect(reverse("saved-texts"))


def _whose(one: SavedText) -> str:
    return f"{name_of_unit(one.unit)}共用" if one.unit else "我自己的"


def _questions(request: HttpRequest, units: tuple[str, ...]) -> tuple[p.Asked, ...]:
    given = request.POST if request.method == "POST" else request.GET
    kinds = tuple(p.Option(str(kind), KIND_WORDS[kind]) for kind in SavedKind)
    shared = tuple(p.Option(unit, f"{name_of_unit(unit)}的同事都能用") for unit in units)
    return (
        p.Asked(name="kind", label="用在哪里", kind=Kind.ENUM, value=given.get("kind", ""), options=kinds, wide=True),
        p.Asked(
            name="unit", label="谁能用", kind=Kind.ENUM, value=given.get("unit", ""), wide=True,
            options=(p.Option("", "只有我"), *shared),
        ),
        p.Asked(
            name="text", label="要存的话", kind=Kind.TEXT, value=posted_text(request, "text"), wide=True, max_length=LONGEST,
            hint="不要写申请人的姓名和号码，换一件也用得上",
        ),
    )  # fmt: skip
