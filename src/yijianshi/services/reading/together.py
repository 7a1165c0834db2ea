"""
Who signs together (共同申请人) as pages show it: to the applicant how far the confirmations are, to who is asked what he confirms.

The one asked sees his own answers and the common ones, the list of items and of documents; no file, and nothing that
is another's own. Basis: Personal Information Protection Law, art. 6 (no more than the purpose needs).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.deadlines import promised_day
from yijianshi.domain.drafts import FormField, fill_form
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan, make_plan
from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.domain.together import AT_WINDOW, WAYS, Signer, plain, shown_to, signers_of
from yijianshi.domain.workdays import Day
from yijianshi.store.accounts.models import Party
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.together.models import AskedRow

from ..applying.frozen import laid_for
from ..applying.together import thing_of
from ..catalogue.published import edition_by_id
from ..contents import Content, open_content, open_text
from ..handling.loading import Loaded
from ..outside import outside
from ..people.actors import name_of
from ..people.parties import know_party


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerSeen:
    """One who signs: his role and name, whether he is the applicant, and what he has said so far."""

    role: str
    role_name: str
    name: str
    is_applicant: bool
    state: str  # empty: not asked yet; asked | confirmed | declined | fallen
    asked: UUID | None
    at: datetime | None
    way: str
    reason: str

    @property
    def is_settled(self) -> bool:
        """Whether nobody has to ask him (again)."""
        return self.is_applicant or self.state in ("asked", "confirmed")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToConfirm:
    """What somebody is asked to confirm."""

    id: UUID
    title: str
    role_name: str
    applicant: str
    asked_at: datetime
    state: str
    said_at: datetime | None
    digest: str
    reason: str
    edition: Edition
    items: tuple[ServiceItem, ...]
    fields: tuple[FormField, ...]
    hidden: int
    materials: tuple[tuple[str, int], ...]  # name, how many files
    signers: tuple[SignerSeen, ...]
    promised: Day
    filed_as: UUID | None


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One confirmation that waits for the reader, in his list."""

    id: UUID
    title: str
    asked_at: datetime


def signers_seen(draft: DraftRow, content: Content, plan: Plan) -> tuple[SignerSeen, ...]:
    """Return everybody who signs this draft; nobody where the one-thing has no co-applicants, without a query."""
    signers = signers_of(plan, content.known())
    if not signers:
        return ()
    number = plain(know_party(draft.party_id).number)
    rows = {row.role: row for row in AskedRow.objects.filter(draft=draft)}
    return tuple(_seen(one, rows.get(one.role), is_applicant=one.number == number) for one in signers)


def _seen(signer: Signer, row: AskedRow | None, *, is_applicant: bool) -> SignerSeen:
    way = WAYS.get(row.way, row.way) if row else ""
    if row and row.way in AT_WINDOW:
        way = f"当面{way}，{name_of(row.by)}核对"
    return SignerSeen(
        role=signer.role,
        role_name=signer.role_name,
        name=signer.name,
        is_applicant=is_applicant,
        state=row.state if row else "",
        asked=row.id if row else None,
        at=row.at if row else None,
        way=way,
        reason=open_text(row.reason_sealed, purpose="decline") if row else "",
    )


def read_asked(asked: UUID, *, actor: Actor, on: date) -> ToConfirm:
    """
    Return what is to be confirmed, to the one who is asked.

    :raises NotPermitted: if somebody else is asked, or nobody; the answer is the same.
    """
    row = AskedRow.objects.select_related("draft").filter(pk=asked).first()
    if row is None:
        raise NotPermitted(Act.CONFIRM)
    draft = row.draft
    require(actor, Act.CONFIRM, thing_of(row, draft))
    edition = edition_by_id(draft.edition_id)
    content = open_content(draft.sealed, purpose="draft", under=draft.wrapped_key)
    plan = plan_of(edition, content)
    signers = signers_of(plan, content.known())
    mine = next((one for one in signers if one.role == row.role), None)
    fields: tuple[FormField, ...] = ()
    hidden = 0
    # What fell or was taken back is no longer his to read.
    if mine is not None and row.state in ("asked", "confirmed"):
        fields, hidden = shown_to(mine, signers, plan, fill_form(plan, content.known()))
    files: dict[str, int] = {}
    for laid in laid_for(draft.id, plan):
        files[laid.material] = files.get(laid.material, 0) + 1
    return ToConfirm(
        id=row.id,
        title=edition.bundle.title,
        role_name=next((one.name for one in edition.bundle.co_applicants if one.code == row.role), ""),
        applicant=know_party(draft.party_id).name,
        asked_at=row.asked_at,
        state=row.state,
        said_at=row.at,
        digest=row.digest,
        reason=open_text(row.reason_sealed, purpose="decline"),
        edition=edition,
        items=plan.items,
        fields=fields,
        hidden=hidden,
        materials=tuple(
            (edition.materials[m.material].name, files.get(m.material, 0)) for m in plan.materials
        ),
        signers=signers_seen(draft, content, plan),
        promised=promised_day(plan, outside().calendar, start=on),
        filed_as=draft.filed_as,
    )


def plan_of(edition: Edition, content: Content) -> Plan:
    """Return the plan of a draft's content, as far as it can be made."""
    return make_plan(edition, content.situation(), strict=False)


def asked_of(actor: Actor) -> tuple[AskedLine, ...]:
    """Return what waits for the reader's confirmation, the oldest first; one query."""
    if not actor.party:
        return ()
    rows = AskedRow.objects.filter(party=UUID(actor.party), state="asked", draft__filed_as=None)
    found = rows.order_by("asked_at").values_list("id", "draft__edition_id", "asked_at")
    return tuple(AskedLine(key, edition_by_id(edition).bundle.title, at) for key, edition, at in found)


def names_of_parties(parties: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of parties, opened for one page; one query."""
    rows = Party.objects.filter(pk__in=parties).values_list("pk", "name_sealed")
    return {key: open_text(sealed, purpose="name") for key, sealed in rows}


def with_whom(loaded: Loaded, actor: Actor) -> str:
    """Return with whom the reader handles a submission that several signed; nothing where one signed alone."""
    if not loaded.together:
        return ""
    others = [one for one in (loaded.party, *loaded.together) if str(one) != actor.party]
    names = names_of_parties(others)
    return "、".join(names[one] for one in others if one in names)
