"""
What one thing would spare in one place, counted from the list's own limits, materials and visits (四减).

The order comes from the catalogue, everything else from the list; what the list does not say is left open, not guessed.
Basis: 苏政办发〔2022〕87号, 二(三)(四).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from yijianshi.domain.catalogue import ASKED, COMPUTED, Bundle, Catalogue, ServiceItem
from yijianshi.domain.codes import ItemCode, LicenceCode, MaterialCode
from yijianshi.domain.plans import Days

from ..catalogue.figures import whole
from .gains import Gain, GainItem, GainMaterial, Reduction, Wait
from .listed import CALENDAR, ListedItem
from .matching import Match
from .wanted import Materials, Wanted

APPLYING, COLLECTING = "申请", "领取结果"
Found = Mapping[ItemCode, tuple[ListedItem, Match]]


def gain_of(
    bundle: Bundle, found: Found, catalogue: Catalogue, materials: Materials, *, division: str, place: str
) -> Gain:
    """Return what `bundle` would spare where the list has `found` of its items."""
    items = tuple(item for item in bundle.items if item.code in found)
    chosen = _together(bundle, items)
    departments = catalogue.departments
    gain = Gain(
        bundle=bundle.code,
        title=bundle.title,
        audience=bundle.audience,
        lead=departments[bundle.lead_department].short_name,
        division=division,
        place=place,
        items=tuple(
            _item(item, found.get(item.code), departments[item.department].short_name)
            for item in bundle.items
            if not item.deferred
        ),
    )
    return (
        _with_what_is_spared(gain, bundle, chosen, found, catalogue, materials) if len(chosen) > 1 else gain
    )


def figures_of(
    bundle: Bundle, found: Found, catalogue: Catalogue, materials: Materials
) -> tuple[Reduction, ...]:
    """Return the four reductions alone, for a table of all places."""
    chosen = _together(bundle, tuple(item for item in bundle.items if item.code in found))
    if len(chosen) < 2:
        return ()
    return _reductions(chosen, found, _set_of(bundle, chosen, found, materials), catalogue)


def days_words(days: float | None, unit: str) -> str:
    """Return 5 个工作日, 当场, or nothing where no limit is known."""
    if days is None:
        return ""
    return "当场" if not days else f"{whole(days)} 个{'自然日' if unit == CALENDAR else '工作日'}"


def gain_parts(
    bundle: Bundle, found: Found, materials: Materials
) -> tuple[tuple[ServiceItem, ...], Callable[[Wanted, ServiceItem], str], tuple[Wait, ...]]:
    """Return the items handled together, who among them makes a document, and the waits that need not be."""
    chosen = _together(bundle, tuple(item for item in bundle.items if item.code in found))
    makers = _makers(chosen)

    def maker(wanted: Wanted, by: ServiceItem) -> str:
        made = _maker_of(wanted, makers, materials)
        return made.plain_name if made and made.code != by.code else ""

    return chosen, maker, tuple(_needless(bundle, chosen, found, materials))


def _with_what_is_spared(
    gain: Gain,
    bundle: Bundle,
    chosen: Sequence[ServiceItem],
    found: Found,
    catalogue: Catalogue,
    materials: Materials,
) -> Gain:
    merged = _set_of(bundle, chosen, found, materials)
    from_list = any(found[item.code][0].fields for item in chosen)
    return replace(
        gain,
        reductions=_reductions(chosen, found, merged, catalogue),
        materials=merged,
        fields_twice=_fields_twice(chosen, found, catalogue, from_list=from_list),
        fields_from_list=from_list,
        stages=_stages(chosen),
        waits=tuple(_needless(bundle, chosen, found, materials)),
        undetermined=tuple(item.plain_name for item in chosen if found[item.code][0].days[0] is None),
    )


def _item(item: ServiceItem, there: tuple[ListedItem, Match] | None, department: str) -> GainItem:
    optional = not item.default_selected
    if there is None:
        return GainItem(item.code, item.plain_name, department, optional=optional)
    listed, match = there
    return GainItem(
        item.code, item.plain_name, listed.department or department, listed.title, str(listed.cell),
        match.score, match.sure, days_words(*listed.days), optional,
    )  # fmt: skip


def _together(bundle: Bundle, items: Sequence[ServiceItem]) -> tuple[ServiceItem, ...]:
    """Leave out what cannot be chosen together: later ones of an exclusive rule, and what is applied for afterwards."""
    left_out: set[ItemCode] = {item.code for item in items if item.deferred}
    for rule in bundle.rules:
        most = 1 if rule.kind == "exclusive" else rule.max if rule.kind == "choose" else None
        if most is not None:
            there = [item.code for item in items if item.code in rule.items]
            left_out.update(there[most:])
    return tuple(item for item in items if item.code not in left_out)


def _waits_for(item: ServiceItem, chosen: Iterable[ItemCode]) -> list[ItemCode]:
    there = set(chosen)
    return [code for code in (*item.depends_on, *item.depends_on_any, *item.after) if code in there]


def _in_order(chosen: Sequence[ServiceItem]) -> dict[ItemCode, int]:
    codes = [item.code for item in chosen]
    stage: dict[ItemCode, int] = {}
    by_code = {item.code: item for item in chosen}

    def of(code: ItemCode) -> int:
        if code not in stage:
            stage[code] = 0
            stage[code] = 1 + max((of(prior) for prior in _waits_for(by_code[code], codes)), default=-1)
        return stage[code]

    for code in codes:
        of(code)
    return stage


def _stages(chosen: Sequence[ServiceItem]) -> tuple[tuple[str, ...], ...]:
    stage = _in_order(chosen)
    return tuple(
        tuple(item.plain_name for item in chosen if stage[item.code] == number)
        for number in sorted(set(stage.values()))
    )


def _set_of(
    bundle: Bundle, chosen: Sequence[ServiceItem], found: Found, materials: Materials
) -> tuple[GainMaterial, ...]:
    """Return the one set: every document once, with who asks for it and how it is come by."""
    makers = _makers(chosen)
    names: dict[str, Wanted] = {}
    asked_by: dict[str, list[str]] = {}
    baseless: dict[str, bool] = {}
    ways: dict[str, tuple[str, str]] = {}
    for item in chosen:
        for asked in found[item.code][0].materials:
            if asked.needed != "yes":
                continue
            wanted = materials.of(asked.name)
            names.setdefault(wanted.key, wanted)
            asked_by.setdefault(wanted.key, []).append(item.plain_name)
            baseless[wanted.key] = baseless.get(wanted.key, True) and not asked.basis
            way = _way(wanted, asked.name, item, makers, materials, bundle)
            if wanted.key not in ways or way[0] in ("produced", "forbidden"):
                ways[wanted.key] = way
    return tuple(
        GainMaterial(wanted.name, tuple(dict.fromkeys(asked_by[key])), *ways[key], baseless[key])
        for key, wanted in names.items()
    )


def _makers(chosen: Sequence[ServiceItem]) -> dict[LicenceCode, ServiceItem]:
    return {item.result.licence: item for item in chosen if item.result.licence}


def _way(
    wanted: Wanted,
    name: str,
    item: ServiceItem,
    makers: Mapping[LicenceCode, ServiceItem],
    materials: Materials,
    bundle: Bundle,
) -> tuple[str, str]:
    if wanted.way == "upload" and (rule := materials.forbidden(name, items=[(bundle, item)])):
        return "forbidden", rule.reason
    maker = _maker_of(wanted, makers, materials)
    if maker is not None and maker.code != item.code:
        return "produced", f"“{maker.plain_name}”办出来，直接送过去"
    return wanted.way, wanted.from_where


def _maker_of(
    wanted: Wanted, makers: Mapping[LicenceCode, ServiceItem], materials: Materials
) -> ServiceItem | None:
    if wanted.code is None:
        return None
    material = materials.known(MaterialCode(wanted.code))
    by_licence = makers.get(material.licence) if material.licence else None
    return by_licence or next((m for m in makers.values() if m.code in material.produced_by), None)


def _needless(
    bundle: Bundle, chosen: Sequence[ServiceItem], found: Found, materials: Materials
) -> Iterable[Wait]:
    """Yield every order that the list makes - another item named as a condition - and the catalogue does not know."""
    codes = [item.code for item in chosen]
    for item in chosen:
        listed = found[item.code][0]
        for other in chosen:
            if other.code == item.code or other.code in _all_before(item, chosen, codes):
                continue
            names = {other.short, other.name, found[other.code][0].name, other.result.name} - {""}
            if any(len(name) >= 4 and name in listed.prior for name in names):
                yield Wait(
                    item.plain_name, other.plain_name,
                    f"清单把“{other.plain_name}”写成“{item.plain_name}”的前置，法定条件里没有，可以同时办",
                )  # fmt: skip


def _all_before(item: ServiceItem, chosen: Sequence[ServiceItem], codes: Sequence[ItemCode]) -> set[ItemCode]:
    by_code = {one.code: one for one in chosen}
    before: set[ItemCode] = set()
    queue = [item]
    while queue:
        for code in _waits_for(queue.pop(), codes):
            if code not in before:
                before.add(code)
                queue.append(by_code[code])
    return before


def _reductions(
    chosen: Sequence[ServiceItem], found: Found, merged: Sequence[GainMaterial], catalogue: Catalogue
) -> tuple[Reduction, ...]:
    listed = {item.code: found[item.code][0] for item in chosen}
    raw = sum(m.needed == "yes" for one in listed.values() for m in one.materials)
    serial, critical = _days(chosen, listed)
    visits = [one.visits for one in listed.values()]
    known_visits = all(count is not None for count in visits)
    before_visits = sum(count or 0 for count in visits)
    after_visits = min(sum(item.visits.after for item in chosen), before_visits)
    fields = _fields(chosen, catalogue)
    found_reductions = [
        Reduction("办理环节", "个", _steps_before(chosen, listed), _steps_after(chosen), "申请人要经过的：每项申请、现场程序、领取结果各计一个"),
        Reduction("申请材料", "份", raw, sum(m.way == "upload" for m in merged), "之前逐项相加；之后重复的算一份，共享、办出来和系统生成的不交"),
        Reduction("办理时间", "个工作日", serial.working, critical.working, "之前逐项相加；之后是先后顺序里最长的一条，天数都用清单上的"),
    ]  # fmt: skip
    if serial.calendar:
        found_reductions.append(
            Reduction("办理时间（自然日）", "个自然日", serial.calendar, critical.calendar, "按自然日承诺的另算，不和工作日换算")
        )  # fmt: skip
    found_reductions.append(
        Reduction(
            "跑动次数", "次", before_visits, after_visits, "之前是清单上的到现场次数相加；之后按目录登记"
        )
        if known_visits
        else Reduction("跑动次数", "次", None, None, "清单没有写全到现场次数")
    )
    found_reductions.append(Reduction("填写字段", "项", *fields, "清单没有表单，按目录里这些事项的表算"))
    return tuple(found_reductions)


def _steps_before(chosen: Sequence[ServiceItem], listed: Mapping[ItemCode, ListedItem]) -> int:
    return sum(
        1
        if item.is_automatic
        else 2 + max(len(item.special_procedures), int(bool(listed[item.code].special)))
        for item in chosen
    )


def _steps_after(chosen: Sequence[ServiceItem]) -> int:
    alone = sum(len(item.special_procedures) for item in chosen if not item.joint_operation)
    joint = {
        (item.joint_operation, procedure)
        for item in chosen
        if item.joint_operation
        for procedure in item.special_procedures
    }
    return 2 + alone + len(joint)


def _days(chosen: Sequence[ServiceItem], listed: Mapping[ItemCode, ListedItem]) -> tuple[Days, Days]:
    own = {}
    for item in chosen:
        days, unit = listed[item.code].days
        own[item.code] = Days(0, days or 0) if unit == CALENDAR else Days(days or 0, 0)
    stage = _in_order(chosen)
    reached: dict[ItemCode, Days] = {}
    for item in sorted(chosen, key=lambda one: stage[one.code]):
        priors = [reached[code] for code in _waits_for(item, own) if code in reached]
        before = max(priors, key=lambda days: days.length, default=Days())
        mine = own[item.code]
        reached[item.code] = Days(before.working + mine.working, before.calendar + mine.calendar)
    serial = Days(sum(d.working for d in own.values()), sum(d.calendar for d in own.values()))
    return serial, max(reached.values(), key=lambda days: days.length, default=Days())


def _fields(chosen: Sequence[ServiceItem], catalogue: Catalogue) -> tuple[int, int]:
    raw = sum(len(item.fields) for item in chosen)
    ways: dict[str, str] = {}
    codes = {item.code for item in chosen}
    for item in chosen:
        for field in item.fields:
            asked = field.prefill == ASKED or (field.prior and not codes & set(field.prior))
            ways.setdefault(field.element, ASKED if asked else COMPUTED)
    return raw, sum(way == ASKED for way in ways.values())


def _fields_twice(
    chosen: Sequence[ServiceItem], found: Found, catalogue: Catalogue, *, from_list: bool
) -> tuple[tuple[str, int], ...]:
    counted: dict[str, int] = {}
    for item in chosen:
        if from_list:
            names = dict.fromkeys(found[item.code][0].fields)
        else:
            names = dict.fromkeys(catalogue.elements[field.element].name for field in item.fields)
        for name in names:
            counted[name] = counted.get(name, 0) + 1
    return tuple(sorted(((n, c) for n, c in counted.items() if c > 1), key=lambda pair: -pair[1]))
