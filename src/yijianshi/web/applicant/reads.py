"""Who looked at my information (谁看过我的信息)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yijianshi.services.reading.my_reads import PER_PAGE, reads_of
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, signed_in

from .paging import page_number


@signed_in
def who_looked(request: HttpRequest) -> HttpResponse:
    """Show every look of staff at what the reader's party filed."""
    number = page_number(request)
    looks, total = reads_of(actor(request), page=number)
    empty = p.Empty(
        title="还没有人看过", text="工作人员每看一次您的申报，这里就记一笔：谁、哪个部门、几点、看了什么。"
    )
    pages = p.Pages(number=number, last=max(1, -(-total // PER_PAGE)), total=total)
    return render(
        request, "applicant/reads.html", frame(request, nav="", looks=looks, pages=pages, empty=empty)
    )
