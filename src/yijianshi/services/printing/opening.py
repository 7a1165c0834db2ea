"""A submission laid open for a letter: who may see it, what was filed, what has happened; staff's reads are noted."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.codes import ElementCode
from yijianshi.domain.drafts import Value
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan
from yijianshi.domain.rights import Act, Actor, Role, may, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.submissions.models import RevisionRow

from ..catalogue.planning import plan_for
from ..contents import Content
from ..custody.places import thing_with_places
from ..handling.content import open_revision
from ..handling.loading import CaseLoaded, Loaded, load_case, load_submission
from ..people.parties import PartyKnown, know_party
from ..punctuation import wide
from ..reading.reading_log import Looked, note_read

DOCUMENT = Looked("document", "一份文书")


@dataclass(frozen=True, slots=True)
class Opened:
    """A submission with one revision of its content open."""

    loaded: Loaded
    content: Content
    plan: Plan
    party: PartyKnown
    digest: str
    made_at: datetime
    made_by: UUID

    @property
    def edition(self) -> Edition:
        return self.loaded.edition

    @property
    def lead(self) -> Unit:
        return Unit.parse(self.loaded.lead_unit)

    @property
    def values(self) -> dict[ElementCode, Value]:
        return self.content.known()

    @property
    def received_on(self) -> date:
        return legal_day(self.loaded.received_at)

    def is_committed(self, item: ServiceItem) -> bool:
        """Return whether the item is handled on the applicant's commitment (告知承诺)."""
        return item.code in self.plan.situation.commitments

    def name_of(self, case: CaseLoaded) -> str:
        """Return what the case is called: the item's name, counted where several members have one each."""
        name = wide(self.edition.item(case.now.item).name)
        members = [c.now.member for c in self.loaded.cases if c.now.item == case.now.item]
        return f"{name}（第 {members.index(case.now.member) + 1} 件）" if len(members) > 1 else name


def lay_open(loaded: Loaded, *, revision: int | None = None) -> Opened:
    """Return the submission with a revision open, the newest unless a number is given."""
    content = open_revision(loaded.id, number=revision)
    rows = RevisionRow.objects.filter(submission=loaded.id)
    rows = rows.filter(number=revision) if revision else rows.order_by("-number")
    digest, made_at, made_by = rows.values_list("digest", "made_at", "made_by")[0]
    return Opened(
        loaded=loaded,
        content=content,
        plan=plan_for(loaded.edition_id, content.situation()),
        party=know_party(loaded.party),
        digest=digest,
        made_at=made_at,
        made_by=made_by,
    )


def open_submission(
    submission: UUID,
    *,
    actor: Actor,
    at: datetime,
    revision: int | None = None,
    right: Act = Act.READ_FORM,
    for_intake: bool = False,
) -> Opened:
    """
    Return the submission to whoever may read the whole of it.

    :param right: what the letter needs, where it is less than the whole form.
    :param for_intake: whether the window that took it in may have this letter as well.
    :raises NotPermitted: if the actor may not, or there is none; the answer is the same.
    """
    loaded = load_submission(submission)
    if for_intake and actor.holds(Role.WINDOW):
        require(actor, Act.READ_PROGRESS, thing_with_places(loaded))
    else:
        require(actor, right, loaded.thing())
    note_if_staff(loaded, actor=actor, at=at)
    return lay_open(loaded, revision=revision)


def open_case(case: UUID, *, actor: Actor, at: datetime) -> tuple[Opened, CaseLoaded]:
    """
    Return a case with the newest revision open, as `show_case` does.

    :raises NotPermitted: if the actor may not, or there is none; the answer is the same.
    """
    loaded, found = show_case(case, actor=actor, at=at)
    return lay_open(loaded), found


def show_case(case: UUID, *, actor: Actor, at: datetime) -> tuple[Loaded, CaseLoaded]:
    """
    Return a case to its officer, or to whoever may read the whole submission.

    :raises NotPermitted: if the actor may not, or there is none; the answer is the same.
    """
    loaded, found = load_case(case)
    if not may(actor, Act.READ_CASE, loaded.thing(found)):
        require(actor, Act.READ_FORM, loaded.thing(found))
    note_if_staff(loaded, actor=actor, at=at, case=found)
    return loaded, found


def note_if_staff(loaded: Loaded, *, actor: Actor, at: datetime, case: CaseLoaded | None = None) -> None:
    """Write down that an official read a letter; the applicant's own reading is nobody's business."""
    if not actor.posts or actor.party in (str(loaded.party), *map(str, loaded.together or ())):
        return
    units = [str(post.unit) for post in actor.posts]
    wanted = case.unit if case else loaded.lead_unit
    note_read(
        DOCUMENT,
        submission=loaded.id,
        case=case.now.id if case else None,
        actor=actor,
        unit=wanted if wanted in units else units[0],
        at=at,
    )
