"""The materials and the fields of an item: picked from the shared lists by search, or new ones that the manuscript brings."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.definitions import Kind
from yijianshi.services.catalogue.reading import shipped_catalogue
from yijianshi.services.editions.needs import KEYS, needs_of, with_need, without_need
from yijianshi.services.editions.revising import row_of, tree_of, with_row
from yijianshi.services.editions.texts import name_of_row
from yijianshi.web import parts as p
from yijianshi.web.acting import signed_in
from yijianshi.web.desk import posted_text

from .choices import elements_like, materials_like
from .conditions import LIST, Built, build, in_words, posted_condition
from .questions import problems_of
from .writing import FormRefused, changed_text, editor_page, kept, opened

_WAYS = (
    p.Option("applicant", "申请人上传"), p.Option("licence", "电子证照，免交"), p.Option("generated", "系统生成"),
)  # fmt: skip
_FIELD_KINDS = (
    p.Option("string", "一行字"), p.Option("text", "一段话"), p.Option("int", "整数"), p.Option("number", "数字"),
    p.Option("date", "日期"), p.Option("bool", "是非"), p.Option("enum", "选一个"), p.Option("address", "地址"),
    p.Option("phone", "电话"), p.Option("id-number", "身份证号"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedLine:
    """One material or field of the item, and what can be changed about it."""

    code: str
    name: str
    about: str
    required: bool
    when: str
    source: p.Asked | None
    edit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsList:
    """Materials or fields: what is there, what was searched for, how a new one is made."""

    part: str
    title: str
    lines: tuple[NeedLine, ...]
    query: str
    found: tuple[tuple[str, str, str], ...]
    fresh: tuple[p.Asked, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsView:
    """The page."""

    title: str
    item: str
    lists: tuple[NeedsList, ...]
    when: Built | None
    part_of: str
    code_of: str
    problems: p.Problems | None
    can_write: bool
    item_href: str


@signed_in
def needs(request: HttpRequest, manuscript: UUID, code: str) -> HttpResponse:
    """Show what an item asks for, and change one row of it at a time."""
    read = opened(request, manuscript)
    trouble: FormRefused | None = None
    if request.method == "POST":
        try:
            written = changed_text(request, manuscript, lambda text: _changed(text, code, request))
            part = posted_text(request, "part", longest=20)
            then = reverse("steward-needs", args=[manuscript, code]) + f"#{part}"
            return kept(request, manuscript, written, then=then)
        except FormRefused as refused:
            trouble = refused
    tree = tree_of(read.text)
    row = row_of(read.text, "items", code)
    part, _, of = request.GET.get("when", "").partition(":")
    shown = (
        next((one for one in needs_of(row, part) if one[KEYS[part]] == of), None) if part in KEYS else None
    )
    view = NeedsView(
        title=str(row.get("short") or row.get("name")),
        item=code,
        lists=tuple(_list(request, tree, row, part) for part in KEYS),
        when=build("when", shown.get("required_if"), tree, label="哪种情形才要") if shown else None,
        part_of=part,
        code_of=of,
        problems=problems_of(trouble),
        can_write="write" in read.moves,
        item_href=reverse("steward-item", args=[manuscript, code]),
    )
    return editor_page(request, "steward/needs.html", read, view, status=422 if trouble else 200)


def _list(request: HttpRequest, tree: dict[str, Any], row: dict[str, Any], part: str) -> NeedsList:
    rows = needs_of(row, part)
    there = [one[KEYS[part]] for one in rows]
    query = request.GET.get(part[0], "").strip()[:40]
    like = materials_like if part == "materials" else elements_like
    brought = [
        (name_of_row(one, n), str(one.get("name") or ""), "本稿带来的")
        for n, one in enumerate(tree.get(part if part == "materials" else "elements") or ())
        if isinstance(one, dict) and name_of_row(one, n) not in there
    ]
    return NeedsList(
        part=part,
        title="材料" if part == "materials" else "字段",
        lines=tuple(_line(one, part, tree) for one in rows),
        query=query,
        found=like(query, besides=there) if query else tuple(brought),
        fresh=_fresh(part, request),
    )


def _line(need: dict[str, Any], part: str, tree: dict[str, Any]) -> NeedLine:
    code = str(need[KEYS[part]])
    name, about, sources = _known(code, part, tree)
    source = None
    if part == "fields" and sources:
        options = (p.Option("applicant", "请申请人填"), *sources)
        source = p.Asked(
            name="prefill", label=f"{name}从哪里来", kind=LIST, value=need.get("prefill") or "applicant", options=options,
        )  # fmt: skip
    condition = need.get("required_if")
    return NeedLine(
        code=code,
        name=name,
        about=about,
        required=need.get("required") is not False,
        when=in_words(condition, tree) if condition else "",
        source=source,
        edit=f"?when={part}:{code}#when",
    )


def _known(code: str, part: str, tree: dict[str, Any]) -> tuple[str, str, tuple[p.Option, ...]]:
    """Return the name of a material or field, what it is, and from which registers it may come."""
    for n, one in enumerate(tree.get("materials" if part == "materials" else "elements") or ()):
        if isinstance(one, dict) and name_of_row(one, n) == code:
            return str(one.get("name") or code), "本稿带来的", ()
    catalogue = shipped_catalogue()
    if part == "materials":
        material = catalogue.materials.get(code)  # type: ignore[call-overload]
        ways = {option.value: option.label for option in _WAYS} | {"produced": "同案产出，免交"}
        return (material.name, ways[material.acquisition.value], ()) if material else (code, "清单里没有", ())
    element = catalogue.elements.get(code)  # type: ignore[call-overload]
    if element is None:
        return code, "清单里没有", ()
    sources = tuple(
        p.Option(resource, one.name) for resource, one in catalogue.resources.items() if code in one.elements
    )
    return element.name, element.question, sources


def _fresh(part: str, request: HttpRequest) -> tuple[p.Asked, ...]:
    posted = {
        key: request.POST.get(key, "")
        for key in ("name", "code", "basis", "checks", "how", "kind", "group", "ask")
    }
    if posted_text(request, "act", longest=20) != f"new-{part}":
        posted = dict.fromkeys(posted, "")
    name = p.Asked(name="name", label="叫什么", value=posted["name"], max_length=60)
    code = p.Asked(name="code", label="编码", value=posted["code"], hint="小写英文和连字符", max_length=60)
    if part == "materials":
        return (
            name, code,
            p.Asked(name="how", label="怎么来", kind=Kind.ENUM, value=posted["how"] or "applicant", options=_WAYS),
            p.Asked(name="basis", label="依据", value=posted["basis"], optional=True, hint="不写的，就是事项的依据", max_length=200),
            p.Asked(name="checks", label="审查看什么", kind=Kind.TEXT, value=posted["checks"], hint="每行一条；要上传的必须写", max_length=500),
        )  # fmt: skip
    return (
        name, code,
        p.Asked(name="kind", label="怎么填", kind=Kind.ENUM, value=posted["kind"] or "string", options=_FIELD_KINDS),
        p.Asked(name="group", label="在表上哪一组", value=posted["group"], hint="如：场所", max_length=20),
        p.Asked(name="ask", label="怎么问", value=posted["ask"], optional=True, hint="如：有几间客房？", max_length=80),
    )  # fmt: skip


def _changed(text: str, item: str, request: HttpRequest) -> str:
    part, code = posted_text(request, "part", longest=20), posted_text(request, "code", longest=64)
    if part not in KEYS:
        raise FormRefused("", "看不懂要改哪一份，请从页面上的按钮改")
    match posted_text(request, "act", longest=20):
        case "drop":
            return without_need(text, item, part, code)
        case "optional":
            return with_need(text, item, part, code, required=False)
        case "required":
            return with_need(text, item, part, code, required=True)
        case "source":
            source = posted_text(request, "prefill", longest=64)
            return with_need(text, item, part, code, prefill="" if source == "applicant" else source)
        case "when":
            tree = tree_of(text)
            was = next(
                (
                    n.get("required_if")
                    for n in needs_of(row_of(text, "items", item), part)
                    if n[KEYS[part]] == code
                ),
                None,
            )
            condition = posted_condition("when", request.POST, tree, was=was)
            return with_need(text, item, part, code, required_if=condition)
        case "new-materials" | "new-fields":
            return with_need(_brought(text, part, request), item, part, code)
    return with_need(text, item, part, code)


def _brought(text: str, part: str, request: HttpRequest) -> str:
    """Return the text with a new material or element that the manuscript brings along."""
    shelf = "materials" if part == "materials" else "elements"
    name, code = posted_text(request, "name", longest=60), posted_text(request, "code", longest=60)
    if not name:
        raise FormRefused("f-name", "请写叫什么")
    if not code or not code.replace("-", "").isalnum() or not code.isascii():
        raise FormRefused("f-code", "编码用小写英文和连字符，如 house-photo")
    catalogue = shipped_catalogue()
    if code in (catalogue.materials if part == "materials" else catalogue.elements):
        raise FormRefused("f-code", f"共用清单里已经有“{code}”，请搜出来用，不要另建一个")
    row: dict[str, Any] = {"code": code, "name": name}
    if part == "materials":
        row["acquisition"] = posted_text(request, "how", longest=20) or "applicant"
        if basis := posted_text(request, "basis", longest=200):
            row["basis"] = basis
        if checks := [line.strip() for line in posted_text(request, "checks").splitlines() if line.strip()]:
            row["checks"] = checks
    else:
        row |= {
            "kind": posted_text(request, "kind", longest=20) or "string",
            "group": posted_text(request, "group", longest=20),
        }
        if ask := posted_text(request, "ask", longest=80):
            row["ask"] = ask
    return with_row(text, shelf, code, row)
