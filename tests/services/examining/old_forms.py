"""The least that an OpenDocument table and an Excel 97 workbook consist of, written out by hand: no library here writes them."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

Rows = Sequence[Sequence[object]]

_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.2" '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="事项">'
)
_CLOSE = "</table:table></office:spreadsheet></office:body></office:document-content>"
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
    "</manifest:manifest>"
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"


def as_ods(path: Path, rows: Rows) -> Path:
    """Write rows as an OpenDocument spreadsheet."""
    lines = "".join(f"<table:table-row>{''.join(map(_cell, row))}</table:table-row>" for row in rows)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", _ODS)
        archive.writestr("META-INF/manifest.xml", _MANIFEST)
        archive.writestr("content.xml", _OPEN + lines + _CLOSE)
    return path


def _cell(value: object) -> str:
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'


def as_xls(path: Path, rows: Rows) -> Path:
    """Write rows as a workbook of Excel 97: records in a stream of a compound file ([MS-XLS], [MS-CFB])."""
    body = b"".join(_record_of(y, x, value) for y, row in enumerate(rows) for x, value in enumerate(row))
    name = "事项"
    sheet_name = struct.pack("<BB", len(name), 1) + name.encode("utf-16-le")
    before = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    start = len(before) + 4 + 6 + len(sheet_name) + 4
    book = before + _record(0x85, struct.pack("<IH", start, 0) + sheet_name) + _record(0x0A)
    sheet = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0)) + body + _record(0x0A)
    path.write_bytes(_compound((book + sheet).ljust(4096, b"\0")))
    return path


def _record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _record_of(y: int, x: int, value: object) -> bytes:
    if isinstance(value, int):
        return _record(0x203, struct.pack("<HHHd", y, x, 0, value))
    text = str(value)
    return _record(0x204, struct.pack("<HHHHB", y, x, 0, len(text), 1) + text.encode("utf-16-le"))


def _compound(stream: bytes) -> bytes:
    """Return a compound file with the stream `Workbook`: header, table of sectors, directory, then the stream."""
    sectors = -(-len(stream) // 512)
    free, end, table = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", 0, *[free] * 108)
    chain = [table, end, *range(3, sectors + 2), end]
    allocation = struct.pack("<128I", *chain, *[free] * (128 - len(chain)))

    def entry(name: str, kind: int, child: int, first: int, size: int) -> bytes:
        spelt = name.encode("utf-16-le") + b"\0\0"
        return struct.pack(
            "<64sHBBIII16sIQQIQ", spelt, len(spelt), kind, 1, free, free, child, b"", 0, 0, 0, first, size
        )

    directory = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, len(stream))
    empty = struct.pack("<64sHBBIII16sIQQIQ", b"", 0, 0, 0, free, free, free, b"", 0, 0, 0, 0, 0)
    return header + allocation + directory + empty * 2 + stream.ljust(sectors * 512, b"\0")
