"""One case as the officer of its unit sees it: his slice, his documents, where the siblings stand, what he may do now."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import CLOSED, State
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.corrections import Target, name_of_target
from yijianshi.domain.countersigning import Proposal, standing_proposal
from yijianshi.domain.deadlines import Clock, clock_of, promised_days
from yijianshi.domain.editions import Edition
from yijianshi.domain.holds import why_held
from yijianshi.domain.plans import Plan
from yijianshi.domain.rights import Act, Actor, may, require
from yijianshi.domain.submissions import is_joint, is_same_member, slice_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.results.models import DecisionTextRow, ResultRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.planning import plan_for
from ..contents import open_words
from ..handling.arising import still_to_come, subject_of, values_arisen
from ..handling.content import open_revision
from ..handling.loading import CaseLoaded, Loaded, load_case
from ..handling.remark import RemarkKept, remarks_of
from ..handling.rounds import newest_correction
from ..handling.second_person import demands_two
from ..outside import outside
from ..people.actors import name_of
from .case_acts import Offered, acts_afterwards, acts_beside, offered_acts
from .case_documents import PaperListed, papers_listed
from .case_history import Happened, Steps, history_of, steps_of
from .case_materials import MaterialRead, read_materials
from .case_values import ValueRead, read_values
from .commitments import CheckRead, read_check
from .owed import OwedRead, owed_of
from .reading_log import SLICE, note_read
from .units import name_of_division, name_of_unit
from .whose import SEALED, whose


@dataclass(frozen=True, slots=True, kw_only=True)
class Sibling:
    """Another case of the same submission: item, unit and state, nothing else."""

    item: str
    unit: str
    state: State
    due_on: date | None
    is_prior: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkRead:
    """One remark on the case, with whether it can still be taken back."""

    id: UUID
    target: Target
    code: str
    name: str
    reason: str
    basis: str
    remedy: str
    at: datetime
    is_open: bool
    is_answered: bool
    is_again: bool  # asked after the one correction, which is a breach


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRead:
    """The words of a decision or of a stop of the clock."""

    action: str
    at: datetime
    words: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultRead:
    """What the grant yielded."""

    id: UUID
    name: str
    number: str
    issued_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRead:
    """Everything on the page of one case."""

    id: UUID
    submission: UUID
    number: str
    submission_number: str
    title: str
    applicant: str  # where that is somebody else than the title says
    bundle: str
    edition: Edition
    item: ServiceItem
    members: int  # how many cases of this item the submission has, one per member of a list
    member: str
    unit: str
    unit_name: str
    state: State
    seq: int
    channel: str
    division: str
    received_at: datetime
    collect_until: date
    committed: bool
    values: tuple[ValueRead, ...]
    materials: tuple[MaterialRead, ...]
    siblings: tuple[Sibling, ...]
    clock: Clock
    days: float | None
    history: tuple[Happened, ...]
    papers: tuple[PaperListed, ...]
    reads_all: bool  # whether the officer may see what concerns all departments
    remarks: tuple[RemarkRead, ...]
    texts: tuple[TextRead, ...]
    result: ResultRead | None
    answer_by: date | None
    acts: tuple[Offered, ...]
    beside: tuple[Offered, ...]
    afterwards: tuple[Offered, ...]
    handler: str  # who has it in hand, if somebody does
    can_remark: bool
    said_nothing: bool
    owed: tuple[OwedRead, ...]
    check: CheckRead | None  # of its commitment, once it was granted
    two_persons: bool  # whether one proposes the decision and another confirms it
    proposal: Proposal | None
    proposal_by: str
    to_come: tuple[str, ...]  # what this handling brings about and no register knows yet


def read_case(*, case: UUID, actor: Actor, at: datetime) -> CaseRead:
    """
    Return the case to an officer of its unit; that he looked is written down.

    :raises NotPermitted: if it is not his unit's, or is not there; the answer is the same.
    """
    loaded, found = load_case(case)
    require(actor, Act.READ_CASE, loaded.thing(found))
    content = open_revision(loaded.id)
    plan = plan_for(loaded.edition_id, content.situation())
    known = content.known(member=found.now.member)
    to_come = still_to_come(plan, found.now.item, content)
    if to_come and found.now.state not in CLOSED:
        arisen = values_arisen(plan, found.now.item, content, subject=subject_of(loaded))
        known, to_come = known | arisen, tuple(code for code in to_come if code not in arisen)
    steps = steps_of(loaded.id, case=case)
    row = SubmissionRow.objects.select_related("party").only("collect_until", *SEALED).get(pk=loaded.id)
    matter = whose(row)
    correction = newest_correction(loaded.id)
    item = loaded.edition.item(found.now.item)
    clock = clock_of(
        steps.of_case(),
        item.limit,
        outside().calendar,
        today=legal_day(at),
        committed=found.now.committed,
        joint=item.type == "行政许可" and is_joint(loaded.nows, loaded.edition),
    )
    remarks = own_remarks(loaded, case)
    two = demands_two(loaded, found)
    proposal = standing_proposal(steps.of_case()) if two else None
    page = CaseRead(
        id=case,
        submission=loaded.id,
        number=found.now.number,
        submission_number=loaded.number,
        title=matter.title,
        applicant=matter.applicant,
        bundle=loaded.edition.bundle.title,
        edition=loaded.edition,
        item=item,
        member=content.name_of(found.now.member),
        members=sum(now.item == found.now.item for now in loaded.nows),
        unit=found.unit,
        unit_name=name_of_unit(found.unit),
        state=found.now.state,
        seq=found.now.seq,
        channel=loaded.channel,
        division=name_of_division(loaded.division),
        received_at=loaded.received_at,
        collect_until=row.collect_until,
        committed=found.now.committed,
        values=read_values(slice_for(plan, item.code, known), loaded.edition),
        materials=read_materials(plan, content, [item.code], member=found.now.member),
        siblings=siblings_of(loaded, found, plan),
        clock=clock,
        days=_days(item, found),
        history=history_of(steps, loaded.edition),
        papers=papers_listed(loaded, found, [row for row in steps.rows if row.case_id is not None]),
        reads_all=may(actor, Act.READ_SUBMISSION, loaded.thing(found)),
        remarks=remarks,
        texts=_texts(case),
        result=_result(case, item),
        answer_by=correction.answer_by if correction else None,
        acts=offered_acts(
            found.now,
            item,
            collect_until=row.collect_until,
            answer_by=correction.answer_by if correction else None,
            waits=waits_for(loaded, found, plan),
            extended=found.extended_days,
            held=why_held(found.holds),
        ),
        beside=acts_beside(found.now, handler=found.handler, me=actor.account),
        afterwards=acts_afterwards(found.now),
        handler=name_of(found.handler) if found.handler else "",
        can_remark=found.now.state is State.RECEIVED and may(actor, Act.REMARK, loaded.thing(found)),
        said_nothing=_said_nothing(steps, found.unit),
        owed=owed_of(loaded, case=case),
        check=read_check(found.now, at=at),
        two_persons=two,
        proposal=proposal,
        proposal_by=name_of(UUID(proposal.by)) if proposal else "",
        to_come=tuple(loaded.edition.elements[code].name for code in to_come),
    )
    note_read(SLICE, submission=loaded.id, case=case, actor=actor, unit=found.unit, at=at)
    return page


def own_remarks(loaded: Loaded, case: UUID) -> tuple[RemarkRead, ...]:
    """Return the remarks on one case, whoever made them, withdrawn ones left out."""
    state = loaded.case(case).now.state
    return tuple(
        _remark(kept, loaded.edition, state=state)
        for kept in remarks_of(loaded.id, states=("open", "asked", "answered"))
        if kept.case == case
    )


def siblings_of(loaded: Loaded, found: CaseLoaded, plan: Plan) -> tuple[Sibling, ...]:
    """Return where the other cases stand, of a member of a list only his own: item, unit and state only."""
    priors = set(plan.priors_of(loaded.edition.item(found.now.item)))
    return tuple(
        Sibling(
            item=loaded.edition.item(other.now.item).plain_name,
            unit=name_of_unit(other.unit),
            state=other.now.state,
            due_on=other.now.due_on,
            is_prior=other.now.item in priors,
        )
        for other in loaded.cases
        if other.now.id != found.now.id and is_same_member(other.now.member, found.now.member)
    )


def waits_for(loaded: Loaded, found: CaseLoaded, plan: Plan) -> tuple[str, ...]:
    """Return the names of the items whose results the case still waits for."""
    priors = set(plan.priors_of(loaded.edition.item(found.now.item)))
    return tuple(
        loaded.edition.item(now.item).plain_name
        for now in loaded.nows
        if now.item in priors
        and now.state is not State.GRANTED
        and is_same_member(now.member, found.now.member)
    )


def remarkable(page: CaseRead, target: Target, code: str) -> bool:
    """Return whether the officer may remark on this field or document: it is in his slice, and not remarked yet."""
    already = any(r.target is target and r.code == code for r in page.remarks)
    if target is Target.FIELD:
        return not already and any(value.code == code for value in page.values)
    return not already and any(material.code == code for material in page.materials)


def _remark(kept: RemarkKept, edition: Edition, *, state: State) -> RemarkRead:
    remark = kept.remark
    return RemarkRead(
        id=kept.id,
        target=remark.target,
        code=remark.code,
        name=name_of_target(remark.target, remark.code, edition),
        reason=remark.reason,
        basis=remark.basis,
        remedy=remark.remedy,
        at=remark.at,
        is_open=state is State.RECEIVED,
        is_answered=kept.state == "answered",
        is_again=kept.again is not None,
    )


def _days(item: ServiceItem, found: CaseLoaded) -> float | None:
    promised = promised_days(item.limit, committed=found.now.committed)
    return item.limit.statutory if promised is None else promised


def _texts(case: UUID) -> tuple[TextRead, ...]:
    return tuple(
        TextRead(action=row.action, at=row.at, words=open_words(row.sealed, purpose="decision"))
        for row in DecisionTextRow.objects.filter(case=case).order_by("at")
    )


def _result(case: UUID, item: ServiceItem) -> ResultRead | None:
    row = ResultRow.objects.filter(case=case).exclude(state="revoked").first()
    if row is None:
        return None
    return ResultRead(id=row.id, name=item.result.name, number=row.number, issued_at=row.issued_at)


def _said_nothing(steps: Steps, unit: str) -> bool:
    return any(row.action == "no_remark" and row.unit == unit for row in steps.rows)
