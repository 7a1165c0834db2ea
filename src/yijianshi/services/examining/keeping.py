"""A report as bytes that can be kept for a while, and as plain values that can be written as JSON."""

import zlib
from typing import Any

import msgspec

from .report import Report
from .summary import headline

_decoder = msgspec.json.Decoder(Report)


def pack(report: Report) -> bytes:
    """Return the report as bytes."""
    return zlib.compress(msgspec.json.encode(report), level=6)


def unpack(packed: bytes) -> Report:
    """Return the report again."""
    return _decoder.decode(zlib.decompress(packed))


def plain(report: Report) -> dict[str, Any]:
    """Return the report as plain values, with its own summary and the counts by rule in words."""
    found: dict[str, Any] = msgspec.to_builtins(report)
    found["headline"] = list(headline(report))
    found["counts"] = [
        {"rule": c.rule, "title": c.title, "grave": c.grave, "count": c.count, "kept": c.kept}
        for c in report.counts
    ]
    return found
