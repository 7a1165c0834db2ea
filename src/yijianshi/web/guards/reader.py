"""Who looks after his own guards: anybody who is signed in, also where his post asks for a second factor first."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from yijianshi.domain.guards import STEP_UP_LASTS, network_of
from yijianshi.domain.rights import Role
from yijianshi.services.guards.devices import known_device
from yijianshi.services.guards.door import Caller
from yijianshi.services.guards.keys import Site
from yijianshi.services.outside import outside
from yijianshi.services.people.actors import actor_of
from yijianshi.web.account.letting_in import DEVICE_COOKIE, STEPPED_UP, address_of
from yijianshi.web.acting import NotSignedIn, now, reader_name, today

Rest = ParamSpec("Rest")


def own(
    view: Callable[Concatenate[HttpRequest, Rest], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponse]:
    """Let only who is signed in see a page about himself, and no browser keep it."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        reader(request)
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


def reader(request: HttpRequest) -> Any:
    """Return the account that is signed in. :raises NotSignedIn: if nobody is."""
    user: Any = request.user
    if not user.is_authenticated:
        raise NotSignedIn
    return user


def roles(request: HttpRequest) -> list[Role]:
    """Return the roles that the reader holds today."""
    return [post.role for post in actor_of(reader(request), on=today()).posts]


def caller(request: HttpRequest, account: Any) -> Caller:
    """Return from where an account is tried: its network, and the device where it is known."""
    cookie = request.COOKIES.get(DEVICE_COOKIE, "")
    return Caller(network_of(address_of(request)), known_device(cookie, account=account))


def site(request: HttpRequest) -> Site:
    """Return for which address keys are made: the one citizens type; in the demo, where the reader is."""
    if settings.ENVIRONMENT.is_production:
        address = urlsplit(outside().address)
    else:
        address = urlsplit(f"{request.scheme}://{request.get_host()}")
    return Site(address.hostname or "", f"{address.scheme}://{address.netloc}")


def has_stepped_up(request: HttpRequest) -> bool:
    """Return whether the reader has proved within minutes that it is he who sits here."""
    since = request.session.get(STEPPED_UP, 0)
    return bool(now().timestamp() - since < STEP_UP_LASTS / timedelta(seconds=1))


def step_up(request: HttpRequest, then: str) -> HttpResponse:
    """Lead to the page that asks for a proof, and back."""
    return HttpResponseRedirect(reverse("guards-confirm") + "?" + urlencode({"next": then}))


def own_page(
    request: HttpRequest, template: str, page: Any, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Return a page about oneself, without anything that needs a post or a party."""
    context = {"page": page, "account": reader_name(request), "now": now(), "today": today()}
    return render(request, template, context | more, status=status)
