"""
Items that a register answers and no officer needs to look at (自动核验): granted when the register agrees.

What the register denies, or cannot say, waits for an officer of the unit; so does what an officer has in hand because its
applicant asked for a person (Personal Information Protection Law, art. 24).
"""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.cases import ActionNotAllowed, State
from yijianshi.domain.merging import fields_in_force
from yijianshi.domain.workdays import legal_day

from ..catalogue.planning import plan_for
from ..outside import outside
from ..ports import SourceUnavailable
from .arising import subject_of
from .beginnings import began_on
from .content import open_revision
from .decide import grant_by_register
from .loading import load_case, load_submission


def verify_automatic_cases(*, submission: UUID, at: datetime, first_try: bool = True) -> tuple[UUID, ...]:
    """
    Ask the registers for every accepted automatic item, and grant where they agree; return what was granted.

    :param first_try: whether no register was found away before; then what waits for the item begins on the day on
        which it was accepted, even if the worker comes late.
    :raises SourceUnavailable: if a register is down; the worker tries again later.
    """
    granted = []
    away: SourceUnavailable | None = None
    loaded = load_submission(submission)
    for case in loaded.cases:
        now = case.now
        item = loaded.edition.item(now.item)
        if now.state is not State.ACCEPTED or case.holds or not item.is_automatic or case.handler:
            continue
        try:
            if registers_agree(submission=submission, case=now.id):
                on = began_on(now.id) if first_try else None
                grant_by_register(case=now.id, at=at, on=on or legal_day(at))
                granted.append(now.id)
        except ActionNotAllowed:
            continue
        except SourceUnavailable as error:  # the other items do not wait for this register
            away = error
    if away is not None:
        raise away
    return tuple(granted)


def registers_agree(*, submission: UUID, case: UUID) -> bool:
    """
    Return whether every register that knows a value of the item's slice says what was filed.

    :raises SourceUnavailable: if a register is down.
    """
    loaded, found = load_case(case)
    content = open_revision(submission)
    plan = plan_for(loaded.edition_id, content.situation())
    item = loaded.edition.item(found.now.item)
    subject = subject_of(loaded)
    agreed = 0
    for field in fields_in_force(item, loaded.edition, plan.circumstances):
        kept = content.values.get(field.element)
        if field.prefill not in loaded.edition.resources or kept is None:
            continue
        answer = outside().exchange.ask(field.prefill, about=subject, elements=[field.element])  # type: ignore[arg-type]
        if field.element not in answer.values:
            continue
        if kept.objected or answer.values[field.element] != kept.value:
            return False
        agreed += 1
    return agreed > 0
