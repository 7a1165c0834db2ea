"""
What a reader sees when something does not work: what happened, what it means, what would do, whom to call.

The same refusal is a page for a person, a fragment for htmx and JSON for a script.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """One thing that does not work, in four sentences."""

    status: int
    title: str
    why: str
    means: str
    remedy: str


TROUBLES = {
    trouble.status: trouble
    for trouble in (
        Trouble(
            status=400,
            title="这次请求看不懂",
            why="网页发来的内容不完整，或者格式对不上。",
            means="什么也没有改动，您先前保存的内容都在。",
            remedy="请回到上一页，刷新后再试一次。",
        ),
        Trouble(
            status=403,
            title="这一页不能给您看",
            why="它属于别人，或者不在您的职责之内。",
            means="这次查看没有打开任何内容。",
            remedy="如果是替别人办事，请先让他授权给您；如果登录的不是您自己的账号，请换账号登录。",
        ),
        Trouble(
            status=404,
            title="没有这一页",
            why="地址可能抄错了一位，或者这一页已经搬走。",
            means="您的办件和材料不受影响。",
            remedy="请从首页找，或者在“我的办件”里找。",
        ),
        Trouble(
            status=405,
            title="这个地址不能这样打开",
            why="它只接收表单，不能直接访问。",
            means="什么也没有改动。",
            remedy="请回到上一页，用页面上的按钮办理。",
        ),
        Trouble(
            status=409,
            title="刚才有人先办了这一步",
            why="您打开页面以后，这件事的状态变了。",
            means="您这次的操作没有生效，先办的那一步有效。",
            remedy="请刷新看现在的状态，再决定要不要办。",
        ),
        Trouble(
            status=413,
            title="文件太大，没有收下",
            why="一次上传的内容超过了上限。",
            means="已经收下的其他材料都在。",
            remedy="请把照片拍小一些，或把文件拆成几份再传；窗口也可以代您扫描。",
        ),
        Trouble(
            status=429,
            title="请稍等再试",
            why="同一个账号或网络短时间内试得太多，为了安全先停一停。",
            means="账号没有锁定，内容都在。",
            remedy="请过几分钟再试；着急可以到窗口办。",
        ),
        Trouble(
            status=500,
            title="我们这边出了故障",
            why="系统没能完成这一步，已经记录下来。",
            means="这一步没有生效，您先前保存的内容都在。",
            remedy="请过几分钟再试一次；还不行就打电话，报给接线员这一页的时间。",
        ),
        Trouble(
            status=503,
            title="正在维护，马上回来",
            why="系统暂时停下来更新或等待数据库。",
            means="您先前保存的内容都在。",
            remedy="请过几分钟刷新；着急可以到窗口办。",
        ),
    )
}


def refused(request: HttpRequest, title: str, why: str, remedy: str, status: int = 409) -> HttpResponse:
    """
    Return the answer to an act that was refused: what, why and what would do.

    A page for a person, a fragment for htmx, JSON where the request asks for it.
    """
    means = TROUBLES[status].means if status in TROUBLES else "这次的操作没有生效。"
    return _answer(request, Trouble(status=status, title=title, why=why, means=means, remedy=remedy))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that cannot be read (handler400), saying so if it was only too large."""
    too_large = isinstance(exception, RequestDataTooBig | TooManyFilesSent | TooManyFieldsSent)
    return _answer(request, TROUBLES[413 if too_large else 400])


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer whoever may not see or do this (handler403)."""
    return _answer(request, TROUBLES[403])


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token does not fit (CSRF_FAILURE_VIEW): usually the page has been open too long."""
    return _answer(
        request,
        Trouble(
            status=403,
            title="页面开得太久，请重新打开",
            why="为了防止别人冒用，表单隔一段时间要重新打开；浏览器禁用了 Cookie 也会这样。",
            means="这次没有提交成功，先前自动保存的内容都在。",
            remedy="请回到上一页刷新，再按一次按钮。",
        ),
    )


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere (handler404)."""
    return _answer(request, TROUBLES[404])


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when we failed (handler500), without touching session or database, which may be what failed."""
    trouble = TROUBLES[500]
    if _wants_json(request):
        return JsonResponse(asdict(trouble), status=500)
    return HttpResponse(
        render_to_string("errors/page.html", {"trouble": trouble, "at": timezone.now()}), status=500
    )


class ErrorPages:
    """Middleware that puts a page in place of a refusal that has no words, such as a bare 405."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        wordless = not getattr(response, "streaming", False) and not response.content
        if response.status_code not in TROUBLES or not wordless:
            return response
        answer = _answer(request, TROUBLES[response.status_code])
        for name in ("Allow", "Retry-After"):
            if name in response:
                answer[name] = response[name]
        return answer


def _answer(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse(asdict(trouble), status=trouble.status)
    fragment = request.headers.get("HX-Request") == "true" and "HX-Boosted" not in request.headers
    template = "errors/fragment.html" if fragment else "errors/page.html"
    return HttpResponse(
        render_to_string(template, {"trouble": trouble, "at": timezone.now()}, request), status=trouble.status
    )


def _wants_json(request: HttpRequest) -> bool:
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted
