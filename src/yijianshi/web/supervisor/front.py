"""The figures of the division (督查): each leads to the cases behind it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.ratings import WORDS, Level
from yijianshi.services.reading.supervision import SupervisionPage, Tally, read_supervision
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyRow:
    """One department or one-thing with its bar: late, due soon, the rest."""

    tally: Tally
    href: str
    late_href: str
    late: float
    soon: float
    rest: float
    says: str

    @property
    def begin_of_rest(self) -> float:
        return round(self.late + self.soon, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelBar:
    """One level of satisfaction."""

    word: str
    number: int
    meter: p.Meter


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisionView:
    """The page."""

    read: SupervisionPage
    counts: p.Counts
    groups: tuple[tuple[str, str, tuple[TallyRow, ...]], ...]
    levels: tuple[LevelBar, ...]
    notices: tuple[p.Notice, ...]
    waiting: p.Pairs


@signed_in
def supervise(request: HttpRequest) -> HttpResponse:
    """Show what runs and what is late in the supervisor's division."""
    read = read_supervision(actor=actor(request), at=now())
    unit = f"{read.division} · 政务服务管理"
    return desk_page(request, "supervisor/front.html", _view(read), here="supervise", unit=unit)


def _view(read: SupervisionPage) -> SupervisionView:
    counts = (
        p.Count(number=read.open, label="在办", href=_href(), current=True),
        p.Count(number=read.late, label="已超期", href=_href(queue="late"), kind="late" if read.late else ""),
        p.Count(number=read.today, label="今天到期", href=_href(queue="today"), kind="soon" if read.today else ""),
        p.Count(number=read.tomorrow, label="下一个工作日", href=_href(queue="tomorrow"), kind="soon" if read.tomorrow else ""),
        p.Count(number=read.three_days, label="三个工作日内", href=_href(queue="three")),
        p.Count(number=read.stopped, label="停止计时", href=_href(queue="stopped")),
    )  # fmt: skip
    notices: tuple[p.Notice, ...] = ()
    if read.to_release_late:
        notices = (
            p.Notice(
                kind="todo", title=f"{read.to_release_late} 份申报过了收意见期还没有分办",
                text="收件满五个工作日不告知，就依法视为受理。请催牵头部门。",
            ),
        )  # fmt: skip
    most = max(read.levels.values(), default=0)
    return SupervisionView(
        read=read,
        counts=p.Counts(items=counts, label="按期限"),
        groups=(
            ("按单位", "单位", tuple(_row(one, read.departments, unit=one.key) for one in read.departments)),
            ("按一件事", "一件事", tuple(_row(one, read.bundles, bundle=one.key) for one in read.bundles)),
        ),
        levels=tuple(
            LevelBar(
                word=WORDS[Level(level)],
                number=number,
                meter=p.Meter(
                    done=number,
                    total=max(most, 1),
                    says=f"{WORDS[Level(level)]} {number} 份",
                    kind="done" if level >= 3 else "late",
                ),
            )
            for level, number in read.levels.items()
        ),
        notices=notices,
        waiting=p.Pairs(
            items=(
                p.Pair(name="等申请人补正", value=f"{read.waiting_for_applicant} 件", href=_href(queue="correction")),
                p.Pair(name="再次告知补正", value="看违规", href=reverse("supervise-breaches")),
                p.Pair(name="近 90 天办结", value=f"{read.finished} 件"),
                p.Pair(name="从收件到决定，平均", value=f"{read.average_days} 天" if read.average_days is not None else "还没有"),
            )
        ),
    )  # fmt: skip


def _row(one: Tally, among: tuple[Tally, ...], **narrowed: str) -> TallyRow:
    most = max((tally.open for tally in among), default=0)
    soon = one.today + one.soon
    return TallyRow(
        tally=one,
        href=_href(**narrowed),
        late_href=_href(queue="late", **narrowed),
        late=p.percent(one.late, most),
        soon=p.percent(soon, most),
        rest=p.percent(one.open - one.late - soon, most),
        says=f"{one.name}：在办 {one.open} 件，超期 {one.late} 件，三个工作日内到期 {soon} 件",
    )


def _href(**query: str) -> str:
    return reverse("supervise-cases") + (f"?{urlencode(query)}" if query else "")
