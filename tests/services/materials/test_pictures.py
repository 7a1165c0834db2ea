"""Photographs of paper: the picture stays as it is, what was written beside it goes, and it is told which way is up."""

import struct
import zlib

import pytest

from yijianshi.services.materials.pictures import bare_picture
from yijianshi.services.materials.sniffing import FileRefused


def exif(orientation: int, *, order: str = "<") -> bytes:
    """Return notes of a camera: which way is up, and something that is nobody's business."""
    head = {"<": b"II", ">": b"MM"}[order] + struct.pack(order + "HI", 42, 8)
    entry = struct.pack(order + "HHIHH", 0x0112, 3, 1, orientation, 0)
    return head + struct.pack(order + "H", 1) + entry + b"\0\0\0\0" + b"Nanjing, 9 o'clock"


def jpeg(*, width: int = 40, height: int = 30, notes: bytes = b"", after: bytes = b"") -> bytes:
    """Return the skeleton of a JPEG: its segments in order, a scan with a stuffed byte and a restart, and what follows."""

    def segment(marker: int, body: bytes) -> bytes:
        return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body

    parts = [b"\xff\xd8", segment(0xE0, b"JFIF\0")]
    if notes:
        parts.append(segment(0xE1, b"Exif\0\0" + notes))
    parts.append(segment(0xFE, b"taken by somebody"))
    parts.append(segment(0xC0, struct.pack(">BHHB", 8, height, width, 1) + b"\1\x11\0"))
    parts.append(segment(0xDA, b"\1\1\0\0\x3f\0") + b"picture\xff\x00more\xff\xd0rest")
    return b"".join(parts) + b"\xff\xd9" + after


def png(*, notes: bytes = b"") -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    beside = chunk(b"eXIf", notes) if notes else b""
    head = struct.pack(">IIBBBBB", 8, 5, 8, 0, 0, 0, 0)
    text = chunk(b"tEXt", b"Author\0somebody")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + beside
        + text
        + chunk(b"IDAT", b"x")
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize(
    ("orientation", "turn", "mirrored"),
    [(1, 0, False), (2, 0, True), (3, 180, False), (4, 180, True), (5, 270, True), (6, 90, False), (7, 90, True),
     (8, 270, False), (99, 0, False)],
)  # fmt: skip
def test_which_way_is_up_is_read_before_it_is_taken_out(
    orientation: int, turn: int, mirrored: bool, order: str
) -> None:
    picture = bare_picture(jpeg(notes=exif(orientation, order=order)))
    assert (picture.turn, picture.mirrored, picture.width, picture.height) == (turn, mirrored, 40, 30)
    assert bare_picture(png(notes=exif(orientation, order=order))).turn == turn


def test_who_where_and_when_is_gone_and_the_picture_is_the_same_to_the_byte() -> None:
    content = jpeg(notes=exif(6), after=b"a film that the telephone put behind the picture")
    kept = bare_picture(content).content
    for gone in (b"Nanjing", b"somebody", b"film", b"Exif"):
        assert gone in content
        assert gone not in kept
    assert b"picture\xff\x00more\xff\xd0rest\xff\xd9" in kept
    assert bare_picture(kept).content == kept
    assert b"somebody" not in bare_picture(png()).content


@pytest.mark.parametrize(
    "broken", [jpeg()[:-30], b"\xff\xd8\xff", png()[:-12], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", jpeg(width=0)]
)
def test_a_picture_that_breaks_off_is_refused(broken: bytes) -> None:
    with pytest.raises(FileRefused) as refused:
        bare_picture(broken)
    assert "重新拍" in str(refused.value)


@pytest.mark.parametrize("other", [b"%PDF-1.4\n%%EOF", b"PK\x03\x04", b"", jpeg(width=9000, height=9000)])
def test_what_is_no_photograph_or_far_too_large_is_refused(other: bytes) -> None:
    with pytest.raises(FileRefused):
        bare_picture(other)
