"""
Photographs of paper, as they may go into a document: which way is up is read, where and when they were taken is taken out.

Sources: ISO/IEC 10918-1, B.1 (JPEG segments), JEITA CP-3451 4.6 (orientation), ISO/IEC 15948, 5 (PNG chunks).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from .sniffing import FileKind, FileRefused, sniff

#: More than any paper needs; larger ones would only fill the memory of whoever opens them.
MOST_PIXELS = 60_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
#: JFIF and Adobe say how colours are meant; everything else beside the picture may say who, where and when.
_KEPT_SEGMENTS = {0xE0, 0xEE}
_KEPT_CHUNKS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB"}
_WITHOUT_LENGTH = {0x01, *range(0xD0, 0xD8)}
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_SOS, _EOI, _APP1, _COMMENT = 0xDA, 0xD9, 0xE1, 0xFE
_ORIENTATION = 0x0112
#: Orientation → (degrees clockwise that put it upright, whether it is a mirror picture).
_TURNS = {
    1: (0, False), 2: (0, True), 3: (180, False), 4: (180, True), 5: (270, True), 6: (90, False),
    7: (90, True), 8: (270, False),
}  # fmt: skip


class Turned(StrEnum):
    """Which file name a picture gets, so that it is opened as what it is."""

    JPEG = "jpg"
    PNG = "png"


@dataclass(frozen=True, slots=True)
class Picture:
    """One page as a picture: bare bytes, its size as stored, and how it is put upright."""

    kind: Turned
    content: bytes
    width: int
    height: int
    turn: int = 0  # degrees clockwise
    mirrored: bool = False


def bare_picture(content: bytes) -> Picture:
    """
    Return a photograph without anything that came along with it.

    :raises FileRefused: if it is no JPEG or PNG, is damaged or too large.
    """
    kind = sniff(content)
    try:
        if kind is FileKind.JPEG:
            picture = _bare_jpeg(content)
        elif kind is FileKind.PNG:
            picture = _bare_png(content)
        else:
            raise FileRefused(
                "unknown-kind", "这里只收照片（JPG、PNG）。已经是 PDF 的，请在“交材料”里直接选文件。"
            )
    except (IndexError, struct.error, KeyError):
        raise FileRefused("damaged", "有一张照片不完整，打不开。请重新拍这一页。") from None
    if not picture.width or not picture.height:
        raise FileRefused("damaged", "有一张照片不完整，打不开。请重新拍这一页。")
    if picture.width * picture.height > MOST_PIXELS:
        raise FileRefused("too-large", "有一张照片太大（超过 6000 万像素）。请把相机调到普通画质，再拍一次。")
    return picture


def _bare_jpeg(content: bytes) -> Picture:
    kept, width, height, way = [b"\xff\xd8"], 0, 0, 1
    for marker, segment in _segments(content):
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", segment, 5)
        if marker == _APP1 and segment[4:10] == b"Exif\x00\x00":
            way = _orientation(segment[10:])
        if marker == _COMMENT or (0xE0 <= marker <= 0xEF and marker not in _KEPT_SEGMENTS):
            continue
        kept.append(segment)
    turn, mirrored = _TURNS.get(way, (0, False))
    return Picture(Turned.JPEG, b"".join(kept), width, height, turn, mirrored)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment up to the end of the picture; what follows it, such as a film, is left."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise IndexError
        marker = content[at + 1]
        if marker == 0xFF:  # fill bytes may stand before a marker
            at += 1
            continue
        if marker == _EOI:
            yield marker, content[at : at + 2]
            return
        if marker in _WITHOUT_LENGTH:
            yield marker, content[at : at + 2]
            at += 2
            continue
        end = at + 2 + struct.unpack_from(">H", content, at + 2)[0]
        if end > len(content):
            raise IndexError
        if marker == _SOS:
            end = _end_of_scan(content, end)
        yield marker, content[at:end]
        at = end


def _end_of_scan(content: bytes, at: int) -> int:
    """Return where the packed picture ends: at the first marker that is neither a stuffed byte nor a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0:
            raise IndexError
        following = content[at + 1]
        if following != 0x00 and not 0xD0 <= following <= 0xD7 and following != 0xFF:
            return at
        at += 1 if following == 0xFF else 2


def _orientation(tiff: bytes) -> int:
    """Return which way is up, or 1 where it is not said or cannot be read."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        start = struct.unpack_from(order + "I", tiff, 4)[0]
        for n in range(struct.unpack_from(order + "H", tiff, start)[0]):
            tag, _, _, value = struct.unpack_from(order + "HHIH", tiff, start + 2 + 12 * n)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        return 1  # broken notes beside a good picture are no reason to refuse it
    return 1


def _bare_png(content: bytes) -> Picture:
    kept, way = [_PNG], 1
    at = len(_PNG)
    width, height = struct.unpack_from(">II", content, at + 8)
    while True:
        length = struct.unpack_from(">I", content, at)[0]
        name, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise IndexError
        if name == b"eXIf":
            way = _orientation(content[at + 8 : end - 4])
        if name in _KEPT_CHUNKS:
            kept.append(content[at:end])
        if name == b"IEND":
            break
        at = end
    turn, mirrored = _TURNS.get(way, (0, False))
    return Picture(Turned.PNG, b"".join(kept), width, height, turn, mirrored)
