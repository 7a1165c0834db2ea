"""The picture of how a one-thing is handled (办理流程): at once, and one by one as before; to look at and to take along."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from yijianshi.domain.codes import BundleCode
from yijianshi.domain.layouts import Layout
from yijianshi.services.exporting.addresses import given_in
from yijianshi.services.exporting.drawing import draw
from yijianshi.services.exporting.flows import read_process
from yijianshi.services.reading.guide import questions_of
from yijianshi.web.acting import frame, today
from yijianshi.web.visitor.region import division_of, name_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessPage:
    """What the page says: a picture, the same in words, and files to take along."""

    title: str
    region: str
    back: str
    standard: bool
    before: bool
    views: tuple[tuple[str, str, bool], ...]
    picture: SafeString
    steps: tuple[tuple[str, str, str], ...]  # whose, what, by when
    bpmn: str
    svg: str


@require_safe
def process(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Show the process for the answers in the address, or the standard one.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    division = division_of(request)
    pairs = [(key, value) for key, values in request.GET.lists() for value in map(str, values)]
    read = read_process(
        bundle=BundleCode(bundle), division=division,
        given=given_in(pairs, questions_of(BundleCode(bundle), division, today())),
        also=request.GET.getlist("also"), commit=request.GET.getlist("commit"), on=today(),
    )  # fmt: skip
    before = request.GET.get("view") == "before"
    layout = read.one_by_one if before else read.together
    query = f"division={division}" + (f"&{read.query}" if read.query else "")
    here, file = reverse("process", args=[bundle]), f"/api/v1/catalogue/{bundle}/process"
    page = ProcessPage(
        title=read.edition.bundle.title,
        region=name_of(division),
        back=f"{reverse('guide', args=[bundle])}?{query}",
        standard=read.standard,
        before=before,
        views=(
            ("现在：一次办", f"{here}?{query}", not before),
            ("原来：一项一项办", f"{here}?{query}&view=before", before),
        ),
        # our own drawing: every word of the catalogue in it is escaped where it is drawn
        picture=mark_safe(draw(layout)),  # noqa: S308
        steps=_steps(layout),
        bpmn=f"{file}.bpmn?{query}",
        svg=f"{file}.svg?{query}",
    )
    return render(request, "embed/process.html", frame(request, nav="home", page=page))


def _steps(layout: Layout) -> tuple[tuple[str, str, str], ...]:
    names = {lane.key: lane.name for lane in layout.process.lanes}
    placed = sorted(layout.nodes, key=lambda one: (one.box.middle.x, one.box.y))
    return tuple((names[one.node.lane], one.node.name, one.node.says) for one in placed if one.node.name)
