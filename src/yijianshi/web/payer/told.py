"""The call-back of a provider (支付结果通知): a hint that something was paid; the platform then asks for itself."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from yijianshi.services.outside import outside
from yijianshi.services.paying.confirm import confirm_by_notice
from yijianshi.services.ports import NoticeForged, PaymentUnavailable

MOST = 64 * 1024


@csrf_exempt
@require_POST
def told(request: HttpRequest) -> HttpResponse:
    """Answer «ok» once it is written, and anything else so that the provider calls again."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST:
        return HttpResponse("too long", status=413, content_type="text/plain")
    try:
        confirm_by_notice(request.body, at=outside().clock.now())
    except NoticeForged:
        return HttpResponse("refused", status=403, content_type="text/plain")
    except PaymentUnavailable:
        return HttpResponse("later", status=503, content_type="text/plain")
    return HttpResponse("ok", content_type="text/plain")
