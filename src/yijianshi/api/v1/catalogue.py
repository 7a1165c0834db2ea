"""The catalogue over the API: the list, an edition, the plan of a situation, an item's one-things; open to everybody."""

from datetime import date, datetime
from typing import Any

import msgspec
from django.conf import settings

from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode, LicenceCode
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Situation, make_plan
from yijianshi.domain.workdays import legal_day
from yijianshi.services.applying.choose import read_situation
from yijianshi.services.catalogue import shipped_catalogue
from yijianshi.services.catalogue.figures import figures_of
from yijianshi.services.catalogue.published import current
from yijianshi.services.exporting.changes import changes_after
from yijianshi.services.exporting.containing import things_with_item
from yijianshi.services.exporting.formats import FORMATS
from yijianshi.services.exporting.offered import editions_in, list_in, mark_of
from yijianshi.services.outside import outside

from .endpoints import Call, Marked, Written, endpoint

DIVISION = (("division", "六位行政区划代码，例如 320106"),)
_FILTERS = (
    *DIVISION,
    ("audience", "individual 个人 或 enterprise 企业"),
    ("department", "部门编码：牵头或者办其中事项的"),
    ("kind", "standard 标准件、premium 示范件、future 后续目标"),
    ("stage", "人生线、企业线上的站名，如 准营"),
)


class Offered(msgspec.Struct):
    """One one-thing of the list."""

    code: str
    name: str
    title: str
    audience: str
    kind: str
    stage: str
    edition: str
    valid_from: date
    lead_department: str
    departments: list[str]
    items: list[str]


class OfferedList(msgspec.Struct):
    """The list of a division."""

    division: str
    bundles: list[Offered]


