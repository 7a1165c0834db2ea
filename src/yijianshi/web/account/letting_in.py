"""The last step of the door, whoever opened it: a new session that says whose it is, and a device that is known from now on."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from yijianshi.domain.guards import network_of
from yijianshi.services.guards import devices
from yijianshi.services.guards.passwords import is_password_old
from yijianshi.services.guards.sessions import SIGNED, signing
from yijianshi.services.people.actors import actor_of
from yijianshi.services.people.signing_in import start_page
from yijianshi.web.acting import PASSWORD_OLD, TWICE, now, today

#: Where the session keeps who has given his password and is asked for the second proof, and when he proved himself last.
HALF, STEPPED_UP = "half", "stepped_up"
DEVICE_COOKIE = "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"


def address_of(request: HttpRequest) -> str:
    """Return from where a request comes; behind a proxy of ours it is the last address that the proxy has added."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.ENVIRONMENT.behind_tls_proxy else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


def begin_second_step(request: HttpRequest, account: Any, wanted: str) -> HttpResponse:
    """Remember, under a new session key, who has given his password, and ask for the second proof; nobody is signed in yet."""
    auth.logout(request)
    request.session[HALF] = {"account": str(account.id), "at": now().timestamp(), "next": wanted[:500]}
    return HttpResponseRedirect(reverse("second-step"))


def let_in(request: HttpRequest, account: Any, wanted: str, *, twice: bool = False) -> HttpResponse:
    """Sign somebody in under a new session key, and lead him where he wanted to go, or to where his day begins."""
    auth.logout(request)  # nothing of a former reader stays, and nobody knows the new key
    auth.login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    sign(request, account, twice=twice)
    response = go_on(request, account, wanted)
    know_device(request, response, account)
    return response


def sign(request: HttpRequest, account: Any, *, twice: bool = False) -> None:
    """Note in the session when and where somebody came in, and whether he proved himself twice."""
    at = now()
    request.session[SIGNED] = signing(
        agent=request.headers.get("User-Agent", ""), network=network_of(address_of(request))
    )
    request.session[STEPPED_UP] = at.timestamp()
    if twice:
        request.session[TWICE] = at.timestamp()
    posts = [post.role for post in actor_of(account, on=today()).posts]
    if is_password_old(account, posts, at=at):
        request.session[PASSWORD_OLD] = True


def go_on(request: HttpRequest, account: Any, wanted: str) -> HttpResponse:
    """Lead who has come in to where he was going, if that is a page of ours, else to where he begins."""
    here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    path = urlsplit(wanted).path
    meant = here and path not in ("", "/", "/logout") and not path.startswith("/login")
    return HttpResponseRedirect(wanted if meant else start_page(actor_of(account, on=today())))


def know_device(request: HttpRequest, response: HttpResponse, account: Any) -> None:
    """Let this device be known as the account's own, so that tries from elsewhere never keep him waiting here."""
    response.set_cookie(
        DEVICE_COOKIE,
        devices.remembering(request.COOKIES.get(DEVICE_COOKIE, ""), account=account),
        max_age=devices.LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
