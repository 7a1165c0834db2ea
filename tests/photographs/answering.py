"""Photographs as the pages meet them: some bytes that a browser sends, and the reader that knows what stands on them."""

import hashlib
from dataclasses import replace

from yijianshi.domain.reading_lines import Photograph
from yijianshi.integrations.ocr import RecordedReader
from yijianshi.services import outside
from yijianshi.services.ports import PhotographSeen

from .recording import recorded

PREVIEW = b"\xff\xd8\xff\xe0 a small upright picture"


def bytes_of(kind: str, how: str = "plain") -> bytes:
    """Return the bytes under which a photograph of the collection is known here."""
    return b"\xff\xd8\xff\xe0" + f"{kind}, {how}".encode()


def read_here(*, changed: dict[str, Photograph] | None = None) -> None:
    """Let the platform read the recorded photographs, and others by name, for the rest of a test."""
    seen = {bytes_of(one.kind, one.how): one.photograph for one in recorded() if one.number == 0}
    seen |= {bytes_of(name): photograph for name, photograph in (changed or {}).items()}
    answers = {
        hashlib.sha256(content).hexdigest(): PhotographSeen(photograph, PREVIEW)
        for content, photograph in seen.items()
    }
    outside.use(replace(outside.outside(), reader=RecordedReader(answers)))
