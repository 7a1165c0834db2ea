"""Photographs from the spot: shown to who takes part, taken out again by the unit that took them."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yijianshi.services.joining.loading import load_operation, require_unit
from yijianshi.services.joining.photograph import add_photo, drop_photo, open_photo
from yijianshi.services.materials.sniffing import FileRefused
from yijianshi.services.reading.case_materials import FileOpened
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.applicant.materials import read_file
from yijianshi.web.department.material import streamed
from yijianshi.web.desk import posted_text


@signed_in
@require_POST
def add(request: HttpRequest, operation: UUID) -> HttpResponse:
    """Keep the photographs that were sent; one that cannot be taken does not lose the others."""
    unit, files = posted_text(request, "unit", longest=64), request.FILES.getlist("file")
    require_unit(actor(request), load_operation(operation), unit)
    if not files:
        messages.warning(request, "还没有选照片。请先选照片，再按“上传”。")
    for file in files:
        try:
            add_photo(
                operation=operation, actor=actor(request), unit=unit, filename=file.name or "照片.jpg",
                content=read_file(file), at=now(),
            )  # fmt: skip
        except FileRefused as refusal:
            messages.warning(request, f"“{file.name}”没有收下：{refusal}")
    return HttpResponseRedirect(reverse("joint-operation", args=[operation]) + "#photos")


@require_safe
@signed_in
def photo(request: HttpRequest, photo: UUID) -> HttpResponse:
    """Return one photograph."""
    stream, kind, name = open_photo(photo=photo, actor=actor(request), at=now())
    return streamed(FileOpened(stream=stream, media_type=kind, name=name))  # type: ignore[return-value]


@signed_in
@require_POST
def drop(request: HttpRequest, photo: UUID) -> HttpResponse:
    """Take a photograph out again."""
    operation = drop_photo(photo=photo, actor=actor(request))
    return HttpResponseRedirect(reverse("joint-operation", args=[operation]) + "#photos")
