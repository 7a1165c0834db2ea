"""
What an uploaded file really is, whatever its name says, and whether it may come in at all.

A kind is read from the bytes; archives are looked at from outside and never unpacked. Sources: ISO 32000-1 (PDF),
ISO/IEC 10918-1 (JPEG), ISO/IEC 15948 (PNG), ECMA-376 (docx, xlsx), GB/T 33190-2016 (OFD).
"""

import zipfile
from enum import StrEnum
from io import BytesIO
from pathlib import PurePosixPath

from .pdf import PdfTrouble, trouble_in

LARGEST_FILE = 20 * 1024 * 1024
_LARGEST_UNPACKED = 200 * 1024 * 1024
_MOST_PARTS = 5_000
_HIGHEST_RATIO = 200
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class FileKind(StrEnum):
    """The kinds of files that may come in."""

    PDF = "pdf"
    JPEG = "jpg"
    PNG = "png"
    DOCX = "docx"
    XLSX = "xlsx"
    OFD = "ofd"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]

    @property
    def is_picture(self) -> bool:
        return self in (FileKind.JPEG, FileKind.PNG)


_MEDIA_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.JPEG: "image/jpeg",
    FileKind.PNG: "image/png",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.OFD: "application/ofd",
}
_EXTENSIONS = {kind.value: kind for kind in FileKind} | {"jpeg": FileKind.JPEG}
_WELCOME = "PDF、JPG、PNG、Word（docx）、Excel（xlsx）、OFD"


class FileRefused(Exception):
    """An uploaded file cannot be taken; the message says why and what would do."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = (
            reason  # empty | too-large | unknown-kind | false-extension | encrypted | active | bomb | damaged
        )


def sniff(content: bytes) -> FileKind | None:
    """Return the kind that the bytes show, or None if it is none of those that may come in."""
    if content.startswith(b"%PDF-"):
        return FileKind.PDF
    if content.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n") and content[12:16] == b"IHDR":
        return FileKind.PNG
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_archive(content)
    return None


def assert_allowed(filename: str, content: bytes) -> FileKind:
    """
    Return the kind of an uploaded file.

    :raises FileRefused: if it is empty, too large, of another kind than its name says, encrypted, or does things by itself.
    """
    if not content:
        raise FileRefused("empty", "这个文件是空的。请重新选择文件。")
    if len(content) > LARGEST_FILE:
        size = len(content) / 1024 / 1024
        raise FileRefused("too-large", f"文件有 {size:.1f} MB，最多 20 MB。请压缩或分成几个文件上传。")
    kind = sniff(content)
    if kind is None:
        raise _of_unknown_kind(content)
    extension = PurePosixPath(filename.replace("\\", "/")).suffix.lower().removeprefix(".")
    if _EXTENSIONS.get(extension) is not kind:
        shown = f"扩展名是“.{extension}”" if extension else "文件名没有扩展名"
        raise FileRefused(
            "false-extension",
            f"{shown}，内容却是 {kind.value.upper()} 文件。请把扩展名改为“.{kind.value}”，或重新导出后上传。",
        )
    if kind is FileKind.PDF:
        _assert_quiet(content)
    elif kind in (FileKind.DOCX, FileKind.XLSX, FileKind.OFD):
        _assert_sound(content)
    return kind


def _of_unknown_kind(content: bytes) -> FileRefused:
    if content.startswith(_OLD_OFFICE):
        return FileRefused(
            "unknown-kind",
            "这是旧版或加了密码的 Office 文件，打不开。请去掉密码，另存为 docx、xlsx 或 PDF 后上传。",
        )
    return FileRefused("unknown-kind", f"认不出这种文件。请上传 {_WELCOME} 文件；纸质材料可以拍照。")


def _kind_of_archive(content: bytes) -> FileKind | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (
        zipfile.BadZipFile,
        ValueError,
        NotImplementedError,
    ):  # the last: a compression that zipfile does not know
        return None
    if "OFD.xml" in names:
        return FileKind.OFD
    if "[Content_Types].xml" in names:
        if "word/document.xml" in names:
            return FileKind.DOCX
        if "xl/workbook.xml" in names:
            return FileKind.XLSX
    return None


def _assert_sound(content: bytes) -> None:
    """:raises FileRefused: if the archive would blow up, is locked, or carries macros; only its list of parts is read."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _LARGEST_UNPACKED or unpacked > _HIGHEST_RATIO * len(content):
        raise FileRefused("bomb", "这个文件解开后过大，不能接收。请另存为 PDF 后上传。")
    if any(part.flag_bits & 1 for part in parts):
        raise FileRefused("encrypted", "这个文件加了密码，打不开。请去掉密码后重新上传。")
    if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
        raise FileRefused(
            "active", "这个文件里有宏（会自动执行的程序），不能接收。请另存为不带宏的文件或 PDF。"
        )


def _assert_quiet(content: bytes) -> None:
    """:raises FileRefused: if the PDF is encrypted, acts by itself, cannot be looked into, or breaks off."""
    match trouble_in(content):
        case PdfTrouble.ENCRYPTED:
            raise FileRefused("encrypted", "这个 PDF 加了密码，打不开。请去掉密码后重新上传。")
        case PdfTrouble.ACTIVE:
            raise FileRefused(
                "active", "这个 PDF 里有会自动执行的程序，不能接收。请用“打印为 PDF”另存一份后上传。"
            )
        case PdfTrouble.OPAQUE:
            raise FileRefused(
                "bomb", "这个 PDF 的内部结构无法检查，不能接收。请用“打印为 PDF”另存一份后上传。"
            )
        case PdfTrouble.BROKEN_OFF:
            raise FileRefused(
                "damaged", "这个 PDF 不完整，可能没有传完。请重新上传；仍不行请重新扫描或导出。"
            )
