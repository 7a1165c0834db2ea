"""Which visit lets a clerk look now, and what he has opened in it: asked by everything that a visit opens."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, require
from yijianshi.domain.visits import Visit, VisitOver
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.visits.models import LookRow, VisitRow

#: What a clerk opened, and how the citizen reads it.
PERSON, DRAFT, MATERIAL = "person", "draft", "material"


def visit_for(draft: DraftRow, *, actor: Actor, at: datetime) -> VisitRow | None:
    """Return the visit in which the owner of a draft shows it to the actor at this moment, if there is one."""
    if not actor.holds(Role.WINDOW):
        return None
    shown = VisitRow.objects.filter(
        Q(draft=None) | Q(draft=draft.pk), clerk=UUID(actor.account), party=draft.party_id,
        account=draft.account_id, ended_at=None, until__gt=at,
    )  # fmt: skip
    return shown.order_by("-opened_at").first()


def open_visit(visit: UUID, *, actor: Actor, at: datetime) -> VisitRow:
    """
    Return a visit to its clerk while it lasts.

    :raises NotPermitted: if it is another clerk's, or there is none.
    :raises VisitOver: if it has ended.
    """
    row = VisitRow.objects.select_related("party", "account").filter(pk=visit).first()
    if row is None:
        raise NotPermitted(Act.SEE_VISIT)
    require(actor, Act.SEE_VISIT, thing_of(row))
    if not visit_of(row).is_open(at):
        raise VisitOver
    return row


def thing_of(row: VisitRow) -> Thing:
    """Return a visit as the thing of which rights are asked."""
    return Thing(party=str(row.party_id), visited_by=str(row.clerk))


def visit_of(row: VisitRow) -> Visit:
    """Return the visit as the domain knows it."""
    return Visit(row.opened_at, row.until, row.ended_at)


def note_look(visit: VisitRow, what: str, thing: UUID, *, at: datetime) -> None:
    """Write down that the clerk opened something during the visit."""
    seen = LookRow.objects.filter(visit=visit, what=what, thing=thing)
    if not seen.update(last_at=at, times=F("times") + 1):
        LookRow.objects.get_or_create(
            visit=visit, what=what, thing=thing, defaults={"first_at": at, "last_at": at}
        )
