"""Where a list is handed in: what is taken, what becomes of it, and two lists to try."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe

from yijianshi.services.catalogue import shipped_catalogue, shipped_folder
from yijianshi.services.examining.order import (
    LARGEST_UPLOAD,
    MOST_FILES,
    Handed,
    ListRefused,
    TooManyWaiting,
    order_examination,
)
from yijianshi.web import parts as p
from yijianshi.web.acting import frame, now
from yijianshi.web.errors import refused

#: The lists that come along: the name of the file, and what it is called when it is saved.
EXAMPLES = {"planted-faults": "埋了错的小清单.xlsx", "clean": "没有错的小清单.xlsx"}
_ROOM_FOR_THE_FORM = 64 * 1024
_MEGABYTES = LARGEST_UPLOAD // 1024 // 1024


@dataclass(frozen=True, slots=True)
class City:
    """A city with its counties, for the choice of a place."""

    code: str
    name: str
    counties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage:
    """What the page says where a list is handed in."""

    problems: p.Problems
    cities: tuple[City, ...]
    division: str
    megabytes: int = _MEGABYTES
    most_files: int = MOST_FILES
    things: int


@csrf_exempt  # only until the size is known; `_taken` is protected
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Show the form, or take the files; too large an upload is refused before any of it is read."""
    if request.method != "POST":
        return _show(request)
    if int(request.headers.get("Content-Length") or 0) > LARGEST_UPLOAD + _ROOM_FOR_THE_FORM:
        return refused(
            request,
            "文件太大，没有收下",
            f"一次最多 {_MEGABYTES} MB。",
            "请把文件打成 .zip，通常能小到十分之一；或者按市县拆成几次体检。命令行没有这个上限：yijianshi catalogue examine。",
            413,
        )
    return _taken(request)


@csrf_protect
def _taken(request: HttpRequest) -> HttpResponse:
    division = request.POST.get("division", "")
    try:
        files = [Handed(file.name or "清单", file.read()) for file in request.FILES.getlist("file")]
        key = order_examination(files=files, division=division, at=now())
    except ListRefused as refusal:
        return _show(request, str(refusal), division=division, status=422)
    except TooManyWaiting as refusal:
        return refused(
            request, "现在排队的人多", f"{refusal}。", "请过几分钟再交一次；刚才的文件没有留下。", 429
        )
    return HttpResponseRedirect(reverse("examination", args=[key]))


@require_safe
def example(request: HttpRequest, name: str) -> HttpResponseBase:
    """Give a list to try."""
    if name not in EXAMPLES:
        raise Http404
    answer = FileResponse((shipped_folder() / "examples" / f"{name}.xlsx").open("rb"))
    answer["Content-Type"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(EXAMPLES[name])}"
    return answer


def _show(request: HttpRequest, problem: str = "", *, division: str = "", status: int = 200) -> HttpResponse:
    page = AskPage(
        problems=p.Problems(
            items=(p.Problem(field="file", text=problem),) if problem else (), then="改好再交"
        ),
        cities=tuple(_cities()),
        division=division,
        things=len(shipped_catalogue().bundles),
    )
    return render(request, "examiner/ask.html", frame(request, page=page), status=status)


def _cities() -> Iterator[City]:
    divisions = shipped_catalogue().divisions.values()
    for city in divisions:
        if city.level == "city":
            yield City(
                city.code, city.name, tuple((d.code, d.name) for d in divisions if d.parent == city.code)
            )
