"""The result that a unit's own system issued (对方的结果): kept once by content, shown when the scanner has passed it."""

from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from yijianshi.domain.cases import CLOSED, State
from yijianshi.domain.rekeying import RekeyingNotPossible
from yijianshi.domain.rights import Act, Actor, NotPermitted, may, require
from yijianshi.store.keys import new_id
from yijianshi.store.rekeying.models import BindingRow, ResultFileRow

from ..applying.attach import keep_blob
from ..contents import open_text, seal_text
from ..handling.loading import load_case
from ..materials.sniffing import FileKind
from ..outside import outside
from ..reading.reading_log import MATERIAL, note_read


def keep_result_file(*, case: UUID, filename: str, content: bytes, actor: Actor, at: datetime) -> UUID:
    """
    Keep the file that the other system issued; the newest counts.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises RekeyingNotPossible: if the case has no number there yet, or is closed.
    :raises FileRefused: if the type, the size or the scanner speaks against it.
    """
    loaded, found = load_case(case)
    require(actor, Act.REKEY, loaded.thing(found))
    if found.now.state in CLOSED:
        raise RekeyingNotPossible("这一件已经办结，不能再换结果文件")
    if not BindingRow.objects.filter(case=case).exists():
        raise RekeyingNotPossible("请先填本单位系统的办件编号，再传结果")
    blob = keep_blob(content, filename=filename, at=at)
    row = ResultFileRow.objects.create(
        id=new_id(), case_id=case, blob_id=blob.sha256, at=at, by=UUID(actor.account),
        name_sealed=seal_text(filename[-120:], purpose="file-name"),
    )  # fmt: skip
    return row.id


def open_result_file(*, case: UUID, actor: Actor, at: datetime) -> tuple[BinaryIO, str, str]:
    """
    Return bytes, media type and name of a case's result file: to its officer, and to the applicant once it is granted.

    :raises NotPermitted: if the actor may not see it, there is none, or it is not scanned yet.
    """
    loaded, found = load_case(case)
    thing = loaded.thing(found)
    is_officer = may(actor, Act.REKEY, thing)
    if not is_officer:
        require(actor, Act.READ_RESULT, thing)
        if found.now.state is not State.GRANTED:
            raise NotPermitted(Act.READ_RESULT)
    row = ResultFileRow.objects.select_related("blob").filter(case=case).order_by("-id").first()
    if row is None or row.blob.scan != "clean":
        raise NotPermitted(Act.READ_RESULT)
    if actor.posts and actor.party != str(loaded.party):
        note_read(MATERIAL, submission=loaded.id, case=case, actor=actor, unit=found.unit, at=at)
    name = open_text(row.name_sealed, purpose="file-name")
    return outside().files.open(row.blob_id), FileKind(row.blob.kind).media_type, name
