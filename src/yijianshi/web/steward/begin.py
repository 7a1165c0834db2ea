"""Beginning a manuscript: of something that holds here already, or of a one-thing that nobody has yet."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from yijianshi.domain.codes import BundleCode
from yijianshi.domain.definitions import Kind
from yijianshi.services.editions.begin import ManuscriptNotBegun, begin_manuscript, unfinished_manuscript
from yijianshi.services.reading.steward import own_division
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in
from yijianshi.web.desk import desk_page, posted_text

from .choices import AUDIENCES, department_options
from .front import place


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginView:
    """The page."""

    questions: tuple[p.Asked, ...]
    problems: p.Problems | None


@signed_in
def begin(request: HttpRequest) -> HttpResponse:
    """Ask what a new one-thing is called, or begin at once with one that is there."""
    division = own_division(actor(request))
    given = {name: posted_text(request, name, longest=100) for name in ("bundle", "name", "audience", "lead")}
    trouble = ""
    if request.method == "POST":
        known = unfinished_manuscript(BundleCode(given["bundle"]), division)
        if known:
            return HttpResponseRedirect(reverse("steward-manuscript", args=[known]))
        try:
            manuscript = begin_manuscript(
                actor=actor(request), bundle=BundleCode(given["bundle"]), division=division, name=given["name"],
                audience=given["audience"] or "individual", lead=given["lead"], at=now(),
            )  # fmt: skip
            return HttpResponseRedirect(reverse("steward-manuscript", args=[manuscript]))
        except ManuscriptNotBegun as why:
            trouble = str(why)
    questions = (
        p.Asked(name="name", label="叫什么", value=given["name"], hint="群众一听就懂，如：开办民宿", max_length=60),
        p.Asked(name="bundle", label="编码", value=given["bundle"], hint="小写英文和连字符，定了不改，如 open-homestay", max_length=60),
        p.Asked(name="audience", label="给谁办", kind=Kind.ENUM, value=given["audience"], options=AUDIENCES),
        p.Asked(name="lead", label="牵头部门", kind=Kind.ENUM, value=given["lead"], options=department_options()),
    )  # fmt: skip
    view = BeginView(
        questions=questions,
        problems=p.Problems(items=(p.Problem(field="f-bundle", text=trouble),), then="改好再开始")
        if trouble
        else None,
    )
    return desk_page(
        request,
        "steward/begin.html",
        view,
        here="steward",
        unit=place(division),
        status=422 if trouble else 200,
    )
