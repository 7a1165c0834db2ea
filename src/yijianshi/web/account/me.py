"""Who I am here, and for whom I act: myself, or an enterprise that I represent."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from yijianshi.domain.rights import Act, NotPermitted
from yijianshi.services.people.actors import parties_of
from yijianshi.services.people.parties import PartyKnown
from yijianshi.services.people.signing_in import ROLE_WORDS, start_page
from yijianshi.services.reading.units import name_of_unit
from yijianshi.web.acting import ACTING_FOR, actor, frame, reader_name, signed_in, today


@dataclass(frozen=True, slots=True, kw_only=True)
class MePage:
    """What the page about oneself says."""

    name: str
    parties: tuple[PartyKnown, ...]
    standing: str
    own: str
    posts: tuple[str, ...]
    start: str
    is_head: bool


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, and for whom he may act."""
    who = actor(request)
    user: Any = request.user
    page = MePage(
        name=reader_name(request),
        parties=parties_of(user, on=today()),
        standing=who.party or who.giver,
        own=str(user.party_id or ""),
        posts=tuple(f"{name_of_unit(str(post.unit))} · {ROLE_WORDS[post.role]}" for post in who.posts),
        start=start_page(who),
        is_head=bool(who.party) and who.party != str(user.party_id or ""),
    )
    return render(request, "account/me.html", frame(request, page=page))


@require_POST
@signed_in
def act_for(request: HttpRequest) -> HttpResponse:
    """
    Act for somebody else from now on, until signing out.

    :raises NotPermitted: if the reader does not represent him.
    """
    user: Any = request.user
    wanted = request.POST.get("party", "")
    chosen = next((party for party in parties_of(user, on=today()) if str(party.id) == wanted), None)
    if chosen is None:
        raise NotPermitted(Act.FILE)
    request.session[ACTING_FOR] = wanted
    own = chosen.id == user.party_id
    messages.success(request, "现在办您自己的事" if own else f"现在替{chosen.name}办事")
    back = request.POST.get("next", "")
    here = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(back if here else "/")
