"""What the platform wrote from the one form for one item alone (系统生成的表和承诺书), for its applicant to take away."""

from dataclasses import dataclass
from uuid import UUID

from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.sharing import MaterialWay

from ..catalogue.planning import plan_for
from ..handling.content import open_revision
from ..handling.loading import Loaded
from .guide import is_sent_by_others


@dataclass(frozen=True, slots=True)
class PaperMade:
    """A form or a pledge, made for one case."""

    case: UUID
    material: MaterialCode
    name: str


def papers_made(loaded: Loaded) -> tuple[PaperMade, ...]:
    """Return the forms and pledges of single items; the one form is a letter of its own, and another's record is not ours."""
    plan = plan_for(loaded.edition_id, open_revision(loaded.id).situation())
    cases = {case.now.item: case.now.id for case in loaded.cases}
    return tuple(
        PaperMade(cases[found.needed_by[0]], found.material, plan.edition.materials[found.material].name)
        for found in plan.materials
        if found.way is MaterialWay.GENERATED
        and len(found.needed_by) == 1
        and found.needed_by[0] in cases
        and not is_sent_by_others(found, plan.edition)
    )
