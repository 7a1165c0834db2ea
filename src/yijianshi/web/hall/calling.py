"""The page at which a clerk calls (叫号台): open a window, call, again, skip, send on, bind, finish."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.queues import Kind, QueueRefused
from yijianshi.domain.rights import Act, Role, posts_for
from yijianshi.services.contents import is_key
from yijianshi.services.hall import call
from yijianshi.services.hall.bind import bind_number
from yijianshi.services.hall.windows import leave_window, open_window
from yijianshi.services.reading.hall_tickets import InHand, QueueSeen, TicketLine, read_queue
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text

KIND_WORDS = {Kind.SPECIAL: "优先", Kind.BOOKED: "预约", Kind.PLAIN: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueView:
    """The page."""

    seen: QueueSeen
    in_hand: InHand | None
    kind: str
    start: str
    chain: p.Pairs | None
    waiting: tuple[tuple[TicketLine, str], ...]
    others: tuple[str, ...]
    choices: tuple[tuple[str, str, tuple[tuple[str, str, bool], ...]], ...]
    empty: p.Empty


@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    """Show who waits for this window, and do what was pressed."""
    who = actor(request)
    posts_for(who, Act.SERVE_QUEUE, Role.WINDOW)
    if request.method == "POST":
        try:
            said = _do(request)
        except QueueRefused as why:
            messages.warning(request, str(why))
        else:
            if said:
                messages.success(request, said)
        return HttpResponseRedirect(reverse("queue"))
    seen = read_queue(actor=who, at=now())
    unit = f"{seen.centre.name} · {seen.window.number} 号窗口" if seen.centre and seen.window else ""
    return desk_page(
        request, "hall/queue.html", _view(seen), here="queue", unit=unit, badges={"queue": len(seen.waiting)}
    )


def _do(request: HttpRequest) -> str:
    who, at, act = actor(request), now(), request.POST.get("act", "")
    text = request.POST.get("ticket", "")
    ticket = UUID(text) if is_key(text) else UUID(int=0)
    if act == "open":
        centre, _, window = request.POST.get("window", "").partition("/")
        open_window(centre=centre, window=window, actor=who, at=at)
        return f"开窗了：{window} 号窗口。"
    if act == "leave":
        leave_window(actor=who, at=at)
        return "离窗了。"
    if act == "next":
        return "" if call.call_next(actor=who, at=at) else "现在没有人在等。"
    if act == "again":
        call.call_again(ticket=ticket, actor=who, at=at)
        return "又叫了一次。"
    if act == "skip":
        call.skip(ticket=ticket, actor=who, at=at)
        return "记下了没来。他来了，可以重新排上。"
    if act == "back":
        call.take_back(ticket=ticket, actor=who, at=at)
        return "重新排上了。"
    if act == "send-on":
        window = posted_text(request, "to", longest=8)
        call.send_on(ticket=ticket, window=window, actor=who, at=at)
        return f"转到 {window} 号窗口了。"
    if act == "bind":
        bind_number(ticket=ticket, number=posted_text(request, "number", longest=40), actor=who, at=at)
        return "绑定好了。"
    if act == "finish":
        call.finish(ticket=ticket, actor=who, at=at)
        return "办完了，可以叫下一个。"
    raise QueueRefused("没有这个操作")


def _view(seen: QueueSeen) -> QueueView:
    one = seen.in_hand
    pairs = []
    if one:
        named = (
            ("预约号", one.booking_number),
            ("要办", one.bundle_title),
            ("申报号", one.submission_number),
            ("办件号", one.case_number),
        )
        pairs = [p.Pair(name=name, value=value) for name, value in named if value]
    start = reverse("window-start") + (f"?bundle={one.bundle}" if one and one.bundle else "")
    return QueueView(
        seen=seen,
        in_hand=one,
        kind=KIND_WORDS[one.kind] if one else "",
        start=start,
        chain=p.Pairs(items=tuple(pairs)) if pairs else None,
        waiting=tuple((line, KIND_WORDS[line.kind]) for line in seen.waiting),
        others=tuple(
            one.number
            for one in (seen.centre.windows if seen.centre else ())
            if seen.window and one.number != seen.window.number
        ),
        choices=tuple(
            (
                place.code,
                place.name,
                tuple(
                    (
                        f"{place.code}/{one.number}",
                        f"{one.number} 号窗口",
                        (place.code, one.number) in seen.taken,
                    )
                    for one in place.windows
                ),
            )
            for place in seen.centres
        ),
        empty=p.Empty(title="没有人在等", text="有人取了号，按规则排在这里。"),
    )
