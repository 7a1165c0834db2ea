"""Show more surely who one is (核验本人): why it is asked, which ways there are, and back to the very page."""

from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.domain.assurance import LEVEL_WAYS, LEVEL_WORDS, LevelTooLow
from yijianshi.domain.definitions import Level
from yijianshi.services.contents import is_key
from yijianshi.services.outside import outside
from yijianshi.services.people.sightings import ask_to_be_seen, was_seen
from yijianshi.web import parts as p
from yijianshi.web.acting import LEVEL, actor, frame, now, signed_in

from .remembering import own_page

_ITEMS, _SEEN = "step_up_items", "step_up_sighting"


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUpPage:
    """What the page says: why, what is there now, what would do, and where one goes on."""

    items: tuple[str, ...]
    has: str
    needs: str
    ways: tuple[tuple[str, str], ...]  # words and address of each provider that can vouch for as much
    code: str
    post: str
    back: str


@signed_in
def step_up(request: HttpRequest) -> HttpResponse:
    """Say why more is asked and which ways there are; a POST asks for a number for the window, or looks whether a clerk has seen the card."""
    wanted, level = own_page(request, request.GET.get("next", "")), _level(request.GET.get("level", ""))
    if actor(request).level >= level:
        return HttpResponseRedirect(wanted or "/")
    if request.method != "POST":
        return show_step_up(request, wanted=wanted, level=level)
    if request.POST.get("seen"):
        key = str(request.session.get(_SEEN, ""))
        if is_key(key) and was_seen(UUID(key), actor=actor(request), at=now()):
            request.session[LEVEL] = int(Level.CERTIFICATE)
            request.session.pop(_SEEN)
            request.session.cycle_key()
            return HttpResponseRedirect(wanted or "/")
        why = "窗口还没有确认。请让工作人员输入这个数字、看过身份证，再按一次“窗口看过了”"
        return show_step_up(
            request, wanted=wanted, level=level, error=why, status=422, code=request.POST.get("code", "")
        )
    sighting, code = ask_to_be_seen(actor=actor(request), at=now())
    request.session[_SEEN] = str(sighting)
    return show_step_up(request, wanted=wanted, level=level, code=code)


def lead_to_step_up(request: HttpRequest, refusal: LevelTooLow) -> HttpResponse:
    """Lead from what demands more to the page that says so; what was filled in is kept where it is."""
    request.session[_ITEMS] = list(refusal.demand.items)[:12]
    query = {"next": request.get_full_path(), "level": int(refusal.demand.level)}
    return HttpResponseRedirect(f"{reverse('step-up')}?{urlencode(query)}")


def show_step_up(
    request: HttpRequest, *, wanted: str, level: int, error: str = "", status: int = 200, code: str = ""
) -> HttpResponse:
    """Return the page, with why it did not work where something did not."""
    who = actor(request)
    ways = tuple(
        (f"用{one.known.name}，{LEVEL_WAYS[Level(level)]}", _way(one.known.code, wanted, level))
        for one in outside().identity.values()
        if one.known.highest >= level and not one.known.is_staff
    )
    digits = code if code.isdecimal() and len(code) == 8 else ""
    page = StepUpPage(
        items=tuple(request.session.get(_ITEMS, ())),
        has=LEVEL_WORDS[Level(max(who.level, 1))],
        needs=LEVEL_WAYS[Level(level)],
        ways=ways,
        code=digits,
        post=f"{reverse('step-up')}?{urlencode({'next': wanted, 'level': level})}",
        back=wanted or "/",
    )
    notice = p.Notice(title="还没有确认", text=f"{error}。", kind="no") if error else None
    context = frame(request, nav="home", page=page, notice=notice)
    return render(request, "identity/step_up.html", context, status=status)


def _way(code: str, wanted: str, level: int) -> str:
    return f"{reverse('login-with', args=[code])}?{urlencode({'next': wanted, 'level': level})}"


def _level(given: str) -> int:
    return int(given) if given in ("3", "4") else int(Level.FACE)
