"""Whether a document is genuine (证照核验): the page to which the code on it leads, without signing in."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from yijianshi.services.printing import Checked, CheckedComposite, check_composite, check_document
from yijianshi.services.reading.composites import COMPOSITE_CODE_LENGTH, PartSeen
from yijianshi.web import parts as p
from yijianshi.web.acting import now, today
from yijianshi.web.composites import part_tag, standing_notice

_STATES = {
    "valid": p.Notice(
        kind="done",
        title="是真的，现在有效",
        text="请核对手里的证照与下面写的是否一致；不一致的，以这里为准。",
    ),
    "suspended": p.Notice(
        kind="todo", title="是真的，但已暂停使用", text="发证机关暂停了它的效力，恢复以前不能使用。"
    ),
    "revoked": p.Notice(
        kind="no", title="已经撤销，不再有效", text="发证机关已经撤销，任何人不能再凭它办事。"
    ),
    "expired": p.Notice(kind="no", title="是真的，但已过有效期", text="请持证人办理延续或者重新申请。"),
}
_UNKNOWN = p.Notice(
    kind="no",
    title="没有查到这份证照",
    text="核验码可能抄错了一位，请对照证照再输一遍；确认没有抄错的，它不是在这里发出的，请拨打 12345 询问发证机关。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationPage:
    """What the page says of a document: whether it holds, and what stands on it."""

    answer: p.Notice | None
    checked: Checked | None = None
    composite: CheckedComposite | None = None
    listed: tuple[
        tuple[PartSeen, p.Tag, str], ...
    ] = ()  # the parts of a composite: how each stands, until when
    valid: str = ""
    code: str = ""
    asked_on: date


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for the code; a code that was typed leads to its page."""
    if code := request.GET.get("code", "").strip():
        return HttpResponseRedirect(reverse("verify", args=[code.replace("/", "")[:64]]))
    return _shown(request, VerificationPage(answer=None, asked_on=today()))


@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is known of the document under a code; 404 where there is none."""
    page = _composite(code) if len(code) == COMPOSITE_CODE_LENGTH else _single(code)
    if page is None:
        return _shown(request, VerificationPage(answer=_UNKNOWN, code=code, asked_on=today()), status=404)
    return _shown(request, page)


def _single(code: str) -> VerificationPage | None:
    checked = check_document(code, today=today())
    if checked is None:
        return None
    return VerificationPage(
        answer=_STATES.get(checked.state, _STATES["revoked"]),
        checked=checked,
        valid=_until(checked.result.valid_until),
        code=code,
        asked_on=today(),
    )


def _composite(code: str) -> VerificationPage | None:
    found = check_composite(code, today=today())
    if found is None:
        return None
    return VerificationPage(
        answer=standing_notice(found.composite, replaced_by=found.replaced_by),
        composite=found,
        listed=tuple((part, part_tag(part), _until(part.valid_until)) for part in found.composite.parts),
        code=code,
        asked_on=today(),
    )


def _until(day: date | None) -> str:
    return f"至 {day.year} 年 {day.month} 月 {day.day} 日" if day else "以证照载明的为准"


def _shown(request: HttpRequest, page: VerificationPage, *, status: int = 200) -> HttpResponse:
    response = render(request, "documents/verify.html", {"page": page, "now": now()}, status=status)
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex"
    return response
