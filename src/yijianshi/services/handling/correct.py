"""
Answer the one correction (补正): all at once, and a further revision is written beside the first.

Basis: Administrative License Law, art. 32(1)(4); what was right is not asked again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from yijianshi.domain.answers import wrong_with
from yijianshi.domain.cases import Action, State
from yijianshi.domain.codes import ElementCode, ItemCode, MemberId
from yijianshi.domain.corrections import Target, check_answered, member_concerned, split_spot, spot_of
from yijianshi.domain.deadlines import last_day_to_tell
from yijianshi.domain.drafts import APPLICANT, Trouble, Value
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import Move, NotReady
from yijianshi.domain.workdays import end_of
from yijianshi.store.corrections.models import CorrectionRow, RemarkRow

from ..applying.attach import Kept, keep_file
from ..applying.fill import understand
from ..contents import KeptLine
from ..mandates.keeping import use_mandate
from ..outside import outside
from .content import open_revision
from .loading import Loaded, load_submission
from .revising import write_revision
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
    asked = spots_asked(loaded)
    answers = _read(loaded, asked, fields)
    given = {code: uploads for code, uploads in files.items() if uploads}
    check_answered(
        sorted(asked),
        loaded.edition,
        fields=list(answers),
        materials=list(given),
    )
    kept = {
        code: [
            keep_file(
                upload.content, filename=upload.filename, holder=loaded.wallet_of(actor), material=split_spot(code)[0],
                source=APPLICANT, trust="uploaded", at=at,
            )
            for upload in uploads
        ]
        for code, uploads in given.items()
        if (Target.MATERIAL, code) in asked
    }  # fmt: skip
    trying_again(lambda: _write(submission, actor, answers, kept, at))


def spots_asked(loaded: Loaded) -> frozenset[tuple[Target, str]]:
    """Return what is asked of the cases that wait: each field and document, with the member whose own it is."""
    rows = RemarkRow.objects.filter(
        submission=loaded.id, state="asked", case__state=State.AWAITING_CORRECTION
    ).values_list("target", "code", "case__item", "case__member")
    found = set()
    for target, code, item, member in rows:
        whose = member_concerned(loaded.edition.item(ItemCode(item)), Target(target), code, MemberId(member))
        found.add((Target(target), spot_of(code, whose)))
    return frozenset(found)


def _read(loaded: Loaded, asked: frozenset[tuple[Target, str]], fields: Mapping[str, Any]) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    troubles = []
    for code, typed in fields.items():
        if (Target.FIELD, code) not in asked:
            continue
        element = loaded.edition.elements[ElementCode(split_spot(code)[0])]
        value = understand(typed, element)
        if value in ("", None, []):
            continue
        if said := wrong_with(value, element):
            troubles.append(Trouble(code, f"{element.name}：{said}"))
        answers[code] = value
    if troubles:
        raise NotReady(troubles)
    return answers


def _write(
    submission: UUID,
    actor: Actor,
    answers: Mapping[str, Any],
    kept: Mapping[str, list[Kept]],
    at: datetime,
) -> None:
    # Read in this order, what a unit asks again meanwhile is either answered too or stays open: never answered unread.
    open_rounds = list(
        CorrectionRow.objects.filter(submission=submission, answered_at=None).values_list("pk", flat=True)
    )
    loaded = load_submission(submission)
    check_answered(sorted(spots_asked(loaded)), loaded.edition, fields=list(answers), materials=list(kept))
    content = open_revision(submission)
    for spot, value in answers.items():
        code, member = split_spot(spot)
        content.keep({ElementCode(code): Value(value, APPLICANT, at)}, member=member)
    replaced = {split_spot(spot) for spot in kept}
    content.manifest = [line for line in content.manifest if (line.material, line.member) not in replaced] + [
        KeptLine(code, MaterialWay.UPLOAD, str(one.copy), one.sha256, APPLICANT, member)
        for spot, each in kept.items()
        for code, member in (split_spot(spot),)
        for one in each
    ]
    content.signature = {"way": "correction", "by": actor.account, "at": at.isoformat()}
    told_by = last_day_to_tell(at, outside().calendar)
    moves = [
        Move(case, Action.CORRECT, State.CORRECTED)
        for case in loaded.nows
        if case.state is State.AWAITING_CORRECTION
    ]
    with transaction.atomic():
        use_mandate(actor, Act.CORRECT, loaded.thing(), at=at, submission=submission)
        rounds = CorrectionRow.objects.filter(pk__in=open_rounds, answered_at=None)
        if not open_rounds or rounds.update(answered_at=at) < len(open_rounds):
            raise NothingToCorrect
        moved = [move.case.id for move in moves]
        RemarkRow.objects.filter(case__in=moved, state="asked").update(state="answered")
        write_revision(submission, content, by=UUID(actor.account), at=at)
        write_moves(
            loaded, moves, kind="corrected", at=at, by=UUID(actor.account), own_step="revise",
            look_again=lambda move: end_of(told_by.day),
        )  # fmt: skip
