"""Countersigning (会签): what goes round, a department's own rows first; remarks on a row, agreement or objection."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.conditions import explain
from yijianshi.domain.editions import Edition
from yijianshi.domain.rights import Act, Role, posts_for
from yijianshi.services.editions.countersign import (
    object_to_manuscript,
    remark_on_row,
    settle_remark,
    sign_manuscript,
)
from yijianshi.services.reading.manuscript import ManuscriptRead, RemarkShown, changes_of, read_manuscript
from yijianshi.services.reading.steward import ToSign, manuscripts_to_sign
from yijianshi.services.reading.units import name_of_division, name_of_unit
from yijianshi.web import parts as p
from yijianshi.web.acting import actor, now, signed_in, today
from yijianshi.web.desk import desk_page, posted_text
from yijianshi.web.templatetags.yjs import wide, workdays

from .front import stage_tag
from .places import place_words


@dataclass(frozen=True, slots=True, kw_only=True)
class SignLine:
    """One manuscript that waits for a unit."""

    waits: ToSign
    title: str
    href: str
    division: str
    unit: str
    tag: p.Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    """One row of the text that can be remarked on."""

    name: str
    value: str
    href: str
    remarks: tuple[RemarkShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown:
    """One item with its rows."""

    name: str
    who: str
    is_own: bool
    rows: tuple[RowShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """The page."""

    read: ManuscriptRead
    tag: p.Tag
    items: tuple[ItemShown, ...]
    changes: tuple[str, ...]
    changes_from: str
    at: str
    at_words: str
    units: tuple[tuple[str, str, bool], ...]
    can_say: bool


@signed_in
def countersign(request: HttpRequest) -> HttpResponse:
    """List what goes round and has an item of the reader's units."""
    who = actor(request)
    lines = tuple(
        SignLine(
            waits=one, title=one.title, href=reverse("countersign-manuscript", args=[one.id]),
            division=name_of_division(one.division), unit=name_of_unit(one.unit),
            tag=p.Tag(state="done", word="已同意") if one.has_signed else p.Tag(state="todo", word="待会签"),
        )
        for one in manuscripts_to_sign(who)
    )  # fmt: skip
    unit = name_of_unit(str(posts_for(who, Act.COUNTERSIGN, Role.REVIEWER)[0].unit))
    return desk_page(request, "steward/to_sign.html", lines, here="countersign", unit=unit)


@signed_in
def manuscript(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    """Show the whole text in words, the reader's own items first, and take remarks, agreement or objection."""
    who = actor(request)
    if request.method == "POST":
        return _say(request, manuscript)
    read = read_manuscript(manuscript, actor=who, on=today())
    own = {
        code
        for unit, one in ((o.unit, o) for o in read.owners)
        if unit in read.own_units
        for code in one.items
    }
    changes_from, changes = changes_of(read)
    at = request.GET.get("at", "")[:300]
    items = sorted(_items(read, own), key=lambda one: not one.is_own) if read.edition else []
    view = RoundView(
        read=read,
        tag=stage_tag(read.stage),
        items=tuple(items),
        changes=tuple(str(one) for one in changes),
        changes_from=changes_from,
        at=at,
        at_words=place_words(read, tuple(filter(None, at.split("/")))) if at else "",
        units=tuple(
            (str(unit), name_of_unit(str(unit)), any(o.unit == unit and o.has_signed for o in read.owners))
            for unit in read.own_units
        ),
        can_say=bool(read.own_units) and read.stage.value == "circulated",
    )
    return desk_page(
        request, "steward/round.html", view, here="countersign", unit=name_of_division(read.division)
    )


@signed_in
@require_POST
def settle(request: HttpRequest, remark: UUID) -> HttpResponse:
    """Settle a remark with the steward's answer."""
    manuscript = settle_remark(
        remark=remark, actor=actor(request), answer=posted_text(request, "answer", longest=500), at=now()
    )
    messages.success(request, "已答复这条意见。")
    return HttpResponseRedirect(reverse("steward-manuscript", args=[manuscript]) + "#remarks")


def _say(request: HttpRequest, manuscript: UUID) -> HttpResponse:
    who, at, unit = actor(request), now(), posted_text(request, "unit", longest=64)
    seen, words = posted_text(request, "seen", longest=64), posted_text(request, "words")
    match posted_text(request, "act", longest=12):
        case "remark":
            place = tuple(filter(None, posted_text(request, "at", longest=300).split("/")))
            remark_on_row(manuscript=manuscript, actor=who, place=place, words=words, at=at, unit=unit)
            messages.success(request, "意见已记下，目录管理员答复以前不能发布。")
        case "object":
            object_to_manuscript(manuscript=manuscript, actor=who, seen=seen, words=words, at=at, unit=unit)
            messages.success(request, "已记下：不同意。")
        case _:
            sign_manuscript(manuscript=manuscript, actor=who, seen=seen, at=at, unit=unit)
            messages.success(request, "已同意这一稿。稿子再改，会请您重新看。")
    return HttpResponseRedirect(reverse("countersign-manuscript", args=[manuscript]))


def _items(read: ManuscriptRead, own: set[str]) -> Iterator[ItemShown]:
    edition = read.edition
    assert edition is not None
    for item in edition.bundle.items:
        yield ItemShown(
            name=wide(item.name),
            who=edition.departments[item.department].short_name,
            is_own=item.plain_name in own,
            rows=tuple(
                RowShown(
                    name=name, value=value, href="?" + urlencode({"at": "/".join(place)}) + "#say",
                    remarks=tuple(one for one in read.remarks if one.place == place),
                )
                for name, value, place in _rows(item, edition)
            ),
        )  # fmt: skip


def _rows(item: ServiceItem, edition: Edition) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    def at(*more: str) -> tuple[str, ...]:
        return ("items", item.code, *more)

    names = {question.key: question.text.rstrip("?？") for question in edition.bundle.questions}
    limit = item.limit
    promised = "没有承诺" if limit.promised is None else f"承诺 {workdays(limit.promised, limit.unit)}"
    statutory = "" if limit.statutory is None else f"，法定 {workdays(limit.statutory, limit.unit)}"
    yield "什么情形要办", explain(item.applies, name_of=lambda key: names.get(key, key)), at("applies_if")
    yield "依据", "；".join(map(str, item.basis)) or "没有写", at("basis")
    yield "条件", item.conditions or "没有写", at("conditions")
    yield "时限", promised + statutory, at("limit")
    yield "跑动", f"{item.visits.after} 次（改革前 {item.visits.before} 次）", at("visits")
    yield (
        "收费",
        {"no": "不收费", "yes": "收费", "unknown": "没有定"}[item.fee.charged] + item.fee.note,
        at("fee"),
    )
    yield "结果", item.result.name, at("result")
    priors = [edition.item(code).plain_name for code in item.depends_on]
    yield "要先办好", "、".join(priors) or "没有", at("depends_on")
    for need in item.materials:
        said = "必须" if need.required else "可以不给"
        if need.required_if:
            said = f"在“{explain(need.required_if, name_of=lambda key: names.get(key, key))}”时要"
        said += "，可以用承诺书代替" if need.replaceable_by_commitment else ""
        yield f"材料 {edition.materials[need.material].name}", said, at("materials", need.material)
    for field in item.fields:
        resource = edition.resources.get(field.prefill)  # type: ignore[call-overload]
        said = (
            f"从{resource.name}取"
            if resource
            else {"system": "系统算", "prior": "前序结果"}.get(field.prefill, "请申请人填")
        )
        yield f"字段 {edition.elements[field.element].name}", said, at("fields", field.element)
