"""
Check a commitment after the grant (事中事后核查): kept, or broken, and then revoked, entered and told in one act.

Basis: 国办发〔2020〕42号: a commitment found untrue revokes the decision and is entered in the credit record.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.cases import Action, next_state
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.commitments import CheckNotPossible, Outcome, check_by
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.store.promises.models import CheckRow, CreditRow

from ..contents import seal_words
from ..outside import outside
from .acting import said
from .loading import CaseLoaded, load_case
from .noting import note_step
from .take_up import revoke_case
from .writing import refuse_if_changed

#: Why a case was revoked, in its step.
BROKEN_COMMITMENT = "broken_commitment"
_PURPOSE = "check"


def open_check(found: CaseLoaded, item: ServiceItem, *, on: date) -> None:
    """Open the check of a case granted on its commitment; call it inside the transaction of the grant."""
    due = check_by(on, item.commitment, outside().calendar)
    CheckRow.objects.update_or_create(
        case_id=found.now.id,
        outcome="",
        defaults={
            "unit": found.unit,
            "granted_on": on,
            "due_on": due.day,
            "provisional": due.provisional,
        },
    )


def record_kept(*, case: UUID, actor: Actor, words: str, at: datetime, seen: int | None = None) -> None:
    """
    Record that the commitment was true.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises ActionNotAllowed: if the case is not one that was granted.
    :raises CheckNotPossible: if there is nothing to check, or it was checked before.
    :raises ReasonMissing: if it is not said how it was checked.
    """
    how = said(words, what="怎么核查的、看到什么")
    loaded, found = load_case(case)
    require(actor, Act.DECIDE, loaded.thing(found))
    refuse_if_changed(found.now, seen)
    next_state(found.now.state, Action.CHECK, number=found.now.number)
    with transaction.atomic():
        _close(case, Outcome.KEPT, {"words": how}, actor, at)
        note_step(
            submission=loaded.id, case=case, state=found.now.state, action=Action.CHECK, unit=found.unit,
            by=UUID(actor.account), at=at,
        )  # fmt: skip


def record_broken(
    *, case: UUID, actor: Actor, facts: str, basis: str, at: datetime, seen: int | None = None
) -> None:
    """
    Record that the commitment was untrue: the grant is revoked, the record written and the applicant told, or nothing of it.

    :raises NotPermitted: if the case is not the actor's unit's.
    :raises ActionNotAllowed: if the case is not one that was granted.
    :raises CheckNotPossible: if there is nothing to check, or it was checked before.
    :raises ReasonMissing: if facts or basis are missing.
    """
    loaded, found = load_case(case)
    require(actor, Act.DECIDE, loaded.thing(found))
    words = {"facts": said(facts, what="核查查到的事实"), "basis": said(basis, what="撤销的依据")}
    with transaction.atomic():
        _close(case, Outcome.BROKEN, words, actor, at)
        revoke_case(
            case=case, actor=actor, reasons=facts, basis=basis, at=at, seen=seen, because_of=BROKEN_COMMITMENT
        )
        CreditRow.objects.create(
            party_id=loaded.party,
            case_id=case,
            item_name=loaded.edition.item(found.now.item).plain_name,
            unit=found.unit,
            sealed=seal_words(words, purpose="credit"),
            by=UUID(actor.account),
            at=at,
        )


def _close(case: UUID, outcome: Outcome, words: dict[str, str], actor: Actor, at: datetime) -> None:
    """Close the open check; of two officers at once the second finds nothing to check."""
    closed = CheckRow.objects.filter(case=case, outcome="").update(
        outcome=outcome, sealed=seal_words(words, purpose=_PURPOSE), by=UUID(actor.account), done_at=at
    )
    if not closed:
        raise CheckNotPossible("这一件没有要核查的承诺，或者同事已经记过结果；请刷新看")
