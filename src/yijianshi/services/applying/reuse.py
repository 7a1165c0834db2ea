"""Use a document again that was handed in before (取自材料库), so that nobody looks for the same paper twice."""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.rights import Actor
from yijianshi.domain.sharing import MaterialWay
from yijianshi.store.keys import new_id
from yijianshi.store.materials.models import CopyRow, DraftMaterialRow

from .attach import MaterialNotAsked
from .drafting import DraftFiled, open_draft, touch_draft


def lay_from_wallet(*, draft: UUID, actor: Actor, material: MaterialCode, copy: UUID, at: datetime) -> None:
    """
    Lay a copy from the applicant's own wallet into the draft.

    :raises MaterialNotAsked: if it is not his, or not this document.
    :raises DraftFiled: if the draft was filed already.
    """
    opened = open_draft(draft, actor=actor)
    if opened.row.filed_as:
        raise DraftFiled(opened.row.filed_as)
    asked = {m.material for m in opened.plan().materials if m.way in (MaterialWay.UPLOAD, MaterialWay.SHARED)}
    known = CopyRow.objects.filter(pk=copy, holder=opened.row.party_id, material=material)
    if material not in asked or not known.exists():
        raise MaterialNotAsked("材料库里没有可以用的这份材料，请另外上传")
    DraftMaterialRow.objects.get_or_create(
        draft_id=draft, material=material, copy_id=copy, defaults={"id": new_id()}
    )
    touch_draft(draft, actor=actor, at=at)
