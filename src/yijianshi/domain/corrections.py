"""
One round of corrections for the whole submission (一次性补正): everybody's remarks in one notice.

Basis: Administrative License Law, art. 32(1)(4) (told once, everything at once); 苏政办发〔2022〕87号, 二(七),
and 二(五) (no document without legal basis may be demanded).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from .cases import State
from .catalogue import ServiceItem
from .codes import ElementCode, ItemCode, MaterialCode, MemberId
from .deadlines import CORRECTION_DAYS
from .editions import Edition
from .plans import Plan
from .workdays import Calendar

#: Whose own nothing is: what all members of a group share, and everything where there is no group.
EVERYBODY = MemberId("")
#: Between the code of a field or a document and the member of a group whose own it is.
_OF = "__"
TOO_LATE = "收件审查期已过，补正只告知一次；此后发现的问题请在审查决定里处理，或者到现场后要求整改"


class RemarkNotAllowed(Exception):
    """The remark cannot be made: too late, about something nobody asked for, or without saying why."""


class CorrectionIncomplete(Exception):
    """Some remarks are not answered yet; all are answered at once."""

    def __init__(self, names: Iterable[str]) -> None:
        super().__init__(f"还差这些没有补：{'、'.join(names)}。请一次补齐再提交，已补的都存着")


class Target(StrEnum):
    """What a remark is about."""

    FIELD = "field"
    MATERIAL = "material"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One finding about one field or one material of one case (意见)."""

    item: ItemCode
    target: Target
    code: str  # of the element or the material
    reason: str
    basis: str
    remedy: str
    unit: str
    by: str
    at: datetime
    member: MemberId = EVERYBODY  # whose it is, where each member of a group has his own

    @property
    def spot(self) -> str:
        """Return what is to be mended: the field or the document, and whose."""
        return spot_of(self.code, self.member)