class AskedSituation(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A situation to plan for."""

    division: str
    items: list[str]
    answers: dict[str, Any] = {}
    existing_results: list[str] = []
    commitments: list[str] = []
    conditions_met: list[str] = []
    groups: dict[str, Any] = {}


class ContainedItem(msgspec.Struct):
    """One one-thing that contains the item, and who decides it there."""

    bundle: str
    title: str
    item: str
    name: str
    unit: str
    unit_name: str
    exact: bool
    guide: str


class ContainedItems(msgspec.Struct):
    """Every one-thing that contains what was looked for."""

    division: str
    found: list[ContainedItem]


class ChangeRead(msgspec.Struct):
    """One publication, with its place in the order of all."""

    position: int
    kind: str
    bundle: str
    division: str
    edition: str
    replaces: str
    valid_from: date
    at: datetime


class Changes(msgspec.Struct):
    """Publications in order; ask again with `after` set to `next`."""

    changes: list[ChangeRead]
    next: int


@endpoint("GET", "catalogue", summary="一张清单", gives=OfferedList, public=True, query=_FILTERS)
def offered(call: Call) -> Marked:
    division = division_in(call)
    mark = mark_of(division, today())
    for form, media in (("cpsv-ap-ttl", "text/turtle"), ("cpsv-ap-jsonld", "application/ld+json")):
        if media in call.accept:
            return Marked(f"{mark}-{form}", lambda form=form: _file(form, division))  # type: ignore[misc]
    return Marked(mark, lambda: _list(call, division))


@endpoint(
    "GET", "catalogue.ttl", summary="一张清单，CPSV-AP 3.2（Turtle）", gives=bytes, public=True, query=DIVISION,
    media=("text/turtle",),
)  # fmt: skip
def list_as_turtle(call: Call) -> Marked:
    return _marked_file("cpsv-ap-ttl", call)


@endpoint(
    "GET", "catalogue.jsonld", summary="一张清单，CPSV-AP 3.2（JSON-LD）", gives=bytes, public=True, query=DIVISION,
    media=("application/ld+json",),
)  # fmt: skip
def list_as_json_ld(call: Call) -> Marked:
    return _marked_file("cpsv-ap-jsonld", call)


@endpoint(
    "GET", "catalogue.xlsx", summary="一张清单，电子表格", gives=bytes, public=True, query=DIVISION,
    media=(FORMATS["xlsx"].media,),
)  # fmt: skip
def list_as_workbook(call: Call) -> Marked:
    return _marked_file("xlsx", call)


@endpoint(
    "GET", "catalogue/items", summary="哪些一件事里有这个事项", gives=ContainedItems, public=True,
    query=(*DIVISION, ("q", "事项编码、基本编码或名称（可以只写一部分）")),
)  # fmt: skip
def items(call: Call) -> ContainedItems:
    division = division_in(call)
    found = things_with_item(call.query.get("q", ""), division=division, on=today())
    return ContainedItems(
        division,
        [
            ContainedItem(
                one.bundle, one.title, one.item, one.name, str(one.unit), one.unit_name, one.stands_alone,
                guide_address(one.bundle, division),
            )
            for one in found
        ],
    )  # fmt: skip


@endpoint(
    "GET", "catalogue/changes", summary="发布变更，按先后，可断点续取", gives=Changes, public=True,
    query=(("after", "上次拿到的 next，第一次填 0"),),
)  # fmt: skip
def changes(call: Call) -> Changes:
    said = call.query.get("after", "0")
    after = int(said) if said.isdecimal() and len(said) < 19 else 0
    found = [
        ChangeRead(c.position, c.kind, c.bundle, c.division, c.edition, c.replaces, c.valid_from, c.at)
        for c in changes_after(after)
    ]
    return Changes(found, found[-1].position if found else after)


@endpoint(
    "GET", "catalogue/<slug:bundle>", summary="一件事的现行版本", gives=dict, public=True, query=DIVISION
)
def edition(call: Call, bundle: str) -> Marked:
    found = current(BundleCode(bundle), division_in(call), today()).edition
    return Marked(found.digest, lambda: found)


@endpoint(
    "POST",
    "catalogue/<slug:bundle>/plan",
    summary="按情形算方案",
    takes=AskedSituation,
    gives=dict,
    public=True,
)
def plan(call: Call, bundle: str) -> Any:
    sent: AskedSituation = call.body
    published = current(BundleCode(bundle), DivisionCode(sent.division), today())
    answers = {key: value for key, value in sent.answers.items() if key.startswith("element:")}
    situation = Situation(
        items=tuple(ItemCode(code) for code in sent.items),
        answers=answers | read_situation(published.edition, sent.answers),
        texts_met=frozenset(sent.conditions_met),
        held=frozenset(LicenceCode(code) for code in sent.existing_results),
        commitments=frozenset(ItemCode(code) for code in sent.commitments),
        groups=sent.groups,
    )
    return figures_of(make_plan(published.edition, situation))


def division_in(call: Call) -> DivisionCode:
    """Return the division that an address names, or the deployment's own; without one, the province."""
    own: str = settings.ENVIRONMENT.division
    return DivisionCode(call.query.get("division") or own or next(iter(shipped_catalogue().divisions)))


def today() -> date:
    """Return the present legal day."""
    return legal_day(outside().clock.now())


def guide_address(bundle: str, division: DivisionCode, query: str = "") -> str:
    """Return the lasting address of a one-thing's guide."""
    return f"{outside().address}/guide/{bundle}?division={division}" + (f"&{query}" if query else "")


def _list(call: Call, division: DivisionCode) -> OfferedList:
    return OfferedList(
        division, [_offered(one) for one in editions_in(division, today()) if _is_asked_for(one, call)]
    )


def _offered(edition: Edition) -> Offered:
    bundle = edition.bundle
    return Offered(
        bundle.code, bundle.name, bundle.title, bundle.audience, bundle.kind, bundle.stage, edition.digest,
        edition.valid_from, bundle.lead_department, _departments(edition), [item.code for item in bundle.items],
    )  # fmt: skip


def _departments(edition: Edition) -> list[str]:
    bundle = edition.bundle
    found = (bundle.lead_department, *bundle.cooperating_departments, *(i.department for i in bundle.items))
    return list(dict.fromkeys(found))


def _is_asked_for(edition: Edition, call: Call) -> bool:
    bundle, wanted = edition.bundle, call.query
    return (
        wanted.get("audience", bundle.audience) == bundle.audience
        and wanted.get("kind", bundle.kind) == bundle.kind
        and wanted.get("stage", bundle.stage) == bundle.stage
        and ("department" not in wanted or wanted["department"] in _departments(edition))
    )


def _marked_file(form: str, call: Call) -> Marked:
    division = division_in(call)
    return Marked(f"{mark_of(division, today())}-{form}", lambda: _file(form, division))


def _file(form: str, division: DivisionCode) -> Written:
    listed = list_in(form, division, today())
    return Written(listed.content, listed.media, listed.name)
