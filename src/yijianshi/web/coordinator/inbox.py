"""The coordinator's two lists: what is still to be sent out (待分办), and what is under way (已分办)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.rights import Role
from yijianshi.services.reading.coordination import CoordinationPage, ToRelease, read_coordination
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import CHANNEL_WORDS, desk_page, due_words, short_number, sought, sought_party


@dataclass(frozen=True, slots=True, kw_only=True)
class CoordinationView:
    """The page of either list."""

    title: str
    counts: p.Counts
    filters: p.FilterBar
    inbox: p.Inbox
    pages: p.Pages
    narrowed: str


@signed_in
def waiting(request: HttpRequest) -> HttpResponse:
    """Show the submissions whose remarks are being collected, the earliest end of collection first."""
    return _list(request, released=False)


@signed_in
def released(request: HttpRequest) -> HttpResponse:
    """Show the submissions that all departments are working on, the earliest promise first."""
    return _list(request, released=True)


def _list(request: HttpRequest, *, released: bool) -> HttpResponse:
    if request.method == "POST":
        return sought(request, Role.COORDINATOR)
    query, page = request.GET.get("q", "").strip()[:40], request.GET.get("page", "1")
    read = read_coordination(
        actor=actor(request),
        at=now(),
        released=released,
        number=query,
        party=sought_party(request),
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
    return desk_page(
        request,
        "coordinator/inbox.html",
        _view(read, query, request.GET.get("of", "")[:64]),
        here="coordinate-released" if released else "coordinate",
        unit=name_of_unit(read.unit),
        badges={"coordinate": read.waiting},
    )


def _view(read: CoordinationPage, query: str, mark: str) -> CoordinationView:
    here = reverse("coordinate-released" if read.released else "coordinate")
    counts = (
        p.Count(number=read.waiting, label="待分办", href=reverse("coordinate"), current=not read.released),
        p.Count(number=read.overdue, label="收意见期已过", href=reverse("coordinate"), kind="late" if read.overdue else ""),
        p.Count(number=read.due_today, label="今天截止", href=reverse("coordinate"), kind="soon" if read.due_today else ""),
        p.Count(
            number=read.total if read.released else sum(line.all_answered for line in read.lines),
            label="已分办，在办" if read.released else "本页各家都回复了",
            href=reverse("coordinate-released") if read.released else here,
            current=read.released,
        ),
    )  # fmt: skip
    empty = (
        p.Empty(title="没有在办的", text="分办以后，各部门办到哪一步都在这里看。")
        if read.released
        else p.Empty(title="没有待分办的", text="申请人提交以后，先在这里收各家意见，再一次分办。")
    )
    if query or mark:
        empty = p.Empty(
            title="没有这个证件号码的申报" if mark else "没有这个申报号",
            text="只查得到由本部门牵头的。",
            act=p.Act(label="看全部", href=here),
        )
    return CoordinationView(
        title="已分办" if read.released else "待分办",
        counts=p.Counts(items=counts, label="按期限"),
        filters=p.FilterBar(
            query=query,
            placeholder="申报号或证件号码",
            label="按申报号（输后几位就行）或证件号码查",
            is_posted=True,
        ),
        inbox=p.Inbox(
            caption="由本部门牵头的申报，最急的在前",
            rows=tuple(_row(line, read.released) for line in read.lines),
            columns=("承诺 ↑", "谁的事", "一件事", "来处", "在办", "进展")
            if read.released
            else ("收意见到 ↑", "谁的事", "一件事", "来处", "回复", "意见"),
            empty=empty,
            keys=True,
        ),
        pages=p.Pages(
            number=read.page,
            last=read.last_page,
            total=read.total,
            keep=tuple((name, value) for name, value in (("q", query), ("of", mark)) if value),
        ),
        narrowed=f"这个证件号码的 {read.total} 份申报" if mark and read.total else "",
    )


def _row(line: ToRelease, released: bool) -> p.InboxRow:
    on = today()
    due = (
        due_words(line.promised_on, on=on)
        if released
        else due_words(line.collect_until, on=on, left=line.left)
    )
    said = "、".join(one.short for one in line.answers if not one.has_answered)
    about = f"{short_number(line.number)} · {line.cases} 个事项"
    if not released and line.received_cases:
        about += f" · 等{said}" if said else " · 都回复了"
    return p.InboxRow(
        id=str(line.id),
        href=reverse("coordinate-submission", args=[line.id]),
        applicant=line.title,
        by=line.applicant,
        item=line.bundle,
        about=about,
        due=due,
        tag=_progress(line) if released else _remarks(line),
        origin=f"{line.division} · {CHANNEL_WORDS.get(line.channel, line.channel)}",
        materials=f"{line.open_cases}/{line.cases}" if released else f"{line.answered}/{len(line.answers)}",
    )


def _remarks(line: ToRelease) -> p.Tag:
    if not line.received_cases:
        return p.Tag(state="late", word="已视为受理")
    if line.remarks:
        return p.Tag(state="todo", word=f"{line.remarks} 条意见")
    if line.all_answered:
        return p.Tag(state="done", word="可以分办")
    return p.Tag(state="wait", word="还没有意见")


def _progress(line: ToRelease) -> p.Tag:
    if line.late:
        return p.Tag(state="late", word=f"{line.late} 件超期")
    return p.Tag(state="run", word=f"办完 {line.cases - line.open_cases} 件")
