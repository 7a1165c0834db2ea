"""
The members of a repeated group (重复组成员): twelve employees, three vans; what each says of himself, and what all share.

A member's own value stands in place of what was said once for all of them.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from .catalogue import ServiceItem
from .codes import ElementCode, ItemCode, MemberId
from .definitions import DataElement, Kind
from .drafts import Form, FormField, Trouble, Value, fill_form, troubles_of
from .merging import fields_in_force
from .plans import Plan

#: So many members may be entered in one submission; more are filed in a second one.
MOST_MEMBERS = 200
_OWN_KINDS = frozenset(
    {Kind.ID_NUMBER, Kind.PHONE, Kind.BANK_ACCOUNT, Kind.FILE, Kind.DECLARATION, Kind.ADDRESS}
)
_OWN_ENDINGS = ("-name", "-number", "-vin")


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberForm:
    """One member: what he takes part in, what is asked of him, and what is missing or wrong."""

    id: MemberId
    name: str
    items: tuple[ItemCode, ...]
    fields: tuple[FormField, ...]
    troubles: tuple[Trouble, ...]


def groups_of(plan: Plan) -> tuple[str, ...]:
    """Return the groups that the chosen items open one case per member for, in the order of the items."""
    return tuple(dict.fromkeys(item.per for item in plan.items if item.per))


def word_for(plan: Plan, group: str) -> str:
    """Return what one member of the group is called (职工, 车辆): the heading of the first thing asked of him."""
    first = next(
        (f.element for item in plan.edition.bundle.items for f in item.fields if f.repeat == group), ""
    )
    element = plan.edition.elements.get(ElementCode(first))
    return element.group if element and element.group else "成员"


def members_of(plan: Plan, group: str) -> tuple[MemberId, ...]:
    """Return the members entered so far."""
    return tuple(MemberId(one) for one in (plan.situation.groups.get(group) or {}).get("members", ()))


def items_for(plan: Plan, group: str, member: MemberId | None = None) -> tuple[ServiceItem, ...]:
    """Return the items of the group that a member takes part in; with none given, all of the group."""
    given = plan.situation.groups.get(group) or {}
    chosen = given.get("members_per_item") or {}
    return tuple(
        item
        for item in plan.items
        if item.per == group and (member is None or item.code not in chosen or member in chosen[item.code])
    )


def member_fields(
    plan: Plan, group: str, values: Mapping[ElementCode, Value], *, items: Collection[ItemCode] | None = None
) -> tuple[FormField, ...]:
    """Return what is asked of a member who takes part in these items; required is what one of them requires."""
    mine = [item for item in items_for(plan, group) if items is None or item.code in items]
    asked: dict[ElementCode, bool] = {}
    for item in mine:
        for one in fields_in_force(item, plan.edition, plan.circumstances):
            asked[one.element] = asked.get(one.element, False) or one.required
    return tuple(
        field._replace(required=asked[field.element])
        for field in fill_form(plan, values, group=group).fields
        if field.element in asked
    )


def read_member(
    plan: Plan, group: str, member: MemberId, values: Mapping[ElementCode, Value], *, name: str
) -> MemberForm:
    """Return a member as far as he is entered; `values` are his own in place of the common ones."""
    items = tuple(item.code for item in items_for(plan, group, member))
    fields = member_fields(plan, group, values, items=items)
    troubles = list(troubles_of(Form(groups=(), fields=fields), plan.edition))
    if not items:
        troubles.append(Trouble("items", "一个事项也没有选；不办的请从名单里去掉"))
    troubles += _without_prior(plan, group, items)
    return MemberForm(id=member, name=name, items=items, fields=fields, troubles=tuple(troubles))


def is_own(element: DataElement) -> bool:
    """Return whether no two members can share the answer, such as a name or a number."""
    return (
        element.kind in _OWN_KINDS
        or (element.sensitive and element.kind is Kind.STRING)
        or element.code.endswith(_OWN_ENDINGS)
    )


def key_of(plan: Plan, group: str) -> ElementCode | None:
    """Return the element that tells the members apart: a personal number, else the first number asked of them."""
    fields = [plan.edition.elements[field.element] for field in fill_form(plan, {}, group=group).fields]
    personal = [element.code for element in fields if element.kind is Kind.ID_NUMBER]
    numbers = [element.code for element in fields if element.code.endswith(("-number", "-vin"))]
    return next(iter((*personal, *numbers)), None)


def name_for(plan: Plan, group: str) -> ElementCode | None:
    """Return the element by which a member is called: his name, else what tells him apart."""
    if not are_persons(plan, group):
        return key_of(plan, group)
    fields = [field.element for field in fill_form(plan, {}, group=group).fields]
    return next((code for code in fields if code.endswith("-name")), None)


def _without_prior(plan: Plan, group: str, items: Collection[ItemCode]) -> list[Trouble]:
    """Return which of a member's items cannot be without another that he does not take part in."""
    every = {item.code: item for item in items_for(plan, group)}
    return [
        Trouble("items", f"“{every[code].plain_name}”要等“{every[prior].plain_name}”的结果，请一并勾上")
        for code in items
        for prior in every[code].depends_on
        if prior in every and prior not in items
    ]


def are_persons(plan: Plan, group: str) -> bool:
    """Return whether the members are people, each known by his personal number."""
    key = key_of(plan, group)
    return key is not None and plan.edition.elements[key].kind is Kind.ID_NUMBER


def measure_for(plan: Plan, group: str) -> str:
    """Return by which word members are counted: 人 for persons, 个 for anything else."""
    return "人" if are_persons(plan, group) else "个"
