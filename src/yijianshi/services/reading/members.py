"""The lists of a draft's members (名单): who is entered, who is finished, how many cases come of it."""

from dataclasses import dataclass

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.drafts import OWN_WORD, FormField
from yijianshi.domain.members import (
    MemberForm,
    groups_of,
    is_own,
    items_for,
    measure_for,
    member_fields,
    members_of,
    word_for,
)
from yijianshi.domain.plans import Plan

from ..applying.members import member_read
from ..contents import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberList:
    """One group of a draft: what its members are called and counted by, the members, the items, what all share."""

    group: str
    word: str
    measure: str
    members: tuple[MemberForm, ...]
    items: tuple[ServiceItem, ...]
    shared: tuple[FormField, ...]  # what may be said once for all
    fresh: tuple[FormField, ...]  # what is asked of one who is not entered yet
    cases: int

    @property
    def finished(self) -> int:
        return sum(not member.troubles for member in self.members)

    @property
    def progress(self) -> str:
        """Return 已填 9 人，还差 3 人的必填项."""
        if not self.members:
            return "还没有登记"
        left = len(self.members) - self.finished
        said = f"已填 {self.finished} {self.measure}"
        return f"{said}，还差 {left} {self.measure}的必填项" if left else f"{said}，都齐了"


def member_lists(plan: Plan, content: Content) -> tuple[MemberList, ...]:
    """Return the lists of the groups that the chosen items open cases for."""
    return tuple(_list(plan, content, group) for group in groups_of(plan))


def _list(plan: Plan, content: Content, group: str) -> MemberList:
    common = {code: value for code, value in content.known().items() if value.source in OWN_WORD}
    fields = member_fields(plan, group, common)
    items = items_for(plan, group)
    return MemberList(
        group=group,
        word=word_for(plan, group),
        measure=measure_for(plan, group),
        members=tuple(member_read(content, plan, group, member) for member in members_of(plan, group)),
        items=items,
        shared=tuple(field for field in fields if not is_own(plan.edition.elements[field.element])),
        fresh=fields,
        cases=sum(plan.cases_by_item[item.code] for item in items),
    )
