"""The demo's payer (演示付款): what a real provider would show, with nothing behind it; not there in production."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from yijianshi.domain.fees import yuan_words
from yijianshi.services.outside import outside
from yijianshi.services.ports import NoticeForged, PayerPage


def demo_payer(request: HttpRequest, reference: UUID) -> HttpResponse:
    """Show an order to whoever has its signed address; pay it and lead back."""
    provider = outside().payment
    if not isinstance(provider, PayerPage):
        raise Http404
    signature = request.GET.get("s", "")[:64]
    try:
        order = provider.asked(str(reference), signature)
        if request.method == "POST":
            if request.POST.get("pay"):
                provider.pay(str(reference), signature)
            return HttpResponseRedirect(order.back)
    except NoticeForged:
        raise Http404 from None
    lines = tuple((share.collector_name, share.subject, yuan_words(share.fen)) for share in order.shares)
    context = {"order": order, "sum": yuan_words(order.fen), "lines": lines}
    response = render(request, "payer/demo.html", context)
    response["Cache-Control"] = "no-store"
    return response
