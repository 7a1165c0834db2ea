"""What waits to be typed into the unit's own system, and what waits for that system's result (转录台)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.services.reading.rekeying import RekeyInbox, RekeyLine, read_rekey_inbox
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, signed_in, today
from yijianshi.web.desk import desk_page, due_words, is_late, short_number, state_tag
from yijianshi.web.templatetags.yjs import day


@dataclass(frozen=True, slots=True, kw_only=True)
class RekeyView:
    """The page."""

    read: RekeyInbox
    to_type: p.Inbox
    typed: p.Inbox


@signed_in
def inbox(request: HttpRequest) -> HttpResponse:
    """Show the open cases of units that have a system of their own."""
    read = read_rekey_inbox(actor=actor(request))
    columns = ("到期 ↑", "谁的事", "事项", "对方编号", "收件", "状态")
    view = RekeyView(
        read=read,
        to_type=p.Inbox(
            caption="等转录的办件，先到期的在前",
            rows=tuple(_row(line) for line in read.to_type),
            columns=columns,
            empty=p.Empty(title="没有等转录的", text="分到本单位的办件，先在这里，再录到自己的系统。")
            if read.system
            else p.Empty(title="本单位没有要转录的系统", text="办件直接在“待办”里办，不用再录一遍。"),
            keys=True,
        ),
        typed=p.Inbox(
            caption="已录，等本单位系统出结果的办件",
            rows=tuple(_row(line) for line in read.typed),
            columns=columns,
            empty=p.Empty(title="没有等结果的", text="录完、记下对方编号的，在这里等结果。"),
        ),
    )
    return desk_page(request, "rekeying/inbox.html", view, here="desk", unit=read.unit_name)


def _row(line: RekeyLine) -> p.InboxRow:
    on = today()
    return p.InboxRow(
        id=str(line.case),
        href=reverse("rekey-case", args=[line.case]),
        applicant=line.title,
        by=line.applicant,
        item=line.item,
        about=short_number(line.number),
        due=due_words(line.due_on, on=on),
        tag=state_tag(line.state, is_late=is_late(line.state, line.due_on, on)),
        origin=line.their_number or "还没有",
        materials=day(line.received_on, on),
    )
