"""The door: login and password; in the demo also one press for each of the cast."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import auth
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yijianshi.services.guards.factors import has_factor
from yijianshi.services.outside import outside
from yijianshi.services.people.signing_in import (
    CastMember,
    TooManyTries,
    WrongLogin,
    demo_account,
    demo_cast,
    sign_in,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import now, today

from .letting_in import DEVICE_COOKIE, address_of, begin_second_step, let_in


@dataclass(frozen=True, slots=True, kw_only=True)
class ProviderDoor:
    """One platform by which one may come in."""

    name: str
    href: str
    is_staff: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPage:
    """What the door says."""

    login: str
    next: str
    error: str
    citizens: tuple[CastMember, ...]
    staff: tuple[CastMember, ...]
    others: tuple[CastMember, ...]
    providers: tuple[ProviderDoor, ...]


def is_demo() -> bool:
    """Return whether this installation lets the cast in without a password."""
    return not settings.ENVIRONMENT.is_production


@never_cache
@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """Show the door, and let in whoever gives login and password."""
    if request.method != "POST":
        return show_door(request, next_page=request.GET.get("next", ""))
    wanted = request.POST.get("next", "")
    try:
        account = sign_in(
            login=request.POST.get("login", ""),
            password=request.POST.get("password", "")[:512],
            address=address_of(request),
            cookie=request.COOKIES.get(DEVICE_COOKIE, ""),
            at=now(),
        )
    except (WrongLogin, TooManyTries) as refusal:
        status = 429 if isinstance(refusal, TooManyTries) else 422
        response = show_door(request, next_page=wanted, error=str(refusal), status=status)
        if isinstance(refusal, TooManyTries):
            response["Retry-After"] = str(refusal.seconds)
        return response
    if has_factor(account.id):
        return begin_second_step(request, account, wanted)
    return let_in(request, account, wanted)


@require_POST
def login_as(request: HttpRequest) -> HttpResponse:
    """Let one of the demo's cast in with one press; in production there is no such page."""
    if not is_demo():
        raise Http404
    return let_in(request, demo_account(request.POST.get("login", "")), request.POST.get("next", ""))


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    """Sign out and go to the front page."""
    auth.logout(request)
    response = HttpResponseRedirect("/")
    response["Clear-Site-Data"] = '"storage"'  # what this browser kept of what was typed
    return response


def show_door(
    request: HttpRequest, *, next_page: str, error: str = "", refusal: str = "", status: int = 200
) -> HttpResponse:
    """
    Return the door: every platform, the own account, in the demo the cast; with why it did not open, if it did not.

    :param error: what is wrong with login and password; `refusal`: why a provider's sign-in did not do.
    """
    cast = demo_cast(on=today()) if is_demo() else ()
    page = DoorPage(
        login=request.POST.get("login", "")[:64],
        next=next_page,
        error=error,
        citizens=tuple(one for one in cast if one.is_citizen),
        staff=tuple(one for one in cast if not one.is_citizen and not one.is_of_other_department),
        others=tuple(one for one in cast if one.is_of_other_department),
        providers=tuple(
            ProviderDoor(
                name=one.known.name,
                href=reverse("login-with", args=[one.known.code])
                + (f"?{urlencode({'next': next_page})}" if next_page else ""),
                is_staff=one.known.is_staff,
            )
            for one in outside().identity.values()
        ),
    )
    problems = p.Problems(items=(p.Problem(field="login", text=error),), then="再试一次") if error else None
    notice = p.Notice(title="没有登录", text=f"{refusal}。", kind="no") if refusal else None
    return render(
        request,
        "account/door.html",
        {"page": page, "problems": problems, "notice": notice, "now": now()},
        status=status,
    )
