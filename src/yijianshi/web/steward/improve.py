"""What a place does better than the standard, item by item: sooner, fewer visits, materials and fields, no fee (本地优化)."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from yijianshi.domain.catalogue import ASKED, ServiceItem
from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.definitions import Acquisition, Kind
from yijianshi.domain.editions import Edition
from yijianshi.services.editions.revising import PartUnknown, tree_of, with_row
from yijianshi.web import parts as p
from yijianshi.web.acting import signed_in
from yijianshi.web.templatetags.yjs import wide, workdays

from .questions import problems_of
from .writing import FormRefused, editor_page, opened, taken


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemImproved:
    """One item of the standard, with what may be done better."""

    code: str
    name: str
    standard: str
    questions: tuple[p.Asked, ...]
    improved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImproveView:
    """The page."""

    items: tuple[ItemImproved, ...]
    standard: str
    can_write: bool
    problems: p.Problems | None


@signed_in
def improve(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Show each item of the standard with what the place does better; look it over as it is written, keep it."""
    read = opened(request, manuscript)
    standard = read.standard
    if standard is None:
        raise PartUnknown("上级的标准")
    trouble: FormRefused | None = None
    if request.method == "POST":
        then = reverse("steward-manuscript", args=[manuscript])
        try:
            return taken(request, manuscript, lambda text: _changed(text, standard, request), then=then)
        except FormRefused as refused:
            trouble = refused
    rows = {
        row.get("item"): row for row in tree_of(read.text).get("improvements") or () if isinstance(row, dict)
    }
    view = ImproveView(
        items=tuple(
            ItemImproved(
                code=item.code, name=wide(item.name), standard=_standard(item), improved=item.code in rows,
                questions=_asked(item, rows.get(item.code) or {}, standard),
            )
            for item in standard.bundle.items
        ),
        standard=standard.division.name,
        can_write="write" in read.moves,
        problems=problems_of(trouble),
    )  # fmt: skip
    return editor_page(request, "steward/improve.html", read, view, status=422 if trouble else 200)


def _standard(item: ServiceItem) -> str:
    days = (
        "不设时限"
        if item.limit.promised is None
        else f"承诺 {workdays(item.limit.promised, item.limit.unit)}"
    )
    return f"{days} · 跑 {item.visits.after} 次 · {len(item.materials)} 份材料"


def _asked(item: ServiceItem, row: dict[str, Any], standard: Edition) -> tuple[p.Asked, ...]:
    code = item.code
    unit = "个工作日" if item.limit.unit == "working" else "天"
    limit = "" if item.limit.promised is None else f"标准 {item.limit.promised:g}，只能更短"
    materials = tuple(p.Option(n.material, standard.materials[n.material].name) for n in item.materials)
    uploads = tuple(
        one
        for one in materials
        if standard.materials[MaterialCode(one.value)].acquisition is Acquisition.APPLICANT
    )
    fields = tuple(
        p.Option(f.element, standard.elements[f.element].name)
        for f in item.fields
        if f.prefill == ASKED or f.element in (row.get("without_fields") or ())
    )
    asked = [
        p.Asked(name=f"{code}.promised", label="承诺", kind=Kind.NUMBER, value=_said(row.get("promised")), unit=unit, hint=limit, optional=True),
        p.Asked(name=f"{code}.visits", label="跑动", kind=Kind.INT, value=_said(row.get("visits")), unit="次", hint=f"标准 {item.visits.after}，只能更少", optional=True),
        p.Asked(name=f"{code}.without_materials", label="不再要的材料", kind=Kind.MULTI_ENUM, value=list(row.get("without_materials") or ()), options=materials, optional=True),
        p.Asked(name=f"{code}.on_commitment", label="可以用承诺书代替的材料", kind=Kind.MULTI_ENUM, value=list(row.get("on_commitment") or ()), options=uploads, optional=True),
        p.Asked(name=f"{code}.without_fields", label="不再问的", kind=Kind.MULTI_ENUM, value=list(row.get("without_fields") or ()), options=fields, optional=True),
    ]  # fmt: skip
    if item.fee.charged != "no":
        asked.append(
            p.Asked(name=f"{code}.free", label="免收费吗", kind=Kind.BOOL, value=bool(row.get("free")))
        )
    return tuple(one for one in asked if one.kind is not Kind.MULTI_ENUM or one.options)


def _changed(text: str, standard: Edition, request: HttpRequest) -> str:
    rows = {row.get("item"): row for row in tree_of(text).get("improvements") or () if isinstance(row, dict)}
    for item in standard.bundle.items:
        was = rows.get(item.code) or {}
        row: dict[str, Any] = {"item": str(item.code)}
        for asked in _asked(item, was, standard):
            key = asked.name.partition(".")[2]
            value = p.posted(asked, request.POST)
            if key in ("promised", "visits"):
                value = _number(value, asked)
            if value not in (None, "", [], False):
                row[key] = value
        if len(row) > 1:
            text = with_row(text, "improvements", item.code, row)
        elif was:
            text = with_row(text, "improvements", item.code, None)
    return text


def _number(text: str, asked: p.Asked) -> float | int | None:
    if not text:
        return None
    try:
        number = float(text)
    except ValueError as error:
        raise FormRefused(asked.id, f"“{text}”不是数字") from error
    if number < 0:
        raise FormRefused(asked.id, "不能小于 0")
    return int(number) if number.is_integer() else number


def _said(value: Any) -> str:
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else ""
