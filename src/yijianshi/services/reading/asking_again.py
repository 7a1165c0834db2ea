"""What stands ready for a later correction (再次告知补正): the fields and documents of the case's own slice."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import Action
from yijianshi.domain.codes import MaterialCode
from yijianshi.domain.corrections import Target, name_of_target
from yijianshi.domain.reforms import basis_of_material
from yijianshi.domain.rights import Actor
from yijianshi.domain.submissions import materials_for, slice_for

from ..catalogue.planning import plan_for
from ..handling.content import open_revision
from ..handling.loading import load_case
from .case_preview import ActPreview, preview_act


@dataclass(frozen=True, slots=True, kw_only=True)
class Askable:
    """One field or document that may be asked again, with the basis on which it was asked at first."""

    key: str  # target:code
    name: str
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskingAgain:
    """The form."""

    preview: ActPreview
    things: tuple[Askable, ...]


def read_asking_again(*, case: UUID, actor: Actor, at: datetime) -> AskingAgain:
    """
    Return what may be asked again about a case.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises ActionNotAllowed: if no correction has come back, or it was accepted already.
    """
    preview = preview_act(case=case, actor=actor, action=Action.ASK_AGAIN, at=at)
    loaded, found = load_case(case)
    content = open_revision(loaded.id)
    plan = plan_for(loaded.edition_id, content.situation())
    item = loaded.edition.item(found.now.item)
    own = str(item.basis[0]) if item.basis else ""
    things = [
        (Target.MATERIAL, str(code), str(basis_of_material(plan, MaterialCode(code), [item.code]) or own))
        for code in materials_for(plan, item.code)
    ]
    things += [(Target.FIELD, str(code), own) for code in slice_for(plan, item.code, content.known())]
    return AskingAgain(
        preview=preview,
        things=tuple(
            Askable(key=f"{target}:{code}", name=name_of_target(target, code, loaded.edition), basis=basis)
            for target, code, basis in things
        ),
    )
