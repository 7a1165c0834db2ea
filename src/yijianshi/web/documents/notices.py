"""The one notice before applying (一次告知书), for anyone, for the answers in the address."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from yijianshi.domain.codes import BundleCode
from yijianshi.services.printing import notice_pdf
from yijianshi.services.reading.guide import questions_of, read_guide
from yijianshi.web import parts as p
from yijianshi.web.acting import now, today
from yijianshi.web.visitor.region import division_of

from .sending import public


@require_safe
def notice(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Give the notice that says what the guide page says under the same answers; where nothing is chosen yet, lead there.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    division = division_of(request)
    given = {
        question.key: p.posted(p.asked_question(question), request.GET)
        for question in questions_of(BundleCode(bundle), division, today())
    }
    also, commit = request.GET.getlist("also"), request.GET.getlist("commit")
    read = read_guide(
        bundle=BundleCode(bundle), division=division, given=given, also=also, commit=commit, on=today()
    )
    if not read.plan.items:
        return HttpResponseRedirect(f"{reverse('guide', args=[bundle])}?{request.GET.urlencode()}#ask")
    printed = notice_pdf(
        bundle=BundleCode(bundle), division=division, given=given, also=also, commit=commit, at=now()
    )
    response = public(printed)
    response["Vary"] = "Cookie"  # the reader's division may come from one
    response["Cache-Control"] = "public, no-cache"  # what is published now, from nobody's store
    return response
