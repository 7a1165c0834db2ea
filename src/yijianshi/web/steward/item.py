"""One item of a manuscript as a form: who decides, on what basis, by when, what it costs, what comes out of it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.definitions import Kind
from yijianshi.services.editions.revising import row_of, tree_of, with_row
from yijianshi.services.editions.texts import name_of_row
from yijianshi.web import parts as p
from yijianshi.web.acting import signed_in

from .choices import FEES, ITEM_TYPES, UNITS, department_options, licence_options
from .conditions import LIST, Built, build, posted_condition
from .questions import NEW, again, problems_of
from .writing import FormRefused, editor_page, opened, taken

_TYPE_CODES = dict(ITEM_TYPES)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemView:
    """The page."""

    title: str
    hint: str
    code: str
    questions: tuple[p.Asked, ...]
    condition: Built
    needs: tuple[tuple[str, str], ...]
    can_write: bool
    problems: p.Problems | None = None


@signed_in
def item(request: HttpRequest, manuscript: UUID, code: str) -> HttpResponse:
    """Show an item as a form, or an empty one for a new item; look it over as it is written, keep it."""
    read = opened(request, manuscript)
    tree = tree_of(read.text)
    row = {} if code == NEW else row_of(read.text, "items", code)
    asked = _asked(row, tree, is_new=code == NEW)
    trouble: FormRefused | None = None
    if request.method == "POST":
        named = request.POST.get("code", code).strip() or code
        then = reverse("steward-item", args=[manuscript, named])
        try:
            return taken(request, manuscript, lambda text: _changed(text, code, request), then=then)
        except FormRefused as refused:
            trouble = refused
        asked = tuple(again(one, request, trouble) for one in asked)
    view = ItemView(
        title=str(row.get("short") or row.get("name") or "新的事项"),
        hint="一个部门办的一件事。写完再加材料和字段。",
        code=code,
        questions=asked,
        condition=build("when", row.get("applies_if"), tree),
        needs=() if code == NEW else _needs(manuscript, code, row),
        can_write="write" in read.moves,
        problems=problems_of(trouble),
    )
    return editor_page(request, "steward/item.html", read, view, status=422 if trouble else 200)


def _needs(manuscript: UUID, code: str, row: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    href = reverse("steward-needs", args=[manuscript, code])
    return (
        (f"材料 {len(row.get('materials') or ())} 份", f"{href}#materials"),
        (f"字段 {len(row.get('fields') or ())} 个", f"{href}#fields"),
    )


def _asked(row: dict[str, Any], tree: dict[str, Any], *, is_new: bool) -> tuple[p.Asked, ...]:
    limit, visits, fee = (row.get(key) or {} for key in ("limit", "visits", "fee"))
    result, commitment = row.get("result") or {}, row.get("commitment") or {}
    others = tuple(
        p.Option(name_of_row(one, n), str(one.get("short") or one.get("name")))
        for n, one in enumerate(tree.get("items") or ())
        if isinstance(one, dict) and one.get("code") != row.get("code")
    )
    code = (
        (p.Asked(name="code", label="编码", hint="小写英文和连字符，定了不改", max_length=60),)
        if is_new
        else ()
    )
    types = tuple(p.Option(name, name) for name, _ in ITEM_TYPES)
    return (
        *code,
        p.Asked(name="name", label="事项全称", value=row.get("name") or "", wide=True, max_length=120),
        p.Asked(name="short", label="简称", value=row.get("short") or "", optional=True, hint="图上和手机上用，如：消防检查", max_length=20),
        p.Asked(name="department", label="哪个部门办", kind=LIST, value=row.get("department") or "", options=department_options()),
        p.Asked(name="type", label="事项类型", kind=LIST, value=row.get("type") or "", options=types),
        p.Asked(
            name="basis", label="设定依据", kind=Kind.TEXT, value="\n".join(_basis_line(one) for one in row.get("basis") or ()),
            hint="每行一条，如：消防法 第十五条。没有依据的，不得要求办理", max_length=1000,
        ),
        p.Asked(name="conditions", label="办理条件", kind=Kind.TEXT, value=row.get("conditions") or "", optional=True, max_length=1000),
        _asked_days("statutory", "法定时限", limit),
        _asked_days("promised", "承诺时限", limit, hint="当场办结写 0"),
        p.Asked(name="unit", label="按什么天算", kind=LIST, value=limit.get("unit") or "working", options=UNITS),
        _asked_days("without_commitment", "不走告知承诺时的时限", limit),
        p.Asked(name="before", label="改革前要跑", kind=Kind.INT, value=_number(visits.get("before")), unit="次", optional=True),
        p.Asked(name="after", label="现在要跑", kind=Kind.INT, value=_number(visits.get("after")), unit="次", optional=True),
        p.Asked(name="charged", label="收费吗", kind=LIST, value=fee.get("charged") or "no", options=FEES),
        p.Asked(name="fee_note", label="收费标准", value=fee.get("note") or "", optional=True, max_length=200),
        p.Asked(name="result", label="办出来是什么", value=result.get("name") or "", hint="如：食品经营许可证", max_length=100),
        p.Asked(name="licence", label="发哪种证照", kind=LIST, value=result.get("licence") or "", optional=True, options=licence_options(tree.get("licences") or ())),
        p.Asked(name="new_licence", label="清单里没有这种证照", optional=True, hint="写证照名称，保存时加进本稿", max_length=60),
        p.Asked(name="allowed", label="可以告知承诺吗", kind=Kind.BOOL, value=bool(commitment.get("allowed"))),
        p.Asked(name="default_selected", label="默认替人选上吗", kind=Kind.BOOL, value=bool(row.get("default_selected"))),
        p.Asked(name="depends_on", label="要先办好", kind=Kind.MULTI_ENUM, value=list(row.get("depends_on") or ()), options=others, optional=True),
        p.Asked(name="checklist", label="审查要点", kind=Kind.TEXT, value="\n".join(map(str, row.get("checklist") or ())), optional=True, hint="每行一条", max_length=2000),
    )  # fmt: skip


def _asked_days(key: str, label: str, limit: dict[str, Any], *, hint: str = "") -> p.Asked:
    return p.Asked(
        name=key,
        label=label,
        kind=Kind.NUMBER,
        value=_number(limit.get(key)),
        unit="天",
        hint=hint,
        optional=True,
    )


def _changed(text: str, code: str, request: HttpRequest) -> str:
    tree = tree_of(text)
    row: dict[str, Any] = {} if code == NEW else row_of(text, "items", code)
    given = {one.name: p.posted(one, request.POST) for one in _asked(row, tree, is_new=code == NEW)}
    name = code
    if code == NEW:
        name = given["code"]
        if not name or not name.replace("-", "").isalnum() or not name.isascii() or name == NEW:
            raise FormRefused("f-code", "编码用小写英文和连字符，如 homestay-licence")
        if any(name_of_row(one, n) == name for n, one in enumerate(tree.get("items") or ())):
            raise FormRefused("f-code", f"已经有事项“{name}”，换一个编码")
    if not given["name"]:
        raise FormRefused("f-name", "请写事项全称")
    limit = dict(row.get("limit") or {})
    for key in ("statutory", "promised", "without_commitment"):
        _put(limit, key, _days(given[key], f"f-{key}"))
    _put(limit, "unit", "" if given["unit"] == "working" else given["unit"])
    visits = dict(row.get("visits") or {})
    for key in ("before", "after"):
        visits[key] = int(_days(given[key], f"f-{key}") or 0)
    fee = {**(row.get("fee") or {}), "charged": given["charged"], "note": given["fee_note"]}
    commitment = {**(row.get("commitment") or {}), "allowed": given["allowed"] is True}
    licence, text = _licence(text, tree, given, name)
    known = {_basis_line(one): one for one in row.get("basis") or ()}
    entries: dict[str, Any] = {
        "name": given["name"], "short": given["short"], "department": given["department"], "type": given["type"],
        "type_code": _TYPE_CODES.get(given["type"], row.get("type_code") or ""),
        "basis": [known.get(line, line) for line in _lines(given["basis"])], "conditions": given["conditions"],
        "default_selected": given["default_selected"] is True,
        "applies_if": posted_condition("when", request.POST, tree, was=row.get("applies_if")),
        "depends_on": given["depends_on"], "limit": limit, "visits": visits,
        "fee": {} if fee == {"charged": "no", "note": ""} else {k: v for k, v in fee.items() if v},
        "result": {"name": given["result"], **({"licence": licence} if licence else {})},
        "commitment": commitment if commitment["allowed"] or row.get("commitment") else {},
        "checklist": _lines(given["checklist"]),
    }  # fmt: skip
    changed = {"code": name, **{key: value for key, value in row.items() if key != "code"}}
    for key, value in entries.items():
        if key != "limit" and value in ("", [], {}, None, False):
            changed.pop(key, None)
        else:
            changed[key] = value
    changed.setdefault("basis", [])
    return with_row(text, "items", name, changed)


def _licence(text: str, tree: dict[str, Any], given: dict[str, Any], item: str) -> tuple[str, str]:
    """Return the code of the licence that an item issues, and the text with a new kind where one was named."""
    if not given["new_licence"]:
        return given["licence"], text
    code = f"{item}-licence" if not item.endswith("licence") else f"{item}-kind"
    kind = {"code": code, "name": given["new_licence"], "issuer": given["department"]}
    kind["holder"] = "enterprise" if tree.get("audience") == "enterprise" else "person"
    return code, with_row(text, "licences", code, kind)


def _put(row: dict[str, Any], key: str, value: Any) -> None:
    if value in ("", None):
        row.pop(key, None)
    else:
        row[key] = value


def _days(text: str, field: str) -> float | int | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError as error:
        raise FormRefused(field, f"“{text}”不是数字，请写天数或次数") from error
    if not 0 <= number < 10_000:
        raise FormRefused(field, f"“{text}”不在 0 到 9999 之间")
    return int(number) if number.is_integer() else number


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) else ""


def _basis_line(basis: Any) -> str:
    if isinstance(basis, dict):
        said = " ".join(str(basis[key]) for key in ("title", "article") if basis.get(key))
        return f"{said}（{basis['note']}）" if basis.get("note") else said
    return str(basis)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
