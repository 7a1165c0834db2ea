"""The steward's list (目录管理): every one-thing of his region, where it comes from, what is being written, what waits."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.catalogue import Bundle
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.manuscripts import UNFINISHED, ManuscriptStage
from yijianshi.domain.rights import Act, Actor, Role, Thing, posts_for, require
from yijianshi.domain.routing import Unit
from yijianshi.store.catalogue.models import LocalNoteRow
from yijianshi.store.manuscripts.models import ManuscriptRow, ProposalRow, RowRemarkRow

from ..catalogue.published import Published, bundles_of
from ..editions.facts import confirmations, unconfirmed_facts
from ..editions.loading import loaded


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardLine:
    """One one-thing: what holds here and since when, what is being written, what waits for somebody."""

    bundle: str
    title: str
    edition: Published | None
    place: str  # the name of the division whose edition holds
    is_own: bool
    manuscript: UUID | None
    stage: ManuscriptStage | None
    open_remarks: int
    missing: int
    unconfirmed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StewardPage:
    """The list with what concerns all of it."""

    division: DivisionCode
    lines: tuple[StewardLine, ...]
    notes: tuple[tuple[UUID, str, str, datetime], ...]  # key, title, words, when
    proposals: int
    facts: int
    is_province: bool


@dataclass(frozen=True, slots=True)
class ToSign:
    """One manuscript that waits for a unit: its items there, whether it has signed this wording."""

    id: UUID
    title: str
    division: str
    unit: str
    items: tuple[str, ...]
    has_signed: bool
    open_remarks: int
    since: datetime


def own_division(actor: Actor) -> DivisionCode:
    """Return the division whose catalogue the actor keeps. :raises NotPermitted: if he is no steward."""
    return posts_for(actor, Act.WRITE_MANUSCRIPT, Role.STEWARD)[0].unit.division


def read_steward(*, actor: Actor, on: date) -> StewardPage:
    """
    Return everything that holds or is being written in the steward's own division.

    :raises NotPermitted: if the actor is no steward.
    """
    division = own_division(actor)
    facts = unconfirmed_facts(division)
    confirmed = confirmations(facts, division=division)
    waiting = Counter(fact.bundle for fact in facts if fact.key not in confirmed)
    writing = {
        row.bundle: row for row in ManuscriptRow.objects.filter(division=division, stage__in=list(UNFINISHED))
    }
    held = {published.edition.bundle.code: published for published in bundles_of(division, on)}
    remarks = Counter(
        RowRemarkRow.objects.filter(manuscript__in=[row.id for row in writing.values()], settled_at=None)
        .values_list("manuscript_id", flat=True)
    )  # fmt: skip
    lines = []
    for code in dict.fromkeys([*map(BundleCode, writing), *held]):
        published, row = held.get(code), writing.get(code)
        going_round = row is not None and row.stage == ManuscriptStage.CIRCULATED
        lines.append(
            StewardLine(
                bundle=code,
                title=published.edition.bundle.title if published else row.title if row else code,
                edition=published,
                place=published.edition.division.name if published else "",
                is_own=published is not None and published.edition.division.code == division,
                manuscript=row.id if row else None,
                stage=ManuscriptStage(row.stage) if row else None,
                open_remarks=remarks[row.id] if row else 0,
                missing=len(loaded(row).round.missing) if row and going_round else 0,
                unconfirmed=waiting[code],
            )
        )
    notes = LocalNoteRow.objects.filter(division=division, seen_at=None).order_by("-at")
    titles = {line.bundle: line.title for line in lines}
    return StewardPage(
        division=division,
        lines=tuple(sorted(lines, key=lambda line: (line.stage is None, not line.is_own, line.title))),
        notes=tuple((n.id, titles.get(n.bundle, n.bundle), n.words, n.at) for n in notes[:20]),
        proposals=_proposals(division),
        facts=sum(waiting.values()),
        is_province=division.endswith("0000"),
    )


def see_note(*, note: UUID, actor: Actor, at: datetime) -> None:
    """Note that the steward has seen what he was told. :raises NotPermitted: if it is not for him."""
    row = LocalNoteRow.objects.get(pk=note)
    require(actor, Act.WRITE_MANUSCRIPT, Thing(division=row.division))
    LocalNoteRow.objects.filter(pk=note, seen_at=None).update(seen_at=at)


def manuscripts_to_sign(actor: Actor) -> tuple[ToSign, ...]:
    """
    Return the manuscripts that go round and in which a unit of the actor owns an item, what waits for him first.

    :raises NotPermitted: if he reviews for no unit.
    """
    units = [str(post.unit) for post in posts_for(actor, Act.COUNTERSIGN, Role.REVIEWER)]
    rows = ManuscriptRow.objects.filter(
        stage=ManuscriptStage.CIRCULATED, owners__has_any_keys=units
    ).order_by("begun_at")
    found = []
    for row in rows:
        round_ = loaded(row).round
        for unit in units:
            if unit in row.owners:
                open_ = sum(str(remark.unit) == unit for remark in round_.open_remarks)
                signed = round_.has_signed(Unit.parse(unit))
                items = tuple(row.owners[unit])
                found.append(
                    ToSign(row.id, row.title, row.division, unit, items, signed, open_, row.begun_at)
                )
    return tuple(sorted(found, key=lambda one: (one.has_signed, one.since)))


def list_of(bundle: Bundle) -> str:
    """Return on which list a one-thing stands, in words."""
    return {"standard": "标准清单", "premium": "示范清单", "future": "后续目标"}.get(bundle.kind, bundle.kind)


def _proposals(division: DivisionCode) -> int:
    if division.endswith("0000"):
        return ProposalRow.objects.filter(state="proposed", division__startswith=division[:2]).count()
    return ProposalRow.objects.filter(state="returned", division=division).count()
