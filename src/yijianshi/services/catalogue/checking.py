"""
Look a catalogue over before it is published: what is wrong, in which file and line, and what would do (目录检查).
"""

from collections.abc import Iterator
from pathlib import Path

from .completeness import completeness_remarks, noted_remarks, unconfirmed_remarks, workday_remarks
from .findings import Finding, Remark, Severity
from .lawfulness import lawfulness_remarks
from .listing import list_remarks
from .reading import Reading, read_folder
from .wording import wording_remarks


def check_catalogue(folder: Path) -> list[Finding]:
    """Return everything found in the catalogue of `folder`, errors first, then by file and line."""
    reading = read_folder(folder)
    findings = {reading.locate(remark) for remark in (*reading.unsound(), *_unfit(reading))}
    return sorted(
        findings, key=lambda f: (f.severity is not Severity.ERROR, f.file, f.line, f.rule, f.message)
    )


def _unfit(reading: Reading) -> Iterator[Remark]:
    yield from lawfulness_remarks(reading.catalogue)
    yield from completeness_remarks(reading.catalogue, folder=reading.folder)
    yield from wording_remarks(reading.catalogue)
    yield from list_remarks(reading.catalogue)
    yield from workday_remarks(reading.years)
    yield from unconfirmed_remarks(reading.catalogue)
    yield from noted_remarks(reading.unconfirmed)
