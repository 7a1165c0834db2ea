"""Answer the one correction (补正): each thing by itself, kept at once, and everything given back together."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.codes import ElementCode
from yijianshi.domain.corrections import CorrectionIncomplete, Target, split_spot
from yijianshi.domain.submissions import NotReady
from yijianshi.services.handling.content import open_revision
from yijianshi.services.handling.gather import (
    GatheredFile,
    OpenCorrection,
    drop_file,
    gather_fields,
    gather_file,
    open_correction,
    send_correction,
)
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.reading.my_correction import CorrectionSeen, RemarkSeen, correction_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in
from yijianshi.web.templatetags.yjs import address

from .materials import ACCEPT, read_file
from .values import shown_value, typed_value, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One field or document to answer: who says what about it, and what has been gathered."""

    code: str
    name: str
    is_material: bool
    remarks: tuple[RemarkSeen, ...]
    question: p.Asked | None
    was: str
    links: tuple[tuple[str, str], ...]
    files: tuple[GatheredFile, ...]
    problem: str
    done: bool
    upload: str
    accept: str = ACCEPT
    fields: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPage:
    """What the page of the correction says."""

    id: UUID
    title: str
    correction: CorrectionSeen
    asking: tuple[Asking, ...]
    left: int
    problems: p.Problems
    has_fields: bool
    letter: str


@signed_in
def correction(request: HttpRequest, submission: UUID) -> HttpResponse:
    """
    Show what is asked; keep what was typed; give everything back when it is whole.

    :raises NothingToCorrect: if nothing is asked, or it was answered.
    """
    opened = open_correction(submission, actor=actor(request))
    if request.method != "POST":
        return _show(request, opened)
    given = {
        code: typed_value(_question(opened, code), request.POST)
        for target, code in opened.asked
        if target is Target.FIELD
    }
    gather_fields(submission=submission, actor=actor(request), given=given, at=now())
    if "row" in request.POST:
        return _show(request, open_correction(submission, actor=actor(request)), sent=request.POST)
    if request.headers.get("X-Requested-With") == "autosave":
        return HttpResponse(status=204)
    try:
        send_correction(submission=submission, actor=actor(request), at=now())
    except (CorrectionIncomplete, NotReady) as refusal:
        wrong = {t.key: t.message for t in refusal.troubles} if isinstance(refusal, NotReady) else {}
        return _show(
            request, open_correction(submission, actor=actor(request)), wrong=wrong, asked_to_send=True
        )
    messages.success(request, "补的收到了，各家接着办。")
    return HttpResponseRedirect(reverse("my-case", args=[submission]))


@require_POST
@signed_in
def upload(request: HttpRequest, submission: UUID, material: str) -> HttpResponse:
    """Keep the files sent for one document; what cannot be taken is told there."""
    refused = []
    files = request.FILES.getlist("file")
    for file in files:
        try:
            gather_file(
                submission=submission, actor=actor(request), material=material,
                filename=file.name or "文件", content=read_file(file), at=now(),
            )  # fmt: skip
        except FileRefused as refusal:
            refused.append(str(refusal))
    if not files:
        refused.append("还没有选文件。请先选一个文件，再按“上传”")
    if refused:
        opened = open_correction(submission, actor=actor(request))
        return _show(request, opened, wrong={material: "；".join(refused)}, status=422)
    return HttpResponseRedirect(reverse("correction", args=[submission]) + f"#m-{material}")


@require_POST
@signed_in
def drop(request: HttpRequest, submission: UUID, material: str) -> HttpResponse:
    """Take a gathered file out again."""
    sha256 = request.POST.get("file", "")
    drop_file(submission=submission, actor=actor(request), material=material, sha256=sha256, at=now())
    return HttpResponseRedirect(reverse("correction", args=[submission]) + f"#m-{material}")


def _question(opened: OpenCorrection, code: str, **more: Any) -> p.Asked:
    return p.asked(opened.loaded.edition.elements[ElementCode(split_spot(code)[0])], name=code, **more)


