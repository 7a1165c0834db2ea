"""The list of a repeated group (名单): who is on it, one short page for each, or a whole table at once."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.codes import ElementCode, ItemCode, MemberId
from yijianshi.domain.definitions import Kind
from yijianshi.domain.drafts import FormField, Trouble
from yijianshi.domain.members import MemberForm, is_own
from yijianshi.services.applying.blank_table import blank_table
from yijianshi.services.applying.member_table import LARGEST_TABLE, TableNotTaken, take_table
from yijianshi.services.applying.members import fill_for_all, put_member, remove_member
from yijianshi.services.reading.drafts import DraftRead
from yijianshi.services.reading.members import MemberList
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import ask_first

from .drafts import FORM, at_desk, draft_frame, open_for
from .values import question_of, typed_value

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: So many faults of a table are shown; who mends these sends the table again and sees the rest.
MOST_FAULTS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRow:
    """One line of the list."""

    name: str
    about: str
    left: int
    change: str
    remove: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersPage:
    """What the page of a list says."""

    of: MemberList
    rows: tuple[MemberRow, ...]
    meter: p.Meter | None
    problems: p.Problems
    then: str  # where it goes on


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPage:
    """What the page of one member says, or that of what all share."""

    title: str
    back: str
    problems: p.Problems
    items: p.Asked | None
    questions: tuple[p.Asked, ...]
    shared: tuple[p.Asked, ...]
    is_member: bool


@signed_in
def members(request: HttpRequest, draft: UUID, group: str) -> HttpResponse:
    """Show the list, with how many are finished and how many cases come of it."""
    read = open_for(request, draft)
    return _show(request, read, list_of(read, group))


@signed_in
def member(request: HttpRequest, draft: UUID, group: str, member: str = "") -> HttpResponse:
    """Show what is asked of one member, and keep it; what is missing is said, and may be filled later."""
    read = open_for(request, draft)
    found = list_of(read, group)
    entered = next((one for one in found.members if one.id == member), None)
    if member and entered is None:
        raise Http404
    page = _member_page(request, read, found, entered)
    if request.method != "POST":
        return _render(request, read, page)
    assert page.items is not None
    given = {
        ElementCode(question.name): typed_value(question, request.POST)
        for question in (*page.questions, *page.shared)
    }
    who, troubles = put_member(
        draft=draft, actor=actor(request), group=group, member=MemberId(member) if member else None,
        given=given, items=[ItemCode(code) for code in p.posted(page.items, request.POST)], at=now(),
    )  # fmt: skip
    if troubles:
        return HttpResponseRedirect(reverse("draft-member", args=[draft, group, who]) + "?check=1")
    if "another" in request.POST:
        messages.success(request, "存好了，接着填下一个。")
        return HttpResponseRedirect(reverse("draft-member-new", args=[draft, group]))
    return HttpResponseRedirect(reverse("draft-members", args=[draft, group]))


@signed_in
def remove(request: HttpRequest, draft: UUID, group: str, member: str) -> HttpResponse:
    """Ask, and take a member off the list."""
    read = open_for(request, draft)
    found = list_of(read, group)
    back = reverse("draft-members", args=[draft, group])
    name = next((one.name or found.word for one in found.members if one.id == member), None)
    if name is None:
        raise Http404
    if request.method == "POST":
        remove_member(draft=draft, actor=actor(request), group=group, member=MemberId(member), at=now())
        messages.success(request, f"{name}已从名单里去掉。")
        return HttpResponseRedirect(back)
    question = p.Confirmation(
        title=f"把{name}从名单里去掉？",
        text="替他填过的会一并删掉；名单里的别人不受影响。",
        yes="去掉",
        no="不去掉",
        post=request.path,
        back=back,
    )
    if at_desk(request, read):
        return ask_first(request, question, here="window")
    return render(request, "confirm.html", draft_frame(request, read, FORM, question=question))


@signed_in
def same_for_all(request: HttpRequest, draft: UUID, group: str) -> HttpResponse:
    """Take once what all members share, so that it need not be typed for each of them."""
    read = open_for(request, draft)
    found = list_of(read, group)
    back = reverse("draft-members", args=[draft, group])
    questions = tuple(_asked(field, read, {}) for field in found.shared)
    if request.method == "POST":
        given = {ElementCode(q.name): typed_value(q, request.POST) for q in questions}
        fill_for_all(draft=draft, actor=actor(request), group=group, given=given, at=now())
        messages.success(request, "存好了。有人不一样，在他自己那一页改。")
        return HttpResponseRedirect(back)
    page = MemberPage(
        title="大家都一样的", back=back, problems=p.Problems(items=()), items=None, questions=questions,
        shared=(), is_member=False,
    )  # fmt: skip
    return _render(request, read, page)


@require_POST
@signed_in
def table(request: HttpRequest, draft: UUID, group: str) -> HttpResponse:
    """Take a table, a file or pasted rows; with anything wrong nothing is taken, and each fault has its row and column."""
    read = open_for(request, draft)
    found = list_of(read, group)
    sent = request.FILES.get("file")
    pasted = request.POST.get("rows", "")
    if sent is None and not pasted.strip():
        return _show(request, read, found, said="请选一个表格文件，或者把表粘贴进来", status=422)
    name, content = (
        ("粘贴的表.txt", pasted.encode()) if sent is None else (sent.name, sent.read(LARGEST_TABLE + 1))
    )
    try:
        taken = take_table(
            draft=draft, actor=actor(request), group=group, content=content, name=str(name), at=now()
        )
    except TableNotTaken as refused:
        return _show(request, read, found, faults=refused, pasted=pasted, status=422)
    changed = f"，改了 {taken.changed} {found.measure}" if taken.changed else ""
    messages.success(request, f"表里的都收下了：新加 {taken.added} {found.measure}{changed}。")
    return HttpResponseRedirect(reverse("draft-members", args=[draft, group]))


@signed_in
def blank(request: HttpRequest, draft: UUID, group: str) -> HttpResponse:
    """Send the blank table of the group."""
    read = open_for(request, draft)
    found = list_of(read, group)
    response = HttpResponse(blank_table(read.plan, group), content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.word + '名单.xlsx')}"
    return response


def list_of(read: DraftRead, group: str) -> MemberList:
    """Return the list of a group that this draft has, or say that there is no such page."""
    found = next((one for one in read.lists if one.group == group), None)
    if found is None:
        raise Http404
    return found


def _show(
    request: HttpRequest,
    read: DraftRead,
    found: MemberList,
    *,
    said: str = "",
    faults: TableNotTaken | None = None,
    pasted: str = "",
    status: int = 200,
) -> HttpResponse:
    problems = [p.Problem(field="table", text=said)] if said else []
    then = "改好再交"
    if faults:
        problems += [p.Problem(field="", text=str(fault)) for fault in faults.faults[:MOST_FAULTS]]
        more = len(faults.faults) - MOST_FAULTS
        then = "改好再交；表里的一行也没有收" + (f"（还有 {more} 处，先改这些）" if more > 0 else "")
    after = read.lists[read.lists.index(found) + 1 :]
    page = MembersPage(
        of=found,
        rows=tuple(_row(read, found, number, one) for number, one in enumerate(found.members, 1)),
        meter=p.Meter(done=found.finished, total=len(found.members), says=found.progress)
        if found.members
        else None,
        problems=p.Problems(items=tuple(problems), then=then),
        then=reverse("draft-members", args=[read.id, after[0].group])
        if after
        else reverse("draft-form", args=[read.id, 0]),
    )
    context = draft_frame(request, read, FORM, page=page, pasted=pasted)
    return render(request, "applicant/members.html", context, status=status)


def _row(read: DraftRead, found: MemberList, number: int, one: MemberForm) -> MemberRow:
    items = "、".join(item.plain_name for item in found.items if item.code in one.items)
    every = len(one.items) == len(found.items)
    return MemberRow(
        name=one.name or f"第 {number} 个{found.word}（还没写名字）",
        about=f"办全部 {len(one.items)} 项" if every else f"办 {len(one.items)} 项：{items}",
        left=len(one.troubles),
        change=reverse("draft-member", args=[read.id, found.group, one.id]),
        remove=reverse("draft-member-remove", args=[read.id, found.group, one.id]),
    )


def _member_page(
    request: HttpRequest, read: DraftRead, found: MemberList, entered: MemberForm | None
) -> MemberPage:
    fields = entered.fields if entered else found.fresh
    troubles: tuple[Trouble, ...] = entered.troubles if entered and "check" in request.GET else ()
    wrong = {trouble.key: trouble.message.partition("：")[2] or trouble.message for trouble in troubles}
    said = {field.element: field.value.value for field in found.shared if field.value}
    same = [
        field for field in fields
        if field.element in said and field.value and field.value.value == said[field.element]
    ]  # fmt: skip
    own = [field for field in fields if field not in same]
    own.sort(key=lambda field: not is_own(read.edition.elements[field.element]))
    return MemberPage(
        title=(entered.name if entered else "") or f"加一个{found.word}",
        back=reverse("draft-members", args=[read.id, found.group]),
        problems=p.Problems(
            items=tuple(p.Problem(field=f"f-{t.key}", text=t.message) for t in troubles),
            then="现在改，或者先存着，回头再填",
        ),
        items=_items(found, entered, wrong.get("items", "")) if len(found.items) > 1 else _only(found),
        questions=tuple(_asked(field, read, wrong) for field in own),
        shared=tuple(_asked(field, read, wrong) for field in same),
        is_member=True,
    )


def _items(found: MemberList, entered: MemberForm | None, error: str) -> p.Asked:
    return p.Asked(
        name="items",
        label="要办哪几项",
        kind=Kind.MULTI_ENUM,
        value=entered.items if entered and entered.items else [item.code for item in found.items],
        options=tuple(p.Option(item.code, item.plain_name) for item in found.items),
        hint="都要办就不用动；不办的去掉勾",
        error=error,
    )


def _only(found: MemberList) -> p.Asked:
    """Return the one item of the group as a question that nobody need answer."""
    return p.Asked(name="items", label="", kind=Kind.MULTI_ENUM, value=[item.code for item in found.items])


def _asked(field: FormField, read: DraftRead, wrong: dict[str, str]) -> p.Asked:
    return question_of(field, read.edition, error=wrong.get(field.element, ""))


def _render(request: HttpRequest, read: DraftRead, page: MemberPage) -> HttpResponse:
    return render(request, "applicant/member.html", draft_frame(request, read, FORM, page=page))
