"""
Gather the answer to the one correction (边补边存): what has been laid in or typed so far is kept until all goes back at once.

Basis: Administrative License Law, art. 32(1)(4): answered once and whole; nothing of it may be lost on the way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from yijianshi.domain.cases import State
from yijianshi.domain.codes import ElementCode
from yijianshi.domain.corrections import Target, split_spot
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.corrections.models import CorrectionDraftRow, CorrectionRow
from yijianshi.store.keys import new_id

from ..applying.attach import MOST_FILES_PER_MATERIAL, MaterialNotAsked, keep_blob
from ..applying.fill import understand
from ..materials.sniffing import FileRefused
from ..outside import outside
from .correct import NothingToCorrect, Upload, answer_correction, spots_asked
from .loading import Loaded, load_submission

_PURPOSE = "correction-draft"


class GatheredFile(msgspec.Struct, frozen=True):
    """One file laid in so far."""

    name: str
    sha256: str
    size: int


class Gathered(msgspec.Struct, kw_only=True):
    """The answer so far: values as they were understood, files by document."""

    fields: dict[str, Any] = {}
    files: dict[str, list[GatheredFile]] = {}


@dataclass(frozen=True, slots=True)
class OpenCorrection:
    """A correction that waits, with what has been gathered for it."""

    loaded: Loaded
    row: CorrectionRow
    asked: frozenset[tuple[Target, str]]
    gathered: Gathered


def open_correction(submission: UUID, *, actor: Actor) -> OpenCorrection:
    """
    Return the correction that waits for an answer; four queries.

    :raises NotPermitted: if the actor may not answer it.
    :raises NothingToCorrect: if nothing is asked, or it was answered.
    """
    loaded = load_submission(submission)
    require(actor, Act.CORRECT, loaded.thing())
    row = _open(submission).first()
    if row is None or not any(case.now.state is State.AWAITING_CORRECTION for case in loaded.cases):
        raise NothingToCorrect
    return OpenCorrection(loaded, row, spots_asked(loaded), _gathered(row))


def gather_fields(*, submission: UUID, actor: Actor, given: Mapping[str, Any], at: datetime) -> None:
    """Keep what was typed for the fields that are asked; whether it is right is judged when all goes back."""
    with transaction.atomic():
        opened = _for_update(submission, actor)
        for code, typed in given.items():
            if (Target.FIELD, code) in opened.asked:
                opened.gathered.fields[code] = understand(
                    typed, opened.loaded.edition.elements[ElementCode(split_spot(code)[0])]
                )
        _keep(opened, at)


def gather_file(
    *, submission: UUID, actor: Actor, material: str, filename: str, content: bytes, at: datetime
) -> None:
    """
    Keep a file for a document that is asked.

    :raises MaterialNotAsked: if the document is not asked.
    :raises FileRefused: if the file cannot be taken.
    """
    _demand_asked(open_correction(submission, actor=actor), material)
    blob = keep_blob(content, filename=filename, at=at)
    with transaction.atomic():
        opened = _for_update(submission, actor)
        files = opened.gathered.files.setdefault(material, [])
        if len(files) >= MOST_FILES_PER_MATERIAL:
            raise FileRefused(
                "too-many", f"一份材料最多 {MOST_FILES_PER_MATERIAL} 个文件；请先拿掉不要的，或合成一个 PDF"
            )
        if all(file.sha256 != blob.sha256 for file in files):
            files.append(GatheredFile(filename[-120:], blob.sha256, blob.size))
        _keep(opened, at)


def drop_file(*, submission: UUID, actor: Actor, material: str, sha256: str, at: datetime) -> None:
    """Take a gathered file out again."""
    with transaction.atomic():
        opened = _for_update(submission, actor)
        files = opened.gathered.files.get(material, [])
        opened.gathered.files[material] = [file for file in files if file.sha256 != sha256]
        _keep(opened, at)


def send_correction(*, submission: UUID, actor: Actor, at: datetime) -> None:
    """
    Give the whole answer back at once.

    :raises NothingToCorrect: if it was answered already.
    :raises CorrectionIncomplete: naming what is still missing; everything gathered is kept.
    :raises NotReady: if an answer is wrong in itself.
    """
    gathered = open_correction(submission, actor=actor).gathered
    uploads: dict[str, list[Upload]] = {}
    for material, files in gathered.files.items():
        for file in files:
            with outside().files.open(file.sha256) as stream:
                uploads.setdefault(material, []).append(Upload(file.name, stream.read()))
    answer_correction(submission=submission, actor=actor, fields=gathered.fields, files=uploads, at=at)
    CorrectionDraftRow.objects.filter(correction__submission=submission).delete()


def _open(submission: UUID) -> QuerySet[CorrectionRow]:
    """What is gathered hangs on the oldest that is open, so that nothing is lost when another unit asks again."""
    return CorrectionRow.objects.filter(submission=submission, answered_at=None).order_by("asked_at", "id")


def _for_update(submission: UUID, actor: Actor) -> OpenCorrection:
    _open(submission).select_for_update().first()
    return open_correction(submission, actor=actor)


def _demand_asked(opened: OpenCorrection, material: str) -> None:
    if (Target.MATERIAL, material) not in opened.asked:
        raise MaterialNotAsked("这次补正没有要这份材料，请只补单子上列的")


def _gathered(row: CorrectionRow) -> Gathered:
    kept = CorrectionDraftRow.objects.filter(correction=row).values_list("sealed", flat=True).first()
    if kept is None:
        return Gathered()
    return msgspec.json.decode(outside().crypto.unseal(bytes(kept), purpose=_PURPOSE), type=Gathered)


def _keep(opened: OpenCorrection, at: datetime) -> None:
    sealed = outside().crypto.seal(msgspec.json.encode(opened.gathered), purpose=_PURPOSE)
    CorrectionDraftRow.objects.update_or_create(
        correction=opened.row,
        defaults={"sealed": sealed, "updated_at": at},
        create_defaults={"id": new_id(), "sealed": sealed, "updated_at": at},
    )
