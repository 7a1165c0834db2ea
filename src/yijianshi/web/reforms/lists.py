"""The lists that the reform is carried out by, over all one-things or for one: page, spreadsheet, PDF, JSON."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yijianshi.domain.editions import Edition
from yijianshi.services.outside import outside
from yijianshi.services.reforms.demand import demand_list
from yijianshi.services.reforms.labour import labour_list
from yijianshi.services.reforms.lists import Listing
from yijianshi.services.reforms.papers import list_pdf
from yijianshi.services.reforms.sheets import workbook
from yijianshi.services.reforms.unfounded import unfounded_list
from yijianshi.services.reforms.uses import uses_list
from yijianshi.web import parts as p
from yijianshi.web.acting import frame, today
from yijianshi.web.visitor.region import division_of, name_of

from . import sending
from .asking import edition_here, editions_here


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of list: its name on the screen and what it is for."""

    title: str
    says: str
    make: Callable[[Sequence[Edition]], Listing]


LISTS: dict[str, Kind] = {
    "demand": Kind("数据共享需求清单", "哪个部门向哪个部门要什么数据，七栏齐全", demand_list),
    "uses": Kind("电子证照应用场景", "哪本证照在哪里签发、在哪里代替了纸质材料、还可以用在哪里", uses_list),
    "labour": Kind("任务分工", "每件事谁牵头、谁配合、各办什么", labour_list),
    "unfounded": Kind("依据清理清单", "没有依据、依据没写到条款、依据待确认的要求", unfounded_list),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """What a list's page says."""

    listing: Listing
    region: str
    back: str
    back_words: str
    files: tuple[tuple[str, str], ...]
    others: tuple[tuple[str, str, bool], ...]
    empty: p.Empty


@require_safe
def over_all(request: HttpRequest, kind: str) -> HttpResponse:
    """Show a list over every one-thing published here."""
    return _page(request, _known(kind), editions_here(request), "")


@require_safe
def over_all_file(request: HttpRequest, kind: str, ending: str) -> HttpResponse:
    """Give a list over every one-thing as a file."""
    return _file(_known(kind), editions_here(request), ending)


@require_safe
def of_one(request: HttpRequest, bundle: str, kind: str) -> HttpResponse:
    """
    Show a list of one one-thing.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    return _page(request, _known(kind), (edition_here(request, bundle),), bundle)


@require_safe
def of_one_file(request: HttpRequest, bundle: str, kind: str, ending: str) -> HttpResponse:
    """
    Give a list of one one-thing as a file.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    return _file(_known(kind), (edition_here(request, bundle),), ending)


def address_of_list(kind: str, bundle: str, ending: str = "") -> str:
    """Return where a list is, as a page or as a file."""
    name = "reform-list" if not bundle else "reform-own-list"
    given = [part for part in (bundle, kind, ending) if part]
    return reverse(f"{name}-file" if ending else name, args=given)


def _known(kind: str) -> str:
    if kind not in LISTS:
        raise Http404(f"没有这种清单：{kind}")
    return kind


def _page(request: HttpRequest, kind: str, editions: tuple[Edition, ...], bundle: str) -> HttpResponse:
    listing = LISTS[kind].make(editions)
    page = ListPage(
        listing=listing,
        region=name_of(division_of(request)),
        back=reverse("reform", args=[bundle]) if bundle else reverse("reforms"),
        back_words=editions[0].bundle.title if bundle else "改革工具",
        files=tuple((ending.upper(), address_of_list(kind, bundle, ending)) for ending in sending.FORMATS),
        others=tuple(
            (one.title, address_of_list(other, bundle), other == kind) for other, one in LISTS.items()
        ),
        empty=p.Empty(title="没有要列的", text=listing.empty),
    )
    return render(request, "reforms/list.html", frame(request, nav="home", page=page))


def _file(kind: str, editions: tuple[Edition, ...], ending: str) -> HttpResponse:
    listing = LISTS[kind].make(editions)
    if ending == "xlsx":
        return sending.sheet(workbook(listing), name=listing.title)
    if ending == "json":
        return sending.plain(listing.plain, name=listing.title)
    content = list_pdf(listing, editions, on=today(), documents=outside().documents)
    return sending.pdf(content, name=listing.title)
