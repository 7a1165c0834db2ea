"""Say that what was found on site is mended (报告整改完成), so that the department comes and looks again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.services.handling.acting import ReasonMissing
from yijianshi.services.handling.mend import report_mended
from yijianshi.services.reading.my_submission import read_submission
from yijianshi.web.acting import actor, now, signed_in

from .submission import show


@require_POST
@signed_in
def report(request: HttpRequest, submission: UUID, case: UUID) -> HttpResponse:
    """
    Report one item as mended.

    :raises NotPermitted: if it is not the reader's own.
    :raises ActionNotAllowed: if nothing is to be mended there.
    """
    who = actor(request)
    try:
        report_mended(case=case, actor=who, words=request.POST.get("words", ""), at=now())
    except ReasonMissing as missing:
        seen = read_submission(submission, actor=who)
        return show(request, seen, unmended=(case, str(missing)), status=422)
    messages.success(request, "已经告诉部门改好了，等他们来复查。")
    return HttpResponseRedirect(reverse("my-case", args=[submission]))
