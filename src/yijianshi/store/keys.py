"""
Primary keys: UUIDs of version 7, which sort by the moment they were made (RFC 9562, section 5.7).

Made in Python, because PostgreSQL 15 has no uuidv7() of its own.
"""

import os
import time
from uuid import UUID


def new_id() -> UUID:
    """Return a fresh key: 48 bits of milliseconds, 12 bits of their fraction, then random bits (method 3)."""
    milliseconds, nanoseconds = divmod(time.time_ns(), 1_000_000)
    fraction = nanoseconds * 4096 // 1_000_000
    random = int.from_bytes(os.urandom(8), "big") >> 2
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random)
