"""My documents (我的材料): what was handed in once, to look at and to use again."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from yijianshi.services.reading.my_wallet import PER_PAGE, open_own_document, wallet_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, signed_in

from .paging import page_number

INLINE = ("application/pdf", "image/jpeg", "image/png")


@signed_in
def wallet(request: HttpRequest) -> HttpResponse:
    """Show the documents of whom the reader acts for."""
    number = page_number(request)
    lines, total = wallet_of(actor(request), page=number)
    empty = p.Empty(
        title="还没有材料",
        text="交过一次的材料都存在这里，下次办事直接用，不用再找。",
        act=p.Act(label="去办一件事", href=reverse("things"), look="primary"),
    )
    pages = p.Pages(number=number, last=max(1, -(-total // PER_PAGE)), total=total)
    context = frame(request, nav="materials", lines=lines, pages=pages, empty=empty)
    return render(request, "applicant/wallet.html", context)


@signed_in
def document(request: HttpRequest, copy: UUID) -> HttpResponseBase:
    """
    Give a document to its holder.

    :raises NotPermitted: if it is not his.
    """
    found = open_own_document(copy, actor=actor(request))
    shown = found.media_type in INLINE
    response = FileResponse(
        found.stream, as_attachment=not shown, filename=found.name, content_type=found.media_type
    )
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
