"""A manuscript as people would see it: the guide, the one form, the notice - for any situation, before it is published."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.sharing import FieldWay
from yijianshi.services.outside import outside
from yijianshi.services.reading.guide import Guide
from yijianshi.services.reading.manuscript import ManuscriptRead, read_manuscript
from yijianshi.services.reading.preview import edition_of, preview_form, preview_guide, preview_notice
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in, today
from yijianshi.web.documents.sending import personal
from yijianshi.web.visitor.guide import guide_page


@dataclass(frozen=True, slots=True, kw_only=True)
class FormGroup:
    """One heading of the form: what the applicant is asked, and what is filled in for him."""

    name: str
    asked: tuple[p.Asked, ...]
    spared: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPreview:
    """The one form of a situation."""

    groups: tuple[FormGroup, ...]
    asked: int
    spared: int


@signed_in
def preview(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Show the guide as it would stand, with the form below; the questions lead to any situation."""
    read, division, guide, given = _guide(request, manuscript)
    page = guide_page(guide, given, division=division)
    query = guide.query()
    notice = reverse("steward-preview-notice", args=[manuscript]) + (f"?{query}" if query else "")
    here = reverse("steward-preview", args=[manuscript])
    page = replace(
        page, start="", process="", share="", notice=notice, action=here,
        qr=replace(
            page.qr, address=f"{outside().address}{here}" + (f"?{query}" if query else ""), shown=f"稿号 {read.digest[:8]}",
            title="发给会签的人看", about="要用目录管理员或会签部门的账号登录，才打得开。",
        ),
    )  # fmt: skip
    context = frame(
        request, page=page, form=_form(guide), manuscript=read, back=_back(read),
    )  # fmt: skip
    return render(request, "steward/preview.html", context)


@signed_in
def notice(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Give the notice as it would be printed for the answers in the address."""
    _, division, guide, _ = _guide(request, manuscript)
    return personal(preview_notice(guide, division=division, at=now()))


def _guide(
    request: HttpRequest, manuscript: UUID
) -> tuple[ManuscriptRead, DivisionCode, Guide, dict[str, object]]:
    who = actor(request)
    read = read_manuscript(manuscript, actor=who, on=today())
    edition = edition_of(manuscript, actor=who, at=now())
    given: dict[str, object] = {
        question.key: p.posted(p.asked_question(question), request.GET)
        for question in edition.bundle.questions
    }
    guide = preview_guide(
        edition, given=given, also=request.GET.getlist("also"), commit=request.GET.getlist("commit"),
        division=read.division, at=now(),
    )  # fmt: skip
    return read, read.division, guide, given


def _form(guide: Guide) -> FormPreview:
    elements = guide.edition.elements
    registers = {str(code): one.name for code, one in guide.edition.resources.items()}
    spared_by = {f.element: f.source for f in guide.plan.fields if f.way is not FieldWay.ASKED}
    groups = []
    for name, fields in preview_form(guide).groups:
        asked = tuple(
            p.asked(elements[f.element], optional=not f.required)
            for f in fields
            if f.common or f.element not in spared_by
        )
        spared = tuple(
            (elements[f.element].name, registers.get(source, "系统算出或前序结果"))
            for f in fields
            if not f.common and (source := spared_by.get(f.element)) is not None
        )
        groups.append(FormGroup(name=name, asked=asked, spared=spared))
    return FormPreview(
        groups=tuple(groups),
        asked=sum(len(g.asked) for g in groups),
        spared=sum(len(g.spared) for g in groups),
    )


def _back(read: ManuscriptRead) -> str:
    return reverse("steward-manuscript" if read.can_write else "countersign-manuscript", args=[read.id])
