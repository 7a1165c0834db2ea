"""The third step (交材料): each document once, with its samples; what need not be handed in, and why."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.codes import LicenceCode, MaterialCode
from yijianshi.domain.merging import MergedMaterial
from yijianshi.domain.owing import latest_promise
from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.domain.sharing import MaterialWay
from yijianshi.services.applying.attach import MaterialNotAsked, attach_material, detach_material
from yijianshi.services.applying.reuse import lay_from_wallet
from yijianshi.services.contents import is_key
from yijianshi.services.materials.sniffing import LARGEST_FILE, FileRefused
from yijianshi.services.outside import outside
from yijianshi.services.reading.drafts import DraftRead, LaidFile, wallet_for
from yijianshi.services.reading.guide import department_word, is_sent_by_others
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.templatetags.yjs import address, wide

from .drafts import MATERIALS, draft_frame, open_for
from .photographing import photograph_of

ACCEPT = "image/jpeg,image/png,.pdf,.ofd,.docx,.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """One document to hand in, with what has been handed in already."""

    code: str
    name: str
    about: str
    problem: str
    state: str  # todo | bad | ok
    sign: str
    links: tuple[tuple[str, str], ...]
    files: tuple[LaidFile, ...]
    wallet: LaidFile | None
    upload: str
    owed: date | None = None  # promised for that day
    owe_from: date | None = None  # where it may be handed in later: between which days
    owe_until: date | None = None
    accept: str = ACCEPT
    fields: tuple[tuple[str, str], ...] = ()
    capture: str = ""  # at the window: where several pages are photographed into one document
    photograph: str = ""  # where it is photographed and looked at before it is handed in


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialsPage:
    """What the third step says."""

    wanted: tuple[Wanted, ...]
    spared: tuple[p.MaterialRow, ...]
    left: int
    later: int  # promised for a later day
    problems: p.Problems


@signed_in
def materials(request: HttpRequest, draft: UUID) -> HttpResponse:
    """Show the one set of documents."""
    return show_materials(request, open_for(request, draft))


@require_POST
@signed_in
def upload(request: HttpRequest, draft: UUID, material: str) -> HttpResponse:
    """Lay the files sent into the draft; what cannot be taken is told at its document, the others are kept."""
    refused = []
    for file in request.FILES.getlist("file"):
        try:
            content = read_file(file)
            attach_material(
                draft=draft, actor=actor(request), material=MaterialCode(material),
                filename=file.name or "文件", content=content, at=now(),
            )  # fmt: skip
        except FileRefused as refusal:
            refused.append(str(refusal))
    if not request.FILES.getlist("file"):
        refused.append("还没有选文件。请先选一个文件，再按“上传”")
    if refused:
        return show_materials(
            request, open_for(request, draft), problem=(material, "；".join(refused)), status=422
        )
    return HttpResponseRedirect(reverse("draft-materials", args=[draft]) + f"#m-{material}")


@require_POST
@signed_in
def reuse(request: HttpRequest, draft: UUID, material: str) -> HttpResponse:
    """Take a document from the applicant's own wallet."""
    copy = request.POST.get("copy", "")
    if not is_key(copy):
        raise MaterialNotAsked("材料库里没有可以用的这份材料，请另外上传")
    lay_from_wallet(
        draft=draft, actor=actor(request), material=MaterialCode(material), copy=UUID(copy), at=now()
    )
    return HttpResponseRedirect(reverse("draft-materials", args=[draft]) + f"#m-{material}")


@require_POST
@signed_in
def drop(request: HttpRequest, draft: UUID, copy: UUID) -> HttpResponse:
    """Take a document out of the draft again; it stays in the wallet."""
    read = open_for(request, draft)
    if all(file.copy != copy for file in read.laid):
        raise NotPermitted(Act.EDIT_DRAFT)
    detach_material(draft=draft, actor=actor(request), copy=copy, at=now())
    return HttpResponseRedirect(reverse("draft-materials", args=[draft]))


def read_file(file: Any) -> bytes:
    """Return the bytes of an upload. :raises FileRefused: if it is larger than any that is taken."""
    if (file.size or 0) > LARGEST_FILE:
        raise FileRefused(
            "too-large",
            f"“{file.name}”超过 {LARGEST_FILE // 1024 // 1024} MB。请把照片拍小一些，或拆成几份再传",
        )
    content: bytes = file.read()
    return content


