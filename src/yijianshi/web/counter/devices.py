"""The devices of the clerk's machine (设备): whether the bridge is there, pairing this page with it, trying each device."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from yijianshi.services.custody.places import name_of_place, window_of
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page

from .bridging import bridge_address, may_reach_bridge


@dataclass(frozen=True, slots=True, kw_only=True)
class DevicesView:
    """The page: what there is to try, if there is a bridge at all."""

    bridge: str
    tries: tuple[tuple[str, str], ...] = (
        ("card", "读身份证"), ("camera", "拍一页"), ("signature", "签名板"), ("rating", "评价器"),
        ("receipt", "打小票"),
    )  # fmt: skip


@may_reach_bridge
@signed_in
def devices(request: HttpRequest) -> HttpResponse:
    """
    Show the devices.

    :raises NotPermitted: if the reader works at no window.
    """
    place = window_of(actor(request))
    view = DevicesView(bridge=bridge_address())
    return desk_page(
        request, "counter/devices.html", view, here="counter", unit=name_of_place(place), at=now()
    )
