"""One visit (一次亮码) at the clerk's desk: who stands there, his drafts and documents, and beginning something new for him."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yijianshi.domain.codes import BundleCode, MaterialCode
from yijianshi.domain.definitions import Kind
from yijianshi.domain.drafts import FormField
from yijianshi.services.reading.drafts import Group
from yijianshi.services.reading.visits import VisitPage, open_shown_document, read_visit, things_to_begin
from yijianshi.services.reading.waiting import WaitingPage, read_waiting
from yijianshi.services.visits.end import end_visit
from yijianshi.services.visits.wait import LONGEST, HintNotPossible, leave_hint
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.applicant.values import facts_of
from yijianshi.web.applicant.wallet import INLINE
from yijianshi.web.desk import desk_page, posted_text
from yijianshi.web.templatetags.yjs import mask_number, mask_phone, wide

from .bridging import may_reach_bridge

_TRUST = {"issued": "签发件", "checked": "窗口核对过", "uploaded": "自己上传的", "made": "系统生成"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitView:
    """The page."""

    read: VisitPage
    person: p.Pairs
    documents: tuple[
        tuple[str, str, str], ...
    ]  # name, how it came, where it is opened (empty: not yet scanned)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginView:
    """Choosing what is begun for whoever stands there."""

    question: p.Asked
    problems: p.Problems | None
    back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingView:
    """The draft of one who waits, to be looked at before his turn."""

    read: WaitingPage
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    missing: tuple[str, ...]
    materials: tuple[tuple[str, str], ...]
    text: p.Asked
    problems: p.Problems | None


@may_reach_bridge
@signed_in
def visit(request: HttpRequest, visit: UUID) -> HttpResponse:
    """
    Show what was shown.

    :raises NotPermitted: if it was shown to another.
    :raises VisitOver: if it has ended.
    """
    read = read_visit(visit, actor=actor(request), at=now())
    party = read.party
    pairs = [
        p.Pair(name="单位名称" if party.is_enterprise else "姓名", value=party.name),
        p.Pair(name="证件号码", value=mask_number(party.number)),
        p.Pair(name="手机", value=mask_phone(party.phone) or "没有留"),
    ]
    if read.who != party.name:
        pairs.insert(0, p.Pair(name="来的人", value=read.who))
    documents = []
    for one in read.documents:
        seen = {True: "，原件看过", False: "，没看原件", None: ""}[one.original_seen]
        address = reverse("visit-material", args=[visit, one.copy]) if one.is_clean else ""
        documents.append((wide(one.name), _TRUST.get(one.trust, "") + seen, address))
    view = VisitView(read=read, person=p.Pairs(items=tuple(pairs)), documents=tuple(documents))
    return desk_page(request, "counter/visit.html", view, here="counter")


@require_POST
@signed_in
def end(request: HttpRequest, visit: UUID) -> HttpResponse:
    """End the visit at the desk."""
    end_visit(visit=visit, actor=actor(request), at=now())
    messages.success(request, "这次亮码结束了，可以叫下一位。")
    return HttpResponseRedirect(reverse("counter"))


@signed_in
def begin(request: HttpRequest, visit: UUID) -> HttpResponse:
    """Choose a one-thing for whoever stands there; he is known, so nothing is typed."""
    party, offered = things_to_begin(visit, actor=actor(request), at=now())
    chosen = posted_text(request, "bundle", longest=64)
    problem = ""
    if request.method == "POST":
        if BundleCode(chosen) in {one.edition.bundle.code for one in offered}:
            return HttpResponseRedirect(reverse("window-situation", args=[chosen, party]))
        problem = "请选一件事"
    question = p.Asked(
        name="bundle", label="要办哪件事", kind=Kind.ENUM, value=chosen, wide=True, error=problem,
        options=tuple(p.Option(one.edition.bundle.code, one.edition.bundle.title) for one in offered),
    )  # fmt: skip
    view = BeginView(
        question=question,
        problems=p.Problems(items=(p.Problem(field=question.id, text=problem),)) if problem else None,
        back=reverse("visit", args=[visit]),
    )
    return desk_page(request, "counter/begin.html", view, here="counter", status=422 if problem else 200)


@require_safe
@signed_in
def material(request: HttpRequest, visit: UUID, copy: UUID) -> HttpResponseBase:
    """Open a document of whoever stands there; he sees on his phone that it was opened."""
    found = open_shown_document(visit, copy, actor=actor(request), at=now())
    response = FileResponse(
        found.stream, as_attachment=found.media_type not in INLINE, filename=found.name,
        content_type=found.media_type,
    )  # fmt: skip
    response["X-Content-Type-Options"] = "nosniff"
    return response


@signed_in
def waiting(request: HttpRequest, waiting: UUID) -> HttpResponse:
    """
    Look at the draft of one who waits, and leave what he should mend before his turn.

    :raises NotPermitted: if he asked another window, or has left.
    """
    who, at = actor(request), now()
    text, problem = posted_text(request, "text", longest=LONGEST), ""
    if request.method == "POST":
        try:
            leave_hint(waiting=waiting, text=text, actor=who, at=at)
        except HintNotPossible as why:
            problem = str(why)
        else:
            messages.success(request, "留给他了，他在手机上看得到。")
            return HttpResponseRedirect(request.path)
    read = read_waiting(waiting, actor=who, at=at)
    draft = read.draft
    asked = p.Asked(
        name="text", label="缺什么、怎么补", kind=Kind.TEXT, value=text, max_length=LONGEST, error=problem,
        wide=True, hint="一次说清；他改好再来，轮到时就快",
    )  # fmt: skip
    view = WaitingView(
        read=read,
        groups=tuple(
            (group.name, tuple((fact.name, fact.value) for fact in facts_of(_given(group), draft).items))
            for group in draft.groups
        ),
        missing=tuple(trouble.message for trouble in (*draft.troubles, *draft.missing)),
        materials=tuple(
            (wide(draft.edition.materials[MaterialCode(file.material)].name), file.name)
            for file in draft.laid
        ),
        text=asked,
        problems=p.Problems(items=(p.Problem(field=asked.id, text=problem),)) if problem else None,
    )
    return desk_page(request, "counter/waiting.html", view, here="counter", status=422 if problem else 200)


def _given(group: Group) -> list[FormField]:
    return [field for field in group.fields if field.value is not None]
