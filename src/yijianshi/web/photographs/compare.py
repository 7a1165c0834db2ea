"""One photograph: how far the reading is, then the picture beside what was read, each field confirmed or changed."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yijianshi.domain.drafts import Trouble
from yijianshi.domain.photograph_faults import Fault, FaultKind
from yijianshi.domain.reading_papers import Standing
from yijianshi.services.photographs.confirm import CHANGED, Said, confirm_photograph
from yijianshi.services.photographs.look import (
    FieldRead,
    PhotographRead,
    look_at_photograph,
    preview_of,
)
from yijianshi.services.photographs.take import drop_photograph
from yijianshi.services.reading.case_values import value_in_words
from yijianshi.services.reading.drafts import DraftRead
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.applicant.drafts import FORM, MATERIALS, draft_frame, open_for
from yijianshi.web.applicant.values import question_of, shown_value, typed_value, words_of

from .take import way_back

_MARKS = {
    Standing.CHECKED: ("done", "校验通过"),
    Standing.COMPARE: ("todo", "请对照照片看"),
    Standing.DECLINED: ("no", "没有认准"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field to be compared: what was read, what may be said to it, and the question to type it instead."""

    name: str
    code: str
    value: str  # as it is read aloud; empty where nothing was taken
    why: str
    mark: tuple[str, str]
    said: str
    question: p.Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class Already:
    """A field that a register has filled in: what it says, and what the paper says where that differs."""

    name: str
    registered: str
    printed: str
    object_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage:
    """What the page of a photograph says."""

    name: str
    problems: p.Problems
    faults: tuple[p.Notice, ...]
    lines: tuple[Line, ...]
    already: tuple[Already, ...]
    agree: tuple[str, ...]  # names of fields in which register and paper agree
    picture: str
    again: str
    back: str
    drop: str
    hand_in: str  # what the button for handing in says, where that is possible


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitPage:
    """What the page says while a photograph is read, or where it could not be."""

    name: str
    address: str
    why: str
    again: str
    back: str
    drop: str
    may_hand_in: bool


@signed_in
def photograph(request: HttpRequest, photograph: UUID) -> HttpResponse:
    """Show how far it is, or what was read; take over what is confirmed."""
    seen = look_at_photograph(photograph, actor=actor(request), at=now(), on=today())
    draft = open_for(request, seen.draft)
    if request.method == "POST":
        return _confirm(request, seen, draft)
    if seen.state != "done":
        return _wait(request, seen, draft)
    return _compare(request, seen, draft)


@signed_in
@require_safe
def progress(request: HttpRequest, photograph: UUID) -> HttpResponse:
    """Give the part of the page that moves; once it is over the whole page is fetched anew."""
    seen = look_at_photograph(photograph, actor=actor(request), at=now(), on=today())
    if seen.is_open:
        return render(request, "photographs/moving.html", {"page": _wait_page(seen, "")})
    response = HttpResponse(status=204)
    response["HX-Refresh"] = "true"
    return response


