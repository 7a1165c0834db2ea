"""Acting for one's child, and for a relative who has died (监护、身后): found in registers; it is said what was relied on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.definitions import Kind
from yijianshi.domain.mandates import MandateNotPossible
from yijianshi.domain.rights import Act, own, require
from yijianshi.services.mandates.children import find_children
from yijianshi.services.mandates.heirs import RELATIONS, act_for_the_dead
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, frame, now, signed_in
from yijianshi.web.visitor.region import division_of


@require_POST
@signed_in
def children(request: HttpRequest) -> HttpResponse:
    """
    Ask the register for the reader's minor children, and let him act for each.

    :raises NotPermitted: if he does not stand for himself.
    """
    found = find_children(actor=actor(request), at=now())
    if found.is_down:
        messages.warning(request, "人口库暂时连不上，请过一会儿再试，或者带户口本到窗口办。")
    elif not found.names:
        messages.info(request, "人口库里没有查到您名下未满 18 岁的孩子。刚落户的，过一两天再试。")
    else:
        messages.success(
            request, f"查到了：{'、'.join(found.names)}。18 岁生日以前，您都能替孩子办，到时自己结束。"
        )
    return HttpResponseRedirect(reverse("mandates"))


@signed_in
def heir(request: HttpRequest) -> HttpResponse:
    """
    Ask about whom, and let a near relative handle what follows a death.

    :raises NotPermitted: if he does not stand for himself.
    """
    who = actor(request)
    require(who, Act.READ_OWN, own(who))
    sent, problem = request.POST, ""
    if request.method == "POST":
        try:
            mandate = act_for_the_dead(
                actor=actor(request),
                name=sent.get("name", "")[:40],
                number=sent.get("number", "")[:18],
                relation=sent.get("relation", ""),
                committed="committed" in sent,
                division=division_of(request),
                at=now(),
            )
        except MandateNotPossible as refused:
            problem = str(refused)
        else:
            messages.success(request, "可以办了。凭什么办的，写在下面。")
            return HttpResponseRedirect(reverse("mandate", args=[mandate]))
    questions = (
        p.Asked(name="name", label="过世的亲人姓名", value=sent.get("name", "")[:40], max_length=40, wide=True),
        p.Asked(
            name="number", label="他的身份证号", kind=Kind.ID_NUMBER, value="", max_length=18, sensitive=True, wide=True
        ),
        p.Asked(
            name="relation", label="您是他的", kind=Kind.ENUM, value=sent.get("relation", ""), wide=True,
            options=tuple(p.Option(one, one) for one in RELATIONS),
        ),
        p.Asked(
            name="committed", label="承诺", kind=Kind.DECLARATION, value="committed" in sent, wide=True,
            text="我是他的近亲属，以上属实；不属实的，由我承担法律责任。",
        ),
    )  # fmt: skip
    context = frame(
        request, nav="cases", questions=questions,
        problems=p.Problems(items=(p.Problem(field="f-number", text=problem),), then="再按一次") if problem else None,
    )  # fmt: skip
    return render(request, "mandates/heir.html", context, status=422 if problem else 200)
