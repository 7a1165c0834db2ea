"""Messages (消息): what the platform has told the reader."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from yijianshi.services.reading.my_messages import PER_PAGE, messages_of, note_messages_read
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in

from .paging import page_number


@signed_in
def read_messages(request: HttpRequest) -> HttpResponse:
    """Show the reader's messages, and note that he has seen them."""
    who, number = actor(request), page_number(request)
    shown, total = messages_of(who, page=number)
    if any(message.is_new for message in shown):
        note_messages_read(who, at=now())
    empty = p.Empty(title="还没有消息", text="收件、要补材料、办出结果，都会在这里告诉您。")
    pages = p.Pages(number=number, last=max(1, -(-total // PER_PAGE)), total=total)
    return render(
        request, "applicant/messages.html", frame(request, nav="", told=shown, pages=pages, empty=empty)
    )
