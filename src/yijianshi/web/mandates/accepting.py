"""Accepting what one is asked to do (接受授权): for whom, what, until when, in plain words; yes or no."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from yijianshi.services.mandates.take import accept_mandate, decline_mandate
from yijianshi.services.reading.mandates import read_link
from yijianshi.web.acting import ACTING_FOR, actor, frame, now, signed_in


@signed_in
def entrusted(request: HttpRequest, token: str) -> HttpResponse:
    """
    Show what is asked; take the answer.

    :raises LinkNotValid: if it was used, is too old, was made up, or asks somebody else; the answer never says which.
    """
    who = actor(request)
    seen = read_link(token, actor=who, at=now())
    if request.method == "POST" and "decline" in request.POST:
        decline_mandate(token=token, actor=who, at=now())
        messages.success(request, f"已经告诉{seen.giver}，您不替他办。")
        return HttpResponseRedirect(reverse("mandates"))
    if request.method == "POST":
        giver = accept_mandate(token=token, actor=who, at=now())
        if seen.kind != "项目管家":
            request.session[ACTING_FOR] = str(giver)
        messages.success(request, f"现在替{seen.giver}办。办完想办自己的事，在“我的”里换回来。")
        return HttpResponseRedirect(reverse("my-cases"))
    return render(request, "mandates/accept.html", frame(request, nav="cases", seen=seen))
