"""The demo's office app (演示的办公平台): what officers would be shown there, to look at; not there in production."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from yijianshi.services.outside import outside
from yijianshi.services.providers import OfficePage


@never_cache
def demo_office_app(request: HttpRequest) -> HttpResponse:
    """Show what was pushed, the newest first."""
    office = outside().office
    if not isinstance(office, OfficePage):
        raise Http404
    return render(request, "identity/office.html", {"shown": office.shown()})
