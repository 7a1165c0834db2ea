"""Photographs from the spot (现场照片): kept once by content, shown to officials when the scanner has passed them."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from yijianshi.domain.joint import OperationRefused, OperationState
from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.store.joint.models import PhotoRow
from yijianshi.store.keys import new_id

from ..applying.attach import keep_blob
from ..contents import open_text, seal_text
from ..materials.sniffing import FileKind, FileRefused
from ..outside import outside
from ..reading.reading_log import JOINT
from .loading import load_operation, note_look, require_unit

MOST_PHOTOS = 60


def add_photo(
    *, operation: UUID, actor: Actor, unit: str, filename: str, content: bytes, at: datetime
) -> UUID:
    """
    Keep a photograph with the operation.

    :raises NotPermitted: if the actor does not review for the unit, or it takes no part.
    :raises OperationRefused: if nobody is there yet, or the record is complete.
    :raises FileRefused: if it is no picture, too large, or the scanner speaks against it.
    """
    found = load_operation(operation)
    require_unit(actor, found, unit)
    if found.state not in (OperationState.FIXED, OperationState.HELD):
        raise OperationRefused("时间约好以后、记录完成以前可以加照片")
    if found.row.photos.count() >= MOST_PHOTOS:
        raise FileRefused("too-many", f"最多 {MOST_PHOTOS} 张照片")
    blob = keep_blob(content, filename=filename, at=at)
    if not FileKind(blob.kind).is_picture:
        raise FileRefused("unknown-kind", "现场照片请用 JPG 或 PNG")
    row = PhotoRow.objects.create(
        id=new_id(), operation=found.row, unit=unit, blob_id=blob.sha256,
        name_sealed=seal_text(filename[-120:], purpose="file-name"), by=UUID(actor.account), at=at,
    )  # fmt: skip
    return row.id


def drop_photo(*, photo: UUID, actor: Actor) -> UUID:
    """Take a photograph of one's own unit out again, until the record is complete; return its operation."""
    row = PhotoRow.objects.filter(pk=photo).first()
    if row is None:
        raise NotPermitted(Act.TAKE_PART)
    found = load_operation(row.operation_id)
    require_unit(actor, found, row.unit)
    if not found.is_open:
        raise OperationRefused("记录已经完成，照片不能再拿掉")
    row.delete()
    return found.id


def open_photo(*, photo: UUID, actor: Actor, at: datetime) -> tuple[BinaryIO, str, str]:
    """
    Return the bytes, the media type and the name of a photograph that the scanner has passed; staff's looks are noted.

    The applicant sees it with the record, not before.

    :raises NotPermitted: if the actor may not see it, or it is not scanned yet.
    """
    row = PhotoRow.objects.select_related("blob").filter(pk=photo).first()
    if row is None or row.blob.scan != "clean":
        raise NotPermitted(Act.READ_JOINT)
    found = load_operation(row.operation_id)
    require(actor, Act.READ_JOINT, found.thing())
    if not note_look(found, JOINT, actor=actor, at=at) and found.is_open:
        raise NotPermitted(Act.READ_JOINT)
    name = open_text(row.name_sealed, purpose="file-name")
    return outside().files.open(row.blob_id), FileKind(row.blob.kind).media_type, name