@dataclass(frozen=True, slots=True)
class Said:
    """What one author said about a field or a material, once, with all the items for which he said it."""

    remarks: tuple[Remark, ...]

    @property
    def first(self) -> Remark:
        return self.remarks[0]

    @property
    def items(self) -> tuple[ItemCode, ...]:
        return tuple(dict.fromkeys(remark.item for remark in self.remarks))

    @property
    def basis(self) -> str:
        """Return on whose law it rests: each item's own, where they differ."""
        return "；".join(dict.fromkeys(filter(None, (remark.basis for remark in self.remarks))))


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Everything that is missing about one field or material, whoever said it (补正项)."""

    target: Target
    code: str
    name: str
    remarks: tuple[Remark, ...]
    member: MemberId = EVERYBODY

    @property
    def spot(self) -> str:
        return spot_of(self.code, self.member)

    @property
    def said(self) -> tuple[Said, ...]:
        """Return the remarks with the same words of the same author shown once: a shared document has several cases."""
        found: dict[tuple[str, ...], list[Remark]] = {}
        for remark in self.remarks:
            found.setdefault((remark.by, remark.unit, remark.reason, remark.remedy), []).append(remark)
        return tuple(Said(tuple(same)) for same in found.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionNotice:
    """The one notice that gathers all findings (补正告知书)."""

    requests: tuple[Request, ...]
    answer_by: date
    provisional: bool

    @property
    def items(self) -> frozenset[ItemCode]:
        return frozenset(remark.item for request in self.requests for remark in request.remarks)


def spot_of(code: str, member: MemberId) -> str:
    """
    Return under what name a field or a document is answered: its code, with the member whose own it is.

    >>> spot_of("employee-id-number", MemberId("7")), spot_of("enterprise-name", MemberId(""))
    ('employee-id-number__7', 'enterprise-name')
    """
    return f"{code}{_OF}{member}" if member else code


def split_spot(spot: str) -> tuple[str, MemberId]:
    """Return the code and the member that a spot names."""
    code, _, member = spot.partition(_OF)
    return code, MemberId(member)


def member_concerned(item: ServiceItem, target: Target, code: str, member: MemberId) -> MemberId:
    """Return whose own a field or a document of a member's case is: his, or nobody's where all share it."""
    if target is Target.MATERIAL:
        own = bool(item.per)
    else:
        own = any(field.element == code and field.repeat for field in item.fields)
    return member if own else EVERYBODY


def check_remark(remark: Remark, plan: Plan, *, state: State) -> None:
    """
    Refuse a remark that must not be made.

    :raises RemarkNotAllowed: if the collection is over, the item did not ask for the thing, or no reason is given.
    """
    if state is not State.RECEIVED:
        raise RemarkNotAllowed(TOO_LATE)
    _check_substance(remark, plan)


def check_later_remark(remark: Remark, plan: Plan, *, state: State, why_late: str) -> None:
    """
    Refuse to ask again for what must not be asked again; what is left is a breach all the same (再次告知补正).

    :raises RemarkNotAllowed: if the correction is not back yet, or it is not said why it could not be said at first.
    """
    if state is not State.CORRECTED:
        raise RemarkNotAllowed("只有补正交回以后、受理以前，才可能再次告知；" + TOO_LATE)
    if not why_late.strip():
        raise RemarkNotAllowed("请写明为什么第一次没有提、哪条法律让您不得不再提；这会记入监督")
    _check_substance(remark, plan)


def _check_substance(remark: Remark, plan: Plan) -> None:
    if not remark.reason.strip():
        raise RemarkNotAllowed("请写明哪里不对；申请人只看到这一次，要让他知道怎么补")
    if not remark.basis.strip() or not remark.remedy.strip():
        raise RemarkNotAllowed("请写明依据和怎么补；没有依据不能要求申请人补正")
    if remark.target is Target.MATERIAL:
        known = {m.material for m in plan.materials if remark.item in m.needed_by}
        if remark.code not in known:
            raise RemarkNotAllowed(
                "这份材料不在本事项的清单里，不能要求申请人提供（苏政办发〔2022〕87号二（五））"
            )
    elif remark.code not in {f.element for f in plan.fields if remark.item in f.asked_by}:
        raise RemarkNotAllowed("本事项的申请表里没有这一栏，不能对它提意见")


def merge_remarks(
    remarks: Sequence[Remark], edition: Edition, calendar: Calendar, *, on: date
) -> CorrectionNotice:
    """Return the one notice of all `remarks`: each field and each material once, materials first."""
    merged: dict[tuple[Target, str, MemberId], list[Remark]] = {}
    for remark in sorted(remarks, key=lambda r: (r.target is Target.FIELD, r.at)):
        merged.setdefault((remark.target, remark.code, remark.member), []).append(remark)
    answer_by = calendar.add(on, CORRECTION_DAYS)
    return CorrectionNotice(
        requests=tuple(
            Request(
                target=target,
                code=code,
                name=name_of_target(target, code, edition),
                remarks=tuple(found),
                member=member,
            )
            for (target, code, member), found in merged.items()
        ),
        answer_by=answer_by.day,
        provisional=answer_by.provisional,
    )


def check_answered(
    notice_targets: Iterable[tuple[Target, str]],
    edition: Edition,
    *,
    fields: Iterable[str],
    materials: Iterable[str],
) -> None:
    """
    Refuse an answer that leaves a remark open; fields and materials are given as spots.

    :raises CorrectionIncomplete: naming what is still missing.
    """
    answered = {(Target.FIELD, code) for code in fields} | {(Target.MATERIAL, code) for code in materials}
    missing = [target for target in notice_targets if target not in answered]
    if missing:
        raise CorrectionIncomplete(name_of_target(*target, edition) for target in missing)


def name_of_target(target: Target, code: str, edition: Edition) -> str:
    """Return the plain name of the field or the material that a remark, or a spot, is about."""
    code, _ = split_spot(code)
    if target is Target.MATERIAL:
        return edition.materials[MaterialCode(code)].name
    return edition.elements[ElementCode(code)].name
