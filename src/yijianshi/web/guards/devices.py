"""Where one is signed in (登录设备), and signing out somewhere else."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.services.contents import is_key
from yijianshi.services.guards.sessions import DeviceSeen, devices_of, end_all, end_one

from .reader import own, own_page, reader


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesPage:
    """The page."""

    devices: tuple[DeviceSeen, ...]
    others: int


@own
def devices(request: HttpRequest) -> HttpResponse:
    """Show where the reader is signed in."""
    found = devices_of(reader(request).id, session=request.session.session_key or "")
    page = DevicesPage(devices=found, others=sum(not one.is_this for one in found))
    return own_page(request, "guards/devices.html", page)


@require_POST
@own
def end(request: HttpRequest) -> HttpResponse:
    """Sign the reader out somewhere else, in one place or in all."""
    account, handle = reader(request).id, request.POST.get("handle", "")
    if handle == "others":
        gone = end_all(account, but=request.session.session_key or "")
        messages.success(request, f"别处都退出了，共 {gone} 处。" if gone else "别处没有登录着的。")
    elif is_key(handle) and end_one(account, UUID(handle)):
        messages.success(request, "那里已经退出。不是您本人登录的，请接着换密码。")
    return HttpResponseRedirect(reverse("devices"))
