"""What a visit shows (亮码): to the clerk whom it was shown to, and to the citizen who wants to see what was opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.choices import is_open_to
from yijianshi.domain.divisions import county_of
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, own, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.materials.models import CopyRow
from yijianshi.store.visits.models import CaptureRow, CodeRow, LookRow, VisitRow

from ..catalogue.published import Published, bundles_of, edition_by_id
from ..contents import open_text
from ..custody.places import name_of_place, window_of
from ..people.parties import PartyKnown, know_party
from ..visits.standing import DRAFT, MATERIAL, PERSON, note_look, open_visit, visit_of
from .case_history import names_of
from .my_wallet import OwnDocument, document_in, name_of_material
from .waiting import HintSeen, hints_for

MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDraft:
    """An open draft of somebody who stands at the counter."""

    id: UUID
    title: str
    saved_at: datetime
    hints: tuple[HintSeen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDocument:
    """A document of his wallet."""

    copy: UUID
    name: str
    file: str
    size: int
    at: datetime
    trust: str
    original_seen: bool | None  # none: not photographed at a window
    is_clean: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPage:
    """What the clerk has before him."""

    id: UUID
    who: str  # who showed the code
    party: PartyKnown
    until: datetime
    minutes: int
    only_one: bool  # whether a single draft is shown
    drafts: tuple[ShownDraft, ...]
    documents: tuple[ShownDocument, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitSeen:
    """A visit as its citizen sees it: who looked, where, at what, and whether it still goes on."""

    id: UUID
    clerk: str
    place: str
    opened_at: datetime
    ended_at: datetime | None
    is_open: bool
    minutes: int
    looks: tuple[tuple[str, datetime, int], ...]


def read_visit(visit: UUID, *, actor: Actor, at: datetime) -> VisitPage:
    """
    Return what was shown to the clerk; seven queries, however much there is.

    :raises NotPermitted: if it was shown to another, or there is none.
    :raises VisitOver: if it has ended.
    """
    row = open_visit(visit, actor=actor, at=at)
    drafts = DraftRow.objects.filter(party=row.party_id, account=row.account_id, filed_as=None)
    if row.draft_id:
        drafts = drafts.filter(pk=row.draft_id)
    shown = list(drafts.only("edition_id", "updated_at").order_by("-updated_at")[:MOST])
    hints = hints_for([one.pk for one in shown])
    return VisitPage(
        id=row.pk,
        who=open_text(row.account.name_sealed, purpose="name"),
        party=know_party(row.party_id),
        until=row.until,
        minutes=visit_of(row).minutes_left(at),
        only_one=row.draft_id is not None,
        drafts=tuple(
            ShownDraft(
                id=one.pk, title=edition_by_id(one.edition_id).bundle.title, saved_at=one.updated_at,
                hints=hints.get(one.pk, ()),
            )
            for one in shown
        ),
        documents=_documents(row.party_id),
    )  # fmt: skip


def things_to_begin(visit: UUID, *, actor: Actor, at: datetime) -> tuple[UUID, tuple[Published, ...]]:
    """
    Return who stands before the clerk, and the one-things that can be begun for him there.

    :raises NotPermitted: if the visit is another clerk's, or there is none.
    :raises VisitOver: if it has ended.
    """
    row = open_visit(visit, actor=actor, at=at)
    things = bundles_of(county_of(Unit.parse(window_of(actor)).division), legal_day(at))
    return row.party_id, tuple(one for one in things if is_open_to(one.edition.bundle, row.party.kind))


def open_shown_document(visit: UUID, copy: UUID, *, actor: Actor, at: datetime) -> OwnDocument:
    """
    Return a document of whoever shows his wallet, and write down that it was opened.

    :raises NotPermitted: if it is not his, was not passed by the scanner, or was not shown to the actor.
    :raises VisitOver: if the visit has ended.
    """
    row = open_visit(visit, actor=actor, at=at)
    found = CopyRow.objects.select_related("blob").filter(pk=copy, holder=row.party_id).first()
    if found is None or found.blob.scan != "clean":
        raise NotPermitted(Act.SEE_VISIT)
    note_look(row, MATERIAL, found.pk, at=at)
    return document_in(found)


def visits_of(actor: Actor, *, at: datetime, most: int = 20) -> tuple[VisitSeen, ...]:
    """Return to whom the actor's party showed a code, the newest first, and what was opened; five queries."""
    require(actor, Act.READ_OWN, own(actor))
    if not actor.party:
        return ()
    rows = list(VisitRow.objects.filter(party=UUID(actor.party)).order_by("-opened_at")[:most])
    names = names_of(row.clerk for row in rows)
    looks: dict[UUID, list[LookRow]] = {}
    for look in LookRow.objects.filter(visit__in=[row.pk for row in rows]).order_by("first_at"):
        looks.setdefault(look.visit_id, []).append(look)
    called = _called([look for each in looks.values() for look in each])
    return tuple(
        VisitSeen(
            id=row.pk, clerk=names.get(row.clerk, "—"), place=name_of_place(row.place), opened_at=row.opened_at,
            ended_at=row.ended_at, is_open=visit_of(row).is_open(at), minutes=visit_of(row).minutes_left(at),
            looks=tuple(
                (called.get((look.what, look.thing), "已经删掉的内容"), look.last_at, look.times)
                for look in looks.get(row.pk, ())
            ),
        )
        for row in rows
    )  # fmt: skip


