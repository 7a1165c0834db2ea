"""
How a reader wants the pages shown: large letters (长辈版) or the usual size.

Basis: GB/T 37668-2019; 工信部《互联网网站适老化通用设计规范》.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yijianshi.web.portal.likings import remember_elder

ELDER_COOKIE = "elder"
ONE_YEAR = 365 * 24 * 3600


def wants_large_letters(request: HttpRequest) -> bool:
    """Return whether the reader has asked for large letters: with this session, else with this browser."""
    said = request.session.get(ELDER_COOKIE) if hasattr(request, "session") else None
    return bool(request.COOKIES.get(ELDER_COOKIE) == "1" if said is None else said)


@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Switch large letters on or off and return to the page the reader came from."""
    response = HttpResponseRedirect(_page_to_return_to(request))
    remember_elder(request, request.POST.get("on") == "1")
    if request.POST.get("on") == "1":
        response.set_cookie(
            ELDER_COOKIE,
            "1",
            max_age=ONE_YEAR,
            samesite="Lax",
            httponly=True,
            secure=request.is_secure(),
        )
    else:
        response.delete_cookie(ELDER_COOKIE, samesite="Lax")
    return response


def _page_to_return_to(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/"


urlpatterns = [path("elder", elder, name="elder")]
