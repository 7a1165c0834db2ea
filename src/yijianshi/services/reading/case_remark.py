"""What stands ready when somebody remarks on a field or a document: its name, its value, what to look at, the basis."""

from dataclasses import dataclass
from uuid import UUID

from yijianshi.domain.cases import State
from yijianshi.domain.codes import ElementCode, MaterialCode
from yijianshi.domain.corrections import RemarkNotAllowed, Target, name_of_target
from yijianshi.domain.reforms import basis_of_material
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.submissions import materials_for, slice_for

from ..catalogue.planning import plan_for
from ..handling.content import open_revision
from ..handling.loading import load_case
from .case_values import value_in_words
from .units import name_of_unit
from .whose import whose_submission


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkAsked:
    """The thing a remark is about, and the words that are offered."""

    case: UUID
    submission: UUID
    whose: str
    item: str
    unit_name: str
    target: Target
    code: str
    name: str
    value: str
    checks: tuple[str, ...]
    basis: str
    remedy: str


def ask_for_remark(*, case: UUID, actor: Actor, target: Target, code: str) -> RemarkAsked:
    """
    Return what the form of a remark shows.

    :raises NotPermitted: if the case is not the actor's to remark on.
    :raises RemarkNotAllowed: if the collection is over, or the item did not ask for this.
    """
    loaded, found = load_case(case)
    require(actor, Act.REMARK, loaded.thing(found))
    if found.now.state is not State.RECEIVED:
        raise RemarkNotAllowed("收件审查期已过，补正只告知一次；此后发现的问题请在审查决定里处理")
    content = open_revision(loaded.id)
    plan = plan_for(loaded.edition_id, content.situation())
    edition, item = loaded.edition, loaded.edition.item(found.now.item)
    value = ""
    checks: tuple[str, ...] = ()
    if target is Target.MATERIAL:
        if code not in materials_for(plan, item.code):
            raise RemarkNotAllowed(
                "这份材料不在本事项的清单里，不能要求申请人提供（苏政办发〔2022〕87号二（五））"
            )
        checks = edition.materials[MaterialCode(code)].checks
        basis = str(basis_of_material(plan, MaterialCode(code), [item.code]) or "")
    else:
        slice_ = slice_for(plan, item.code, content.known(member=found.now.member))
        if ElementCode(code) not in slice_:
            raise RemarkNotAllowed("本事项的申请表里没有这一栏，不能对它提意见")
        element = edition.elements[ElementCode(code)]
        value = value_in_words(slice_[ElementCode(code)].value, element, edition)
        basis = str(item.basis[0]) if item.basis else ""
    name = name_of_target(target, code, edition)
    remedy = f"请重新提交{name}" if target is Target.MATERIAL else f"请改正“{name}”"
    return RemarkAsked(
        case=case,
        submission=loaded.id,
        whose=whose_submission(loaded.id).words,
        item=item.plain_name,
        unit_name=name_of_unit(found.unit),
        target=target,
        code=code,
        name=name,
        value=value,
        checks=checks,
        basis=basis,
        remedy=remedy,
    )
