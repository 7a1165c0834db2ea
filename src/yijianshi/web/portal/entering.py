"""
Coming in from an existing portal (从门户进来): its ticket is exchanged for a session here, and leads to the page it names.

The form comes from another site, so that its ticket stands in place of our own form token.
"""

from django.contrib import auth
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from yijianshi.domain.definitions import Level
from yijianshi.domain.portals import Vouched
from yijianshi.services.guards.factors import has_factor
from yijianshi.services.outside import outside
from yijianshi.services.portal.enter import enter
from yijianshi.services.portal.portals import read_portals
from yijianshi.services.reading.my_number import submission_by_number
from yijianshi.web.account.letting_in import begin_second_step, sign
from yijianshi.web.acting import LEVEL, actor, frame, now, signed_in
from yijianshi.web.desk import desk_page

#: Where the session keeps which portal brought the reader.
PORTAL = "portal"
#: How sure a portal's word makes us: by a phone, by name and number, by a face or a certificate.
_AS_SURE_AS = {Vouched.LOW: Level.REGISTERED, Vouched.MIDDLE: Level.COMPARED, Vouched.HIGH: Level.FACE}
#: What browsers say where a page's policy forbids to say from where it comes.
_SAYS_NOTHING = ("", "null")


@csrf_exempt
@require_POST
@never_cache
@sensitive_post_parameters("ticket")
def come_in(request: HttpRequest) -> HttpResponse:
    """
    Sign in whom a portal vouches for, and go where its ticket leads.

    :raises TicketRefused: if the ticket is not good; nobody is signed in, and whoever was stays so.
    """
    said = request.headers.get("Origin", "")
    origin = "" if said in _SAYS_NOTHING else said
    entered = enter(ticket=request.POST.get("ticket", ""), origin=origin, at=now())
    if has_factor(entered.account.id):  # whoever set up a second proof is asked for it at every door
        return begin_second_step(request, entered.account, entered.leads_to)
    auth.logout(request)
    auth.login(request, entered.account, backend="django.contrib.auth.backends.ModelBackend")
    sign(request, entered.account)
    request.session[PORTAL], request.session[LEVEL] = entered.portal, int(_AS_SURE_AS[entered.level])
    return HttpResponseRedirect(entered.leads_to)


@require_safe
@signed_in
def by_number(request: HttpRequest, number: str) -> HttpResponse:
    """Go to a submission by its number. :raises NotPermitted: if it is not the reader's, or is not there."""
    found = submission_by_number(number, actor=actor(request))
    return HttpResponseRedirect(reverse("my-case", args=[found]))


@require_safe
def how_to_join(request: HttpRequest) -> HttpResponse:
    """Say how a portal brings its readers here and hears how it goes."""
    return render(request, "portal/joining.html", frame(request, nav="help", address=outside().address))


@require_safe
@signed_in
def portals(request: HttpRequest) -> HttpResponse:
    """Show a supervisor how it goes with each portal. :raises NotPermitted: if the reader supervises nowhere."""
    return desk_page(request, "portal/portals.html", read_portals(actor(request)), here="portals")
