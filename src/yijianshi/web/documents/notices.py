"""The one notice before applying (一次告知书), for anyone, for the answers in the address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from yijianshi.domain.codes import BundleCode
from yijianshi.services.printing import notice_pdf
from yijianshi.services.reading.guide import questions_of
from yijianshi.web import parts as p
from yijianshi.web.acting import now, today
from yijianshi.web.visitor.region import division_of

from .sending import public


@require_safe
def notice(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Give the notice that says what the guide page says under the same answers.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    division = division_of(request)
    given = {
        question.key: p.posted(p.asked_question(question), request.GET)
        for question in questions_of(BundleCode(bundle), division, today())
    }
    printed = notice_pdf(
        bundle=BundleCode(bundle),
        division=division,
        given=given,
        also=request.GET.getlist("also"),
        commit=request.GET.getlist("commit"),
        at=now(),
    )
    response = public(printed)
    response["Vary"] = "Cookie"  # the reader's division may come from one
    response["Cache-Control"] = "public, no-cache"  # what is published now, from nobody's store
    return response
