"""
Open the files of a list one after the other: spreadsheets, text tables and archives of them, row by row.

A row is numbered as a spreadsheet numbers it. Nothing is unpacked to disk, and what would swell beyond reason is refused.
"""

import codecs
import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

import python_calamine as calamine

from .places import Cell, Finding

#: A list of a whole province has some hundred thousand rows; more than this is no list, or a trap.
LARGEST_UNPACKED = 1024 * 1024 * 1024
LARGEST_RATIO = 300
MOST_MEMBERS = 200
LONGEST_CELL = 32_767  # what one cell of a spreadsheet holds
_SNIFFED = 1024 * 1024

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_SAVE_AGAIN = "用表格软件打开，另存为 .xlsx 或 UTF-8 的 .csv 再试"
_TEXT_ENDINGS = (".csv", ".txt", ".tsv")


@dataclass(slots=True)
class Sheet:
    """One table of a list, read once from top to bottom; `total` is 0 where only the end will tell."""

    file: str
    name: str
    rows: Iterator[Sequence[object]]
    total: int = 0
    damaged: list[int] = field(default_factory=list)  # rows in which characters could not be told


def open_sheets(path: Path, *, name: str = "") -> Iterator[Sheet | Finding]:
    """Yield every table of a file; what cannot be opened is a finding that says why and what would do."""
    called = name or path.name
    try:
        with path.open("rb") as stream:
            yield from sheets_in(stream, called)
    except OSError as error:
        yield _unreadable(called, f"打不开：{error.strerror}", "核对路径和权限")


def sheets_in(stream: BinaryIO, name: str, *, nested: bool = False) -> Iterator[Sheet | Finding]:
    """Yield every table of an opened file, as `open_sheets` does; one within an archive may not be an archive again."""
    head = stream.read(8)
    stream.seek(0)
    if not head:
        yield _unreadable(name, "文件是空的", "换一个有内容的文件")
    elif head.startswith(_ZIP):
        yield from _packed(stream, name, nested=nested)
    elif head.startswith(_OLE):
        yield from _workbook(stream, name)
    elif head.startswith(b"%PDF"):
        yield _unreadable(name, "这是 PDF，不是表格", "请交导出的 Excel 或 CSV")
    elif name.lower().endswith(_TEXT_ENDINGS) or _looks_like_text(stream):
        yield _text(stream, name)
    else:
        yield _unreadable(name, "不是认识的表格格式", "请交 .xlsx、.xls、.ods、.csv，或者把它们打成 .zip")


def _packed(stream: BinaryIO, name: str, *, nested: bool) -> Iterator[Sheet | Finding]:
    try:
        archive = zipfile.ZipFile(stream, metadata_encoding="gb18030")
        members = [m for m in archive.infolist() if not m.is_dir()]
    # Names that are no text in their own coding are a ValueError; a version that zipfile does not know, NotImplementedError.
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        yield _unreadable(name, "压缩包或表格文件坏了", "重新打包，或重新导出")
        return
    unpacked, packed = sum(m.file_size for m in members), sum(m.compress_size for m in members)
    if unpacked > LARGEST_UNPACKED or unpacked > max(packed, 1) * LARGEST_RATIO + 64 * 1024 * 1024:
        yield _unreadable(name, "展开以后太大，没有打开", "拆成几个文件再交")
        return
    names = {m.filename for m in members}
    if "[Content_Types].xml" in names or "mimetype" in names:
        stream.seek(0)
        yield from _workbook(stream, name)
        return
    if nested:
        yield _unreadable(name, "压缩包里又套了压缩包", "只打一层包")
        return
    if len(members) > MOST_MEMBERS:
        yield _unreadable(name, f"压缩包里有 {len(members)} 个文件，超过 {MOST_MEMBERS} 个", "分几次交")
        return
    for member in members:
        shown = PurePosixPath(member.filename).name
        if shown.startswith((".", "~$")) or "__MACOSX" in member.filename:
            continue
        if member.flag_bits & 0x1:
            yield _unreadable(shown, "压缩包有密码", "去掉密码再打包")
            continue
        try:
            with archive.open(member) as inner:
                content = io.BytesIO(inner.read())
        # zipfile says RuntimeError of a password, and its NotImplementedError of a packing it does not know
        except (zipfile.BadZipFile, RuntimeError, EOFError, OSError):
            yield _unreadable(shown, "压缩包里的这个文件坏了，或者加了密码", "去掉密码，重新打包成普通的 zip")
            continue
        yield from sheets_in(content, shown, nested=True)


def _workbook(stream: BinaryIO, name: str) -> Iterator[Sheet | Finding]:
    try:
        book = calamine.CalamineWorkbook.from_filelike(stream)
    except calamine.PasswordError:
        yield _unreadable(name, "文件有密码", "去掉密码另存再交")
        return
    except (calamine.CalamineError, ValueError, OSError) as error:
        yield _unreadable(name, f"表格文件读不了（{str(error)[:80]}）", _SAVE_AGAIN)
        return
    for about in book.sheets_metadata:
        if about.typ is not calamine.SheetTypeEnum.WorkSheet:
            continue
        try:
            found = book.get_sheet_by_name(about.name)
        except (calamine.CalamineError, ValueError, OSError) as error:
            yield Finding(
                "file-unreadable", Cell(name, about.name), about.name, f"这张表读不了（{str(error)[:80]}）", _SAVE_AGAIN
            )  # fmt: skip
            continue
        if found.height:
            yield Sheet(name, about.name, found.iter_rows(), total=found.total_height)


def _text(stream: BinaryIO, name: str) -> Sheet | Finding:
    head = stream.read(_SNIFFED)
    stream.seek(0)
    encoding = _encoding_of(head)
    if encoding is None:
        return _unreadable(name, "看不出是什么编码的文字", "另存为 UTF-8 的 CSV 再试")
    sample = head.decode(encoding, errors="ignore")[:20_000]
    first = sample.splitlines()[0] if sample else ""
    mark = max(",\t;，", key=first.count)
    sheet = Sheet(name, "", iter(()))
    sheet.rows = _text_rows(stream, encoding, mark if first.count(mark) else ",", sheet)
    return sheet


def _text_rows(stream: BinaryIO, encoding: str, mark: str, sheet: Sheet) -> Iterator[Sequence[object]]:
    csv.field_size_limit(4 * 1024 * 1024)
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    reader = csv.reader(text, delimiter=mark)
    at = 0
    while True:
        at += 1
        try:
            row = next(reader)
        except StopIteration:
            break
        except csv.Error:
            sheet.damaged.append(at)
            row = []
        if any("\ufffd" in cell for cell in row):
            sheet.damaged.append(at)
        yield list(row)
    text.detach()


def _encoding_of(head: bytes) -> str | None:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            decoder.decode(head, final=len(head) < _SNIFFED)
        except UnicodeDecodeError as error:
            # a few spoilt characters do not hide which of the two it is
            if encoding == "gb18030" and error.start > 4096:
                return encoding
            continue
        return encoding
    return "gb18030" if b"," in head and b"\x00" not in head else None


def _looks_like_text(stream: BinaryIO) -> bool:
    head = stream.read(4096)
    stream.seek(0)
    return b"\x00" not in head and (b"," in head or b"\t" in head)


def _unreadable(name: str, why: str, remedy: str) -> Finding:
    return Finding("file-unreadable", Cell(name), name, why, remedy)
