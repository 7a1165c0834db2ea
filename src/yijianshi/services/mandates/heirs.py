"""
Next of kin of somebody who has died (近亲属): only where the register of deaths says so; it is said what was relied on.

Basis: Personal Information Protection Law, art. 49; Civil Code, arts. 1045, 1127.
"""

from datetime import datetime, timedelta
from uuid import UUID

from yijianshi.domain.codes import DivisionCode, ElementCode, ResourceCode
from yijianshi.domain.mandates import (
    USUAL,
    MandateKind,
    MandateNotPossible,
    MandateState,
    Proof,
    Scope,
    check_wish,
)
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account
from yijianshi.store.keys import new_id
from yijianshi.store.mandates.models import MandateRow

from ..catalogue.published import bundles_of
from ..contents import seal_text
from ..outside import outside
from ..people.parties import NumberRefused, find_or_add_party, know_party
from ..ports import SourceUnavailable, Subject

#: The stage of life of the one-things that are handled for somebody who has died; nothing else is opened by it.
STAGE = "身后"
DAYS = 180
RELATIONS = ("配偶", "子女", "父母", "兄弟姐妹", "祖父母、外祖父母", "孙子女、外孙子女")
_DIED, _NAME = ElementCode("death-date"), ElementCode("applicant-name")
_SPOUSE = ElementCode("spouse-id-number")
_NOT_FOUND = (
    "登记里没有查到这位亲人去世，或者姓名和号码对不上。请核对；刚办的死亡证明要等一两天，着急请到窗口办"
)


def act_for_the_dead(
    *, actor: Actor, name: str, number: str, relation: str, committed: bool, division: DivisionCode, at: datetime
) -> UUID:  # fmt: skip
    """
    Let a near relative handle what follows a death, and return the mandate.

    :raises MandateNotPossible: if the register does not know of the death, or the relation is neither registered nor
        declared; whether somebody of this number exists is never told.
    """
    account = Account.objects.filter(pk=actor.account).first()
    own = str(account.party_id) if account and account.party_id else ""
    require(actor, Act.GIVE_MANDATE, Thing(party=own))
    if relation not in RELATIONS:
        raise MandateNotPossible("请选您是他的什么人")
    number, name = number.strip().upper(), "".join(name.split())
    try:
        died = _asked("death-information", number, _DIED, _NAME)
        if not died.get(_DIED) or died.get(_NAME) != name:
            raise MandateNotPossible(_NOT_FOUND)
        spouse = _asked("marriage-register", number, _SPOUSE).get(_SPOUSE, "")
    except SourceUnavailable as down:
        raise MandateNotPossible("登记库暂时连不上，请过一会儿再试，或者到窗口办") from down
    registered = relation == "配偶" and spouse == know_party(UUID(own)).number
    if not registered and not committed:
        raise MandateNotPossible("关系没有查到登记，请勾选承诺；承诺不实要承担法律责任")
    on = legal_day(at)
    until = on + timedelta(days=DAYS)
    published = [one.edition.bundle for one in bundles_of(division, on)]
    scope = Scope(bundles=frozenset(one.code for one in published if one.stage == STAGE))
    check_wish(kind=MandateKind.HEIR, scope=scope, powers=USUAL, since=on, until=until)
    try:
        party = find_or_add_party(kind="person", number=number, name=name)
    except NumberRefused as wrong:
        raise MandateNotPossible(_NOT_FOUND) from wrong
    rests_on = "死亡信息库、婚姻登记库" if registered else "死亡信息库；亲属关系由本人承诺"
    row = MandateRow.objects.create(
        id=new_id(),
        giver_id=party,
        holder_id=UUID(actor.account),
        kind=MandateKind.HEIR,
        proof=Proof.REGISTER if registered else Proof.COMMITMENT,
        state=MandateState.ACTIVE,
        powers=sorted(USUAL),
        bundles=sorted(scope.bundles),
        since=on,
        until=until,
        shown_sealed=seal_text(f"{relation}，依据{rests_on}", purpose="mandate"),
        made_by=UUID(actor.account),
        made_at=at,
        taken_at=at,
    )
    return row.id


def _asked(resource: str, number: str, *elements: ElementCode) -> dict[ElementCode, str]:
    answer = outside().exchange.ask(
        ResourceCode(resource), about=Subject(person=number), elements=list(elements)
    )
    return {key: str(value) for key, value in answer.values.items()}
