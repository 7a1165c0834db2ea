"""How I am told (怎么告诉我): by which way for each kind of message, and when I am left in peace."""

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from yijianshi.domain.messages import ORDER, Kind, QuietHours, Way
from yijianshi.domain.rights import Act, own, require
from yijianshi.services.carriers import MessageSink, SentSeen
from yijianshi.services.outside import outside
from yijianshi.services.portal.settings import SettingNotKept, Settings, choose_telling, settings_of
from yijianshi.web.account.door import is_demo
from yijianshi.web.acting import actor, frame, signed_in

WAY_WORDS = {Way.APP: "应用里推送", Way.SMS: "短信", Way.MAIL: "电子邮件"}
KIND_WORDS = {
    Kind.ASKS: ("要您做的", "补材料、缴费、请您确认"),
    Kind.RESULTS: ("办理结果", "办成了、没办成、证照好了"),
    Kind.REMINDERS: ("到期提醒", "补正、缴费、约好的时间快到了"),
    Kind.PROGRESS: ("进度", "受理了、交给部门了"),
    Kind.OFFERS: ("政策和待遇", "您可能能领的"),
}
HOURS = tuple(range(24))


@dataclass(frozen=True, slots=True, kw_only=True)
class KindChosen:
    """One kind of message, and which ways are chosen for it."""

    key: str
    words: str
    about: str
    ways: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingPage:
    """What the page says."""

    kinds: tuple[KindChosen, ...]
    settings: Settings
    begins: int
    ends: int
    by_app: bool
    hours: tuple[int, ...]
    error: str


@signed_in
def telling(request: HttpRequest) -> HttpResponse:
    """Show how the reader is told, and keep what he changes."""
    error, who = "", actor(request)
    require(who, Act.CHOOSE_SETTINGS, own(who))
    if request.method == "POST":
        try:
            _keep(request)
        except SettingNotKept as refusal:
            error = str(refusal)
        else:
            messages.success(request, "记下了，以后照这样告诉您")
            return HttpResponseRedirect(reverse("telling"))
    settings = settings_of(UUID(actor(request).account))
    page = TellingPage(
        kinds=tuple(_kind(kind, settings) for kind in Kind),
        settings=settings,
        begins=settings.telling.quiet.begins.hour,
        ends=settings.telling.quiet.ends.hour,
        by_app=bool(settings.app),
        hours=HOURS,
        error=error,
    )
    context = frame(request, nav="cases", page=page, here="telling")
    return render(request, "portal/telling.html", context, status=422 if error else 200)


@require_safe
def sink(request: HttpRequest) -> HttpResponse:
    """Show what the demo would have sent out; in production there is no such page."""
    carrier = outside().carriers.get(Way.SMS)
    if not is_demo() or not isinstance(carrier, MessageSink):
        raise Http404
    sent: tuple[SentSeen, ...] = carrier.sent(most=100)
    shown = [(one, WAY_WORDS[Way(one.way)]) for one in sent]
    return render(request, "portal/sink.html", frame(request, nav="help", sent=shown))


def _keep(request: HttpRequest) -> None:
    ways = {kind: tuple(way for way in ORDER if way in request.POST.getlist(f"ways-{kind}")) for kind in Kind}
    quiet = QuietHours(_hour(request, "begins", 21), _hour(request, "ends", 8))
    choose_telling(
        actor=actor(request),
        ways=ways,
        quiet=quiet,
        mail=request.POST.get("mail", ""),
        by_app=request.POST.get("by_app") == "1",
    )


def _hour(request: HttpRequest, name: str, usual: int) -> time:
    said = request.POST.get(name, "")
    return time(int(said) if said.isdecimal() and int(said) in HOURS else usual)


def _kind(kind: Kind, settings: Settings) -> KindChosen:
    words, about = KIND_WORDS[kind]
    chosen = settings.telling.ways[kind]
    return KindChosen(
        key=str(kind), words=words, about=about,
        ways=tuple((str(way), WAY_WORDS[way], way in chosen) for way in ORDER),
    )  # fmt: skip
