"""One item for all members of a list, as the officer of its unit sees it (按人办理): where each of them stands."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import State
from yijianshi.domain.codes import ItemCode, MemberId
from yijianshi.domain.holds import why_held
from yijianshi.domain.rights import Act, Actor, require

from ..handling.content import open_revision
from ..handling.loading import load_case
from ..people.actors import name_of
from .reading_log import MEMBERS, note_read


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberCase:
    """The case of one member: by his name, how it stands, what holds it back."""

    id: UUID
    member: MemberId
    name: str
    number: str
    state: State
    seq: int
    due_on: date | None
    held: str
    handler: str
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersOfItem:
    """All cases of one item in one submission."""

    submission: UUID
    item: ItemCode
    name: str
    unit: str
    lines: tuple[MemberCase, ...]

    @property
    def granted(self) -> int:
        return sum(line.state is State.GRANTED for line in self.lines)


def read_item_of_members(*, case: UUID, actor: Actor, at: datetime) -> MembersOfItem:
    """
    Return the cases of the item of this case, one per member; that the list was read is written down.

    :raises NotPermitted: if the case is not the reader's unit's.
    """
    loaded, found = load_case(case)
    require(actor, Act.READ_CASE, loaded.thing(found))
    content = open_revision(loaded.id)
    same = [one for one in loaded.cases if one.now.item == found.now.item and one.unit == found.unit]
    note_read(MEMBERS, submission=loaded.id, case=case, actor=actor, unit=found.unit, at=at)
    return MembersOfItem(
        submission=loaded.id,
        item=found.now.item,
        name=loaded.edition.item(found.now.item).plain_name,
        unit=found.unit,
        lines=tuple(
            MemberCase(
                id=one.now.id,
                member=one.now.member,
                name=content.name_of(one.now.member) or "本人",
                number=one.now.number,
                state=one.now.state,
                seq=one.now.seq,
                due_on=one.now.due_on,
                held=why_held(one.holds),
                handler=name_of(one.handler) if one.handler else "",
                is_mine=str(one.handler) == actor.account,
            )
            for one in sorted(same, key=lambda one: (len(one.now.member), one.now.member))
        ),
    )
