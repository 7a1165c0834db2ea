"""What waits at the window (受理)."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.rights import Role
from yijianshi.services.reading.window import DraftAtWindow, WindowLine, WindowPage, read_window
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import CHANNEL_WORDS, desk_page, due_words, short_number, sought, sought_party
from yijianshi.web.templatetags.yjs import moment


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowView:
    """The page."""

    counts: p.Counts
    filters: p.FilterBar
    found: p.Inbox | None
    to_review: p.Inbox
    filed: p.Inbox
    elsewhere: p.Inbox | None
    drafts: tuple[tuple[str, DraftAtWindow], ...]
    acts: tuple[p.Act, ...]


@signed_in
def window(request: HttpRequest) -> HttpResponse:
    """Show what waits to be pre-reviewed, what the clerk is filling in, and what came in today."""
    if request.method == "POST":
        return sought(request, Role.WINDOW)
    query, party = request.GET.get("q", "").strip()[:40], sought_party(request)
    read = read_window(actor=actor(request), number=query, party=party, at=now())
    badges = {"window": read.waiting, "window-hand-over": read.to_hand_over}
    unit = f"{read.division}政务服务中心 · 一件事专区"
    return desk_page(
        request, "window/front.html", _view(read, query), here="window", unit=unit, badges=badges
    )


def _view(read: WindowPage, query: str) -> WindowView:
    counts = (
        p.Count(number=read.waiting, label="等预审", href="#to-review", current=True),
        p.Count(number=len(read.drafts), label="替人填，没交", href="#drafts"),
        p.Count(number=read.filed_today, label="今天收件", href="#filed"),
        p.Count(number=read.to_hand_over, label="等领取", href=reverse("window-hand-over")),
    )
    return WindowView(
        counts=p.Counts(items=counts, label="窗口的事"),
        filters=p.FilterBar(
            query=query,
            placeholder="申报号或证件号码",
            label="按申报号（输后几位就行）或证件号码查",
            is_posted=True,
        ),
        found=_found(read, query),
        to_review=p.Inbox(
            caption="等预审的申报，先到的在前",
            rows=tuple(_row(line, reviewing=True) for line in read.to_review),
            columns=("分办 ↑", "谁的事", "一件事", "来处", "收件", "预审"),
            empty=p.Empty(title="没有等预审的", text="申请人提交以后，先在这里一次看齐。"),
            keys=True,
        ),
        filed=p.Inbox(
            caption="今天收件的申报",
            rows=tuple(_row(line, reviewing=False) for line in read.today),
            columns=("分办", "谁的事", "一件事", "来处", "收件", "进展"),
            empty=p.Empty(title="今天还没有收件", text="网上和窗口交来的都在这里。"),
        ),
        elsewhere=_elsewhere(read),
        drafts=tuple((reverse("draft", args=[one.id]), one) for one in read.drafts),
        acts=(
            p.Act(label="柜台：扫亮码", href=reverse("counter"), look="primary", icon="people"),
            p.Act(label="替人申报", href=reverse("window-start"), icon="pen"),
            p.Act(label="凭取件码发证", href=reverse("window-hand-over"), icon="doc"),
            p.Act(label="原件和移交", href=reverse("custody"), icon="inbox"),
        ),
    )


def _elsewhere(read: WindowPage) -> p.Inbox | None:
    if not read.elsewhere:
        return None
    return p.Inbox(
        caption="本窗口替外地收的申报",
        rows=tuple(
            replace(_row(line, reviewing=False), href=reverse("window-submission", args=[line.id]))
            for line in read.elsewhere
        ),
        columns=("分办", "谁的事", "一件事", "来处", "收件", "进展"),
    )


def _found(read: WindowPage, query: str) -> p.Inbox | None:
    if read.found is None:
        return None
    return p.Inbox(
        caption="查到的申报",
        rows=tuple(_row(line, reviewing=False) for line in read.found),
        columns=("分办", "谁的事", "一件事", "来处", "收件", "进展"),
        empty=p.Empty(
            title="没有这个申报号" if query else "没有这个证件号码的申报",
            text=f"“{query}”：请输后 4 位以上，或者完整的 23 位。只查得到本地区的。"
            if query
            else "只查得到本地区的；替别人代办的，请用申请人本人的证件号码查。",
        ),
    )


def _row(line: WindowLine, *, reviewing: bool) -> p.InboxRow:
    on = today()
    collecting = line.state == "received"
    due = due_words(line.collect_until, on=on) if collecting else p.Due(state="ok", words="已分办")
    if reviewing:
        tag = p.Tag(state="wait", word="等预审")
    elif collecting:
        tag = (
            p.Tag(state="done", word="已预审") if line.pre_reviewed_at else p.Tag(state="wait", word="等预审")
        )
    elif line.state == "closed":
        tag = p.Tag(state="done", word="已办结")
    else:
        tag = p.Tag(state="run", word=f"办完 {line.closed}/{line.items}")
    name = "window-review" if collecting and not line.pre_reviewed_at else "window-submission"
    return p.InboxRow(
        id=str(line.id),
        href=reverse(name, args=[line.id]),
        applicant=line.title,
        by=line.applicant,
        item=line.bundle,
        about=f"{short_number(line.number)} · {line.items} 个事项",
        due=due,
        tag=tag,
        origin=CHANNEL_WORDS.get(line.channel, line.channel),
        materials=moment(line.received_at, now()),
    )
