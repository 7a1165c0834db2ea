"""The logs (审计): who of the staff looked at what, what administrators did; searched and exported, never changed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.rights import Actor
from yijianshi.services.administering.looking import account_by_login, people_of
from yijianshi.services.administering.searching import (
    LogPage,
    Sought,
    export_deeds,
    export_reads,
    search_deeds,
    search_reads,
    units_read,
)
from yijianshi.services.contents import is_key
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page, posted_text

_FIELDS = ("who", "number", "unit", "from", "to")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogView:
    """A log, with what is looked for."""

    log: LogPage
    login: str
    sought: Sought
    units: tuple[tuple[str, str], ...]
    is_narrowed: bool
    further: str  # the address of what is older
    query: tuple[tuple[str, str], ...]
    export: str


@signed_in
def reads(request: HttpRequest) -> HttpResponse:
    """Show who looked at what."""
    return _log(request, "admin-reads", search_reads)


@signed_in
def deeds(request: HttpRequest) -> HttpResponse:
    """Show what administrators did."""
    return _log(request, "admin-deeds", search_deeds)


@require_POST
@signed_in
def reads_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send who looked at what as a table; that it was sent is written down."""
    return _file(request, "reads", export_reads)


@require_POST
@signed_in
def deeds_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Send what administrators did as a table; that it was sent is written down."""
    return _file(request, "administration", export_deeds)


def _log(request: HttpRequest, name: str, search: Callable[..., LogPage]) -> HttpResponse:
    who: Actor = actor(request)
    units = units_read(actor=who)
    if request.method == "POST":
        return _narrowed(request, name)
    sought = _sought(request.GET)
    log = search(actor=who, sought=sought)
    query = tuple((field, request.GET[field][:64]) for field in _FIELDS if request.GET.get(field))
    view = LogView(
        log=log,
        login=people_of([sought.person])[sought.person][1] if sought.person else "",
        sought=sought,
        units=tuple((unit, name_of_unit(unit)) for unit in units),
        is_narrowed=bool(query),
        further="?" + urlencode([*query, ("after", log.further)]) if log.further else "",
        query=query,
        export=reverse(f"{name}-csv"),
    )
    return desk_page(request, f"administering/{name.removeprefix('admin-')}.html", view, here=name)


def _narrowed(request: HttpRequest, name: str) -> HttpResponse:
    """Lead a search to its page; a login becomes a key, for addresses are logged."""
    login = posted_text(request, "login", longest=64)
    query = [(field, posted_text(request, field, longest=64)) for field in _FIELDS if field != "who"]
    if login:
        found = account_by_login(login)
        if found is None:
            messages.warning(request, f"没有登录名是“{login}”的工作人员，请核对后再查。")
        else:
            query.append(("who", str(found)))
    kept = [pair for pair in query if pair[1]]
    return HttpResponseRedirect(reverse(name) + ("?" + urlencode(kept) if kept else ""))


def _file(request: HttpRequest, name: str, export: Callable[..., Iterator[str]]) -> StreamingHttpResponse:
    lines = export(actor=actor(request), sought=_sought(request.POST), at=now())
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{today():%Y%m%d}.csv"'
    return response


def _sought(given: QueryDict) -> Sought:
    get: Callable[[str, str], str] = given.get
    who = get("who", "")
    return Sought(
        person=UUID(who) if is_key(who) else None,
        number="".join(get("number", "").split())[:40],
        unit=get("unit", "")[:64],
        first=_day(get("from", "")),
        last=_day(get("to", "")),
        after=get("after", "")[:80],
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
