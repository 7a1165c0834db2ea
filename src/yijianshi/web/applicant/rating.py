"""Rate how it went (好差评): five levels, once, when everything is finished."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.ratings import Level
from yijianshi.services.delivering.rate import rate_submission
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in

from .submission import show


@require_POST
@signed_in
def rate(request: HttpRequest, submission: UUID) -> HttpResponse:
    """
    Keep the rating.

    :raises NotYetToRate: if something is still open.
    :raises AlreadyRated: if it was rated before.
    """
    who = actor(request)
    level = request.POST.get("level", "")
    if level not in {str(int(known)) for known in Level}:
        seen = read_submission(submission, actor=who)
        return show(request, seen, rate=p.Rating(error="请先选一个"), status=422)
    comment = request.POST.get("comment", "")
    rate_submission(submission=submission, actor=who, level=Level(int(level)), comment=comment, at=now())
    messages.success(request, "评价收到了，谢谢您")
    return HttpResponseRedirect(reverse("my-case", args=[submission]))
