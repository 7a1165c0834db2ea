"""Take a photograph of a paper (拍一张): kept sealed for the while that it is read and confirmed, and for nothing else."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from yijianshi.domain.rights import Act, Actor, NotPermitted
from yijianshi.store.photographs.models import PhotographRow

from ..applying.drafting import DraftFiled, OpenDraft, open_draft
from ..materials.sniffing import FileRefused, assert_allowed
from ..outside import outside
from ..ports import ScannerUnavailable
from .asked import PaperAsked, paper_by_key, paper_by_material

#: How long a photograph is there that nobody came back to, and how many may lie beside one draft.
KEPT, MOST = timedelta(hours=1), 6
PURPOSE, SEEN, PREVIEW = "photograph", "photograph-seen", "photograph-preview"


class NobodyReads(Exception):
    """No reader is installed here; the form is filled in by hand."""


def asked_of(opened: OpenDraft, *, paper: str = "", material: str = "") -> PaperAsked:
    """
    Return which paper is meant, by its key or by the document.

    :raises NotPermitted: if the draft has no such paper; as if it were not there.
    """
    form, plan, claimed = opened.form(), opened.plan(), opened.content.claimed
    if material:
        asked = paper_by_material(form, plan, material, claimed=claimed)
    else:
        asked = paper_by_key(form, plan, paper, claimed=claimed)
    if asked is None:
        raise NotPermitted(Act.EDIT_DRAFT)
    return asked


def take_photograph(
    *,
    draft: UUID,
    actor: Actor,
    paper: str = "",
    material: str = "",
    filename: str,
    content: bytes,
    at: datetime,
) -> UUID:
    """
    Queue a photograph to be read; return its key.

    :param paper: the key of a paper that fills fields; or `material`, the document as which it is handed in.
    :raises NotPermitted: if the draft is not the actor's to edit, or asks for no such paper.
    :raises DraftFiled: if it was filed.
    :raises NobodyReads: if no reader is installed.
    :raises FileRefused: if it is no photograph, too large, or infected.
    """  # fmt: skip
    opened = open_draft(draft, actor=actor)
    if opened.row.filed_as:
        raise DraftFiled(opened.row.filed_as)
    asked = asked_of(opened, paper=paper, material=material)
    if outside().reader is None:
        raise NobodyReads("这里没有装拍照识别，请自己填写")
    kind = assert_allowed(filename, content)
    if not kind.is_picture:
        raise FileRefused("unknown-kind", "要识别的请拍成照片（JPG 或 PNG）。其他文件请到“交材料”上传")
    _assert_harmless(content)
    crypto, key = outside().crypto, bytes(opened.row.wrapped_key)
    with transaction.atomic():
        rows = PhotographRow.objects.filter(draft=draft)
        rows.filter(kind=asked.kind, material=asked.material or "", from_materials=bool(material)).delete()
        if rows.count() >= MOST:
            rows.filter(pk__in=list(rows.order_by("at").values_list("pk", flat=True)[:1])).delete()
        row = PhotographRow.objects.create(
            draft_id=draft, paper=asked.fills.key if asked.fills else "", kind=asked.kind,
            material=asked.material or "", from_materials=bool(material), at=at, seen_at=at, file_kind=kind,
            content_sealed=crypto.seal(content, purpose=PURPOSE, under=key),
        )  # fmt: skip
    return row.id


def drop_photograph(*, photograph: UUID, actor: Actor) -> UUID:
    """Delete a photograph at once; return its draft. :raises NotPermitted: if it is not the actor's, or is gone."""
    row = PhotographRow.objects.filter(pk=photograph).only("draft").first()
    if row is None:
        raise NotPermitted(Act.EDIT_DRAFT)
    open_draft(row.draft_id, actor=actor)
    PhotographRow.objects.filter(pk=photograph).delete()
    return row.draft_id


def forget_photographs(*, at: datetime, most: int = 50) -> int:
    """Delete the photographs that nobody came back to; return how many."""
    old = list(PhotographRow.objects.filter(at__lt=at - KEPT).values_list("pk", flat=True)[:most])
    if old:
        PhotographRow.objects.filter(pk__in=old).delete()
    return len(old)


def _assert_harmless(content: bytes) -> None:
    """:raises FileRefused: if the scanner speaks against it; where it cannot tell, a reader in its own process still may look."""
    try:
        verdict = outside().scanner.scan(content)
    except ScannerUnavailable:
        return
    if not verdict.is_clean:
        raise FileRefused("infected", f"照片里发现病毒（{verdict.threat}），没有保存。请换一个干净的文件")
