"""
Look a catalogue over before it is published: what is wrong, in which file and line, and what would do (目录检查).
"""

import re
from collections.abc import Iterator
from pathlib import Path

from .completeness import completeness_remarks, noted_remarks, unconfirmed_remarks, workday_remarks
from .findings import Finding, Remark, Severity
from .lawfulness import lawfulness_remarks
from .reading import Reading, read_folder
from .reasoning import reasoning_remarks
from .references import reference_remarks

_QUOTED = re.compile(r"“(?:element:)?([^”]+)”")
#: Where the things live that an `unknown-…` rule misses.
_HOME = {
    "unknown-element": "elements",
    "unknown-question": "elements",
    "unknown-material": "materials",
    "unknown-resource": "resources",
    "unknown-department": "departments",
    "unknown-licence": "licences",
    "unknown-division": "divisions",
    "unknown-bundle": "bundles",
    "unknown-item": "bundles",
}


def check_catalogue(folder: Path) -> list[Finding]:
    """Return everything found in the catalogue of `folder`, errors first, then by file and line."""
    reading = read_folder(folder)
    remarks = [*unsound(reading), *_unfit(reading)]
    findings = {reading.locate(remark) for remark in remarks}
    return sorted(
        findings, key=lambda f: (f.severity is not Severity.ERROR, f.file, f.line, f.rule, f.message)
    )


def unsound(reading: Reading) -> Iterator[Remark]:
    """Yield the remarks for which a catalogue cannot be used at all."""
    yield from reading.remarks
    for remark in (*reference_remarks(reading.catalogue), *reasoning_remarks(reading.catalogue)):
        if not _told_already(remark, reading):
            yield remark


def _unfit(reading: Reading) -> Iterator[Remark]:
    yield from lawfulness_remarks(reading.catalogue)
    yield from completeness_remarks(reading.catalogue, folder=reading.folder)
    yield from workday_remarks(reading.years)
    yield from unconfirmed_remarks(reading.catalogue)
    yield from noted_remarks(reading.unconfirmed)


def _told_already(remark: Remark, reading: Reading) -> bool:
    """Return whether the remark only misses something that was left out for a slip of its own."""
    home = _HOME.get(remark.rule)
    return home is not None and bool(reading.left_out & {home, *_QUOTED.findall(remark.message)})
