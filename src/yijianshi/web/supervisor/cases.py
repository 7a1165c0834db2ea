"""The cases behind a figure (查件): number, item, unit, state and day - nothing about the person."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.services.reading.supervision import Drill, DrillPage, SupervisedCase, read_drill
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page, due_words, is_late, state_tag

_QUEUES = (
    ("", "全部在办"), ("late", "已超期"), ("today", "今天到期"), ("tomorrow", "下一个工作日到期"), ("three", "三个工作日内到期"),
    ("stopped", "停止计时"), ("correction", "等补正"), ("waiting", "等前序"), ("received", "收意见中"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One case of the list."""

    case: SupervisedCase
    due: p.Due
    tag: p.Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class CasesView:
    """The page."""

    filters: p.FilterBar
    rows: tuple[Row, ...]
    pages: p.Pages
    total: int
    empty: p.Empty


@signed_in
def cases(request: HttpRequest) -> HttpResponse:
    """Show the cases behind a figure."""
    given = request.GET
    page = given.get("page", "1")
    drill = Drill(
        queue=given.get("queue", "")[:20],
        unit=given.get("unit", "")[:64],
        bundle=given.get("bundle", "")[:64],
        number=given.get("q", "").strip()[:40],
        page=int(page) if page.isdecimal() and len(page) < 6 else 1,
    )
    read = read_drill(actor=actor(request), drill=drill, at=now())
    return desk_page(request, "supervisor/cases.html", _view(read, drill), here="supervise-cases")


def _view(read: DrillPage, drill: Drill) -> CasesView:
    on = today()
    keep = [("queue", drill.queue), ("unit", drill.unit), ("bundle", drill.bundle), ("q", drill.number)]
    return CasesView(
        filters=p.FilterBar(
            query=drill.number,
            placeholder="办件号或申报号",
            label="按号码查",
            choices=(
                p.Narrowing(name="queue", label="期限", options=_QUEUES, chosen=drill.queue),
                p.Narrowing(
                    name="unit", label="单位", options=(("", "全部"), *read.units), chosen=drill.unit
                ),
            ),
            keep=(("bundle", drill.bundle),) if drill.bundle else (),
        ),
        rows=tuple(
            Row(
                case=one,
                due=p.Due(state="stop", words="停止计时")
                if one.stopped
                else p.Due(state="stop", words="未起算")
                if one.due_on is None
                else due_words(one.due_on, on=on, left=one.left),
                tag=state_tag(one.state, is_late=is_late(one.state, one.due_on, on)),
            )
            for one in read.cases
        ),
        pages=p.Pages(
            number=read.page, last=read.last_page, total=read.total, keep=tuple(one for one in keep if one[1])
        ),
        total=read.total,
        empty=p.Empty(
            title="没有这样的办件",
            text="换一个期限或单位再看。",
            act=p.Act(label="看全部在办", href=reverse("supervise-cases")),
        ),
    )
