"""
Photograph papers at a window (拍纸质件): several pages become one PDF, and it is kept whether the original was seen.

Basis: Administrative License Law, art. 31: the applicant answers for the truth of what he hands in; a window says what it compared.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.rights import Act, Actor, NotPermitted
from yijianshi.store.visits.models import CaptureRow

from ..applying.attach import Kept, attach_material
from ..applying.drafting import open_draft
from ..custody.places import window_of
from ..materials.pictures import bare_picture
from ..materials.sniffing import LARGEST_FILE, FileRefused
from ..outside import outside

MOST_PAGES = 30


@dataclass(frozen=True, slots=True)
class Captured:
    """What was kept: the document, and how many pages it has."""

    kept: Kept
    pages: int


def capture_material(
    *,
    draft: UUID,
    material: MaterialCode,
    pages: Sequence[bytes],
    original_seen: bool,
    actor: Actor,
    at: datetime,
) -> Captured:
    """
    Bind the photographs in their order into one document of the draft.

    :raises NotPermitted: if the draft is not in the clerk's hands.
    :raises FileRefused: if there is no page, too many, or one that cannot be taken.
    :raises MaterialNotAsked: if this submission does not ask for the document.
    """
    place = window_of(actor)
    opened = open_draft(draft, actor=actor)
    if not opened.at_window:
        raise NotPermitted(Act.EDIT_DRAFT)
    if not pages:
        raise FileRefused("empty", "还没有拍。请先拍一页，或者选照片。")
    if len(pages) > MOST_PAGES:
        raise FileRefused("too-many", f"一份材料最多拍 {MOST_PAGES} 页，这里有 {len(pages)} 页。请分成两份。")
    if sum(map(len, pages)) > LARGEST_FILE:
        raise FileRefused("too-large", "这些照片合起来超过 20 MB。请把相机调到普通画质，或者分成两份。")
    pdf = outside().documents.bind([bare_picture(page) for page in pages])
    found = opened.edition.materials.get(material)
    name = (found.name if found else str(material))[:80]
    said = "看过原件" if original_seen else "没看原件"
    with transaction.atomic():
        kept = attach_material(
            draft=draft, actor=actor, material=material, filename=f"{name}（窗口拍 {len(pages)} 页，{said}）.pdf",
            content=pdf, at=at, compared=original_seen,
        )  # fmt: skip
        CaptureRow.objects.create(
            copy_id=kept.copy, pages=len(pages), original_seen=original_seen, place=place,
            by=UUID(actor.account), at=at,
        )  # fmt: skip
    return Captured(kept, len(pages))
