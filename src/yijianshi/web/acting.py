"""
Who is asking, and when: the one way in which pages learn of the reader and of the present moment.

`from yijianshi.web.acting import actor, now, today, signed_in`
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from yijianshi.domain.definitions import Level
from yijianshi.domain.rights import Actor
from yijianshi.domain.workdays import legal_day
from yijianshi.services.contents import is_key
from yijianshi.services.guards.factors import must_prove_twice
from yijianshi.services.outside import outside
from yijianshi.services.people.actors import actor_of
from yijianshi.services.people.parties import PartyKnown, know_party
from yijianshi.services.people.signing_in import name_on
from yijianshi.services.reading.my_cases import waiting_for

#: Where the session keeps for whom the reader acts.
ACTING_FOR = "acting_for"
#: Where it keeps how surely it is known who signed in; an account of our own was checked when it was opened.
LEVEL = "assurance"
OWN_ACCOUNT = Level.COMPARED
Rest = ParamSpec("Rest")
Answer = TypeVar("Answer", bound=HttpResponseBase)


#: Where the session keeps when the reader proved himself twice, and that he must choose a new password.
TWICE, PASSWORD_OLD = "twice", "password_old"


class NotSignedIn(Exception):
    """The page is for somebody, and nobody is signed in."""


class GuardMissing(Exception):
    """The reader's post asks for a second factor, or a new password, before anything else; `page` is where he sees to it."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


def now() -> datetime:
    """Return the present moment by the clock port."""
    return outside().clock.now()


def today() -> date:
    """Return the present legal day."""
    return legal_day(now())


def actor(request: HttpRequest) -> Actor:
    """
    Return who asks, with the posts held today and the party stood for; at most two queries, one without a mandate, once per request.

    :raises NotSignedIn: if nobody is signed in.
    :raises GuardMissing: if he has to see to his second factor or his password first.
    """
    known: Actor | None = getattr(request, "yijianshi_actor", None)
    if known is None:
        user: Any = request.user
        if not user.is_authenticated:
            raise NotSignedIn
        chosen = str(request.session.get(ACTING_FOR, ""))
        known = actor_of(user, on=today(), party=UUID(chosen) if is_key(chosen) else None)
        known = replace(known, level=int(request.session.get(LEVEL, OWN_ACCOUNT)))
        if request.session.get(PASSWORD_OLD):
            raise GuardMissing("password")
        if TWICE not in request.session and must_prove_twice(user, [post.role for post in known.posts]):
            raise GuardMissing("guards")
        request.yijianshi_actor = known  # type: ignore[attr-defined]
    return known


def actor_if_any(request: HttpRequest) -> Actor | None:
    """Return who asks, or None for a visitor."""
    try:
        return actor(request)
    except NotSignedIn:
        return None


def reader_name(request: HttpRequest) -> str:
    """Return the reader's own name, or nothing for a visitor; no query."""
    user: Any = request.user
    return name_on(user) if user.is_authenticated else ""


def signed_in(
    view: Callable[Concatenate[HttpRequest, Rest], Answer],
) -> Callable[Concatenate[HttpRequest, Rest], Answer]:
    """
    Let only who is signed in see a page; others are led to the door and back.

    No browser keeps such a page: at a public kiosk nobody may go back into it after signing out.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> Answer:
        actor(request)
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return guarded


def frame(
    request: HttpRequest, *, nav: str = "", opened: PartyKnown | None = None, **more: Any
) -> dict[str, Any]:
    """
    Return what every citizen's page is given: the moment, the reader's name, for whom he acts, what waits for him.

    :param opened: the party that the page has read already, mostly the one acted for.
    """
    at = now()
    context: dict[str, Any] = {"nav": nav, "now": at, "today": legal_day(at), **more}
    who = actor_if_any(request)
    if who:
        name = reader_name(request)
        stands_for = _stands_for(request, who, opened)
        context["account"] = f"{name} · 替{stands_for}办" if stands_for else name
        context["stands_for"] = stands_for
        context["waiting"] = waiting_for(who)
    return context


def _stands_for(request: HttpRequest, who: Actor, opened: PartyKnown | None) -> str:
    """Return the name of whom the reader acts for; nothing where he acts for himself."""
    user: Any = request.user
    standing = who.party or who.giver
    if not standing or standing == str(user.party_id):
        return ""
    known = opened if opened and str(opened.id) == standing else know_party(UUID(standing))
    return known.name
