"""
Whether a PDF would do something by itself, looked for without opening it.

Names may be written with escapes (`/J#61vaScript`) and hidden in compressed object streams; both are looked into, the
latter up to a bound. Source: ISO 32000-1, 7.3.5 (names), 7.5.7 (object streams), 7.6 (encryption), 12.6.4 (actions).
"""

import re
import zlib
from collections.abc import Iterator
from enum import Enum

_REGULAR = rb"[^\x00\t\n\x0c\r ()<>\[\]{}/%]"
_NAME = re.compile(rb"/(" + _REGULAR + rb"+)")
#: What may be a wanted name: written plainly, or with at least one escape.
_WANTED = re.compile(rb"/(?:JavaScript|Launch|Encrypt|" + _REGULAR + rb"*#[0-9A-Fa-f]{2}" + _REGULAR + rb"*)")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ACTIVE = {b"JavaScript", b"Launch"}
_LONGEST_DICTIONARY = 8 * 1024
_LARGEST_UNPACKED = 64 * 1024 * 1024
_TAIL = 8 * 1024


class PdfTrouble(Enum):
    """Why a PDF may not come in."""

    ENCRYPTED = "encrypted"
    ACTIVE = "active"
    OPAQUE = "opaque"
    BROKEN_OFF = "broken off"


class _Opaque(Exception):
    """An object stream is packed in a way that we do not look into."""


def trouble_in(content: bytes) -> PdfTrouble | None:
    """Return the first reason against a PDF, or None."""
    if b"%%EOF" not in content[-_TAIL:]:
        return PdfTrouble.BROKEN_OFF
    names = _wanted_names(content)
    if b"Encrypt" in names:
        return PdfTrouble.ENCRYPTED
    if names & _ACTIVE:
        return PdfTrouble.ACTIVE
    try:
        if any(_wanted_names(objects) & _ACTIVE for objects in _object_streams(content)):
            return PdfTrouble.ACTIVE
    except _Opaque:
        return PdfTrouble.OPAQUE
    return None


def _wanted_names(content: bytes) -> set[bytes]:
    found = set()
    for match in _WANTED.finditer(content):
        # The plain spellings may be the beginning of a longer name, so the whole name is read again.
        if whole := _NAME.match(content, match.start()):
            found.add(_plain(whole[1]))
    return found


def _plain(name: bytes) -> bytes:
    return _ESCAPE.sub(lambda escape: bytes([int(escape[1], 16)]), name)


def _object_streams(content: bytes) -> Iterator[bytes]:
    """Yield the objects packed into object streams. :raises _Opaque: if one cannot be looked into."""
    room = _LARGEST_UNPACKED
    for stream in _STREAM.finditer(content):
        head = content[max(0, stream.start() - _LONGEST_DICTIONARY) : stream.start()]
        dictionary = head[head.rfind(b" obj") + 1 :]
        names = {_plain(name) for name in _NAME.findall(dictionary)}
        if b"ObjStm" not in names:
            continue
        filters = {name for name in names if name.endswith(b"Decode")}
        if filters == {b"FlateDecode"} and b"Predictor" not in names:
            objects = _unpacked(content, stream.end(), room)
        elif not filters:
            end = content.find(b"endstream", stream.end())
            objects = content[stream.end() : end if end >= 0 else None]
        else:
            raise _Opaque
        room -= len(objects)
        yield objects


def _unpacked(content: bytes, start: int, room: int) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        objects = unpacking.decompress(memoryview(content)[start:], room + 1)
    except zlib.error:
        raise _Opaque from None
    if len(objects) > room:
        raise _Opaque
    return objects
