"""
What a draft would be filed as (冻结的内容): its digest, and that a change makes every confirmation of it fall.

What the platform itself works out on the day, such as the date of filing, is nobody's word and not part of it.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from uuid import UUID

from yijianshi.domain.catalogue import COMPUTED
from yijianshi.domain.plans import Plan
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import ManifestLine, content_digest
from yijianshi.domain.together import frozen_digest
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.materials.models import DraftMaterialRow
from yijianshi.store.together.models import AskedRow

from ..contents import Content
from ..people.telling import tell_account, tell_party


def laid_for(draft: UUID, plan: Plan) -> list[DraftMaterialRow]:
    """Return the documents laid in for this plan; what only an item no longer chosen asked for stays in the wallet."""
    asked = {m.material for m in plan.materials if m.way in (MaterialWay.UPLOAD, MaterialWay.SHARED)}
    rows = DraftMaterialRow.objects.filter(draft=draft, material__in=asked).select_related("copy__blob")
    return list(rows.order_by("id"))


def digest_of_draft(content: Content, plan: Plan, laid: Sequence[DraftMaterialRow]) -> str:
    """Return the digest of exactly what would be filed now, as everybody who signs confirms it."""
    asked = {f.element for f in plan.fields} | {f.element for f in plan.edition.common_fields}
    computed = {f.element for f in plan.fields if f.source == COMPUTED}
    answers = {
        spot: value
        for spot, value in content.signed().items()
        if (code := spot.partition("__")[0]) in asked and code not in computed
    }
    lines = [ManifestLine(row.material, MaterialWay.UPLOAD, row.copy.blob_id) for row in laid]  # type: ignore[arg-type]
    return frozen_digest(
        content_digest(answers, lines),
        division=content.division,
        items=content.items,
        commitments=content.commitments,
        owed=content.owed,
    )


def let_fall(row: DraftRow, content: Content, plan_of: Callable[[], Plan], *, at: datetime) -> None:
    """
    Let what was asked or confirmed of this draft fall if the draft is no longer what was asked; tell whom it concerns.

    :param plan_of: makes the plan, where anybody was asked at all.
    """
    standing = list(AskedRow.objects.filter(draft=row, state__in=("asked", "confirmed")))
    if not standing:
        return
    plan = plan_of()
    digest = digest_of_draft(content, plan, laid_for(row.id, plan))
    fallen = [one for one in standing if one.digest != digest]
    for one in fallen:
        AskedRow.objects.filter(pk=one.pk).update(state="fallen", at=at)
        if one.state == "confirmed":
            tell_party(one.party_id, "together.fell", link=f"/together/{one.id}", once=_once(one, "fell"))
    if any(one.state == "confirmed" for one in fallen):
        tell_account(
            row.account_id, "together.again", link=f"/draft/{row.id}/review", once=_once(fallen[0], "again")
        )


def _once(one: AskedRow, what: str) -> str:
    return f"{one.id}:{one.digest[:16]}:{what}"
