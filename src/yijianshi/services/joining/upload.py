"""
Take in a large drawing part by part (断点续传), so that what breaks off goes on where it stopped.

A part that did not come through whole is dropped; the file goes on at its beginning. Source of the way of asking:
tus.io, resumable upload protocol 1.0.0 (core, creation, checksum).
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.domain.joint import OperationRefused
from yijianshi.domain.rights import Act, Actor, NotPermitted, require
from yijianshi.store.joint.models import DrawingRow, UploadPartRow, UploadRow
from yijianshi.store.joint.moving import StaleOperation, add_part
from yijianshi.store.keys import new_id
from yijianshi.store.materials.models import BlobRow

from ..contents import open_text, seal_text
from ..materials.sniffing import LARGEST_FILE, FileRefused
from ..outside import outside
from ..ports import FileMissing
from .drawings import LARGEST_DRAWING, LARGEST_PART, SMALLEST_PART, kind_by_bytes, kind_by_name, parts_of
from .loading import load_operation
from .noting import note_joint

STALE_AFTER = timedelta(days=3)
MOST_UNDER_WAY = 10
MOST_DRAWINGS = 60


class OffsetWrong(Exception):
    """A part does not begin where the file ends so far; `offset` says where that is."""

    def __init__(self, offset: int) -> None:
        super().__init__(f"已收到 {offset} 字节，请从这里接着传")
        self.offset = offset


class PartBroken(Exception):
    """A part did not come through as it was sent, and was dropped; it is to be sent again."""


class ChecksumWrong(PartBroken):
    """A part does not have the digest that was sent with it."""


class UploadGone(Exception):
    """There is no such file on its way: it came in whole, was refused, or was left alone for too long."""

    def __init__(self) -> None:
        super().__init__("没有这个正在上传的文件，可能已经传完，或者放得太久被清理了。请重新选择文件上传")


@dataclass(frozen=True, slots=True)
class Arriving:
    """How far a file has come; `drawing` once it is whole."""

    id: UUID
    operation: UUID
    offset: int
    size: int
    drawing: UUID | None = None


def start_upload(
    *, operation: UUID, actor: Actor, filename: str, size: int, at: datetime, sha256: str = ""
) -> Arriving:
    """
    Announce a file: what is too large or of no kind of drawing is refused before a byte of it is sent.

    :param sha256: the digest of the whole, if the sender knows it; it is compared at the end.
    :raises NotPermitted: if the actor is not the applicant, nor the window for him.
    :raises FileRefused: if the size or the name speaks against it, or too much is on its way.
    :raises OperationRefused: if the operation is over.
    """
    found = load_operation(operation)
    require(actor, Act.ATTEND_JOINT, found.thing())
    if not found.is_open:
        raise OperationRefused("这次联合行动已经结束，不再收图纸")
    if size <= 0:
        raise FileRefused("empty", "这个文件是空的。请重新选择文件。")
    if size > LARGEST_DRAWING:
        raise FileRefused(
            "too-large", f"文件有 {size / 1024**2:.0f} MB，最多 500 MB。请按专业或楼层拆成几个文件上传。"
        )
    kind = kind_by_name(filename)
    account = UUID(actor.account)
    under_way = UploadRow.objects.filter(account=account, state="open", touched_at__gt=at - STALE_AFTER)
    if under_way.count() >= MOST_UNDER_WAY:
        raise FileRefused("too-many", f"已有 {MOST_UNDER_WAY} 个文件没传完，请先把它们传完")
    if DrawingRow.objects.filter(operation=operation).count() >= MOST_DRAWINGS:
        raise FileRefused("too-many", f"最多 {MOST_DRAWINGS} 个图纸文件，请合并后再传")
    row = UploadRow.objects.create(
        id=new_id(), operation_id=operation, account=account, size=size, kind=kind, expected=sha256.lower()[:64],
        name_sealed=seal_text(filename[-120:], purpose="file-name"), state="open", started_at=at, touched_at=at,
    )  # fmt: skip
    return Arriving(row.id, operation, 0, size)


def arriving(*, upload: UUID, actor: Actor) -> Arriving:
    """Return how far a file has come. :raises UploadGone: if it is not on its way, or somebody else's."""
    return _arriving(_open(upload, actor))


