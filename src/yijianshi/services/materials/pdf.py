"""
Whether a PDF would do something by itself, looked for without opening it.

Names may be written with escapes (`/J#61vaScript`) and hidden in compressed object streams; both are looked into, the
latter up to a bound. Source: ISO 32000-1, 7.3.5 (names), 7.5.7 (object streams), 7.6 (encryption), 12.6.4 (actions).
"""

import re
import zlib
from collections.abc import Iterator
from enum import Enum
from mmap import mmap

_REGULAR = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]"
_NAME = re.compile(rb"/(" + _REGULAR + rb"+)")
#: What may be a wanted name: written plainly, or with at least one escape.
_WANTED = re.compile(
    rb"/((?:JavaScript|Launch|Encrypt)(?!" + _REGULAR + rb")"
    rb"|" + _REGULAR + rb"*#[0-9A-Fa-f]{2}" + _REGULAR + rb"*)"
)
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream[ \t]*(?:\r\n|\n|\r)")
_ACTIVE = {b"JavaScript", b"Launch"}
_LONGEST_DICTIONARY = 8 * 1024
_LARGEST_UNPACKED = 64 * 1024 * 1024
_PIECE = 64 * 1024
#: More than any honest document has; looking further would only keep the node busy.
_MOST_NAMES, _MOST_STREAMS, _MOST_DICTIONARIES = 100_000, 100_000, 2_000
_TAIL = 8 * 1024


class PdfTrouble(Enum):
    """Why a PDF may not come in."""

    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    OPAQUE = "opaque"
    BROKEN_OFF = "broken off"


class _Opaque(Exception):
    """Something is packed or written in a way that we do not look into."""


def trouble_in(content: bytes | mmap) -> PdfTrouble | None:
    """Return the first reason against a PDF, or None."""
    if b"%%EOF" not in content[-_TAIL:]:
        return PdfTrouble.BROKEN_OFF
    try:
        names = _wanted_names(content)
        if b"Encrypt" in names:
            return PdfTrouble.ENCRYPTED
        if names & _ACTIVE or any(_wanted_names(packed) & _ACTIVE for packed in _object_streams(content)):
            return PdfTrouble.ACTIVE
    except _Opaque:
        return PdfTrouble.OPAQUE
    return None


def _wanted_names(content: bytes | mmap) -> set[bytes]:
    """Return the names that matter, escapes read. :raises _Opaque: if there are too many escapes to be honest."""
    found: set[bytes] = set()
    for count, match in enumerate(_WANTED.finditer(content)):
        if count > _MOST_NAMES:
            raise _Opaque
        found.add(match[1])
    return {_plain(name) for name in found}


def _plain(name: bytes) -> bytes:
    return _ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), name)


def _object_streams(content: bytes | mmap) -> Iterator[bytes]:
    """Yield the objects packed into object streams. :raises _Opaque: if one cannot be looked into."""
    room = _LARGEST_UNPACKED
    looked_into = 0
    for count, stream in enumerate(_STREAM.finditer(content)):
        if count > _MOST_STREAMS or looked_into > _MOST_DICTIONARIES:
            raise _Opaque
        head = content[max(0, stream.start() - _LONGEST_DICTIONARY) : stream.start()]
        dictionary = head[head.rfind(b" obj") + 1 :]
        if b"ObjStm" not in dictionary and b"#" not in dictionary:
            continue
        looked_into += 1
        names = {_plain(name) for name in _NAME.findall(dictionary)}
        if b"ObjStm" not in names:
            continue
        packed = _objects(content, stream.end(), names, room)
        room -= len(packed)
        yield packed


def _objects(content: bytes | mmap, start: int, names: set[bytes], room: int) -> bytes:
    if b"Filter" not in names:
        return b""  # lies open, and was read with the rest of the file
    # A filter named elsewhere, or any other than the one that everybody uses here, could hide what is packed.
    if {name for name in names if name.endswith(b"Decode")} != {b"FlateDecode"} or b"Predictor" in names:
        raise _Opaque
    unpacking = zlib.decompressobj()
    packed = bytearray()
    try:
        while not unpacking.eof and start < len(content):
            packed += unpacking.decompress(content[start : start + _PIECE], room + 1 - len(packed))
            if len(packed) > room:
                raise _Opaque
            start += _PIECE
    except zlib.error:
        raise _Opaque from None
    return bytes(packed)
