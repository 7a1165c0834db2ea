"""Lay a document into a draft (交材料): checked, scanned, kept once by content, in the applicant's own wallet."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.rights import Actor, Role
from yijianshi.domain.sharing import MaterialWay
from yijianshi.store.keys import new_id
from yijianshi.store.materials.models import BlobRow, CopyRow, DraftMaterialRow

from ..contents import seal_text
from ..materials.sniffing import FileRefused, assert_allowed
from ..outside import outside
from ..ports import ScannerUnavailable
from .drafting import DraftFiled, open_draft, touch_draft

MOST_FILES_PER_MATERIAL = 9


class MaterialNotAsked(Exception):
    """The document is not on the list of this submission."""


@dataclass(frozen=True, slots=True)
class KeptBlob:
    """Bytes as kept."""

    sha256: str
    size: int
    kind: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A document as kept."""

    copy: UUID
    sha256: str
    size: int
    kind: str


def keep_blob(content: bytes, *, filename: str, at: datetime) -> KeptBlob:
    """
    Keep bytes after looking at their type and having them scanned; infected ones are not kept at all.

    :raises FileRefused: if the type, the size or the scanner speaks against it.
    """
    kind = assert_allowed(filename, content)
    try:
        verdict = outside().scanner.scan(content)
        scan = "clean"
    except ScannerUnavailable:
        verdict, scan = None, "waiting"
    if verdict is not None and not verdict.is_clean:
        raise FileRefused(
            "infected", f"“{filename}”里发现病毒（{verdict.threat}），没有保存。请换一个干净的文件再上传"
        )
    sha256 = hashlib.sha256(content).hexdigest()
    outside().files.save(sha256, content)
    BlobRow.objects.get_or_create(
        sha256=sha256, defaults={"size": len(content), "kind": str(kind), "scan": scan, "saved_at": at}
    )
    return KeptBlob(sha256, len(content), str(kind))


def keep_file(
    content: bytes, *, filename: str, holder: UUID, material: str, source: str, trust: str, at: datetime
) -> Kept:
    """
    Keep a file in somebody's wallet.

    :raises FileRefused: if the type, the size or the scanner speaks against it.
    """
    blob = keep_blob(content, filename=filename, at=at)
    copy = CopyRow.objects.create(
        id=new_id(),
        holder_id=holder,
        material=material,
        blob_id=blob.sha256,
        name_sealed=seal_text(filename[-120:], purpose="file-name"),
        source=source,
        trust=trust,
        obtained_at=at,
    )
    return Kept(copy.id, blob.sha256, blob.size, blob.kind)


def attach_material(
    *,
    draft: UUID,
    actor: Actor,
    material: MaterialCode,
    filename: str,
    content: bytes,
    at: datetime,
    compared: bool = True,
) -> Kept:
    """
    Lay an uploaded file into the draft.

    :param compared: whether a clerk who lays it in has seen the original.
    :raises MaterialNotAsked: if this submission does not ask for the document.
    :raises FileRefused: if the file cannot be taken.
    :raises DraftFiled: if the draft was filed already.
    """
    opened = open_draft(draft, actor=actor)
    if opened.row.filed_as:
        raise DraftFiled(opened.row.filed_as)
    asked = {m.material: m for m in opened.plan().materials}
    if material not in asked or asked[material].way in (MaterialWay.GENERATED, MaterialWay.PRODUCED):
        raise MaterialNotAsked("这次申报不需要这份材料，请只上传清单里要您交的")
    if DraftMaterialRow.objects.filter(draft=draft, material=material).count() >= MOST_FILES_PER_MATERIAL:
        raise FileRefused(
            "too-many", f"一份材料最多 {MOST_FILES_PER_MATERIAL} 个文件；请先删去不要的，或合成一个 PDF"
        )
    # what the applicant adds at home to a form begun at a window was checked by nobody
    by_clerk = opened.at_window and bool(actor.holds(Role.WINDOW))
    source = "window" if by_clerk else "applicant"
    kept = keep_file(
        content,
        filename=filename,
        holder=opened.row.party_id,
        material=material,
        source=source,
        trust="checked" if by_clerk and compared else "uploaded",
        at=at,
    )
    with transaction.atomic():
        DraftMaterialRow.objects.create(id=new_id(), draft_id=draft, material=material, copy_id=kept.copy)
        touch_draft(draft, actor=actor, at=at)
    return kept


def detach_material(*, draft: UUID, actor: Actor, copy: UUID, at: datetime) -> None:
    """Take a document out of the draft again; it stays in the applicant's wallet."""
    opened = open_draft(draft, actor=actor)
    if opened.row.filed_as:
        raise DraftFiled(opened.row.filed_as)
    DraftMaterialRow.objects.filter(draft=draft, copy=copy).delete()
    touch_draft(draft, actor=actor, at=at)