def append_part(
    *, upload: UUID, actor: Actor, offset: int, content: bytes, at: datetime, checksum: bytes = b""
) -> Arriving:
    """
    Put a part behind what has come; with the last one the file is a drawing that waits to be looked through.

    :param checksum: SHA-256 of the part, if the sender gave it.
    :raises UploadGone: if it is not on its way, or somebody else's.
    :raises OffsetWrong: if the part begins elsewhere.
    :raises PartBroken: if it is not what was sent, empty, or too small to be worth a part.
    :raises FileRefused: if the content speaks against it; the file is given up.
    """
    row = _open(upload, actor)
    if offset != row.offset:
        raise OffsetWrong(row.offset)
    rest = row.size - offset
    digest = hashlib.sha256(content)
    if checksum and digest.digest() != checksum:
        raise ChecksumWrong("这一段传坏了，请重传这一段")
    if not content or len(content) > min(LARGEST_PART, rest) or len(content) < min(SMALLEST_PART, rest):
        raise PartBroken(
            f"每一段在 {SMALLEST_PART // 1024} KB 到 {LARGEST_PART // 1024**2} MB 之间，请分段重传"
        )
    kind = row.kind
    if offset == 0:
        try:
            kind = kind_by_bytes(content[:64], open_text(row.name_sealed, purpose="file-name"))
        except FileRefused:
            _give_up(row)
            raise
    sha256 = digest.hexdigest()
    outside().files.save(sha256, content)
    try:
        add_part(upload, offset=offset, size=len(content), sha256=sha256, kind=kind, at=at)
    except StaleOperation as error:
        raise OffsetWrong(UploadRow.objects.values_list("offset", flat=True).get(pk=upload)) from error
    row.refresh_from_db()
    if row.offset < row.size:
        return _arriving(row)
    return _finish(row, actor, at)


def upload_whole(*, operation: UUID, actor: Actor, filename: str, content: bytes, at: datetime) -> Arriving:
    """
    Take in a drawing that was sent with a plain form, up to the size of any other document.

    :raises FileRefused: if it cannot be taken, as above.
    """
    if len(content) > LARGEST_FILE:
        raise FileRefused(
            "too-large", "这样上传一个文件最多 20 MB。更大的图纸请换能断点续传的浏览器，打开脚本后上传。"
        )
    came = start_upload(operation=operation, actor=actor, filename=filename, size=len(content), at=at)
    while came.drawing is None:
        part = content[came.offset : came.offset + LARGEST_PART]
        rest = len(content) - came.offset - len(part)
        if 0 < rest < SMALLEST_PART:
            part = part[:-SMALLEST_PART]
        came = append_part(upload=came.id, actor=actor, offset=came.offset, content=part, at=at)
    return came


def sweep_uploads(*, at: datetime, most: int = 20) -> int:
    """Clear away files that nobody has gone on with for three days; return how many."""
    stale = UploadRow.objects.filter(state__in=("open", "refused"), touched_at__lt=at - STALE_AFTER)
    swept = 0
    for key in stale.values_list("pk", flat=True)[:most]:
        with transaction.atomic():
            if not stale.filter(pk=key).select_for_update(skip_locked=True).exists():
                continue
            parts = set(UploadPartRow.objects.filter(upload=key).values_list("sha256", flat=True))
            UploadRow.objects.filter(pk=key).delete()
        used = set(UploadPartRow.objects.filter(sha256__in=parts).values_list("sha256", flat=True))
        used |= set(BlobRow.objects.filter(pk__in=parts).values_list("pk", flat=True))
        for sha256 in parts - used:
            outside().files.drop(sha256)
        swept += 1
    return swept


def _finish(row: UploadRow, actor: Actor, at: datetime) -> Arriving:
    digest = hashlib.sha256()
    try:
        for part in parts_of(row.pk):
            digest.update(part)
    except FileMissing as error:
        _give_up(row)
        raise FileRefused("damaged", "文件没有存完整，请重新上传") from error
    sha256 = digest.hexdigest()
    if row.expected and row.expected != sha256:
        _give_up(row)
        raise FileRefused("damaged", "收到的文件和您电脑上的不一样，没有保存。请重新上传")
    found = load_operation(row.operation_id)
    with transaction.atomic():
        UploadRow.objects.filter(pk=row.pk, state="open").update(state="done", touched_at=at)
        drawing, is_new = DrawingRow.objects.get_or_create(
            operation_id=row.operation_id, sha256=sha256,
            defaults={
                "upload": row, "name_sealed": row.name_sealed, "kind": row.kind, "size": row.size, "scan": "waiting",
                "by": UUID(actor.account), "at": at,
            },
        )  # fmt: skip
        if is_new:
            note_joint(
                "joint_drawing", found.row, by=actor, unit="", at=at, drawing=str(drawing.pk), told=False
            )
    return Arriving(row.pk, row.operation_id, row.size, row.size, drawing.pk)


def _open(upload: UUID, actor: Actor) -> UploadRow:
    row = UploadRow.objects.filter(pk=upload, account=UUID(actor.account), state="open").first()
    if row is None:
        raise UploadGone
    found = load_operation(row.operation_id)
    try:
        require(actor, Act.ATTEND_JOINT, found.thing())
    except NotPermitted as error:
        raise UploadGone from error
    return row


def _arriving(row: UploadRow) -> Arriving:
    return Arriving(row.pk, row.operation_id, row.offset, row.size)


def _give_up(row: UploadRow) -> None:
    UploadRow.objects.filter(pk=row.pk, state="open").update(state="refused")
