"""
Enter the members of a repeated group (重复组成员): who they are, and what is particular to each of them.

Each gets an id at the first entry and keeps it, so that a later correction is about him and nobody else.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.answers import wrong_with
from yijianshi.domain.codes import ElementCode, ItemCode, MemberId
from yijianshi.domain.drafts import APPLICANT, LISTED, OWN_WORD, Trouble, Value, is_listed
from yijianshi.domain.editions import Edition
from yijianshi.domain.members import (
    MOST_MEMBERS,
    MemberForm,
    groups_of,
    items_for,
    member_fields,
    members_of,
    name_for,
    read_member,
    word_for,
)
from yijianshi.domain.plans import Plan, make_plan
from yijianshi.domain.rights import Actor
from yijianshi.domain.submissions import NotReady

from ..contents import Content
from .drafting import OpenDraft, changing_draft
from .fill import understand
from .start import refresh, subject_for


class MemberUnknown(Exception):
    """No such group, or no such member of it."""

    def __init__(self) -> None:
        super().__init__("名单里没有这一个，可能刚刚去掉了")


class TooManyMembers(Exception):
    """More members than one submission takes."""

    def __init__(self) -> None:
        super().__init__(f"一次最多 {MOST_MEMBERS} 个")


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


def put_member(
    *,
    draft: UUID,
    actor: Actor,
    group: str,
    member: MemberId | None,
    given: Mapping[ElementCode, Any],
    items: Collection[ItemCode],
    at: datetime,
) -> tuple[MemberId, tuple[Trouble, ...]]:
    """
    Keep what was typed about one member, a new one if none is named; return his id and what is missing or wrong.

    Wrong answers are kept too, so that nothing is lost; filing is what refuses them.

    :raises MemberUnknown: if the group or the member is not there.
    :raises TooManyMembers: if no further one is taken.
    """
    with changing_draft(draft, actor=actor, at=at) as opened:
        plan = plan_with(opened, group)
        there = members_of(plan, group)
        if member is not None and member not in there:
            raise MemberUnknown
        if member is None and len(there) >= MOST_MEMBERS:
            raise TooManyMembers
        who = member or next_id(opened.content)
        chosen = {i.code for i in items_for(plan, group)} & set(items)
        list_members(opened.content, plan, group, [*there, *(() if member else (who,))], {who: chosen})
        keep_own(opened.content, plan, group, who, given, at=at)
        after = make_plan(opened.edition, opened.content.situation(), strict=False)
        refreshed(opened, actor, at)
        return who, member_read(opened.content, after, group, who).troubles


def remove_member(*, draft: UUID, actor: Actor, group: str, member: MemberId, at: datetime) -> None:
    """
    Take a member off the list, with everything that was said of him.

    :raises MemberUnknown: if he is not on it.
    """
    with changing_draft(draft, actor=actor, at=at) as opened:
        plan = plan_with(opened, group)
        there = members_of(plan, group)
        if member not in there:
            raise MemberUnknown
        list_members(opened.content, plan, group, [one for one in there if one != member], {})
        opened.content.member_values.pop(member, None)
        refreshed(opened, actor, at)


def fill_for_all(
    *, draft: UUID, actor: Actor, group: str, given: Mapping[ElementCode, Any], at: datetime
) -> None:
    """
    Keep what all members share, typed once; who has something else says so on his own page.

    :raises MemberUnknown: if the group is not there.
    """
    with changing_draft(draft, actor=actor, at=at) as opened:
        plan = plan_with(opened, group)
        asked = {one.element for one in member_fields(plan, group, {})}
        for code, typed in given.items():
            if code not in asked:
                continue
            value = understand(typed, opened.edition.elements[code])
            if value in ("", None, []):
                opened.content.values.pop(code, None)
            else:
                opened.content.keep({code: Value(value, APPLICANT, at)})


def take_members(
    content: Content, plan: Plan, group: str, members: Sequence[Member], *, at: datetime
) -> None:
    """
    Take the members into a content.

    :raises NotReady: as above.
    """
    edition = plan.edition
    repeated = {f.element for item in plan.items for f in item.fields if f.repeat == group}
    troubles: list[Trouble] = []
    values = {member.id: _read(member, repeated, edition, troubles) for member in members}
    if len({member.id for member in members}) != len(members):
        troubles.append(Trouble(group, "有两个人用了同一个编号，请一人一个"))
    if troubles:
        raise NotReady(troubles)
    for gone in members_of(plan, group):
        content.member_values.pop(gone, None)
    everything = {item.code for item in items_for(plan, group)}
    chosen = {m.id: everything if m.items is None else everything & m.items for m in members}
    list_members(content, plan, group, [member.id for member in members], chosen)
    for member, found in values.items():
        content.keep({code: Value(value, APPLICANT, at) for code, value in found.items()}, member=member)


def troubles_of_members(content: Content, plan: Plan) -> tuple[Trouble, ...]:
    """Return what is missing or wrong about any member of a listed group, each with his name before it."""
    found = []
    for group in groups_of(plan):
        if not is_listed(plan, group):
            continue
        for number, member in enumerate(members_of(plan, group), start=1):
            read = member_read(content, plan, group, member)
            whose = read.name or f"第 {number} 个{word_for(plan, group)}"
            found += [Trouble(f"member:{group}:{member}", f"{whose}：{t.message}") for t in read.troubles]
        for item in items_for(plan, group):
            if not plan.cases_by_item[item.code]:
                said = f"{item.plain_name}：名单里没有一个要办；不办请回“选情形”去掉这一项"
                found.append(Trouble(f"group:{group}", said))
    return tuple(found)


def member_read(content: Content, plan: Plan, group: str, member: MemberId) -> MemberForm:
    """Return one member as he is entered so far, called by what was given as his name."""
    name = name_for(plan, group)
    said = content.member_values.get(member, {}).get(name or "")
    return read_member(
        plan, group, member, content.known(member=member), name=str(said.value) if said else ""
    )


def next_id(content: Content) -> MemberId:
    """Return an id that no member of any group of this draft has or had."""
    had = [int(given.get("last", 0)) for given in content.groups.values()]
    have = [int(m) for given in content.groups.values() for m in given.get("members", ()) if m.isdecimal()]
    return MemberId(str(max([0, *had, *have]) + 1))


def plan_with(opened: OpenDraft, group: str) -> Plan:
    """
    Return the plan of a draft whose items open cases for the members of this group.

    :raises MemberUnknown: if none does.
    """
    plan = opened.plan()
    if group not in groups_of(plan):
        raise MemberUnknown
    return plan


def refreshed(opened: OpenDraft, actor: Actor, at: datetime) -> None:
    """Follow in everything else what changed in the list."""
    refresh(opened.content, opened.edition, subject_for(opened.row, actor=actor), at=at)


def list_members(
    content: Content,
    plan: Plan,
    group: str,
    members: Sequence[MemberId],
    chosen: Mapping[MemberId, Iterable[ItemCode]],
) -> None:
    """Write who is on the list, and per item who takes part; whom `chosen` does not name keeps what he had."""
    last = max(int(next_id(content)) - 1, *(int(one) for one in members if one.isdecimal()), 0)
    per_item = {
        item.code: [
            one
            for one in members
            if (item.code in chosen[one] if one in chosen else item in items_for(plan, group, one))
        ]
        for item in items_for(plan, group)
    }
    some = {code: ids for code, ids in per_item.items() if len(ids) != len(members)}
    content.groups[group] = {
        "count": len(members) or 1,
        "members": list(members),
        "members_per_item": some,
        "per_item": {code: len(ids) for code, ids in some.items()},
        "last": last,
        "called": name_for(plan, group) or "",
        LISTED: bool(members),
    }
    if members:  # what a register said of the applicant himself is nobody's else
        repeated = {f.element for f in plan.fields if f.repeat == group}
        for code in [
            c for c, kept in content.values.items() if c in repeated and kept.source not in OWN_WORD
        ]:
            del content.values[code]


def keep_own(
    content: Content,
    plan: Plan,
    group: str,
    member: MemberId,
    given: Mapping[ElementCode, Any],
    *,
    at: datetime,
) -> None:
    """Keep a member's answers; what is the same as for all is not kept twice."""
    asked = {one.element for one in member_fields(plan, group, {})}
    common = content.known()
    own = content.member_values.setdefault(member, {})
    for code, typed in given.items():
        if code not in asked:
            continue
        value = understand(typed, plan.edition.elements[code])
        own.pop(code, None)
        if value in ("", None, []) or (code in common and common[code].value == value):
            continue
        content.keep({code: Value(value, APPLICANT, at)}, member=member)


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
