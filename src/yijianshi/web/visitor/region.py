"""Where the reader is at home (选地区): kept in a cookie, so that it holds without signing in."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from yijianshi.domain.codes import DivisionCode
from yijianshi.domain.definitions import Division
from yijianshi.domain.editions import UnknownDivision
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.web.acting import frame
from yijianshi.web.portal.likings import remember_division

COOKIE = "division"
HALF_A_YEAR = 180 * 24 * 3600


def division_of(request: HttpRequest) -> DivisionCode:
    """Return the division whose lists the reader sees: from the address, what he chose, or the deployment's own."""
    known = shipped_catalogue().divisions
    for said in (
        request.GET.get("division", ""),
        str(request.session.get(COOKIE, "")),
        request.COOKIES.get(COOKIE, ""),
    ):
        if said in known:
            return DivisionCode(said)
    usual: str = settings.ENVIRONMENT.division
    return DivisionCode(usual or next(iter(known)))


def own_division() -> str:
    """Return the deployment's own division, which need not stand in an address."""
    usual: str = settings.ENVIRONMENT.division
    return usual


def name_of(code: DivisionCode) -> str:
    """Return the full name of a division, such as 南京市鼓楼区."""
    known = shipped_catalogue().divisions
    division = known[code]
    above = known.get(division.parent) if division.parent else None
    return f"{above.name}{division.name}" if above and division.level == "county" else division.name


def region(request: HttpRequest) -> HttpResponse:
    """
    Show every division to choose from, and keep the choice.

    :raises UnknownDivision: if it is not in the table.
    """
    if request.method == "POST":
        chosen = request.POST.get("division", "")
        if chosen not in shipped_catalogue().divisions:
            raise UnknownDivision("目录里没有这个地区的代码")
        response = HttpResponseRedirect(_back(request))
        remember_division(request, chosen)
        response.set_cookie(
            COOKIE, chosen, max_age=HALF_A_YEAR, samesite="Lax", httponly=True, secure=request.is_secure()
        )
        return response
    context = frame(
        request, nav="home", cities=_cities(), chosen=division_of(request), back=request.GET.get("next", "/")
    )
    return render(request, "visitor/region.html", context)


def _cities() -> list[tuple[Division, list[Division]]]:
    known = list(shipped_catalogue().divisions.values())
    return [
        (city, [county for county in known if county.parent == city.code])
        for city in known
        if city.level == "city"
    ]


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if allowed else "/"
