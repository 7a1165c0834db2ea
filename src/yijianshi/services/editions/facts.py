"""What departments must still confirm (待确认): every fact that is not certain, by department, and what was confirmed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from yijianshi.domain.catalogue import Bundle, Catalogue, ServiceItem
from yijianshi.domain.codes import BundleCode, DivisionCode
from yijianshi.domain.rights import Act, Actor, Thing, covers, require
from yijianshi.store.catalogue.models import ConfirmationRow, EditionRow

from ..catalogue.completeness import bundle_unconfirmed_remarks, noted_remarks, unconfirmed_remarks
from ..catalogue.findings import Remark
from ..catalogue.published import catalogue_mark
from ..catalogue.reading import Reading, read_folder, shipped_folder
from .countersign import WordsMissing
from .texts import lay_over


class FactGone(LookupError):
    """The fact is no longer what was shown."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that somebody has to confirm: whose it is, where it stands, what it says."""

    key: str
    bundle: str
    title: str
    item: str  # its plain name; empty for what belongs to the whole or is shared
    department: str
    words: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Confirmed:
    """That a fact was confirmed: what the department said, who noted it, when."""

    note: str
    by: UUID
    at: datetime


def unconfirmed_facts(division: DivisionCode) -> tuple[Fact, ...]:
    """Return every fact that is not certain, of the shared catalogue and of what the division publishes of its own."""
    return _facts(division, catalogue_mark(), _stamp())


def confirmations(facts: tuple[Fact, ...], *, division: DivisionCode) -> dict[str, Confirmed]:
    """Return what was confirmed for a division, by itself or above it, under the keys of the facts."""
    rows = ConfirmationRow.objects.filter(fact__in=[fact.key for fact in facts]).order_by("at")
    return {row.fact: Confirmed(row.note, row.by, row.at) for row in rows if covers(row.division, division)}


def confirm_fact(*, fact: str, division: DivisionCode, actor: Actor, note: str, at: datetime) -> None:
    """
    Note that a department has confirmed a fact: which official, by what document.

    :raises NotPermitted: if the actor is no steward of the division.
    :raises FactGone: if the fact has changed meanwhile; what it says now must be confirmed anew.
    """
    require(actor, Act.WRITE_MANUSCRIPT, Thing(division=division))
    known = next((one for one in unconfirmed_facts(division) if one.key == fact), None)
    if known is None:
        raise FactGone("这一条已经改过或者不在了；请刷新，按现在的内容再确认")
    if not note.strip():
        raise WordsMissing("请写明谁确认的、依据什么，如“区城管局 王科 电话确认，见 2026-11 会议纪要”")
    ConfirmationRow.objects.create(
        fact=fact, bundle=known.bundle, division=division, words=known.words, note=note.strip()[:1000],
        by=UUID(actor.account), at=at,
    )  # fmt: skip


def _stamp() -> tuple[tuple[str, int], ...]:
    """Return what tells one state of the catalogue's folder from another."""
    folder = shipped_folder()
    return tuple(sorted((path.name, path.stat().st_mtime_ns) for path in folder.rglob("*.yaml")))


@lru_cache(maxsize=32)
def _facts(division: DivisionCode, mark: str, stamp: tuple[tuple[str, int], ...]) -> tuple[Fact, ...]:
    folder = shipped_folder()
    reading = read_folder(folder)
    found = [_fact(remark, reading) for remark in _remarks(reading)]
    own = (
        EditionRow.objects.filter(division=division, withdrawn_at=None, standard=None)
        .exclude(source="")
        .exclude(bundle__in=list(reading.catalogue.bundles))
        .order_by("bundle", "-valid_from", "-published_at")
        .distinct("bundle")
        .values_list("bundle", "source")
    )
    for bundle, source in own:
        laid = lay_over(source, bundle=BundleCode(bundle), folder=folder)
        local = read_folder(folder, overlay=laid.overlay)
        found += [_fact(r, local) for r in _remarks(local) if r.place[:2] == ("bundles", bundle)]
    return tuple(found)


def _remarks(reading: Reading) -> Iterator[Remark]:
    yield from unconfirmed_remarks(reading.catalogue)
    for bundle in reading.catalogue.bundles.values():
        yield from bundle_unconfirmed_remarks(bundle)
    yield from noted_remarks(reading.unconfirmed)


def _fact(remark: Remark, reading: Reading) -> Fact:
    finding, catalogue = reading.locate(remark), reading.catalogue
    key = hashlib.sha256(f"{remark.place} {remark.message}".encode()).hexdigest()
    bundle = catalogue.bundles.get(BundleCode(str(remark.place[1]))) if remark.place[0] == "bundles" else None
    if bundle is None:
        owner = _owner_of_shared(remark, catalogue)
        return Fact(key, "", "共用部分", "", owner, remark.message, finding.file, finding.line)
    item = _item_of(remark, bundle)
    department = item.department if item else bundle.lead_department
    name = item.plain_name if item else ""
    return Fact(key, bundle.code, bundle.title, name, department, remark.message, finding.file, finding.line)


def _item_of(remark: Remark, bundle: Bundle) -> ServiceItem | None:
    if len(remark.place) < 4 or remark.place[2] != "items":
        return None
    step = remark.place[3]
    if isinstance(step, int):
        return bundle.items[step] if step < len(bundle.items) else None
    return next((item for item in bundle.items if item.code == step), None)


def _owner_of_shared(remark: Remark, catalogue: Catalogue) -> str:
    part, step = remark.place[0], remark.place[1] if len(remark.place) > 1 else ""
    owners = {
        "resources": {str(code): one.department for code, one in catalogue.resources.items()},
        "licences": {str(code): one.issuer for code, one in catalogue.licences.items()},
    }.get(str(part), {})
    if isinstance(step, int):
        step = list(owners)[step] if step < len(owners) else ""
    return str(owners.get(step, "government-services"))
