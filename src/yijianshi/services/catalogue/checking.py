"""
Look a catalogue over before it is published: what is wrong, in which file and line, and what would do (目录检查).
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from yijianshi.domain.catalogue import Bundle, Catalogue

from .centres import centre_findings
from .choosing import choosing_remarks
from .completeness import (
    bundle_completeness_remarks,
    bundle_unconfirmed_remarks,
    completeness_remarks,
    noted_remarks,
    unconfirmed_remarks,
    workday_remarks,
)
from .files import Overlay
from .findings import Finding, Remark, Severity
from .inforce import inforce_remarks, shared_inforce_remarks
from .lawfulness import lawfulness_remarks
from .listing import list_remarks
from .ordering import ordering_remarks
from .possibility import Possibility
from .reaching import reaching_remarks
from .reading import Reading, read_folder
from .sameness import sameness_remarks, telling_remarks
from .timing import override_remarks, timing_remarks
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
    remarks = (*reading.unsound(), *_unfit(reading, on, only))
    findings = {reading.locate(remark) for remark in remarks}
    if only is not None:
        own = {*overlay, reading.file_of(("bundles", only))}
        findings = {finding for finding in findings if finding.file in own}
    else:
        findings |= {*centre_findings(folder, overlay=overlay, catalogue=reading.catalogue)}
    return sorted(
        findings, key=lambda f: (f.severity is not Severity.ERROR, f.file, f.line, f.rule, f.message)
    )


def _unfit(reading: Reading, on: date | None, only: str | None) -> Iterator[Remark]:
    catalogue = reading.catalogue
    for bundle in catalogue.bundles.values():
        if only in (None, bundle.code):
            yield from _bundle(bundle, catalogue, on)
    yield from telling_remarks(catalogue, only=only)
    yield from sameness_remarks(catalogue)
    yield from override_remarks(catalogue)
    yield from shared_inforce_remarks(catalogue, on)
    yield from completeness_remarks(catalogue, folder=reading.folder)
    yield from wording_remarks(catalogue)
    yield from list_remarks(catalogue)
    yield from workday_remarks(reading.years)
    yield from unconfirmed_remarks(catalogue)
    yield from noted_remarks(reading.unconfirmed)


def _bundle(bundle: Bundle, catalogue: Catalogue, on: date | None) -> Iterator[Remark]:
    possibility = Possibility(bundle, catalogue)
    yield from lawfulness_remarks(bundle, catalogue)
    yield from inforce_remarks(bundle, catalogue, on)
    yield from ordering_remarks(bundle, catalogue)
    yield from choosing_remarks(bundle, possibility)
    yield from reaching_remarks(bundle, catalogue, possibility)
    yield from timing_remarks(bundle)
    yield from bundle_completeness_remarks(bundle, catalogue)
    yield from bundle_unconfirmed_remarks(bundle)
