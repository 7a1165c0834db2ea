"""The questions about the situation (情形问答): few, in plain words, each used by some rule."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.definitions import Kind
from yijianshi.services.editions.revising import moved_row, row_of, tree_of, with_row
from yijianshi.services.editions.texts import name_of_row
from yijianshi.web import parts as p
from yijianshi.web.acting import signed_in

from .head import FormView
from .writing import FormRefused, changed_text, editor_page, kept, opened, taken

NEW = "new"
_TYPES = (
    p.Option("bool", "是非"), p.Option("number", "数字"), p.Option("choice", "选一个"), p.Option("multi", "可选多个"),
)  # fmt: skip
_TYPE_WORDS = {option.value: option.label for option in _TYPES}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionLine:
    """One question of the list."""

    key: str
    text: str
    about: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsView:
    """The page."""

    lines: tuple[QuestionLine, ...]
    can_write: bool


@signed_in
def questions(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """List the questions in their order."""
    read = opened(request, manuscript)
    lines = []
    for at, row in enumerate(tree_of(read.text).get("questions") or ()):
        key = name_of_row(row, at)
        options = "、".join(str(one) for one in row.get("options") or ())
        lines.append(
            QuestionLine(
                key=key, text=str(row.get("text") or key), href=reverse("steward-question", args=[manuscript, key]),
                about=_TYPE_WORDS.get(str(row.get("type")), "") + (f"：{options}" if options else ""),
            )
        )  # fmt: skip
    view = QuestionsView(lines=tuple(lines), can_write="write" in read.moves)
    return editor_page(request, "steward/questions.html", read, view)


@signed_in
def question(request: HttpRequest, manuscript: UUID, key: str) -> HttpResponse:
    """Show one question as a form, or an empty one for a new question."""
    read = opened(request, manuscript)
    row = {} if key == NEW else row_of(read.text, "questions", key)
    asked = _asked(row, is_new=key == NEW)
    trouble: FormRefused | None = None
    if request.method == "POST":
        then, shown = reverse("steward-questions", args=[manuscript]), asked
        try:
            return taken(request, manuscript, lambda text: _changed(text, key, shown, request), then=then)
        except FormRefused as refused:
            trouble = refused
        asked = tuple(again(one, request, trouble) for one in asked)
    view = FormView(
        title=str(row.get("text") or "新的问题"), hint="没有规则用到的问题，检查时报错。", questions=asked,
        can_write="write" in read.moves, problems=problems_of(trouble),
    )  # fmt: skip
    return editor_page(request, "steward/form.html", read, view, status=422 if trouble else 200)


@signed_in
@require_POST
def row(request: HttpRequest, manuscript: UUID, part: str, name: str) -> HttpResponse:
    """Move a row of a list up or down, or take it out."""
    act = request.POST.get("act", "")
    back = "steward-questions" if part == "questions" else "steward-manuscript"
    opened(request, manuscript)
    if part not in ("questions", "items") or act not in ("drop", "up", "down"):
        return HttpResponseRedirect(reverse(back, args=[manuscript]))

    def change(text: str) -> str:
        if act == "drop":
            return with_row(text, part, name, None)
        return moved_row(text, part, name, by=-1 if act == "up" else 1)

    written = changed_text(request, manuscript, change)
    said = "已删去。" if act == "drop" else "已换了次序。"
    return kept(request, manuscript, written, then=reverse(back, args=[manuscript]), said=said)


def problems_of(trouble: FormRefused | None) -> p.Problems | None:
    """Return what is said above a form that was refused."""
    if trouble is None:
        return None
    return p.Problems(items=(p.Problem(field=trouble.field, text=str(trouble)),), then="改好再存")


def again(asked: p.Asked, request: HttpRequest, trouble: FormRefused) -> p.Asked:
    """Return a question of a refused form with what was posted, and with the trouble where it belongs."""
    error = str(trouble) if trouble.field == asked.id else ""
    return replace(asked, value=p.posted(asked, request.POST), error=error)


def _changed(text: str, key: str, asked: tuple[p.Asked, ...], request: HttpRequest) -> str:
    given = {one.name: p.posted(one, request.POST) for one in asked}
    row: dict[str, Any] = {} if key == NEW else row_of(text, "questions", key)
    name = given.pop("key", key) if key == NEW else key
    if not name or not name.replace("-", "").isalnum() or not name.isascii():
        raise FormRefused("f-key", "键用小写英文和连字符，如 serves-meals")
    if key == NEW and any(
        name_of_row(one, n) == name for n, one in enumerate(tree_of(text).get("questions") or ())
    ):
        raise FormRefused("f-key", f"已经有问题“{name}”，换一个键")
    if not given["text"]:
        raise FormRefused("f-text", "请写问什么")
    row = {"key": name, **{k: v for k, v in row.items() if k != "key"}}
    for field, value in given.items():
        if value in ("", [], None):
            row.pop(field, None)
        else:
            row[field] = value
    return with_row(text, "questions", name, row)


def _asked(row: dict[str, Any], *, is_new: bool) -> tuple[p.Asked, ...]:
    def said(key: str) -> str:
        return str(row.get(key) or "")

    key = (p.Asked(name="key", label="键", hint="小写英文和连字符，定了不改，如 serves-meals", max_length=60),) if is_new else ()  # fmt: skip
    return (
        *key,
        p.Asked(name="text", label="问什么", value=said("text"), hint="一句话，如：提供餐饮吗？", wide=True, max_length=100),
        p.Asked(name="type", label="怎么答", kind=Kind.ENUM, value=said("type") or "bool", options=_TYPES),
        p.Asked(name="unit", label="单位", value=said("unit"), optional=True, max_length=10),
        p.Asked(name="options", label="选项", kind=Kind.MULTI_ENUM, value=list(row.get("options") or ()), optional=True, hint="选择题才写，每行一个"),
        p.Asked(name="hint", label="提示", value=said("hint"), optional=True, wide=True, max_length=200),
        p.Asked(name="yes", label="答“是”怎么说", value=said("yes"), optional=True, hint="如：提供餐饮", max_length=30),
        p.Asked(name="no", label="答“否”怎么说", value=said("no"), optional=True, hint="如：不提供餐饮", max_length=30),
        p.Asked(name="element", label="就是表上的哪个字段", value=said("element"), optional=True, hint="写字段编码，答了就不再填", max_length=60),
    )  # fmt: skip
