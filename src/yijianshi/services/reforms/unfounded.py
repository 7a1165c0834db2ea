"""
What is demanded without a legal basis, or with one that is not exact (没有依据的清单), from the findings of the check.

Basis: 苏政办发〔2022〕87号, 三(一): 清理自行设定、没有法律法规规章依据的申请材料. No basis, no demand.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from yijianshi.domain.catalogue import MaterialNeed, ServiceItem
from yijianshi.domain.definitions import Basis, Certainty
from yijianshi.domain.editions import Edition

from ..catalogue.findings import Remark
from ..catalogue.inforce import inforce_remarks, shared_inforce_remarks
from ..catalogue.lawfulness import lawfulness_remarks
from .as_catalogue import as_catalogue
from .lists import Column, Listing

#: Every rule of the check that finds a missing basis ends so.
WITHOUT_BASIS = "-without-basis"
NONE, INEXACT, UNSURE = "没有依据", "依据未到条款", "依据待确认"
#: The other rules of the check that speak of a basis, as the list says them.
_RULES = {
    "vague-basis": "依据说不清",
    "basis-repealed": "依据已废止",
    "basis-not-yet-in-force": "依据未施行",
    "licence-set-too-low": "依据层级不够",
}
_STANDING = {said: at for at, said in enumerate((NONE, *_RULES.values(), INEXACT, UNSURE))}
_PARTS = {
    "items": "事项", "materials": "材料", "conditions": "条件", "preconditions": "条件", "rules": "规则", "fee": "收费", "co_applicants": "共同申请",
    "joint_operation": "环节", "special_procedures": "环节", "public_notice_days": "环节", "stop_reasons": "环节",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfounded:
    """One row: what is demanded, where, and what is wrong with its basis (一处依据问题)."""

    standing: str
    part: str
    what: str
    item: str
    bundle: str
    department: str
    basis: str
    remedy: str
    bundle_code: str


COLUMNS = (
    Column("standing", "问题", 0.8),
    Column("part", "类别", 0.5),
    Column("what", "内容", 1.8),
    Column("item", "事项", 1.3),
    Column("bundle", "一件事", 1.1),
    Column("department", "责任部门", 1.1),
    Column("basis", "目录所载依据", 1.8),
    Column("remedy", "怎么改", 1.6),
)


def unfounded_list(editions: Sequence[Edition], *, on: date | None = None, title: str = "") -> Listing:
    """
    Return everything whose basis is missing, inexact or not yet confirmed, the missing ones first.

    :param on: the day on which a basis must be in force; without it that is not looked at.
    """
    name = title or (f"{editions[0].bundle.title}“一件事”" if len(editions) == 1 else "“一件事一次办”")
    rows = [row for edition in editions for row in unfounded_of(edition, on=on)]
    return Listing(
        kind="unfounded",
        title=f"{name}依据清理清单",
        about="没有依据：事项、材料、要求三处都没有写，不得索要。依据未到条款：只写了文件名称。依据待确认：把握程度不是“高”。",
        columns=COLUMNS,
        rows=tuple(sorted(rows, key=lambda row: _STANDING[row.standing])),
        empty="每一项要求都写明了依据，没有待清理的。",
    )


def unfounded_of(edition: Edition, *, on: date | None = None) -> Iterator[Unfounded]:
    """Yield what the check says about bases, then those that name no article or are not confirmed."""
    catalogue = as_catalogue(edition)
    told: set[str] = set()
    remarks = (
        *lawfulness_remarks(edition.bundle, catalogue),
        *inforce_remarks(edition.bundle, catalogue, on),
        *shared_inforce_remarks(catalogue, on),
    )
    for remark in remarks:
        standing = NONE if remark.rule.endswith(WITHOUT_BASIS) else _RULES.get(remark.rule)
        if standing:
            row = _found(standing, remark, edition)
            told.add(row.item)
            yield row
    for item in edition.bundle.items:
        if item.plain_name not in told:
            yield from _inexact(item, edition)
        legal = (item.certainty or {}).get("legal")
        if item.basis and legal not in (None, Certainty.HIGH):
            yield _row(
                UNSURE,
                "事项",
                item.name,
                item,
                edition,
                item.basis,
                f"把握程度{legal}；请{_who(item, edition)}确认",
            )


def _found(standing: str, remark: Remark, edition: Edition) -> Unfounded:
    """Return a remark of the check as a row: what it says, at the part of the item it speaks of."""
    codes = [str(part) for part in remark.place]
    item = next((i for i in edition.bundle.items if i.code in codes), None)
    part = next((_PARTS[code] for code in reversed(codes) if code in _PARTS), "事项")
    material = next((edition.materials[code].name for code in codes if code in edition.materials), "")  # type: ignore[index]
    known = item.basis if item and standing != NONE else ()
    return _row(standing, part, material or remark.message, item, edition, known, remark.remedy)


def _inexact(item: ServiceItem, edition: Edition) -> Iterator[Unfounded]:
    if item.basis and not any(basis.article for basis in item.basis):
        yield _row(INEXACT, "事项", item.name, item, edition, item.basis, "补上条款号")
    for need in item.materials:
        own = _own_basis(need, edition)
        if own is not None and not own.article and not own.note:
            name = edition.materials[need.material].name
            yield _row(INEXACT, "材料", name, item, edition, (own,), "补上条款号")


def _own_basis(need: MaterialNeed, edition: Edition) -> Basis | None:
    return need.basis or edition.materials[need.material].basis


def _row(
    standing: str,
    part: str,
    what: str,
    item: ServiceItem | None,
    edition: Edition,
    bases: Iterable[Basis],
    remedy: str,
) -> Unfounded:
    return Unfounded(
        standing=standing,
        part=part,
        what=what,
        item=item.plain_name if item else "",
        bundle=edition.bundle.title,
        department=_who(item, edition) if item else "",
        basis="；".join(map(str, bases)) or "无",
        remedy=remedy,
        bundle_code=edition.bundle.code,
    )


def _who(item: ServiceItem, edition: Edition) -> str:
    return edition.departments[item.department].name
