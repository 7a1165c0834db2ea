"""
Primary keys: UUIDs of version 7, which sort by the moment they were made (RFC 9562, section 5.7).

Made in Python, because PostgreSQL 15 has no uuidv7() of its own.
"""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a fresh key: 48 bits of milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    value = milliseconds << 80 | random
    value = value & ~(0xF << 76) | (0x7 << 76)  # version 7
    return UUID(int=value & ~(0x3 << 62) | (0x2 << 62))  # variant 2
