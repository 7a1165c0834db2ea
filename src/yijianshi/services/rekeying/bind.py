"""Tie the number of a unit's own system to our case (对方编号), with what was typed for it; the newest counts."""

from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.rekeying import RekeyingNotPossible, check_binding, count_fields
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.keys import new_id
from yijianshi.store.rekeying.models import BindingRow

from ..handling.loading import load_case
from .fields import fields_to_type
from .own_system import own_system_of


def bind_number(*, case: UUID, number: str, accepted_on: date, actor: Actor, at: datetime) -> None:
    """
    Keep under which number a case runs in the unit's own system, and since when it is accepted there.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises RekeyingNotPossible: if the unit has no such system, the number is another case's, or the day cannot be.
    """
    loaded, found = load_case(case)
    require(actor, Act.REKEY, loaded.thing(found))
    if not own_system_of(found.unit):
        raise RekeyingNotPossible("本单位没有要转录的系统；直接在办件里办就行")
    today, received_on = legal_day(at), legal_day(loaded.received_at)
    plain = check_binding(number, accepted_on, received_on=received_on, today=today, state=found.now.state)
    others = BindingRow.objects.filter(unit=found.unit, their_number=plain).exclude(case=case)
    if others.exists():
        raise RekeyingNotPossible("这个编号已经记在另一件上了；请对着本单位系统再核一遍")
    first = BindingRow.objects.filter(case=case).order_by("id").values_list("bound_on", flat=True).first()
    fields, _, _ = fields_to_type(loaded, found)
    BindingRow.objects.create(
        id=new_id(), case_id=case, unit=found.unit, their_number=plain, accepted_on=accepted_on,
        received_on=received_on, bound_on=first or today, fields=count_fields(fields), at=at, by=UUID(actor.account),
    )  # fmt: skip
