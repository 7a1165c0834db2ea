"""The demo's provider (演示的身份认证): what a real platform would show, with made-up people; not there in production."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from yijianshi.services.outside import outside
from yijianshi.services.providers import IdentityRefused, SignInPage

_LEVELS = ((2, "只核对姓名和号码"), (3, "刷脸"), (4, "数字证书"), (1, "只注册，不实名"))


@never_cache
def demo_identity(request: HttpRequest, provider: str) -> HttpResponse:
    """Show who may sign in, and lead back as whoever was chosen."""
    found = outside().identity.get(provider)
    if found is None or not isinstance(found, SignInPage):
        raise Http404
    sent = {key: request.GET.get(key, "")[:2000] for key in request.GET}
    try:
        level = found.asked(sent)
        if request.method == "POST":
            chosen = request.POST.get("level", "")
            given = int(chosen) if chosen in ("1", "2", "3", "4") else 2
            return HttpResponseRedirect(
                found.answer(sent, figure=request.POST.get("who", "")[:64], level=given)
            )
    except (IdentityRefused, KeyError):
        raise Http404 from None
    levels = tuple(one for one in _LEVELS if one[0] <= found.known.highest and not found.known.is_staff)
    context = {
        "known": found.known, "figures": found.figures(), "levels": levels, "level": level or 2,
    }  # fmt: skip
    return render(request, "identity/demo.html", context)
