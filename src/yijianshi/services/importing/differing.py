"""What a list says of an item otherwise than the catalogue, field by field, in words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from yijianshi.domain.catalogue import ServiceItem

from ..examining.gaining import days_words
from ..examining.listed import ListedItem
from ..examining.matching import strict
from ..examining.values import TYPES
from ..examining.wanted import Materials


@dataclass(frozen=True, slots=True)
class Saying:
    """One field of one row: what the list says, what the catalogue says."""

    field: str
    listed: str
    ours: str


def sayings(listed: ListedItem, item: ServiceItem, materials: Materials) -> Iterator[Saying]:
    """Yield every field that the list fills in and the catalogue has otherwise; what the list leaves empty is no difference."""
    yield from _limits(listed, item)
    if listed.type and item.type_code and listed.type != item.type_code:
        yield Saying("事项类型", TYPES.get(listed.type, listed.type), item.type)
    yield from _basis(listed, item)
    if listed.visits is not None and listed.visits != item.visits.before:
        yield Saying("到现场次数（改革前）", f"{listed.visits} 次", f"{item.visits.before} 次")
    charged = None if listed.is_fee is None else "yes" if listed.is_fee else "no"
    if charged and item.fee.charged != "unknown" and charged != item.fee.charged:
        words = {"yes": "收费", "no": "不收费"}
        yield Saying("收费", words[charged], words[item.fee.charged])
    yield from _materials(listed, item, materials)


def _limits(listed: ListedItem, item: ServiceItem) -> Iterator[Saying]:
    pairs = (
        ("法定办结时限", listed.statutory, listed.statutory_unit, item.limit.statutory),
        ("承诺办结时限", listed.promised, listed.promised_unit, item.limit.promised),
    )
    for field, days, unit, ours in pairs:
        said, known = days_words(days, unit), days_words(ours, item.limit.unit)
        if said and said != known:
            yield Saying(field, said, known or "没有写")


def _basis(listed: ListedItem, item: ServiceItem) -> Iterator[Saying]:
    said = {strict(law): law for law in re.findall(r"《(.+?)》", listed.basis)}
    ours = {strict(basis.title): basis.title for basis in item.basis}
    more = [law for key, law in said.items() if not any(key in known or known in key for known in ours)]
    if more:
        yield Saying("设定依据", "、".join(f"《{law}》" for law in more), "没有这几部")
    less = [
        law for key, law in ours.items() if said and not any(key in known or known in key for known in said)
    ]
    if less:
        yield Saying("设定依据", "没有写", "、".join(f"《{law.strip('《》')}》" for law in less))


def _materials(listed: ListedItem, item: ServiceItem, materials: Materials) -> Iterator[Saying]:
    if not listed.materials:
        return
    asked = {materials.of(material.name).key: material.name for material in listed.materials}
    ours = {need.material: materials.known(need.material).name for need in item.materials}
    forms = any(materials.of(name).way == "generated" for name in asked.values())
    for key, name in asked.items():
        if key not in ours and materials.of(name).way != "generated":
            yield Saying("申请材料", f"要“{name}”", "不要")
    for code, name in ours.items():
        generated = materials.of(name).way == "generated"
        if code not in asked and not (generated and forms):
            yield Saying("申请材料", "不要", f"要“{name}”")
