"""
Hand in what is owed (补交容缺材料): one upload serves every case that owes the document; when all is there the grant is free.

Basis: 国发〔2022〕5号.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.cases import CLOSED, Action
from yijianshi.domain.drafts import APPLICANT
from yijianshi.domain.holds import OWED, without_hold
from yijianshi.domain.owing import NothingOwed, OwedTooLate
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import Move
from yijianshi.domain.workdays import legal_day
from yijianshi.store.promises.models import OwedRow

from ..applying.attach import MOST_FILES_PER_MATERIAL, Kept, MaterialNotAsked, keep_file
from ..contents import KeptLine
from ..mandates.keeping import use_mandate
from ..materials.sniffing import FileRefused
from .acting import stays
from .content import open_revision
from .correct import Upload
from .loading import Loaded, load_submission
from .revising import write_revision
from .writing import trying_again, write_moves


def supply_owed(*, submission: UUID, actor: Actor, material: str, files: list[Upload], at: datetime) -> None:
    """
    Take a document that is owed, write it into the next revision and free the cases that owe nothing else.

    :raises NotPermitted: if the actor may not hand anything in here.
    :raises NothingOwed: if nothing is owed any more.
    :raises MaterialNotAsked: if this document is not owed.
    :raises OwedTooLate: if its last day has passed.
    :raises FileRefused: if there is no file, or it cannot be taken.
    """
    loaded = load_submission(submission)
    require(actor, Act.CORRECT, loaded.thing())
    _demand_owed(loaded, material, at)
    if not files:
        raise FileRefused("no-file", "还没有选文件。请先选一个文件，再按“上传”")
    if len(files) > MOST_FILES_PER_MATERIAL:
        raise FileRefused("too-many", f"一份材料最多 {MOST_FILES_PER_MATERIAL} 个文件；请合成一个 PDF")
    kept = [
        keep_file(
            file.content, filename=file.filename, holder=loaded.wallet_of(actor), material=material, source=APPLICANT,
            trust="uploaded", at=at,
        )
        for file in files
    ]  # fmt: skip
    trying_again(lambda: _write(submission, actor, material, kept, at))


def owed_rows(loaded: Loaded) -> list[OwedRow]:
    """Return what the open cases of a submission still owe, what is due first standing first."""
    open_cases = [now.id for now in loaded.nows if now.state not in CLOSED]
    rows = OwedRow.objects.filter(case__in=open_cases, supplied_at=None)
    return sorted(rows, key=lambda row: (row.until or row.promised_on, row.material))


def _demand_owed(loaded: Loaded, material: str, at: datetime) -> list[OwedRow]:
    """Return the rows that this document answers in time. :raises NothingOwed: and the others, if there are none."""
    rows = owed_rows(loaded)
    if not rows:
        raise NothingOwed("这份申报没有欠着的材料，或者已经补齐了")
    asked = [row for row in rows if row.material == material]
    if not asked:
        raise MaterialNotAsked("这份材料不用补交；要补的列在页面上")
    today = legal_day(at)
    in_time = [row for row in asked if row.until is None or row.provisional or today <= row.until]
    if not in_time:
        raise OwedTooLate("说好补交的日子已经过了，这一项不再办理；想办请重新申报，已交的材料在您的材料库里")
    return in_time


def _write(submission: UUID, actor: Actor, material: str, kept: list[Kept], at: datetime) -> None:
    with transaction.atomic():
        loaded = load_submission(submission)
        use_mandate(actor, Act.CORRECT, loaded.thing(), at=at, submission=submission)
        answered = _demand_owed(loaded, material, at)
        OwedRow.objects.filter(pk__in=[row.id for row in answered]).update(supplied_at=at)
        still = {row.case_id for row in owed_rows(loaded)}
        content = open_revision(submission)
        content.manifest = [line for line in content.manifest if line.material != material] + [
            KeptLine(material, MaterialWay.UPLOAD, str(one.copy), one.sha256, APPLICANT) for one in kept
        ]
        content.owed.pop(material, None)
        content.signature = {"way": "supply", "by": actor.account, "at": at.isoformat()}
        write_revision(submission, content, by=UUID(actor.account), at=at)
        moves = [_move(loaded, row, material, owes_more=row.case_id in still) for row in answered]
        write_moves(loaded, moves, kind="supplied", at=at, by=UUID(actor.account))


def _move(loaded: Loaded, row: OwedRow, material: str, *, owes_more: bool) -> Move:
    found = loaded.case(row.case_id)
    also = None if owes_more else {"holds": without_hold(found.holds, OWED)}
    return stays(found, Action.SUPPLY, detail={"material": material}, also=also)
