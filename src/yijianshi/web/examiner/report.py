"""One examination: how far it is while it runs, its report when it is done, and the report as files."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from yijianshi.services.examining import Report
from yijianshi.services.examining.keeping import plain
from yijianshi.services.examining.order import (
    NoSuchExamination,
    Standing,
    forget_examination,
    report_of,
    standing_of,
)
from yijianshi.services.examining.printing import report_pdf
from yijianshi.services.examining.showing import page_of
from yijianshi.services.examining.workbook import workbook
from yijianshi.services.outside import outside
from yijianshi.web import parts as p
from yijianshi.web.acting import frame, now
from yijianshi.web.errors import refused

_PHASES = ("读清单", "逐条检查", "算“一件事”")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: The report as files: its media type and how it is made.
KINDS: dict[str, tuple[str, Callable[[Report], bytes]]] = {
    "xlsx": (_XLSX, workbook),
    "pdf": ("application/pdf", lambda report: report_pdf(report, documents=outside().documents)),
    "json": ("application/json", lambda report: json.dumps(plain(report), ensure_ascii=False).encode()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressPage:
    """How far an examination is."""

    files: str
    title: str
    says: str
    meter: p.Meter
    phases: tuple[tuple[str, str], ...]  # state (done, now or nothing) and words
    address: str


@require_safe
def show(request: HttpRequest, examination: UUID) -> HttpResponse:
    """Show the report, or how far it is; a page without scripts looks again by itself."""
    try:
        standing = standing_of(examination, at=now())
        if standing.is_open:
            return render(request, "examiner/progress.html", frame(request, page=_progress(standing)))
        if standing.state == "failed":
            return refused(request, "没有做成体检", f"{standing.why_failed.rstrip('。')}。", "改好以后回到“清单体检”重新交；文件已经删除。", 422)  # fmt: skip
        page = page_of(report_of(examination, at=now()))
    except NoSuchExamination as refusal:
        return _gone(request, refusal)
    context = frame(request, page=page, key=examination, gone_at=standing.gone_at)
    response = render(request, "examiner/report.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def progress(request: HttpRequest, examination: UUID) -> HttpResponse:
    """Give the part of the page that moves; once it is over the whole page is fetched anew."""
    try:
        standing = standing_of(examination, at=now())
    except NoSuchExamination as refusal:
        return _gone(request, refusal)
    if not standing.is_open:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "examiner/moving.html", {"page": _progress(standing)})


@require_POST
def forget(request: HttpRequest, examination: UUID) -> HttpResponse:
    """Delete the report at once."""
    forget_examination(examination)
    return HttpResponseRedirect(reverse("examine"))


@require_safe
def download(request: HttpRequest, examination: UUID, kind: str) -> HttpResponse:
    """Give the report as a file."""
    try:
        report = report_of(examination, at=now())
        if kind not in KINDS:
            raise NoSuchExamination(f"没有 {kind} 格式的报告")
    except NoSuchExamination as refusal:
        return _gone(request, refusal)
    media_type, make = KINDS[kind]
    response = HttpResponse(make(report), content_type=media_type)
    name = quote(f"事项清单体检报告 {report.place} {report.on}.{kind}")
    response["Content-Disposition"] = f"attachment; filename=\"report.{kind}\"; filename*=UTF-8''{name}"
    response["Cache-Control"] = "private, no-store"
    return response


def _gone(request: HttpRequest, refusal: NoSuchExamination) -> HttpResponse:
    return refused(request, "没有这份体检", f"{refusal}。", "请到“清单体检”重新交一次，几分钟就好。", 404)


def _progress(standing: Standing) -> ProgressPage:
    reached = _PHASES.index(standing.phase) if standing.phase in _PHASES else -1
    return ProgressPage(
        files="、".join(standing.names),
        title="排着队" if standing.state == "waiting" else "正在体检",
        says=_says(standing),
        meter=p.Meter(
            done=standing.done,
            total=max(standing.total, 1),
            says=f"{standing.phase} {standing.done} / {standing.total}",
        ),
        phases=tuple(
            ("done" if at < reached else "now" if at == reached else "", words)
            for at, words in enumerate(_PHASES)
        ),
        address=reverse("examination-progress", args=[standing.id]),
    )


def _says(standing: Standing) -> str:
    if standing.state == "waiting":
        return f"前面还有 {standing.ahead} 份" if standing.ahead else "马上开始"
    if standing.is_quiet:
        return "后台刚刚重新启动，一会儿从头接着做，不用重新上传"
    again = "后台重新启动过，已经从头再做；" if standing.is_second_try else ""
    counted = f"{standing.done:,} / {standing.total:,}" if standing.total else ""
    return f"{again}{standing.phase} {counted}".strip()
