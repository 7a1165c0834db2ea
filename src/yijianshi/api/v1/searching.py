"""Search and lists over the API: what plain words mean in a division, and how far it has come with a list; open to all."""

import msgspec

from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.workdays import legal_day
from yijianshi.services.outside import outside
from yijianshi.services.reading.coverage import lists_with
from yijianshi.services.searching.search import Found, Narrowed, search_bundles

from .endpoints import Call, endpoint


class FoundItem(msgspec.Struct):
    """An item that the words speak of."""

    code: str
    name: str
    department: str


class FoundOnList(msgspec.Struct):
    """A list on which a one-thing stands."""

    code: str
    name: str
    version: str


class FoundBundle(msgspec.Struct):
    """A one-thing that was found, and why."""

    code: str
    name: str
    audience: str
    stage: str
    lead_department: str
    score: float
    why: str
    matched: str
    items: list[FoundItem]
    lists: list[FoundOnList]


class FoundList(msgspec.Struct):
    """What was found, best first; `near` are guesses, given only where nothing was found."""

    words: str
    division: str
    found: list[FoundBundle]
    near: list[FoundBundle]


@endpoint(
    "GET",
    "catalogue/search",
    summary="搜一件事",
    gives=FoundList,
    public=True,
    query=(
        ("q", "想办什么：大白话、事项名称、拼音或首字母"),
        ("division", "六位行政区划代码，例如 320106"),
        ("audience", "只看 individual（个人）或 enterprise（企业）"),
        ("stage", "只看这个人生或企业阶段，例如 出生"),
        ("department", "只看这个部门经办的，例如 market-regulation"),
    ),
)
def search(call: Call) -> FoundList:
    division = call.query.get("division", "320106")
    narrowed = Narrowed(**{key: call.query.get(key, "") for key in ("audience", "stage", "department")})
    results = search_bundles(
        call.query.get("q", ""),
        division=DivisionCode(division),
        on=legal_day(outside().clock.now()),
        narrowed=narrowed,
    )
    return FoundList(
        results.words,
        division,
        [_bundle(one) for one in results.found],
        [_bundle(one) for one in results.near],
    )


def _bundle(one: Found) -> FoundBundle:
    return FoundBundle(
        one.code,
        one.title,
        one.audience,
        one.stage,
        one.lead_department,
        one.score,
        one.reason.said,
        one.reason.text,
        [FoundItem(item.code, item.name, item.department) for item in one.items],
        [
            FoundOnList(on.listed.code, on.listed.name, on.listed.version)
            for on in lists_with(BundleCode(one.code))
        ],
    )
