"""
The column (专栏) within another portal's page: every one-thing, or one with its figures in the reader's situation.

Links open the full site in the whole window; nothing is typed in here but a search.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yijianshi.domain.codes import BundleCode
from yijianshi.domain.deadlines import promised_days
from yijianshi.domain.sharing import MaterialWay
from yijianshi.services.exporting.addresses import given_in
from yijianshi.services.exporting.cpsv import fee_in_words
from yijianshi.services.reading.front import things_of
from yijianshi.services.reading.guide import Guide, department_word, questions_of, read_guide
from yijianshi.web import parts as p
from yijianshi.web.acting import now, today
from yijianshi.web.templatetags.yjs import wide, workdays
from yijianshi.web.visitor.figures import card_cuts
from yijianshi.web.visitor.region import division_of, name_of

from .framing import may_be_framed

_AUDIENCES = (("", "全部"), ("individual", "个人"), ("enterprise", "企业"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnItem:
    """One item: its name, who decides it, by when, and what it costs if it costs anything."""

    name: str
    who: str
    days: str
    fee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPage:
    """What the column of one one-thing says."""

    title: str
    about: str
    region: str
    cuts: tuple[p.Cut, ...]
    items: tuple[ColumnItem, ...]
    needed: tuple[str, ...]
    fees: str
    guide: str
    start: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnList:
    """What the column of all says."""

    region: str
    audiences: tuple[tuple[str, str, bool], ...]
    things: tuple[tuple[str, str, str], ...]  # title, address, what is in it


@require_safe
@may_be_framed
def column(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Show one one-thing for the answers in the address, as the guide does.

    :raises UnknownBundle: if it is not published here.
    """
    division = division_of(request)
    given = given_in(_pairs(request), questions_of(BundleCode(bundle), division, today()))
    read = read_guide(
        bundle=BundleCode(bundle), division=division, given=given, also=request.GET.getlist("also"),
        commit=request.GET.getlist("commit"), on=today(),
    )  # fmt: skip
    query = f"division={division}" + (f"&{read.query()}" if read.query() else "")
    page = ColumnPage(
        title=read.edition.bundle.title,
        about=read.edition.bundle.description,
        region=name_of(division),
        cuts=card_cuts(read.figures),
        items=_items(read),
        needed=tuple(
            wide(read.edition.materials[m.material].name)
            for m in read.plan.materials
            if m.way is MaterialWay.UPLOAD
        ),
        fees="都不收费" if all(i.fee.charged == "no" for i in read.plan.items) else "收费见各事项",
        guide=f"{reverse('guide', args=[bundle])}?{query}",
        start=f"{reverse('start', args=[bundle])}?{query}",
    )
    return render(request, "embed/column.html", {"page": page, "now": now()})


@require_safe
@may_be_framed
def column_of_all(request: HttpRequest) -> HttpResponse:
    """Show every one-thing of the place, narrowed to persons or enterprises if asked."""
    division = division_of(request)
    wanted = request.GET.get("for", "")
    things = tuple(
        (
            thing.title,
            f"{reverse('guide', args=[thing.code])}?division={division}",
            f"{thing.departments} 个部门 {len(thing.items)} 个事项一次办",
        )
        for thing in things_of(division, today())
        if wanted in ("", thing.audience)
    )
    page = ColumnList(
        region=name_of(division),
        audiences=tuple(
            (
                words,
                f"{reverse('embed-all')}?division={division}" + (f"&for={key}" if key else ""),
                key == wanted,
            )
            for key, words in _AUDIENCES
        ),
        things=things,
    )
    return render(request, "embed/all.html", {"page": page, "now": now(), "division": division})


def _items(read: Guide) -> tuple[ColumnItem, ...]:
    lines = []
    for item in read.plan.items:
        days = promised_days(item.limit, committed=item.code in read.plan.situation.commitments)
        lines.append(
            ColumnItem(
                name=wide(item.name),
                who=department_word(item, read.edition),
                days="按批次，不设时限" if days is None else workdays(days, item.limit.unit),
                fee="" if item.fee.charged == "no" else fee_in_words(item.fee),
            )
        )
    return tuple(lines)


def _pairs(request: HttpRequest) -> list[tuple[str, str]]:
    return [(key, value) for key, values in request.GET.lists() for value in values if isinstance(value, str)]
