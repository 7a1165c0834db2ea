"""
What may come in as a drawing (图纸): read from its first bytes, whatever its name says, and looked through once it is whole.

Sources: ISO 32000-1 (PDF), ISO/IEC 10918-1 (JPEG), ISO/IEC 15948 (PNG); a DWG begins with the letters of its version, AC10xx.
"""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import PurePosixPath
from uuid import UUID

from yijianshi.store.joint.models import UploadPartRow

from ..materials.sniffing import FileRefused
from ..outside import outside

LARGEST_DRAWING = 500 * 1024 * 1024
LARGEST_PART = 8 * 1024 * 1024
#: Smaller parts than this, but for the last, would make a file of half a million pieces.
SMALLEST_PART = 256 * 1024


class DrawingKind(StrEnum):
    """The kinds of drawings that may come in."""

    PDF = "pdf"
    DWG = "dwg"
    JPEG = "jpg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        return {
            DrawingKind.PDF: "application/pdf", DrawingKind.DWG: "image/vnd.dwg",
            DrawingKind.JPEG: "image/jpeg", DrawingKind.PNG: "image/png",
        }[self]  # fmt: skip

    @property
    def is_picture(self) -> bool:
        return self in (DrawingKind.JPEG, DrawingKind.PNG)


_SIGNS = (
    (b"%PDF-", DrawingKind.PDF),
    (b"AC10", DrawingKind.DWG),
    (b"\xff\xd8\xff", DrawingKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", DrawingKind.PNG),
)
_EXTENSIONS = {kind.value: kind for kind in DrawingKind} | {"jpeg": DrawingKind.JPEG}
_WELCOME = "图纸请上传 PDF、DWG、JPG 或 PNG"


def kind_by_name(filename: str) -> DrawingKind:
    """
    Return the kind that a name promises.

    :raises FileRefused: if drawings are not of that kind.
    """
    extension = PurePosixPath(filename.replace("\\", "/")).suffix.lower().removeprefix(".")
    if extension in _EXTENSIONS:
        return _EXTENSIONS[extension]
    if extension in ("zip", "rar", "7z", "tar", "gz"):
        raise FileRefused("unknown-kind", f"不收压缩包，里面的内容没法查看。{_WELCOME}，一张一个文件。")
    raise FileRefused("unknown-kind", f"不收“{extension or '没有扩展名'}”的文件。{_WELCOME}。")


def kind_by_bytes(head: bytes, filename: str) -> DrawingKind:
    """
    Return the kind that the first bytes show.

    :raises FileRefused: if it is none, or not the one that the name promises.
    """
    promised = kind_by_name(filename)
    shown = next((kind for sign, kind in _SIGNS if head.startswith(sign)), None)
    if shown is None:
        raise FileRefused("false-extension", f"“{filename}”的内容不是图纸。{_WELCOME}，不能只改扩展名。")
    if shown is not promised:
        raise FileRefused(
            "false-extension",
            f"“{filename}”的内容是 {shown.value.upper()} 文件。请把扩展名改为“.{shown.value}”，或重新导出后上传。",
        )
    return shown


def parts_of(upload: UUID) -> Iterator[bytes]:
    """
    Yield the parts of a file one after another, so that it is never in memory as a whole.

    :raises FileMissing: if a part is gone or damaged.
    """
    rows = UploadPartRow.objects.filter(upload=upload).order_by("offset")
    for sha256 in list(rows.values_list("sha256", flat=True)):
        with outside().files.open(sha256) as stream:
            yield stream.read()
