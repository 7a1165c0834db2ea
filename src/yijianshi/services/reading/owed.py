"""What is still owed (容缺材料): of a submission for its applicant, of one case for its officer."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.rights import Act, Actor, require

from ..handling.loading import Loaded, load_submission
from ..handling.supply import owed_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedRead:
    """One document that is owed: for which items, by when at the latest; before the acceptance the day promised."""

    material: str
    name: str
    items: tuple[str, ...]
    until: date
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedPage:
    """What the page for handing in says."""

    submission: UUID
    title: str
    number: str
    owed: tuple[OwedRead, ...]


def read_owed(submission: UUID, *, actor: Actor) -> OwedPage:
    """
    Return what a submission owes to whoever may hand it in.

    :raises NotPermitted: if it is not his to hand in.
    """
    loaded = load_submission(submission)
    require(actor, Act.CORRECT, loaded.thing())
    return OwedPage(
        submission=submission,
        title=loaded.edition.bundle.title,
        number=loaded.number,
        owed=owed_of(loaded),
    )


def owed_of(loaded: Loaded, *, case: UUID | None = None) -> tuple[OwedRead, ...]:
    """Return what is owed, each document once with the first of its days; nothing is asked where nothing is owed."""
    if not any("owed" in one.holds for one in loaded.cases):
        return ()
    items = {one.now.id: loaded.edition.item(one.now.item).plain_name for one in loaded.cases}
    found: dict[str, OwedRead] = {}
    for row in owed_rows(loaded):
        if case not in (None, row.case_id):
            continue
        before = found.get(row.material)
        names = dict.fromkeys((*(before.items if before else ()), items[row.case_id]))
        found[row.material] = OwedRead(
            material=row.material,
            name=loaded.edition.materials[MaterialCode(row.material)].name,
            items=tuple(names),
            until=before.until if before else row.until or row.promised_on,
            provisional=before.provisional if before else row.provisional,
        )
    return tuple(found.values())