def is_somebody_looking(actor: Actor, *, at: datetime) -> bool:
    """Return whether a clerk looks at this moment at what the actor himself has shown; one query."""
    require(actor, Act.READ_OWN, own(actor))
    rows = VisitRow.objects.filter(account=UUID(actor.account), ended_at=None, until__gt=at)
    return rows.filter(party=UUID(actor.party)).exists() if actor.party else False


def state_of_code(code: UUID, *, actor: Actor, at: datetime) -> str:
    """Return what has become of a code that the actor shows: shown, taken, gone or replaced; one query."""
    require(actor, Act.READ_OWN, own(actor))
    row = CodeRow.objects.filter(pk=code, account=UUID(actor.account)).only("until", "used_at").first()
    if row is None:  # the actor shows another one, on another page
        return "replaced"
    if row.used_at:
        return "taken"
    return "shown" if at < row.until else "gone"


def visits_here(actor: Actor, *, at: datetime) -> tuple[tuple[UUID, str, int], ...]:
    """Return the visits that are open before the actor: the key, who showed the code, the minutes that are left."""
    if not actor.holds(Role.WINDOW):
        return ()
    rows = VisitRow.objects.filter(clerk=UUID(actor.account), ended_at=None, until__gt=at)
    return tuple(
        (row.pk, open_text(row.party.name_sealed, purpose="name"), visit_of(row).minutes_left(at))
        for row in rows.select_related("party").order_by("-opened_at")[:MOST]
    )


def _documents(party: UUID) -> tuple[ShownDocument, ...]:
    rows = list(
        CopyRow.objects.filter(holder=party).select_related("blob").order_by("-obtained_at", "-id")[:MOST]
    )
    seen = dict(
        CaptureRow.objects.filter(copy__in=[row.pk for row in rows]).values_list("copy", "original_seen")
    )
    return tuple(
        ShownDocument(
            copy=row.pk, name=name_of_material(row.material), size=row.blob.size, at=row.obtained_at,
            file=open_text(row.name_sealed, purpose="file-name"), trust=row.trust,
            original_seen=seen.get(row.pk), is_clean=row.blob.scan == "clean",
        )
        for row in rows
    )  # fmt: skip


def _called(looks: list[LookRow]) -> dict[tuple[str, UUID], str]:
    """Return what each thing that was opened is called."""
    things = {what: [look.thing for look in looks if look.what == what] for what in (DRAFT, MATERIAL, PERSON)}
    found = {(PERSON, thing): "姓名、证件号码和材料目录" for thing in things[PERSON]}
    for key, edition in DraftRow.objects.filter(pk__in=things[DRAFT]).values_list("id", "edition_id"):
        found[DRAFT, key] = f"“{edition_by_id(edition).bundle.title}”的申请表"
    for key, material in CopyRow.objects.filter(pk__in=things[MATERIAL]).values_list("id", "material"):
        found[MATERIAL, key] = f"材料“{name_of_material(material)}”"
    return found
