"""Looking at a document (查看材料): streamed to the officer of the case, never kept by the browser, and written down."""

from urllib.parse import quote
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse

from yijianshi.services.reading.case_materials import FileOpened, open_material
from yijianshi.web.acting import actor, now, signed_in

#: What a browser may show itself; everything else is offered for saving.
_SHOWN = {"application/pdf", "image/jpeg", "image/png"}


@signed_in
def material(request: HttpRequest, case: UUID, copy: UUID) -> HttpResponse:
    """Return the bytes of one document of the case."""
    opened = open_material(case=case, copy=copy, actor=actor(request), at=now())
    return streamed(opened)  # type: ignore[return-value]


def streamed(opened: FileOpened) -> FileResponse:
    """Return a document as the answer: its own type and nothing the browser might guess."""
    way = "inline" if opened.media_type in _SHOWN else "attachment"
    response = FileResponse(opened.stream, content_type=opened.media_type)
    response["Content-Disposition"] = f"{way}; filename*=UTF-8''{quote(opened.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
