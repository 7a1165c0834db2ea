"""The head of a one-thing (基本情况): what it is called, for whom, who leads it, by which words it is found."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.definitions import Kind
from yijianshi.services.editions.revising import tree_of, with_entries
from yijianshi.services.reading.manuscript import ManuscriptRead
from yijianshi.web import parts as p
from yijianshi.web.acting import signed_in

from .choices import AUDIENCES, department_options, station_options
from .writing import editor_page, opened, taken

_KINDS = (p.Option("standard", "标准清单"), p.Option("premium", "示范清单"), p.Option("future", "后续目标"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A form of the editor: its heading, its questions, whether they may be changed."""

    title: str
    hint: str
    questions: tuple[p.Asked, ...]
    can_write: bool
    problems: p.Problems | None = None


@signed_in
def head(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Show the head as a form, look it over as it is written, keep it."""
    read = opened(request, manuscript)
    questions = _questions(read)
    if request.method == "POST":
        entries = {question.name: p.posted(question, request.POST) for question in questions}
        back = reverse("steward-manuscript", args=[manuscript])
        return taken(request, manuscript, lambda text: with_entries(text, entries), then=back)
    view = FormView(
        title="基本情况",
        hint="群众看到的名称、说明和搜索词。",
        questions=questions,
        can_write="write" in read.moves,
    )
    return editor_page(request, "steward/form.html", read, view)


def _questions(read: ManuscriptRead) -> tuple[p.Asked, ...]:
    tree: dict[str, Any] = tree_of(read.text)

    def said(key: str) -> str:
        return str(tree.get(key) or "")

    return (
        p.Asked(name="plain_name", label="群众看的名称", value=said("plain_name"), hint="如：开办民宿", max_length=60),
        p.Asked(name="name", label="清单上的名称", value=said("name"), max_length=100),
        p.Asked(name="audience", label="给谁办", kind=Kind.ENUM, value=said("audience"), options=AUDIENCES),
        p.Asked(name="kind", label="在哪张清单上", kind=Kind.ENUM, value=said("kind") or "standard", options=_KINDS),
        p.Asked(name="lead_department", label="牵头部门", kind=Kind.ENUM, value=said("lead_department"), options=department_options()),
        p.Asked(name="stage", label="放在人生线、企业线的哪一站", kind=Kind.ENUM, value=said("stage"), options=station_options(said("audience")), optional=True),
        p.Asked(name="description", label="一句话说明", value=said("description"), wide=True, optional=True, max_length=200),
        p.Asked(
            name="keywords", label="群众会搜的词", kind=Kind.MULTI_ENUM, value=list(tree.get("keywords") or ()), optional=True,
            hint="每行一个，如：开民宿、农家乐",
        ),
        p.Asked(
            name="cooperating_departments", label="配合部门", kind=Kind.MULTI_ENUM, value=list(tree.get("cooperating_departments") or ()),
            options=department_options(), optional=True,
        ),
        p.Asked(name="note", label="备注，不给群众看", kind=Kind.TEXT, value=said("note"), optional=True, max_length=500),
    )  # fmt: skip
