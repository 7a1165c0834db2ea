"""The door: login and password; in the demo also one press for each of the cast."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yijianshi.services.people.actors import actor_of
from yijianshi.services.people.signing_in import (
    CastMember,
    TooManyTries,
    WrongLogin,
    demo_account,
    demo_cast,
    sign_in,
    start_page,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import now, today


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPage:
    """What the door says."""

    login: str
    next: str
    error: str
    citizens: tuple[CastMember, ...]
    staff: tuple[CastMember, ...]
    others: tuple[CastMember, ...]


def is_demo() -> bool:
    """Return whether this installation lets the cast in without a password."""
    return not settings.ENVIRONMENT.is_production


@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """Show the door, and let in whoever gives login and password."""
    if request.method != "POST":
        return _door(request, next_page=request.GET.get("next", ""))
    wanted = request.POST.get("next", "")
    try:
        account = sign_in(
            login=request.POST.get("login", ""),
            password=request.POST.get("password", "")[:512],
            address=str(request.META.get("REMOTE_ADDR", "")),
            at=now(),
        )
    except (WrongLogin, TooManyTries) as refusal:
        status = 429 if isinstance(refusal, TooManyTries) else 422
        response = _door(request, next_page=wanted, error=str(refusal), status=status)
        if isinstance(refusal, TooManyTries):
            response["Retry-After"] = str(refusal.seconds)
        return response
    return _let_in(request, account, wanted)


@require_POST
def login_as(request: HttpRequest) -> HttpResponse:
    """Let one of the demo's cast in with one press; in production there is no such page."""
    if not is_demo():
        raise Http404
    return _let_in(request, demo_account(request.POST.get("login", "")), request.POST.get("next", ""))


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out and go to the front page."""
    auth.logout(request)
    response = HttpResponseRedirect("/")
    response["Clear-Site-Data"] = '"storage"'  # what this browser kept of what was typed
    return response


def _let_in(request: HttpRequest, account: Any, wanted: str) -> HttpResponse:
    auth.login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    meant = here and urlsplit(wanted).path not in ("", "/", "/login", "/login/as", "/logout")
    return HttpResponseRedirect(wanted if meant else start_page(actor_of(account, on=today())))


def _door(request: HttpRequest, *, next_page: str, error: str = "", status: int = 200) -> HttpResponse:
    cast = demo_cast(on=today()) if is_demo() else ()
    page = DoorPage(
        login=request.POST.get("login", "")[:64],
        next=next_page,
        error=error,
        citizens=tuple(one for one in cast if one.is_citizen),
        staff=tuple(one for one in cast if not one.is_citizen and not one.is_of_other_department),
        others=tuple(one for one in cast if one.is_of_other_department),
    )
    problems = p.Problems(items=(p.Problem(field="login", text=error),), then="再试一次") if error else None
    return render(
        request, "account/door.html", {"page": page, "problems": problems, "now": now()}, status=status
    )