def _show(
    request: HttpRequest,
    opened: OpenCorrection,
    *,
    sent: Any = None,
    wrong: dict[str, str] | None = None,
    asked_to_send: bool = False,
    status: int = 200,
) -> HttpResponse:
    seen = correction_of(opened.loaded)
    if seen is None:
        raise AssertionError("an open correction can be read")
    asking = _asking(opened, seen, wrong or {}, sent)
    open_ones = [one for one in asking if not one.done]
    problems = [
        p.Problem(field=_anchor(one), text=f"{one.name}：{one.problem}") for one in asking if one.problem
    ]
    if asked_to_send:
        status = 422
        problems += [
            p.Problem(field=_anchor(one), text=f"{one.name}：还没有补")
            for one in open_ones
            if not one.problem
        ]
    page = CorrectionPage(
        id=opened.loaded.id,
        title=opened.loaded.edition.bundle.title,
        correction=seen,
        asking=asking,
        left=len(open_ones),
        problems=p.Problems(items=tuple(problems), then="改好再一起交回；已补的都存着"),
        has_fields=any(not one.is_material for one in asking),
        letter=_letter(opened, seen),
    )
    return render(request, "applicant/correction.html", frame(request, nav="cases", page=page), status=status)


def _letter(opened: OpenCorrection, seen: CorrectionSeen) -> str:
    """The one letter is of the whole submission; what was asked again is a letter of its own case."""
    if seen.is_again and opened.row.case_id:
        return address("letter-pdf", opened.row.case_id, "correction")
    return address("correction-pdf", opened.loaded.id)


def _anchor(one: Asking) -> str:
    return f"m-{one.code}" if one.is_material else f"f-{one.code}"


def _asking(
    opened: OpenCorrection, seen: CorrectionSeen, wrong: dict[str, str], sent: Any
) -> tuple[Asking, ...]:
    edition, gathered = opened.loaded.edition, opened.gathered
    content = open_revision(opened.loaded.id) if any(t is Target.FIELD for t, _ in seen.targets) else None
    found = []
    for target, code in seen.targets:
        remarks = tuple(remark for remark in seen.remarks if (remark.target, remark.code) == (target, code))
        problem = wrong.get(code, "").removeprefix(f"{remarks[0].name}：")
        if target is Target.MATERIAL:
            files = tuple(gathered.files.get(code, ()))
            found.append(
                Asking(
                    code=code, name=remarks[0].name, is_material=True, remarks=remarks, question=None, was="",
                    links=_links(opened, code), files=files, problem=problem, done=bool(files),
                    upload=reverse("correction-upload", args=[opened.loaded.id, code]),
                )
            )  # fmt: skip
            continue
        plain, member = split_spot(code)
        element = edition.elements[ElementCode(plain)]
        kept = content.known(member=member).get(ElementCode(plain)) if content else None
        before = kept.value if kept else None
        value = shown_value(gathered.fields.get(code), element)
        question = _question(opened, code, value=value, error=problem)
        if sent is not None:
            rows = p.rows_wanted(question, sent)
            question = _question(opened, code, value=p.posted(question, sent), error=problem, rows=rows)
        found.append(
            Asking(
                code=code, name=remarks[0].name, is_material=False, remarks=remarks, question=question,
                was=words_of(before, element, edition), links=(), files=(), problem=problem,
                done=gathered.fields.get(code) not in (None, "", []) and not problem, upload="",
            )
        )  # fmt: skip
    return tuple(found)


def _links(opened: OpenCorrection, code: str) -> tuple[tuple[str, str], ...]:
    material = opened.loaded.edition.materials.get(split_spot(code)[0])  # type: ignore[call-overload]
    if material is None:
        return ()
    offered = (("看样表", "filled", material.sample), ("下载空白表", "blank", material.blank))
    return tuple(
        (words, href)
        for words, kind, there in offered
        if there and (href := address("sample", split_spot(code)[0], kind))
    )
