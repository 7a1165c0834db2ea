"""The second step (填一张表): one group of the form at a time, every field kept from the first on."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.codes import ElementCode
from yijianshi.domain.drafts import FormField, TamperedValue, Trouble
from yijianshi.services.applying.choose import object_to_register
from yijianshi.services.applying.fill import fill_fields
from yijianshi.services.applying.situation import AnswersRefused
from yijianshi.services.reading.case_values import source_in_words
from yijianshi.services.reading.drafts import DraftRead, Group, field_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.preferences import wants_large_letters
from yijianshi.web.templatetags.yjs import clock

from .drafts import FORM, draft_frame, open_for
from .photographing import papers_of_group
from .situation import register_wins
from .values import facts_of, may_object, question_of, shown_value, typed_value, was_sent, words_of

#: So many questions stand on one page with large letters.
AT_A_TIME = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsPage:
    """What one group of the form says."""

    number: int
    name: str
    problems: p.Problems
    groups: p.GroupList
    notices: tuple[p.Notice, ...]
    facts: p.Facts
    questions: tuple[p.Asked, ...]
    later: tuple[str, ...]
    photographs: tuple[
        tuple[str, str], ...
    ]  # papers that fill fields of this group: title and where to photograph
    previous: str
    save: str
    part: str  # which of the questions stand here, where not all of them do
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionPage:
    """What the page of an objection says."""

    name: str
    known: p.Known
    question: p.Asked
    problems: p.Problems
    objected: bool
    back: str


@signed_in
def fields(request: HttpRequest, draft: UUID, group: int) -> HttpResponse:
    """Show a group of the form; save it and go to the next, or show again what is wrong, with everything as typed."""
    read = open_for(request, draft)
    whole = _group(read, group)
    shown = part_of(whole, request)
    if request.method != "POST":
        return _show(request, read, group)
    if "row" in request.POST:
        _save(request, draft, shown, read)
        return _show(request, open_for(request, draft), group, sent=request.POST)
    try:
        troubles = _save(request, draft, shown, read)
    except TamperedValue as refusal:
        return _show(request, read, group, sent=request.POST, refusal=str(refusal), status=422)
    if troubles:
        return _show(
            request, open_for(request, draft), group, sent=request.POST, troubles=troubles, status=422
        )
    after = open_for(request, draft)
    if opened := _opened_by_this(after, whole):
        names = "、".join(after.edition.elements[code].name for code in opened)
        messages.warning(request, f"按您刚才答的，还要填：{names}")
        part = f"?from={opened[0]}" if wants_large_letters(request) else ""
        return HttpResponseRedirect(f"{request.path}{part}#f-{opened[0]}")
    if following := _following(after, whole, shown):
        return HttpResponseRedirect(f"{request.path}?from={following}")
    return HttpResponseRedirect(_next(after, shown.name))


@require_POST
@signed_in
def autosave(request: HttpRequest, draft: UUID, group: int) -> HttpResponse:
    """Keep what is typed so far, without judging it."""
    read = open_for(request, draft)
    _save(request, draft, part_of(_group(read, group), request), read)
    return JsonResponse({"saved": f"已保存 {clock(now())}，换手机也能接着填"})


@signed_in
def objection(request: HttpRequest, draft: UUID, element: str) -> HttpResponse:
    """Say that a register is wrong, and what is right; it blocks nothing, the departments look into it."""
    read = open_for(request, draft)
    field = field_of(read, element)
    if field is None or field.value is None or not may_object(field):
        raise Http404
    number = next(n for n, group in enumerate(read.groups) if field in group.fields)
    back = reverse("draft-form", args=[draft, number])
    question = question_of(field, read.edition)
    value = field.value.value if field.value.objected else None
    told, status = "", 200
    if request.method == "POST":
        value = None if "withdraw" in request.POST else typed_value(question, request.POST)
        told = _object(request, draft, ElementCode(element), value)
        if not told:
            return HttpResponseRedirect(back)
        status = 422
    page = ObjectionPage(
        name=read.edition.elements[ElementCode(element)].name,
        known=_registered(field, read),
        question=question_of(
            field, read.edition, label="正确的应该是", who="", error=told.rpartition("：")[2],
            value=shown_value(value, read.edition.elements[ElementCode(element)]),
            hint="部门会拿您写的去核对；核对期间照常办，不耽误提交",
        ),
        problems=p.Problems(items=(p.Problem(field=f"f-{element}", text=told),) if told else ()),
        objected=field.value.objected,
        back=back,
    )  # fmt: skip
    return render(
        request, "applicant/objection.html", draft_frame(request, read, FORM, page=page), status=status
    )


def _object(request: HttpRequest, draft: UUID, element: ElementCode, value: Any) -> str:
    """Note the objection or take it back; return what is wrong with it, or nothing."""
    if value in (None, "", []) and "withdraw" not in request.POST:
        return "请写上正确的内容；登记没错的话，直接返回就行"
    try:
        object_to_register(draft=draft, actor=actor(request), element=element, value=value, at=now())
    except AnswersRefused as refused:
        return "；".join(trouble.message for trouble in refused.troubles)
    return ""


def _group(read: DraftRead, number: int) -> Group:
    if number >= len(read.groups):
        raise Http404
    return read.groups[number]


def _save(request: HttpRequest, draft: UUID, group: Group, read: DraftRead) -> tuple[Trouble, ...]:
    """Keep what was sent; what a register supplied goes along only if it was sent too, and then it must be unchanged."""
    given: dict[str, Any] = {
        field.element: typed_value(question_of(field, read.edition), request.POST)
        for field in group.fields
        if field.turn == "ask" or was_sent(field.element, request.POST)
    }
    return fill_fields(
        draft=draft, actor=actor(request), given=given, only=[f.element for f in group.fields], at=now()
    )


def part_of(group: Group, request: HttpRequest) -> Group:
    """Return the part of a group that stands on one page: all of it, or for large letters three questions at a time."""
    if not wants_large_letters(request):
        return group
    asked = _asked_in(group)
    wanted = request.GET.get("from", "")
    first = asked.index(ElementCode(wanted)) if wanted in asked else 0
    here = asked[first : first + AT_A_TIME]
    # what is filled in already stands before the first question, and is not lost
    fields = tuple(f for f in group.fields if f.element in here or (f.turn != "ask" and not first))
    return replace(group, fields=fields)


def _asked_in(group: Group) -> list[ElementCode]:
    return [field.element for field in group.fields if field.turn == "ask"]


def _following(after: DraftRead, whole: Group, shown: Group) -> str:
    """Return the question after those that were shown, as the group stands now; nothing after the last."""
    asked = [code for group in after.groups if group.name == whole.name for code in _asked_in(group)]
    here = [asked.index(code) for code in _asked_in(shown) if code in asked]
    left = asked[max(here) + 1 :] if here and len(_asked_in(shown)) < len(_asked_in(whole)) else []
    return left[0] if left else ""


def _previous(read: DraftRead, number: int, asked: list[ElementCode], first: int) -> str:
    if first:
        return reverse("draft-form", args=[read.id, number]) + f"?from={asked[max(first - AT_A_TIME, 0)]}"
    return (
        reverse("draft-form", args=[read.id, number - 1])
        if number
        else reverse("draft-situation", args=[read.id])
    )


def _words_of_part(first: int, here: int, every: int) -> str:
    return f"第 {first + 1} 到 {first + here} 项，共 {every} 项" if here < every else ""


def _opened_by_this(read: DraftRead, shown: Group) -> tuple[ElementCode, ...]:
    """Return the fields that the answers just given have opened in the same group, and that nobody has seen yet."""
    seen = {field.element for field in shown.fields}
    wanting = {trouble.key for trouble in read.troubles}
    same = [group for group in read.groups if group.name == shown.name]
    return tuple(
        field.element
        for group in same
        for field in group.fields
        if field.element not in seen and field.element in wanting
    )


def _next(read: DraftRead, name: str) -> str:
    """Return the next group that asks something; what is filled in for the applicant is there to be opened, not to be clicked through."""
    names = [group.name for group in read.groups]
    after = names.index(name) + 1 if name in names else 0
    for n, group in enumerate(read.groups[after:], start=after):
        if any(field.turn == "ask" for field in group.fields):
            return reverse("draft-form", args=[read.id, n])
    return reverse("draft-materials", args=[read.id])


def _show(
    request: HttpRequest,
    read: DraftRead,
    number: int,
    *,
    sent: QueryDict | None = None,
    troubles: tuple[Trouble, ...] = (),
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    whole = _group(read, min(number, len(read.groups) - 1))
    group = part_of(whole, request)
    every = _asked_in(whole)
    first = every.index(_asked_in(group)[0]) if _asked_in(group) else 0
    wrong = {trouble.key: trouble.message.partition("：")[2] for trouble in troubles}
    asked = [field for field in group.fields if field.turn == "ask"]
    known = [
        field for field in group.fields if field.turn in ("known", "computed") and field.value is not None
    ]
    problems = [p.Problem(field=f"f-{trouble.key}", text=trouble.message) for trouble in troubles]
    if refusal:
        problems.append(p.Problem(field="", text=refusal))
    notices = [*register_wins(read, among=[field.element for field in group.fields])]
    if read.unavailable and any(field.source not in ("applicant", "system") for field in asked):
        notices.append(
            p.Notice(
                kind="todo", title=f"{'、'.join(read.unavailable)}暂时连不上",
                text="请先自己填，我们稍后核对，不耽误提交。",
            )
        )  # fmt: skip
    page = FieldsPage(
        number=number,
        name=group.name,
        problems=p.Problems(items=tuple(problems), then="改好再填下一组；您填的都已存好，也可以先填别的组"),
        groups=group_list(read, number),
        notices=tuple(notices),
        facts=facts_of(known, read),
        questions=tuple(_question(field, read, sent, wrong) for field in asked),
        later=tuple(read.edition.elements[f.element].name for f in group.fields if f.turn == "later"),
        photographs=papers_of_group(read, asked),
        previous=_previous(read, number, every, first),
        save=reverse("draft-save", args=[read.id, number]) + (f"?from={every[first]}" if first else ""),
        part=_words_of_part(first, len(_asked_in(group)), len(every)),
        is_last=number == len(read.groups) - 1,
    )
    return render(
        request, "applicant/fields.html", draft_frame(request, read, FORM, page=page), status=status
    )


def _question(field: FormField, read: DraftRead, sent: QueryDict | None, wrong: dict[str, str]) -> p.Asked:
    more: dict[str, Any] = {"error": wrong.get(field.element, "")}
    if sent is not None:
        plain = question_of(field, read.edition)
        more["value"] = p.posted(plain, sent)
        more["rows"] = p.rows_wanted(plain, sent) if "row" in sent else 0
    return question_of(field, read.edition, **more)


def group_list(read: DraftRead, current: int = -1) -> p.GroupList:
    """Return the list of groups beside the form, with how much is left."""
    every = [field for group in read.groups for field in group.fields]
    ours = sum(field.turn != "ask" for field in every)
    left = sum(1 for field in every if field.turn == "ask" and field.required and _is_open(field, read))
    return p.GroupList(
        groups=tuple(
            p.GroupLink(
                label=group.name, href=reverse("draft-form", args=[read.id, n]),
                done=group.done, total=group.total, current=n == current,
            )
            for n, group in enumerate(read.groups)
        ),
        left=f"{len(every)} 项里 {ours} 项不用您填，" + (f"还剩 {left} 项。" if left else "都填好了。"),
    )  # fmt: skip


def _is_open(field: FormField, read: DraftRead) -> bool:
    return any(trouble.key == field.element for trouble in read.troubles)


def _registered(field: FormField, read: DraftRead) -> p.Known:
    element = read.edition.elements[field.element]
    value = field.value
    registered = value.registered if value and value.objected else value.value if value else None
    return p.Known(
        name=element.name,
        value=words_of(registered, element, read.edition),
        source=source_in_words(value.source, read.edition) if value else "",
        at=value.at if value and not value.objected else None,
        wide=True,
    )