@signed_in
@require_safe
def picture(request: HttpRequest, photograph: UUID) -> HttpResponse:
    """Give the small upright picture, to whoever may edit the draft and to no cache."""
    response = HttpResponse(preview_of(photograph, actor=actor(request)), content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    return response


@require_POST
@signed_in
def drop(request: HttpRequest, photograph: UUID) -> HttpResponse:
    """Delete the photograph and go on by hand."""
    seen = look_at_photograph(photograph, actor=actor(request), at=now(), on=today())
    back = _back(seen, open_for(request, seen.draft))
    drop_photograph(photograph=photograph, actor=actor(request))
    messages.success(request, "照片已经删掉，没有留下。")
    return HttpResponseRedirect(back)


def _confirm(request: HttpRequest, seen: PhotographRead, draft: DraftRead) -> HttpResponse:
    said = {}
    for one in seen.open_fields:
        question = question_of(one.field, draft.edition)
        how = request.POST.get(f"say-{one.element}", "")
        said[str(one.element)] = Said(how, typed_value(question, request.POST) if how == CHANGED else "")
    confirmed = confirm_photograph(
        photograph=seen.id, actor=actor(request), said=said, hand_in="hand-in" in request.POST, at=now()
    )
    if confirmed.troubles:
        return _compare(request, seen, draft, sent=request.POST, troubles=confirmed.troubles)
    told = [f"填好了 {len(confirmed.filled)} 项" if confirmed.filled else "没有改动表里的内容"]
    told.append("照片已作为材料收下" if confirmed.handed_in else "照片已经删掉，没有留下")
    messages.success(request, "；".join(told) + "。")
    return HttpResponseRedirect(_back(seen, draft))


def _wait(request: HttpRequest, seen: PhotographRead, draft: DraftRead) -> HttpResponse:
    page = _wait_page(seen, _back(seen, draft))
    return render(request, "photographs/wait.html", draft_frame(request, draft, _step(seen), page=page))


def _wait_page(seen: PhotographRead, back: str) -> WaitPage:
    why = ""
    if not seen.is_open:
        why = seen.why_failed or "现在识别得慢，等了很久还没有读出来"
    return WaitPage(
        name=seen.asked.title,
        address=reverse("photo-progress", args=[seen.id]),
        why=why,
        again=_again(seen),
        back=back,
        drop=reverse("photo-drop", args=[seen.id]),
        may_hand_in=seen.may_hand_in and seen.has_content,
    )


def _compare(
    request: HttpRequest,
    seen: PhotographRead,
    draft: DraftRead,
    *,
    sent: QueryDict | None = None,
    troubles: tuple[Trouble, ...] = (),
) -> HttpResponse:
    wrong = {trouble.key: trouble.message.partition("：")[2] for trouble in troubles}
    known = [one for one in seen.fields if one.field.turn != "ask" and one.value is not None]
    grave = any(fault.kind is not FaultKind.OTHER_SIDE for fault in seen.faults)
    page = ComparePage(
        name=seen.asked.title,
        problems=p.Problems(
            items=tuple(p.Problem(field=f"f-{trouble.key}", text=trouble.message) for trouble in troubles)
        ),
        faults=tuple(_notice(fault) for fault in seen.faults),
        lines=tuple(_line(one, draft, sent, wrong) for one in seen.open_fields),
        already=tuple(_already(one, draft) for one in known if one.differs),
        agree=tuple(draft.edition.elements[one.element].name for one in known if not one.differs),
        picture=reverse("photo-picture", args=[seen.id]),
        again=_again(seen),
        back=_back(seen, draft),
        drop=reverse("photo-drop", args=[seen.id]),
        hand_in=("就这样交" if grave else "照片也交上去") if seen.may_hand_in else "",
    )
    return render(
        request,
        "photographs/compare.html",
        draft_frame(request, draft, _step(seen), page=page),
        status=422 if troubles else 200,
    )


def _line(one: FieldRead, draft: DraftRead, sent: QueryDict | None, wrong: dict[str, str]) -> Line:
    element = draft.edition.elements[one.element]
    kept = one.field.value.value if one.field.value else None
    question = question_of(one.field, draft.edition, label=f"{element.name}应该是", who="", hint="")
    value = shown_value(one.value if one.value is not None else kept, element)
    if sent is not None:
        value = p.posted(question, sent)
    return Line(
        name=element.name,
        code=one.element,
        value=value_in_words(one.value, element, draft.edition),
        why=one.why,
        mark=_MARKS[one.standing],
        said=sent.get(f"say-{one.element}", "") if sent is not None else "",
        question=question_of(
            one.field, draft.edition, label=f"{element.name}应该是", who="", hint="", value=value,
            error=wrong.get(one.element, ""),
        ),
    )  # fmt: skip


def _already(one: FieldRead, draft: DraftRead) -> Already:
    element = draft.edition.elements[one.element]
    registered = one.field.value.value if one.field.value else None
    return Already(
        name=element.name,
        registered=words_of(registered, element, draft.edition),
        printed=words_of(one.value, element, draft.edition),
        object_href=reverse("draft-object", args=[draft.id, one.element])
        if one.field.turn == "known"
        else "",
    )


def _notice(fault: Fault) -> p.Notice:
    return p.Notice(kind="todo", title=fault.what, text=f"{fault.remedy}。")


def _step(seen: PhotographRead) -> int:
    return MATERIALS if seen.from_materials else FORM


def _again(seen: PhotographRead) -> str:
    if seen.asked.fills and not seen.from_materials:
        return reverse("photo-paper", args=[seen.draft, seen.asked.fills.key])
    return reverse("photo-material", args=[seen.draft, seen.asked.material])


def _back(seen: PhotographRead, draft: DraftRead) -> str:
    return way_back(draft, seen.asked, from_materials=seen.from_materials)
