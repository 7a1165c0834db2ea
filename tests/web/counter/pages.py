"""What the tests of the counter share: 王芳 with a draft, a code as she shows it, and a photograph of paper."""

import re
import struct
import zlib
from uuid import UUID

from django.test import Client

from tests.cast import HOME, RESTAURANT, actor
from yijianshi.domain.codes import BundleCode
from yijianshi.project.clock import NODE_CLOCK
from yijianshi.services.applying.start import start_draft

HALL = f"government-services@{HOME}"


def text_of(response) -> str:
    return response.content.decode()


def draft_of_wang(*, bundle: str = "open-restaurant") -> UUID:
    """Return a draft that 王芳 has begun at home for her enterprise."""
    at = NODE_CLOCK.now()
    who = actor("wangfang", at=at, enterprise=True)
    return start_draft(actor=who, bundle=BundleCode(bundle), division=HOME, answers=RESTAURANT, at=at)


def stand_for_enterprise(client: Client) -> None:
    """Let 王芳 act for her enterprise on the pages, as she chooses under «我的»."""
    session = client.session
    session["acting_for"] = actor("wangfang", at=NODE_CLOCK.now(), enterprise=True).party
    session.save()


def code_on(page: str) -> str:
    """Return the eight digits that a page shows."""
    found = re.search(r'show-code-digits num">(\d{4}) (\d{4})<', page)
    assert found, page
    return found[1] + found[2]


def photograph(width: int = 60, height: int = 40) -> bytes:
    """Return a grey picture as a PNG, as any camera's program could have written it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    rows = b"".join(b"\0" + bytes([200]) * width for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    written = chunk(b"tEXt", b"Location\0Nanjing")
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + written
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )
