"""The documents of one item as its officer sees them: only this item's, and only those that the scanner has passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from yijianshi.domain.codes import ItemCode
from yijianshi.domain.plans import Plan
from yijianshi.domain.reforms import basis_of_material
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, require
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import materials_for
from yijianshi.store.materials.models import CopyRow

from ..catalogue.planning import plan_for
from ..contents import Content, KeptLine, open_text
from ..handling.content import open_revision
from ..handling.loading import load_case, load_submission
from ..materials.sniffing import FileKind
from ..outside import outside
from .reading_log import MATERIAL, note_read, unit_of


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """One file of a document; without a view until it has been scanned."""

    copy: UUID
    name: str
    kind: str
    size: int
    is_clean: bool
    is_infected: bool
    at: datetime
    from_window: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRead:
    """One document of an item: how it came, its files, and what a reviewer looks at on it."""

    code: str
    name: str
    way: str  # upload | shared | produced | generated
    files: tuple[FileRead, ...]
    checks: tuple[str, ...]
    basis: str
    from_items: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileOpened:
    """The bytes of a document, on their way to an officer's screen."""

    stream: BinaryIO
    media_type: str
    name: str


def read_materials(
    plan: Plan, content: Content, items: Iterable[ItemCode], *, member: str = ""
) -> tuple[MaterialRead, ...]:
    """Return the documents that these items use, each once, with their files as filed; of a group only the member's and common ones."""
    wanted = {code for item in items for code in materials_for(plan, item)}
    files = _files(
        [
            line
            for line in content.manifest
            if line.material in wanted and line.copy and (not member or line.member in ("", member))
        ]
    )
    return tuple(
        MaterialRead(
            code=merged.material,
            name=plan.edition.materials[merged.material].name,
            way=MaterialWay.UPLOAD if files.get(merged.material) else merged.way,
            files=tuple(files.get(merged.material, ())),
            checks=plan.edition.materials[merged.material].checks,
            basis=str(basis_of_material(plan, merged.material, merged.needed_by) or ""),
            from_items=tuple(plan.edition.item(code).plain_name for code in merged.produced_by),
        )
        for merged in plan.materials
        if merged.material in wanted
    )


def open_material(*, case: UUID, copy: UUID, actor: Actor, at: datetime) -> FileOpened:
    """
    Return a document's bytes to the officer of the case; the read is written down.

    :raises NotPermitted: if it is not the unit's case, the item does not use the document, or it is not scanned yet.
    :raises FileMissing: if the bytes are gone.
    """
    loaded, found = load_case(case)
    require(actor, Act.READ_CASE, loaded.thing(found))
    content = open_revision(loaded.id)
    own = set(materials_for(plan_for(loaded.edition_id, content.situation()), found.now.item))
    opened = _open(
        copy,
        [line for line in content.manifest if line.material in own and line.member in ("", found.now.member)],
    )
    note_read(MATERIAL, submission=loaded.id, case=case, actor=actor, unit=found.unit, at=at)
    return opened


def open_material_of_submission(*, submission: UUID, copy: UUID, actor: Actor, at: datetime) -> FileOpened:
    """
    Return a document's bytes to whoever coordinates or pre-reviews the whole; the read is written down.

    :raises NotPermitted: if the submission is not the actor's to read, or the document is not scanned yet.
    :raises FileMissing: if the bytes are gone.
    """
    loaded = load_submission(submission)
    require(actor, Act.PRE_REVIEW, loaded.thing())
    opened = _open(copy, open_revision(submission).manifest)
    unit = (
        unit_of(actor, Role.COORDINATOR, preferred=loaded.lead_unit) if actor.holds(Role.COORDINATOR) else ""
    )
    unit = unit or unit_of(actor, Role.WINDOW)
    note_read(MATERIAL, submission=submission, actor=actor, unit=unit, at=at)
    return opened


def _open(copy: UUID, lines: Iterable[KeptLine]) -> FileOpened:
    if str(copy) not in {line.copy for line in lines}:
        raise NotPermitted(Act.READ_CASE)
    row = CopyRow.objects.select_related("blob").get(pk=copy)
    if row.blob.scan != "clean":
        raise NotPermitted(Act.READ_CASE)
    return FileOpened(
        stream=outside().files.open(row.blob_id),
        media_type=FileKind(row.blob.kind).media_type,
        name=open_text(row.name_sealed, purpose="file-name") or f"{row.material}.{row.blob.kind}",
    )


def _files(lines: list[KeptLine]) -> dict[str, list[FileRead]]:
    rows = CopyRow.objects.filter(pk__in=[line.copy for line in lines]).select_related("blob")
    known = {str(row.id): row for row in rows}
    files: dict[str, list[FileRead]] = {}
    for line in lines:
        row = known.get(line.copy)
        if row is None:
            continue
        files.setdefault(line.material, []).append(
            FileRead(
                copy=row.id,
                name=open_text(row.name_sealed, purpose="file-name") or f"{line.material}.{row.blob.kind}",
                kind=row.blob.kind,
                size=row.blob.size,
                is_clean=row.blob.scan == "clean",
                is_infected=row.blob.scan == "infected",
                at=row.obtained_at,
                from_window=row.source == "window",
            )
        )
    return files
