"""
A submission as its applicant sees it (办件进度): who holds what since when until when, whom to call, what came out.

Basis: 苏政办发〔2022〕87号, 二(十): the applicant can follow every step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import BESIDE_THE_WAY, CLOSED, Action, State, Step, allowed_actions
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.codes import DivisionCode, ItemCode, MemberId
from yijianshi.domain.deadlines import STARTING
from yijianshi.domain.editions import Edition
from yijianshi.domain.results import Appeal, appeal_against
from yijianshi.domain.reviews import is_decided_by_machine
from yijianshi.domain.rights import Act, Actor, may, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.submissions import is_same_member
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import StepRow
from yijianshi.store.ratings.models import RatingRow
from yijianshi.store.results.models import DecisionTextRow, DeliveryRow, ResultRow
from yijianshi.store.submissions.models import SubmissionRow

from ..contents import open_text, open_words
from ..handling.content import open_revision
from ..handling.loading import CaseLoaded, Loaded, load_submission
from ..mandates.keeping import powers_in
from ..outside import outside
from ..paying.kept import owes_fee
from ..people.actors import Desk, desks_of, lead_among, lead_desks
from ..people.credit import why_left_out
from .beside import Beside, beside
from .case_documents import PaperListed, papers_listed
from .case_history import Happened, Steps, history_of_all
from .composites import CompositeSeen, composites_of
from .my_correction import CorrectionSeen, correction_of
from .my_papers import PaperMade, papers_made
from .owed import OwedRead, owed_of
from .together import with_whom
from .units import name_of_unit, short_name_of_unit


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSeen:
    """One item on its way: in whose hands, since when, until when."""

    id: UUID
    number: str
    item: ServiceItem
    member: str  # of a group, by name
    member_id: str
    unit: str
    unit_name: str
    unit_short: str
    desk: Desk
    state: State
    began_on: date | None
    due_on: date | None
    provisional: bool
    stopped_on: date | None
    ended_on: date | None
    asked_on: date | None  # when a correction was asked for
    waits_for: tuple[str, ...]
    can_withdraw: bool
    can_uncommit: bool
    by_machine: bool  # granted by a register, and no officer looked
    words: Mapping[str, str]  # reasons and basis of a refusal or decline
    mending: Mapping[str, str]  # what is to be mended by which day, while it is
    appeal: Appeal | None
    result: "ResultSeen | None"
    papers: tuple[PaperListed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultSeen:
    """What a grant yielded."""

    id: UUID
    name: str
    number: str
    issued_at: datetime
    valid_until: date | None
    state: str
    code: str
    is_licence: bool  # of an administrative licence (行政许可), not of another kind of item


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySeen:
    """How the results reach the applicant."""

    method: str
    pick_up_code: str
    ready_at: datetime
    delivered_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionSeen:
    """Everything the page of a submission says."""

    id: UUID
    number: str
    division: DivisionCode
    edition: Edition
    about: str
    state: str
    is_mine: bool
    is_shared: bool  # the reader confirmed beside the applicant: no letters, no fees, nothing to take back
    together: str  # with whom the reader handles it, if several signed
    received_at: datetime
    released_at: datetime | None
    closed_at: datetime | None
    collect_until: date
    promised_on: date | None
    provisional: bool
    lead_name: str
    lead: Desk
    way: str  # how its results go out
    cases: tuple[CaseSeen, ...]
    correction: CorrectionSeen | None
    composites: tuple[CompositeSeen, ...]  # newest first
    delivery: DeliverySeen | None
    rating: int | None
    charged: bool  # whether anything was ever charged
    owes: bool  # whether something is to be paid now
    history: tuple[Happened, ...]
    papers: tuple[PaperMade, ...]
    owed: tuple[OwedRead, ...]
    left_out: str  # why the applicant may not commit himself, where a case of this submission was revoked
    beside: frozenset[Beside]  # what else there is to ask for
    powers: frozenset[
        Act
    ]  # which of correcting, receiving and rating the applicant, or whoever acts for him, may

    @property
    def awaits_applicant(self) -> bool:
        return any(case.state is State.AWAITING_CORRECTION for case in self.cases)

    @property
    def done(self) -> int:
        return sum(case.state in CLOSED for case in self.cases)

    @property
    def results(self) -> tuple[ResultSeen, ...]:
        return tuple(case.result for case in self.cases if case.result)


def read_submission(submission: UUID, *, actor: Actor) -> SubmissionSeen:
    """
    Return the submission to its applicant, the window or its coordinator; fifteen queries at most, ten before anything has ended.

    :raises NotPermitted: if it is not the reader's to see, or is not there; the answer is the same.
    """
    loaded = load_submission(submission)
    require(actor, Act.READ_SUBMISSION, loaded.thing())
    row = SubmissionRow.objects.defer("wrapped_key").get(pk=submission)
    steps = Steps(tuple(StepRow.objects.filter(submission_id=submission).order_by("at", "id")))
    desks = desks_of({case.unit for case in loaded.cases} | lead_desks(loaded.lead_unit))
    items = {case.now.id: loaded.edition.item(case.now.item).plain_name for case in loaded.cases}
    is_mine = may(actor, Act.WITHDRAW, loaded.thing())
    # Nothing comes out of a case before it is closed, so that until then nothing of the kind is asked for.
    today, has_ended = legal_day(outside().clock.now()), any(step.state in CLOSED for step in steps.rows)
    is_shared = not may(actor, Act.READ_FORM, loaded.thing())
    return SubmissionSeen(
        id=submission,
        number=loaded.number,
        division=DivisionCode(loaded.division),
        edition=loaded.edition,
        about=open_text(row.title_sealed, purpose="title"),
        state=loaded.state,
        is_mine=is_mine,
        is_shared=is_shared,
        together=with_whom(loaded, actor),
        received_at=loaded.received_at,
        released_at=row.released_at,
        closed_at=row.closed_at,
        collect_until=row.collect_until,
        promised_on=row.promised_on,
        provisional=row.promised_provisional,
        lead_name=name_of_unit(loaded.lead_unit),
        lead=lead_among(desks, loaded.lead_unit),
        way=row.delivery_method,
        cases=_cases(loaded, steps, desks, is_mine=is_mine, is_shared=is_shared),
        correction=correction_of(loaded),
        composites=composites_of(submission, edition=loaded.edition, on=today) if has_ended else (),
        delivery=_delivery(submission, is_mine=is_mine) if has_ended else None,
        rating=_rating(submission) if has_ended else None,
        charged=not is_shared and any(row.action == Action.CHARGE for row in steps.rows),
        owes=owes_fee(loaded) and not is_shared,
        history=history_of_all(steps, loaded.edition, items),
        papers=() if is_shared else papers_made(loaded),
        owed=owed_of(loaded),
        left_out=why_left_out(loaded.party) if any(now.state is State.REVOKED for now in loaded.nows) else "",
        beside=beside(submission),
        powers=powers_in(loaded.thing(), actor),
    )


def _cases(
    loaded: Loaded, steps: Steps, desks: Mapping[str, Desk], *, is_mine: bool, is_shared: bool
) -> tuple[CaseSeen, ...]:
    keys = [case.now.id for case in loaded.cases]
    granted = any(step.action == Action.GRANT for step in steps.rows)
    issued = ResultRow.objects.filter(case__in=keys if granted else []).order_by("issued_at", "id")
    results = {row.case_id: row for row in issued}
    texts = {
        (text.case_id, text.action): open_words(text.sealed, purpose="decision")
        for text in DecisionTextRow.objects.filter(case__in=keys).order_by("at")
    }
    order = {item.code: n for n, item in enumerate(loaded.edition.bundle.items)}
    cases = sorted(loaded.cases, key=lambda case: (order[case.now.item], case.now.member))
    content = open_revision(loaded.id) if any(case.now.member for case in cases) else None
    by_case: dict[UUID | None, list[StepRow]] = {}
    for step in steps.rows:
        by_case.setdefault(step.case_id, []).append(step)
    return tuple(
        _case(
            loaded,
            case,
            by_case.get(case.now.id, []),
            desks[case.unit],
            results.get(case.now.id),
            texts,
            is_mine,
            is_shared,
            content.name_of(case.now.member) if content else "",
        )
        for case in cases
    )


def _case(
    loaded: Loaded,
    case: CaseLoaded,
    steps: Sequence[StepRow],
    desk: Desk,
    result: ResultRow | None,
    texts: Mapping[tuple[UUID, str], Mapping[str, str]],
    is_mine: bool,
    is_shared: bool,
    member: str,
) -> CaseSeen:
    now, edition = case.now, loaded.edition
    item = edition.item(now.item)
    days = {step.action: legal_day(step.at) for step in steps}
    began = max((day for action, day in days.items() if action in STARTING), default=None)
    # What is noted beside the way, such as the check of a commitment, ends nothing.
    ends = [day for action, day in days.items() if Action(action) not in BESIDE_THE_WAY]
    ended = max(ends) if now.state in CLOSED and ends else None
    refused = now.state in (State.REFUSED, State.DECLINED)
    words = next((texts[(now.id, a)] for a in ("refuse", "decline") if (now.id, a) in texts), {})
    return CaseSeen(
        id=now.id,
        number=now.number,
        item=item,
        member=member,
        member_id=now.member,
        unit=case.unit,
        unit_name=name_of_unit(case.unit),
        unit_short=short_name_of_unit(case.unit),
        desk=desk,
        state=now.state,
        began_on=began,
        due_on=now.due_on,
        provisional=case.provisional,
        stopped_on=case.stopped_on,
        ended_on=ended,
        asked_on=days.get(Action.ASK_FOR_CORRECTION),
        waits_for=_waits_for(loaded, item, now.member) if now.state is State.WAITING else (),
        can_withdraw=is_mine and Action.WITHDRAW in allowed_actions(now.state, by="applicant"),
        can_uncommit=is_mine
        and now.committed
        and Action.UNCOMMIT in allowed_actions(now.state, by="applicant"),
        by_machine=now.state is State.GRANTED and item.is_automatic and _by_machine(steps),
        words=words if refused else {},
        mending=texts.get((now.id, Action.ASK_TO_MEND), {}) if now.state is State.MENDING else {},
        appeal=appeal_against(Unit.parse(case.unit), edition) if refused else None,
        result=_result(result, item) if result else None,
        papers=() if is_shared else papers_listed(loaded, case, steps),
    )


def _by_machine(steps: Sequence[StepRow]) -> bool:
    return is_decided_by_machine(
        Step(Action(step.action), step.at, str(step.by or ""))
        for step in steps
        if step.action == Action.GRANT
    )


def _waits_for(loaded: Loaded, item: ServiceItem, member: MemberId) -> tuple[str, ...]:
    open_items: set[ItemCode] = {
        case.now.item
        for case in loaded.cases
        if case.now.state not in CLOSED and is_same_member(case.now.member, member)
    }
    priors = (*item.depends_on, *item.depends_on_any)
    return tuple(loaded.edition.item(code).plain_name for code in priors if code in open_items)


def _result(row: ResultRow, item: ServiceItem) -> ResultSeen:
    return ResultSeen(
        id=row.id,
        name=item.result.name,
        number=row.number,
        issued_at=row.issued_at,
        valid_until=row.valid_until,
        state=row.state,
        code=row.code,
        is_licence=item.type == "行政许可",
    )


def _rating(submission: UUID) -> int | None:
    return RatingRow.objects.filter(submission=submission).values_list("level", flat=True).first()


def _delivery(submission: UUID, *, is_mine: bool) -> DeliverySeen | None:
    row = DeliveryRow.objects.filter(submission=submission).first()
    if row is None:
        return None
    return DeliverySeen(
        method=row.method,
        pick_up_code=row.pick_up_code if is_mine else "",
        ready_at=row.ready_at,
        delivered_at=row.delivered_at,
    )
