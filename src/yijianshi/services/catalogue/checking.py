"""
Look a catalogue over before it is published: what is wrong, in which file and line, and what would do (目录检查).
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from .completeness import completeness_remarks, noted_remarks, unconfirmed_remarks, workday_remarks
from .files import Overlay
from .findings import Finding, Remark, Severity
from .lawfulness import lawfulness_remarks
from .listing import list_remarks
from .reading import Reading, read_folder
from .wording import wording_remarks


def check_catalogue(
    folder: Path, *, on: date | None = None, overlay: Overlay | None = None, only: str | None = None
) -> list[Finding]:
    """
    Return everything found in the catalogue of `folder`, errors first, then by file and line.

    :param on: the day on which every basis must be in force; without it that is not looked at.
    :param overlay: by file name, such as “bundles/newborn.yaml”, a text to check in its stead; None for no such file.
    :param only: the code of the one one-thing to look at; findings outside its file and the overlay are left out.
    """
    overlay = overlay or {}
    reading = read_folder(folder, overlay=overlay)
    findings = {reading.locate(remark) for remark in (*reading.unsound(), *_unfit(reading, on))}
    if only is not None:
        own = {*overlay, reading.file_of(("bundles", only))}
        findings = {finding for finding in findings if finding.file in own}
    return sorted(
        findings, key=lambda f: (f.severity is not Severity.ERROR, f.file, f.line, f.rule, f.message)
    )


def _unfit(reading: Reading, on: date | None) -> Iterator[Remark]:
    yield from lawfulness_remarks(reading.catalogue)
    yield from completeness_remarks(reading.catalogue, folder=reading.folder)
    yield from wording_remarks(reading.catalogue)
    yield from list_remarks(reading.catalogue)
    yield from workday_remarks(reading.years)
    yield from unconfirmed_remarks(reading.catalogue)
    yield from noted_remarks(reading.unconfirmed)
