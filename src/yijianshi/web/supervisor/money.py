"""A day's money (缴费对账): what came in and went out, by unit, and where our book and the provider's list differ."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.fees import yuan_words
from yijianshi.domain.rights import Role
from yijianshi.services.paying.reconcile import Collected, DayRead, read_day
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, signed_in, today
from yijianshi.web.desk import desk_page
from yijianshi.web.templatetags.yjs import day as day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One movement of money."""

    one: Collected
    sum: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Something paid for a case that has ended."""

    item: str
    number: str
    unit_name: str
    sum: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyView:
    """The page."""

    title: str
    day: date
    latest: date
    before: str
    after: str
    notices: tuple[p.Notice, ...]
    differences: tuple[tuple[str, str], ...]
    units: p.Pairs
    sums: str
    rows: tuple[Row, ...]
    waiting: tuple[Waiting, ...]


@signed_in
def money(request: HttpRequest) -> HttpResponse:
    """
    Show a day's money to the supervisor of the place or to a collecting unit.

    :raises NotPermitted: if the reader is neither.
    """
    who, on = actor(request), _day(request.GET.get("day", ""))
    read = read_day(actor=who, day=on)
    here = "money" if who.holds(Role.SUPERVISOR) else "desk-money"
    return desk_page(request, "supervisor/money.html", _view(read), here=here)


def _view(read: DayRead) -> MoneyView:
    on = today()
    return MoneyView(
        title=f"{day_words(read.day, on)}对账",
        day=read.day,
        latest=on,
        before=_href(read.day - timedelta(days=1)),
        after=_href(read.day + timedelta(days=1)) if read.day < on else "",
        notices=_notices(read),
        differences=tuple((one.words, one.reference) for one in read.differences),
        units=p.Pairs(
            items=tuple(p.Pair(name=name, value=_sums(paid, back)) for name, paid, back in read.by_unit())
        ),
        sums=f"收 {yuan_words(read.came_in)}，退 {yuan_words(read.went_out)}",
        rows=tuple(
            Row(one=one, sum=yuan_words(one.fen), kind="退" if one.is_refund else "收")
            for one in read.collected
        ),
        waiting=tuple(
            Waiting(
                item=one.item,
                number=one.number,
                unit_name=one.unit_name,
                sum=yuan_words(one.fen),
                href=reverse("desk-refund", args=[one.case]) if one.is_mine else "",
            )
            for one in read.to_decide
        ),
    )


def _sums(paid: int, back: int) -> str:
    """Return 收 550 元，退 80 元, broken only where one sum ends."""
    parts = [f"收 {yuan_words(paid)}", *([f"退 {yuan_words(back)}"] if back else [])]
    return "，".join(part.replace(" ", "\u00a0") for part in parts)


def _notices(read: DayRead) -> tuple[p.Notice, ...]:
    found = []
    if read.compared == "no_list":
        found.append(
            p.Notice(title="没有对账单", text="这里只在窗口收费，没有支付平台的清单；请和票据存根核对。")
        )
    elif read.compared == "away":
        found.append(
            p.Notice(kind="todo", title="支付平台没有应答", text="下面只有我们自己的账。请过几分钟再看。")
        )
    elif read.differences:
        title = f"有 {len(read.differences)} 笔对不上"
        found.append(
            p.Notice(kind="no", title=title, text="请逐笔和支付平台核对；在查清以前不要补记，也不要重复收。")
        )
    else:
        found.append(p.Notice(kind="done", title="两边的账一样", text="我们的账和支付平台的清单逐笔对过。"))
    if read.waiting:
        text = "已经决定退的，系统会一直向支付平台发，直到退成。"
        found.append(p.Notice(kind="todo", title=f"还有 {read.waiting} 笔退费没有退成", text=text))
    return tuple(found)


def _day(text: str) -> date:
    try:
        return min(date.fromisoformat(text), today())
    except ValueError:
        return today()


def _href(day: date) -> str:
    return f"{reverse('money')}?day={day.isoformat()}"
