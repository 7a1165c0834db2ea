"""Where a paper is photographed: which one, how to hold it, and what becomes of the picture."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.materials.sniffing import LARGEST_FILE, FileRefused
from yijianshi.services.outside import outside
from yijianshi.services.photographs.asked import PaperAsked, paper_by_key, paper_by_material
from yijianshi.services.photographs.take import NobodyReads, take_photograph
from yijianshi.services.reading.drafts import DraftRead
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.applicant.drafts import FORM, MATERIALS, draft_frame, open_for
from yijianshi.web.applicant.materials import read_file

ACCEPT = "image/jpeg,image/png"


@dataclass(frozen=True, slots=True, kw_only=True)
class TakePage:
    """What the page says before a paper is photographed."""

    name: str
    fills: tuple[str, ...]  # names of the fields
    problems: p.Problems
    upload: str
    back: str
    accept: str = ACCEPT
    fields: tuple[tuple[str, str], ...] = ()
    megabytes: int = LARGEST_FILE // 1024 // 1024


@signed_in
def paper(request: HttpRequest, draft: UUID, paper: str) -> HttpResponse:
    """Photograph a paper that fills fields of the form."""
    read = open_for(request, draft)
    return _page(request, read, paper_by_key(read.form, read.plan, paper, claimed=read.claimed), paper=paper)


@signed_in
def document(request: HttpRequest, draft: UUID, material: str) -> HttpResponse:
    """Photograph a document that is to be handed in, and look at it first."""
    read = open_for(request, draft)
    return _page(
        request,
        read,
        paper_by_material(read.form, read.plan, material, claimed=read.claimed),
        material=material,
    )


def way_back(read: DraftRead, asked: PaperAsked, *, from_materials: bool) -> str:
    """Return the page from which a paper is photographed: its document in the list, or the group of its fields."""
    if from_materials or asked.fills is None:
        return reverse("draft-materials", args=[read.id]) + f"#m-{asked.material}"
    filled = set(asked.fills.elements.values())
    for number, group in enumerate(read.groups):
        if any(field.element in filled and field.turn == "ask" for field in group.fields):
            return reverse("draft-form", args=[read.id, number])
    return reverse("draft-form", args=[read.id, 0])


def _page(
    request: HttpRequest, read: DraftRead, asked: PaperAsked | None, *, paper: str = "", material: str = ""
) -> HttpResponse:
    if asked is None:
        raise NotPermitted(Act.EDIT_DRAFT)
    if outside().reader is None:
        raise NobodyReads("这里没有装拍照识别")
    problem = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        try:
            if file is None:
                raise FileRefused("empty", "还没有拍照或选照片。请先拍一张，再按“上传”")
            key = take_photograph(
                draft=read.id, actor=actor(request), paper=paper, material=material,
                filename=file.name or "照片.jpg", content=read_file(file), at=now(),
            )  # fmt: skip
            return HttpResponseRedirect(reverse("photo", args=[key]))
        except FileRefused as refusal:
            problem = str(refusal)
    page = TakePage(
        name=asked.title,
        fills=_names(read, asked),
        problems=p.Problems(items=(p.Problem(field="photo", text=problem),) if problem else ()),
        upload=request.path,
        back=way_back(read, asked, from_materials=bool(material)),
    )
    return render(
        request,
        "photographs/take.html",
        draft_frame(request, read, MATERIALS if material else FORM, page=page),
        status=422 if problem else 200,
    )


def _names(read: DraftRead, asked: PaperAsked) -> tuple[str, ...]:
    if asked.fills is None:
        return ()
    wanted = set(asked.fills.elements.values())
    return tuple(
        read.edition.elements[field.element].name
        for field in read.form.fields
        if field.element in wanted and field.turn == "ask"
    )
