"""One submission as the window sees it: whose, where each item stands, whether something waits to be fetched."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import Action, State
from yijianshi.domain.rights import Act, Actor, Role, require
from yijianshi.store.results.models import DeliveryRow
from yijianshi.store.submissions.models import SubmissionRow

from ..contents import open_text
from ..handling.loading import load_submission
from ..paying.kept import owes_fee
from ..people.parties import know_party
from .case_documents import PaperListed, papers_of_all
from .case_history import Happened, history_of_all, steps_of
from .reading_log import PAGE, note_read, unit_of
from .units import name_of_division, name_of_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemAtWindow:
    """One item of the submission."""

    item: str
    unit_name: str
    state: State
    due_on: date | None
    papers: tuple[PaperListed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How the results go out; without the code, which only the applicant knows."""

    method: str
    ready_at: datetime
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionAtWindow:
    """Everything on the window's page of one submission."""

    id: UUID
    number: str
    division: str
    title: str
    bundle: str
    unit_name: str
    channel: str
    state: str
    received_at: datetime
    promised_on: date | None
    pre_reviewed_at: datetime | None
    applicant: tuple[tuple[str, str], ...]
    items: tuple[ItemAtWindow, ...]
    awaits_correction: bool
    charged: bool
    owes: bool
    delivery: Delivery | None
    history: tuple[Happened, ...]


def read_submission_at_window(*, submission: UUID, actor: Actor, at: datetime) -> SubmissionAtWindow:
    """
    Return the submission to a clerk of its division; that he looked is written down.

    :raises NotPermitted: if the actor works at no window of its division, or it is not there.
    """
    loaded = load_submission(submission)
    require(actor, Act.READ_AT_WINDOW, loaded.thing())
    row = SubmissionRow.objects.only("title_sealed", "promised_on").get(pk=submission)
    party = know_party(loaded.party)
    steps = steps_of(submission)
    delivery = DeliveryRow.objects.filter(submission=submission).first()
    papers = papers_of_all(loaded, steps.rows)
    names = {case.now.id: loaded.edition.item(case.now.item).plain_name for case in loaded.cases}
    note_read(PAGE, submission=submission, actor=actor, unit=unit_of(actor, Role.WINDOW), at=at)
    return SubmissionAtWindow(
        id=submission,
        number=loaded.number,
        division=loaded.division,
        title=open_text(row.title_sealed, purpose="title"),
        bundle=loaded.edition.bundle.title,
        unit_name=f"{name_of_division(loaded.division)}政务服务中心",
        channel=loaded.channel,
        state=loaded.state,
        received_at=loaded.received_at,
        promised_on=row.promised_on,
        pre_reviewed_at=loaded.pre_reviewed_at,
        applicant=(("申请人", party.name), ("类型", "单位" if party.is_enterprise else "个人")),
        items=tuple(
            ItemAtWindow(
                item=names[case.now.id],
                unit_name=name_of_unit(case.unit),
                state=case.now.state,
                due_on=case.now.due_on,
                papers=papers[case.now.id],
            )
            for case in loaded.cases
        ),
        awaits_correction=any(now.state is State.AWAITING_CORRECTION for now in loaded.nows),
        charged=any(step.action == Action.CHARGE for step in steps.rows),
        owes=owes_fee(loaded),
        delivery=Delivery(
            method=delivery.method, ready_at=delivery.ready_at, delivered_at=delivery.delivered_at
        )
        if delivery
        else None,
        history=history_of_all(steps, loaded.edition, names),
    )
