"""
Answer the one correction (补正): all at once, and another revision is written beside the first.

Basis: Administrative License Law, art. 32(1)(4); what was right is not asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from yijianshi.domain.answers import wrong_with
from yijianshi.domain.cases import Action, State
from yijianshi.domain.codes import ElementCode, MaterialCode
from yijianshi.domain.corrections import Target, check_answered
from yijianshi.domain.deadlines import last_day_to_tell
from yijianshi.domain.drafts import APPLICANT, Trouble, Value
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import ManifestLine, Move, NotReady, content_digest
from yijianshi.domain.workdays import end_of
from yijianshi.store.corrections.models import CorrectionRow, RemarkRow
from yijianshi.store.keys import new_id
from yijianshi.store.materials.models import CopyRow, ManifestRow
from yijianshi.store.submissions.models import RevisionRow, SubmissionRow

from ..applying.attach import Kept, keep_file
from ..applying.fill import understand
from ..contents import KeptLine, seal_content
from ..outside import outside
from .content import open_revision
from .loading import Loaded, load_submission
from .writing import trying_again, write_moves


class NothingToCorrect(Exception):
    """There is no correction to answer, or it was answered already."""

    def __init__(self) -> None:
        super().__init__("这份申报没有要补正的内容，或者已经补过了。请到“我的办件”看进度")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file handed in with the answer."""

    filename: str
    content: bytes


def answer_correction(
    *,
    submission: UUID,
    actor: Actor,
    fields: Mapping[str, Any],
    files: Mapping[str, list[Upload]],
    at: datetime,
) -> None:
    """
    Take the whole answer, write the next revision and move every case that waited for it.

    :raises NothingToCorrect: if nothing is asked, or it was answered.
    :raises CorrectionIncomplete: naming what is still missing; nothing is written.
    :raises NotReady: if an answer is wrong in itself.
    :raises FileRefused: if a file cannot be taken.
    """
    loaded = load_submission(submission)
    require(actor, Act.CORRECT, loaded.thing())
    if not any(n.state is State.AWAITING_CORRECTION for n in loaded.nows):
        raise NothingToCorrect
    asked = _asked(submission)
    answers = _read(loaded, asked, fields)
    given = {code: uploads for code, uploads in files.items() if uploads}
    check_answered(
        sorted(asked),
        loaded.edition,
        fields=list(answers),
        materials=[MaterialCode(code) for code in given],
    )
    kept = {
        code: [
            keep_file(
                upload.content, filename=upload.filename, holder=loaded.party, material=code,
                source=APPLICANT, trust="uploaded", at=at,
            )
            for upload in uploads
        ]
        for code, uploads in given.items()
        if (Target.MATERIAL, code) in asked
    }  # fmt: skip
    trying_again(lambda: _write(submission, actor, answers, kept, at))


def _asked(submission: UUID) -> set[tuple[Target, str]]:
    rows = RemarkRow.objects.filter(
        submission=submission, state="asked", case__state=State.AWAITING_CORRECTION
    )
    return {(Target(target), code) for target, code in rows.values_list("target", "code")}


def _read(
    loaded: Loaded, asked: set[tuple[Target, str]], fields: Mapping[str, Any]
) -> dict[ElementCode, Any]:
    answers: dict[ElementCode, Any] = {}
    troubles = []
    for code, typed in fields.items():
        if (Target.FIELD, code) not in asked:
            continue
        element = loaded.edition.elements[ElementCode(code)]
        value = understand(typed, element)
        if value in ("", None, []):
            continue
        if said := wrong_with(value, element):
            troubles.append(Trouble(code, f"{element.name}：{said}"))
        answers[ElementCode(code)] = value
    if troubles:
        raise NotReady(troubles)
    return answers


def _write(
    submission: UUID,
    actor: Actor,
    answers: Mapping[ElementCode, Any],
    kept: Mapping[str, list[Kept]],
    at: datetime,
) -> None:
    # Read in this order, what a unit asks again meanwhile is either answered too or stays open: never answered unread.
    open_rounds = list(
        CorrectionRow.objects.filter(submission=submission, answered_at=None).values_list("pk", flat=True)
    )
    loaded = load_submission(submission)
    given = (list(answers), [MaterialCode(code) for code in kept])
    check_answered(sorted(_asked(submission)), loaded.edition, fields=given[0], materials=given[1])
    content = open_revision(submission)
    content.keep({code: Value(value, APPLICANT, at) for code, value in answers.items()})
    content.manifest = [line for line in content.manifest if line.material not in kept] + [
        KeptLine(code, MaterialWay.UPLOAD, str(one.copy), one.sha256, APPLICANT)
        for code, each in kept.items()
        for one in each
    ]
    content.signature = {"way": "correction", "by": actor.account, "at": at.isoformat()}
    row = SubmissionRow.objects.only("wrapped_key").get(pk=submission)
    told_by = last_day_to_tell(at, outside().calendar)
    moves = [
        Move(case, Action.CORRECT, State.CORRECTED)
        for case in loaded.nows
        if case.state is State.AWAITING_CORRECTION
    ]
    lines = [ManifestLine(line.material, MaterialWay(line.way), line.sha256) for line in content.manifest]  # type: ignore[arg-type]
    with transaction.atomic():
        rounds = CorrectionRow.objects.filter(pk__in=open_rounds, answered_at=None)
        if not open_rounds or rounds.update(answered_at=at) < len(open_rounds):
            raise NothingToCorrect
        moved = [move.case.id for move in moves]
        RemarkRow.objects.filter(case__in=moved, state="asked").update(state="answered")
        last = RevisionRow.objects.filter(submission=submission).aggregate(last=Max("number"))["last"]
        revision = RevisionRow.objects.create(
            id=new_id(),
            submission_id=submission,
            number=last + 1,
            sealed=seal_content(content, purpose="revision", under=bytes(row.wrapped_key)),
            digest=content_digest({c: v.value for c, v in content.values.items()}, lines),
            made_at=at,
            made_by=UUID(actor.account),
        )
        ManifestRow.objects.bulk_create(
            ManifestRow(
                id=new_id(), revision=revision, material=line.material, way=line.way,
                copy=CopyRow.objects.filter(pk=line.copy).first(),
            )
            for line in content.manifest
            if line.copy
        )  # fmt: skip
        write_moves(
            loaded, moves, kind="corrected", at=at, by=UUID(actor.account), own_step="revise",
            look_again=lambda move: end_of(told_by.day),
        )  # fmt: skip
