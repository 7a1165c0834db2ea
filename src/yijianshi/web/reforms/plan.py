"""The reform plan of one one-thing (实施方案): figures, pictures, and the whole of it to read, print and save."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_safe

from yijianshi.services.letters.official import Annex, Block, Part
from yijianshi.services.outside import outside
from yijianshi.services.reforms.as_json import plan_as_json
from yijianshi.services.reforms.papers import plan_pdf
from yijianshi.services.reforms.plan import ReformPlan, write_plan
from yijianshi.web import parts as p
from yijianshi.web.acting import frame, today
from yijianshi.web.visitor.region import division_of, name_of

from . import sending
from .asking import Asking, asking
from .drawing import DrawnPicture, cuts_of, drawn_picture
from .lists import LISTS, address_of_list

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the plan with its number, and whether the page already shows its pictures larger."""

    number: str
    heading: str
    blocks: tuple[tuple[str, Block], ...]  # the number of a second-level heading, if it is one


@dataclass(frozen=True, slots=True)
class Flow:
    """A picture of the process, to be drawn in place."""

    caption: str
    svg: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """What the plan's page says."""

    title: str
    bundle: str
    code: str
    region: str
    situation: tuple[tuple[str, str], ...]
    problems: p.Problems
    questions: tuple[p.Asked, ...]
    cuts: tuple[p.Cut, ...]
    counted: tuple[tuple[str, str], ...]
    picture: DrawnPicture
    sections: tuple[Section, ...]
    flows: tuple[Flow, ...]
    source: str
    pdf: str
    json: str
    what_if: str
    guide: str
    lists: tuple[tuple[str, str], ...]


@require_safe
def plan(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Show the plan for the situation in the address, or for all that can be handled together.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    asked = asking(request, bundle)
    written = write_plan(asked.edition, situation=asked.situation)
    context = frame(request, nav="home", page=_page(request, asked, written))
    return render(request, "reforms/plan.html", context, status=asked.status)


@require_safe
def plan_file(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Give the plan as a draft in the layout of official documents.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    asked = asking(request, bundle)
    written = write_plan(asked.edition, situation=asked.situation)
    content = plan_pdf(written, on=today(), documents=outside().documents)
    return sending.pdf(content, name=f"{written.title}（草案）")


@require_safe
def plan_values(request: HttpRequest, bundle: str) -> HttpResponse:
    """
    Give the plan's figures as JSON.

    :raises UnknownBundle: if the one-thing is not published here.
    """
    asked = asking(request, bundle)
    written = write_plan(asked.edition, situation=asked.situation)
    return sending.plain(plan_as_json(written), name=written.title)


def _page(request: HttpRequest, asked: Asking, written: ReformPlan) -> PlanPage:
    bundle = asked.edition.bundle
    then = f"?{asked.query}" if asked.query else ""
    return PlanPage(
        title=written.title,
        bundle=bundle.title,
        code=bundle.code,
        region=name_of(division_of(request)),
        situation=written.situation,
        problems=asked.problems,
        questions=asked.questions,
        cuts=cuts_of(written.reform),
        counted=tuple((r.name, r.counted) for r in written.reform.reductions),
        picture=drawn_picture(written.picture),
        sections=tuple(_section(n, part) for n, part in enumerate(written.parts)),
        flows=tuple(flow for annex in written.annexes for flow in _flows(annex)),
        source=written.source,
        pdf=reverse("reform-pdf", args=[bundle.code]) + then,
        json=reverse("reform-json", args=[bundle.code]) + then,
        what_if=reverse("reform-what-if", args=[bundle.code]) + then,
        guide=reverse("guide", args=[bundle.code]) + then,
        lists=tuple((one.title, address_of_list(kind, bundle.code)) for kind, one in LISTS.items()),
    )


def _section(number: int, part: Part) -> Section:
    blocks: list[tuple[str, Block]] = []
    second = 0
    for block in part.blocks:
        if block.svg:
            continue  # the page draws it larger, in percent of its own width
        if block.heading:
            second += 1
        blocks.append((f"（{NUMERALS[second - 1]}）" if block.heading else "", block))
    return Section(NUMERALS[number], part.heading, tuple(blocks))


def _flows(annex: Annex) -> tuple[Flow, ...]:
    return tuple(
        Flow(block.caption, mark_safe(block.svg))  # noqa: S308 - drawn by us; every word in it is escaped there
        for block in annex.blocks
        if block.svg
    )
