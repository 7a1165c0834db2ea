"""The tools of the reform: every one-thing before and after, and the lists over all of them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yijianshi.domain.editions import Edition
from yijianshi.services.catalogue.figures import whole
from yijianshi.services.reforms.labour import AUDIENCES
from yijianshi.services.reforms.widest import widest_reform
from yijianshi.web import parts as p
from yijianshi.web.acting import frame
from yijianshi.web.visitor.region import division_of, name_of

from .asking import editions_here
from .drawing import cuts_of
from .lists import LISTS

FIGURES = ("环节", "材料", "时间", "跑动", "填表")
_DAYS = {"个工作日": " 工作日", "个自然日": " 自然日"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One one-thing: who leads it, how much is in it, and each figure before and after."""

    title: str
    href: str
    audience: str
    lead: str
    items: str
    figures: tuple[tuple[str, list[str]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReformsPage:
    """What the front page of the reform says."""

    region: str
    cuts: tuple[p.Cut, ...]  # all one-things together
    rows: tuple[Row, ...]
    figures: tuple[str, ...]
    lists: tuple[tuple[str, str, str], ...]  # title, what it is for, address
    empty: p.Empty


@require_safe
def reforms(request: HttpRequest) -> HttpResponse:
    """Show what each one-thing spares, and the lists that the reform is carried out by."""
    editions = editions_here(request)
    page = ReformsPage(
        region=name_of(division_of(request)),
        cuts=_together(editions),
        rows=tuple(map(_row, editions)),
        figures=FIGURES,
        lists=tuple(
            (one.title, one.says, reverse("reform-list", args=[kind])) for kind, one in LISTS.items()
        ),
        empty=p.Empty(title="这里还没有发布一件事", text="换一个地区看，或者拨打 12345 询问。"),
    )
    return render(request, "reforms/front.html", frame(request, nav="home", page=page))


def _together(editions: tuple[Edition, ...]) -> tuple[p.Cut, ...]:
    """Return what can be summed up over one-things; days of different ones run at different people and are not."""
    sums: dict[str, tuple[p.Cut, float, float]] = {}
    for edition in editions:
        for cut in cuts_of(widest_reform(edition)):
            _, before, after = sums.get(cut.name, (cut, 0.0, 0.0))
            sums[cut.name] = (cut, before + cut.before, after + cut.after)
    return tuple(
        p.Cut(name=name, before=before, after=after, unit=cut.unit)
        for name, (cut, before, after) in sums.items()
        if name != "时间"
    )


def _row(edition: Edition) -> Row:
    reform = widest_reform(edition)
    cuts: dict[str, list[str]] = {}
    for cut in cuts_of(reform):
        unit = _DAYS.get(cut.unit, "")
        cuts.setdefault(cut.name, []).append(f"{whole(cut.before)} → {whole(cut.after)}{unit}")
    return Row(
        title=edition.bundle.title,
        href=reverse("reform", args=[edition.bundle.code]),
        audience=AUDIENCES.get(edition.bundle.audience, ""),
        lead=edition.departments[edition.bundle.lead_department].short_name,
        items=f"{len(reform.plan.items)} 个，{len({item.department for item in reform.plan.items})} 个部门",
        figures=tuple((name, cuts.get(name, ["—"])) for name in FIGURES),
    )
