"""
Promise to hand a document in later (容缺承诺): only what the list lets be owed, and by a day that the applicant names.

Basis: 国发〔2022〕5号.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.drafts import Trouble
from yijianshi.domain.merging import MergedMaterial
from yijianshi.domain.owing import PromiseNotPossible, check_promise
from yijianshi.domain.plans import Plan
from yijianshi.domain.rights import Actor
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.promises.models import OwedRow
from yijianshi.store.submissions.filing import CaseFiled

from ..outside import outside
from .drafting import changing_draft


def owe_material(*, draft: UUID, actor: Actor, material: MaterialCode, day: date, at: datetime) -> None:
    """
    Note in the draft that a document will be handed in by a day.

    :raises PromiseNotPossible: if it may not be owed, or not until that day.
    :raises DraftFiled: if the draft was filed already.
    """
    with changing_draft(draft, actor=actor, at=at) as opened:
        plan = opened.plan()
        merged = next((one for one in plan.materials if one.material == material), None)
        if merged is None or merged.owable is None:
            raise PromiseNotPossible("这份材料不在可以容缺的清单里，请现在上传")
        name = plan.edition.materials[material].name
        check_promise(day, merged.owable, outside().calendar, on=legal_day(at), name=name)
        opened.content.owed[material] = day.isoformat()


def owe_no_longer(*, draft: UUID, actor: Actor, material: MaterialCode, at: datetime) -> None:
    """Take the promise back; the document is to be handed in with the others again."""
    with changing_draft(draft, actor=actor, at=at) as opened:
        opened.content.owed.pop(material, None)


def promised(plan: Plan, owed: Mapping[str, str], *, laid: Collection[str]) -> dict[MergedMaterial, date]:
    """Return what of this plan is promised for later and not there already, each with its day."""
    return {
        merged: date.fromisoformat(owed[merged.material])
        for merged in plan.materials
        if merged.owable and merged.material in owed and merged.material not in laid
    }


def broken_promises(
    plan: Plan, owed: Mapping[str, str], *, laid: Collection[str], on: date
) -> tuple[Trouble, ...]:
    """Return what was promised for a day that no longer does, such as one that has passed while the draft lay."""
    troubles = []
    for merged, day in promised(plan, owed, laid=laid).items():
        name = plan.edition.materials[merged.material].name
        try:
            check_promise(day, merged.owable, outside().calendar, on=on, name=name)  # type: ignore[arg-type]
        except PromiseNotPossible as refused:
            troubles.append(Trouble(f"material:{merged.material}", str(refused)))
    return tuple(troubles)


def write_what_is_owed(plan: Plan, owed: Mapping[MergedMaterial, date], cases: Collection[CaseFiled]) -> None:
    """Write what each case owes, and that it holds back the grant; call it inside the transaction of the filing."""
    rows = [
        OwedRow(case_id=case.id, material=merged.material, promised_on=day)
        for merged, day in owed.items()
        for case in cases
        if case.item in merged.needed_by
    ]
    OwedRow.objects.bulk_create(rows)
    CaseRow.objects.filter(pk__in=[row.case_id for row in rows]).update(holds="owed")