def show_materials(
    request: HttpRequest,
    read: DraftRead,
    *,
    problem: tuple[str, str] = ("", ""),
    then: str = "换一个文件再传",
    status: int = 200,
) -> HttpResponse:
    """Draw the page, with what was wrong about one document."""
    asked = [m for m in read.plan.materials if _is_asked(m, read)]
    wallet = wallet_for(read.party.id, [m.material for m in asked], without=[file.copy for file in read.laid])
    wanted = [_wanted(m, read, wallet.get(m.material), problem) for m in asked]
    wanted.sort(key=lambda one: {"bad": 0, "todo": 1}.get(one.state, 2))
    page = MaterialsPage(
        wanted=tuple(wanted),
        spared=tuple(spared_row(m, read) for m in read.plan.materials if m not in asked),
        later=sum(bool(one.owed) for one in wanted),
        left=sum(not (one.files or one.owed) for one in wanted),
        problems=p.Problems(
            items=(p.Problem(field=f"m-{problem[0]}", text=problem[1]),) if problem[1] else (),
            then=then,
        ),
    )
    return render(
        request, "applicant/materials.html", draft_frame(request, read, MATERIALS, page=page), status=status
    )


def _is_asked(merged: MergedMaterial, read: DraftRead) -> bool:
    if merged.way is MaterialWay.UPLOAD:
        return True
    licence = read.edition.materials[merged.material].licence
    return merged.way is MaterialWay.SHARED and licence is not None and licence in read.claimed


def _wanted(
    merged: MergedMaterial, read: DraftRead, wallet: LaidFile | None, problem: tuple[str, str]
) -> Wanted:
    material = read.edition.materials[merged.material]
    files = read.files_for(merged.material)
    who = dict.fromkeys(department_word(read.edition.item(code), read.edition) for code in merged.needed_by)
    about = [f"{'、'.join(who)}要"]
    if merged.way is MaterialWay.SHARED:
        about.append("库里没有查到，请上传原件的照片或扫描件")
    elif material.description:
        about.append(material.description)
    if merged.replaceable_by_commitment:
        about.append("可先交承诺，核查时补")
    wrong = problem[1] if problem[0] == merged.material else ""
    owed = read.owed.get(merged.material)
    state = "bad" if wrong else "ok" if files else "later" if owed else "todo"
    latest = latest_promise(merged.owable, outside().calendar, on=today()).day if merged.owable else None
    return Wanted(
        code=merged.material,
        name=wide(material.name),
        about=" · ".join(about),
        problem=wrong,
        state=state,
        sign={"bad": "alert", "ok": "check", "later": "clock"}.get(state, "doc"),
        links=sample_links(read, merged.material),
        files=files,
        wallet=None if files else wallet,
        upload=reverse("draft-upload", args=[read.id, merged.material]),
        owed=owed,
        owe_from=today() + timedelta(days=1) if latest and not files else None,
        owe_until=latest,
        capture=reverse("draft-capture", args=[read.id, merged.material]) if read.at_window else "",
        photograph=photograph_of(merged.material, read),
    )


def sample_links(read: DraftRead, code: MaterialCode) -> tuple[tuple[str, str], ...]:
    """Return where a filled sample and a blank form of a document are."""
    material = read.edition.materials[code]
    offered = (("看样表", "filled", material.sample), ("下载空白表", "blank", material.blank))
    return tuple(
        (words, href) for words, kind, there in offered if there and (href := address("sample", code, kind))
    )


def spared_row(merged: MergedMaterial, read: DraftRead) -> p.MaterialRow:
    """Return a document that need not be handed in, with how it comes into the file all the same."""
    material, edition = read.edition.materials[merged.material], read.edition
    if merged.way is MaterialWay.PRODUCED:
        producers = "、".join(edition.item(code).plain_name for code in merged.produced_by)
        return p.MaterialRow(name=material.name, state="awaited", about=f"“{producers}”办出来，自动送过去")
    if is_sent_by_others(merged, edition):
        about = material.description.rstrip("。") or "由保管的单位直接传来，不用交"
        return p.MaterialRow(name=material.name, state="shared", about=about)
    if merged.way is MaterialWay.GENERATED:
        about = material.description.rstrip("。") or "系统按您填的表生成"
        return p.MaterialRow(name=material.name, state="generated", about=f"{about}；提交后可以下载看")
    licence = edition.licences.get(LicenceCode(material.licence)) if material.licence else None
    issuer = edition.departments.get(licence.issuer) if licence else None
    source = f"由{issuer.short_name}共享" if issuer else "部门之间共享"
    return p.MaterialRow(name=material.name, state="shared", about=f"{source}，不用交")
