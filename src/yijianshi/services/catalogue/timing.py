"""
Days that the law allows, that add up and that somebody answers for (时限).

Basis: Administrative License Law, arts. 42, 45; 苏政办发〔2022〕87号, 三(一): a place may only be quicker.
"""

import re
from collections.abc import Iterator

from yijianshi.domain.catalogue import Bundle, Catalogue, ServiceItem
from yijianshi.domain.editions import UnknownDivision, improvements_of, lineage
from yijianshi.domain.improvements import improve
from yijianshi.domain.plans import Days, critical_path

from .findings import Place, Remark
from .ordering import Before, before_of

_UNITS = {"working": "工作日", "calendar": "自然日"}
_OF_THE_OTHER = {"working": re.compile("自然日|日历日"), "calendar": re.compile("工作日")}


def timing_remarks(bundle: Bundle) -> Iterator[Remark]:
    """Yield a remark for every limit of a one-thing that is too long, has no source or mixes its days."""
    for item in bundle.items:
        place: Place = ("bundles", bundle.code, "items", item.code)
        yield from _item(item, place)
        yield from _units(item, place)
        yield from _source(item, place)
    yield from _total(bundle)


def override_remarks(catalogue: Catalogue) -> Iterator[Remark]:
    """Yield a remark for whatever a place does that is not better than what holds above it."""
    for at, override in enumerate(catalogue.overrides):
        bundle = catalogue.bundles.get(override.bundle)
        if bundle is None or all(item.code != override.item for item in bundle.items):
            continue
        try:
            above = lineage(override.division, catalogue.divisions)[1:]
        except UnknownDivision:  # the rule of references tells it
            continue
        standard, _ = improve(bundle, improvements_of(catalogue, bundle=bundle.code, chain=above))
        for refused in improve(standard, [override])[1]:
            place = ("overrides", at, refused.key)
            yield Remark("override-worsens", place, refused.reason, "本地只能更优；删去，或改到更优")


def _item(item: ServiceItem, place: Place) -> Iterator[Remark]:
    limit = item.limit
    for key, days in (("promised", limit.promised), ("without_commitment", limit.without_commitment)):
        if days is not None and limit.statutory is not None and days > limit.statutory:
            message = f"“{item.name}”承诺 {days:g} 天，比法定的 {limit.statutory:g} 天还长"
            where = (*place, "limit", key)
            yield Remark("promised-longer-than-statutory", where, message, "缩短到法定时限以内")
    if limit.without_commitment is not None and not item.commitment.allowed:
        message = f"“{item.name}”写了不承诺时的天数，却不许告知承诺"
        where = (*place, "limit", "without_commitment")
        remedy = "写上 commitment: {allowed: true}，或删去这个天数"
        yield Remark("commitment-not-offered", where, message, remedy)


def _units(item: ServiceItem, place: Place) -> Iterator[Remark]:
    limit = item.limit
    has_days = bool(limit.promised or limit.statutory)
    if item.public_notice_days and has_days and not limit.note and item.public_notice_unit != limit.unit:
        message = (
            f"“{item.plain_name}”的时限按{_UNITS[limit.unit]}，公示却按{_UNITS[item.public_notice_unit]}"
        )
        where = (*place, "public_notice_unit")
        yield Remark("days-mixed", where, message, "统一单位；法律就是这样规定的，在 limit.note 里写明")
    said = _OF_THE_OTHER[limit.unit].search(limit.source)
    if said:
        message = f"“{item.plain_name}”的时限按{_UNITS[limit.unit]}，出处说的却是{said.group()}"
        yield Remark("days-mixed", (*place, "limit", "source"), message, "核对后统一 unit 和出处")


def _source(item: ServiceItem, place: Place) -> Iterator[Remark]:
    limit = item.limit
    if limit.source or limit.note or (item.certainty or {}).get("limit") is not None:
        return
    with_article = any(basis.article for basis in item.basis)
    if limit.statutory is not None and not with_article:
        message = f"“{item.plain_name}”法定 {limit.statutory:g} 天，没有写出自哪一条"
        remedy = "在 basis 里写条号，或写 limit 的 source"
        yield Remark("limit-without-source", (*place, "limit", "statutory"), message, remedy)
    elif limit.promised is not None and limit.statutory is None:
        message = f"“{item.plain_name}”承诺 {limit.promised:g} 天，没有写谁承诺的、有多可靠"
        remedy = "写 certainty.limit，或写 limit 的 source"
        yield Remark("limit-without-source", (*place, "limit", "promised"), message, remedy)


def _total(bundle: Bundle) -> Iterator[Remark]:
    """Yield a remark if those items that are chosen unless deselected take longer than the whole may."""
    total = bundle.promised_total
    if total is None or total.promised is None:
        return
    before = before_of(bundle)
    if any(code in priors for code, priors in before.items()):
        return  # a circle has no path; told by the rules of reasoning
    items = default_choice(bundle, before)
    if not items:
        return
    longest, on_it = critical_path(items)
    allowed = Days(calendar=total.promised) if total.unit == "calendar" else Days(working=total.promised)
    place = ("bundles", bundle.code, "promised_total")
    names = {item.code: item.plain_name for item in bundle.items}
    way = " → ".join(names[code] for code in on_it)
    if longest.length > allowed.length:
        message = f"总承诺 {total.promised:g} 个{_UNITS[total.unit]}，默认情形下要 {_said(longest)}（{way}）"
        yield Remark("total-not-met", place, message, "缩短事项的承诺，或放长总承诺")
    other = longest.calendar if total.unit == "working" else longest.working
    if other and not (total.note or total.source):
        message = f"总承诺按{_UNITS[total.unit]}，关键路径上却有 {_said(longest)}（{way}）"
        yield Remark("days-mixed", (*place, "unit"), message, "统一单位，或在 note 里写明怎样算")


def default_choice(bundle: Bundle, before: Before) -> tuple[ServiceItem, ...]:
    """Return the items that are chosen unless somebody deselects them, those that come first first."""
    chosen = [item for item in bundle.items if item.default_selected and not item.deferred]
    return tuple(sorted(chosen, key=lambda item: len(before[item.code])))


def _said(days: Days) -> str:
    parts = [(days.working, "工作日"), (days.calendar, "自然日")]
    return "、".join(f"{count:g} 个{unit}" for count, unit in parts if count) or "0 天"
