"""To the provider and back: the browser is sent with a question of ours, and comes back with the answer to it."""

from django.conf import settings
from django.contrib import auth, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from yijianshi.domain.assurance import LEVEL_WORDS
from yijianshi.domain.definitions import Level
from yijianshi.services.guards.factors import has_factor
from yijianshi.services.outside import outside
from yijianshi.services.people.identified import Entered, let_in
from yijianshi.services.providers import IdentityProvider, IdentityRefused, IdentityUnavailable
from yijianshi.web.account.door import show_door
from yijianshi.web.account.letting_in import begin_second_step, go_on, sign
from yijianshi.web.acting import ACTING_FOR, LEVEL, actor_if_any, now

from .remembering import Remembered, own_page, recall, remember
from .step_up import show_step_up

#: No provider brings back more than this in an address.
_MOST_SENT, _LONGEST_SENT = 20, 4096


@require_safe
@never_cache
def begin(request: HttpRequest, provider: str) -> HttpResponse:
    """Send the reader to a provider; with a level he is asked to show more surely that it is himself."""
    found = _provider(provider)
    wanted = own_page(request, request.GET.get("next", ""))
    level = _level(request)
    who = actor_if_any(request) if level else None
    try:
        begun = found.begin(back=_back(request, provider), level=level)
    except IdentityUnavailable as reason:
        return _stay(request, wanted, str(reason), 503, level=level if who else 0)
    going = Remembered(provider, begun.remembered, wanted, who.account if who else "", level)
    remember(request, going, at=now())
    return HttpResponseRedirect(begun.address)


@require_safe
@never_cache
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """Take the answer of a provider, once, and let in whoever it is; or say why not."""
    found = _provider(provider)
    brought = ((key, request.GET.get(key, "")) for key in list(request.GET)[:_MOST_SENT])
    sent = {key: value for key, value in brought if len(value) <= _LONGEST_SENT}
    going = recall(request, provider, state=sent.get("state", ""), at=now())
    if going is None:
        why = "这次登录已经用过、放得太久，或不是从这个浏览器开始的，没有放行。请回到登录页重新登录"
        return _stay(request, "", why, 422)
    stepping = going.level if going.account else 0
    try:
        entered = let_in(found.complete(sent, going.asked), at=now())
        if going.account and going.account != str(entered.account.id):
            raise IdentityRefused("您刚才用的是另一个人的身份，没有换过去。请用您自己的再核验一次")
    except IdentityRefused as reason:
        return _stay(request, going.wanted, str(reason), 422, level=stepping)
    except IdentityUnavailable as reason:
        return _stay(request, going.wanted, str(reason), 503, level=stepping)
    if stepping and entered.level < stepping:
        _enter(request, entered)
        said = LEVEL_WORDS[Level(entered.level)]
        why = f"“{found.known.name}”这次只是{said}，还不够。请在那里选“刷脸”或更高的方式，或带身份证到窗口"
        return _stay(request, going.wanted, why, 422, level=stepping)
    if not stepping and has_factor(entered.account.id):
        return begin_second_step(request, entered.account, going.wanted)
    _enter(request, entered)
    if stepping:
        messages.success(request, "已确认是您本人，可以接着办。")
    return go_on(request, entered.account, going.wanted)


def _enter(request: HttpRequest, entered: Entered) -> None:
    # Coming back as the same account keeps for whom he acts and what was shown before; another one begins anew.
    same = request.user.pk == entered.account.pk
    shown = int(request.session.get(LEVEL, 0)) if same else 0
    auth.login(request, entered.account, backend="django.contrib.auth.backends.ModelBackend")
    sign(request, entered.account)
    request.session[LEVEL] = max(entered.level, shown)
    if entered.party:
        request.session[ACTING_FOR] = str(entered.party)
    request.__dict__.pop("yijianshi_actor", None)


def _stay(request: HttpRequest, wanted: str, why: str, status: int, *, level: int = 0) -> HttpResponse:
    """Say why it did not work where the other ways are: at the door, or where more was asked for."""
    if level and actor_if_any(request):
        return show_step_up(request, wanted=wanted, level=level, error=why, status=status)
    return show_door(request, next_page=wanted, refusal=why, status=status)


def _provider(code: str) -> IdentityProvider:
    found = outside().identity.get(code)
    if found is None:
        raise Http404
    return found


def _back(request: HttpRequest, provider: str) -> str:
    """Return our page of return; in the demo under whatever name the reader reached us."""
    page = reverse("login-back", args=[provider])
    if settings.ENVIRONMENT.is_production:
        return outside().address + page
    return request.build_absolute_uri(page)


def _level(request: HttpRequest) -> int:
    given = request.GET.get("level", "")
    return int(given) if given in ("3", "4") else 0
