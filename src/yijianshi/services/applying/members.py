"""
Enter the members of a repeated group (重复组成员): who they are, and what is particular to each of them.

Each gets an id at the first entry and keeps it, so that a later correction is about him and nobody else.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.answers import wrong_with
from yijianshi.domain.codes import ElementCode, ItemCode, MemberId
from yijianshi.domain.drafts import APPLICANT, Trouble, Value
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan
from yijianshi.domain.rights import Actor
from yijianshi.domain.submissions import NotReady

from ..contents import Content
from .drafting import changing_draft
from .fill import understand


@dataclass(frozen=True, slots=True)
class Member:
    """One member: his id, what is particular to him, and the items he takes part in if not in all."""

    id: MemberId
    values: Mapping[ElementCode, Any] = field(default_factory=dict)
    items: frozenset[ItemCode] | None = None


def enter_members(*, draft: UUID, actor: Actor, group: str, members: Sequence[Member], at: datetime) -> None:
    """
    Take the members of a group, with their values, in place of those entered before.

    :raises NotReady: if something about a member is wrong, naming him and what would do.
    """
    with changing_draft(draft, actor=actor, at=at) as opened:
        take_members(opened.content, opened.plan(), group, members, at=at)


def take_members(
    content: Content, plan: Plan, group: str, members: Sequence[Member], *, at: datetime
) -> None:
    """
    Take the members into a content.

    :raises NotReady: as above.
    """
    edition = plan.edition
    repeated = {f.element for item in plan.items for f in item.fields if f.repeat == group}
    per_item = {
        item.code: [member.id for member in members if member.items is None or item.code in member.items]
        for item in plan.items
        if item.per == group
    }
    troubles: list[Trouble] = []
    values = {member.id: _read(member, repeated, edition, troubles) for member in members}
    if len({member.id for member in members}) != len(members):
        troubles.append(Trouble(group, "有两个人用了同一个编号，请一人一个"))
    if troubles:
        raise NotReady(troubles)
    content.groups[group] = {
        "count": len(members),
        "members": [member.id for member in members],
        "members_per_item": {code: ids for code, ids in per_item.items() if len(ids) != len(members)},
        "per_item": {code: len(ids) for code, ids in per_item.items() if len(ids) != len(members)},
    }
    content.member_values = {}
    for member, found in values.items():
        content.keep({code: Value(value, APPLICANT, at) for code, value in found.items()}, member=member)


def _read(
    member: Member, repeated: set[ElementCode], edition: Edition, troubles: list[Trouble]
) -> dict[ElementCode, Any]:
    found: dict[ElementCode, Any] = {}
    for code, typed in member.values.items():
        if code not in repeated:
            troubles.append(Trouble(code, f"{code}：不是每个人各填的，请去掉"))
            continue
        element = edition.elements[code]
        value = understand(typed, element)
        if value in ("", None, []):
            continue
        if said := wrong_with(value, element):
            troubles.append(Trouble(code, f"{member.id}的{element.name}：{said}"))
        found[code] = value
    return found
