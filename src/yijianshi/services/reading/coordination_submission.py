"""A whole submission as its coordinator sees it, and what releasing it would do to every case (分办预览)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import Action, State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.corrections import CorrectionNotice, merge_remarks
from yijianshi.domain.editions import Edition
from yijianshi.domain.results import appeal_against
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import release
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import CaseRow
from yijianshi.store.submissions.models import SubmissionRow

from ..catalogue.planning import plan_for
from ..handling.content import open_revision
from ..handling.loading import Loaded, load_submission
from ..handling.release import AlreadyReleased
from ..handling.remark import RemarkKept, remarks_of
from ..outside import outside
from ..people.actors import Desk, desks_of
from .case_documents import PaperListed, papers_of_all
from .case_history import Happened, Steps, history_of_all, names_of, steps_of
from .case_materials import MaterialRead, read_materials
from .case_values import ValueRead, read_values
from .coordination import UnitAnswer, answers_of
from .reading_log import PAGE, note_read
from .units import name_of_division, name_of_unit
from .whose import SEALED, whose, whose_submission


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case of the submission in the whole picture."""

    id: UUID
    number: str
    item: str
    item_code: str
    unit: str
    unit_name: str
    state: State
    due_on: date | None
    received_on: date
    started_on: date | None
    closed_on: date | None
    stopped: bool
    desk: Desk
    answer: UnitAnswer
    remarks: int  # on this case, whoever made them
    papers: tuple[PaperListed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkLine:
    """One remark as the one notice will say it, with who made it."""

    id: UUID
    item: str
    unit_name: str
    by: str
    is_own: bool
    reason: str
    basis: str
    remedy: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """Everything that was remarked about one field or document, whoever said it."""

    name: str
    remarks: tuple[RemarkLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionRead:
    """Everything on the coordinator's page of one submission."""

    id: UUID
    number: str
    title: str
    applicant: str
    bundle: str
    division: str
    channel: str
    unit_name: str
    state: str
    received_at: datetime
    collect_until: date
    promised_on: date | None
    promised_provisional: bool
    pre_reviewed_at: datetime | None
    edition: Edition
    cases: tuple[CaseLine, ...]
    requests: tuple[RequestLine, ...]
    answer_by: date | None
    values: tuple[ValueRead, ...]
    materials: tuple[MaterialRead, ...]
    made_case: Mapping[str, UUID]  # document that the platform makes → a case that uses it
    remark_case: Mapping[str, UUID]  # field or document → the received case that asked for it first
    remarked: frozenset[str]
    history: tuple[Happened, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What releasing does to one case."""

    item: str
    item_code: str
    unit_name: str
    action: Action
    state: State
    due_on: date | None
    provisional: bool
    waits_for: tuple[str, ...]
    remarks: int
    because_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePreview:
    """What releasing would do, case by case, and until when the applicant may answer."""

    submission: UUID
    number: str
    whose: str
    title: str
    unit_name: str
    bundle: str
    outcomes: tuple[Outcome, ...]
    answer_by: date | None
    unanswered: tuple[str, ...]
    bases: Mapping[str, tuple[str, ...]]
    appeals: Mapping[str, str]


def read_submission(*, submission: UUID, actor: Actor, at: datetime) -> SubmissionRead:
    """
    Return the whole picture to the submission's coordinator; that he looked is written down.

    :raises NotPermitted: if the actor does not coordinate it, or it is not there; the answer is the same.
    """
    loaded = load_submission(submission)
    require(actor, Act.RELEASE, loaded.thing())
    row = (
        SubmissionRow.objects.select_related("party")
        .only("collect_until", "promised_on", "promised_provisional", *SEALED)
        .get(pk=submission)
    )
    matter = whose(row)
    content = open_revision(submission)
    plan = plan_for(loaded.edition_id, content.situation())
    kept = remarks_of(submission, states=("open", "asked", "answered"))
    notice = _notice(kept, loaded, at)
    items = [item.code for item in plan.items]
    remark_case: dict[str, UUID] = {}
    received = {
        case.now.item: case.now.id for case in reversed(loaded.cases) if case.now.state is State.RECEIVED
    }
    first = {case.now.item: case.now.id for case in reversed(loaded.cases)}
    for merged in plan.fields:
        if case := next((received[code] for code in merged.asked_by if code in received), None):
            remark_case[f"field:{merged.element}"] = case
    for document in plan.materials:
        if case := next((received[code] for code in document.needed_by if code in received), None):
            remark_case[f"material:{document.material}"] = case
    steps = steps_of(submission)
    names = {case.now.id: loaded.edition.item(case.now.item).plain_name for case in loaded.cases}
    known = content.known()
    page = SubmissionRead(
        id=submission,
        number=loaded.number,
        title=matter.title,
        applicant=matter.applicant,
        bundle=loaded.edition.bundle.title,
        division=name_of_division(loaded.division),
        channel=loaded.channel,
        unit_name=name_of_unit(loaded.lead_unit),
        state=loaded.state,
        received_at=loaded.received_at,
        collect_until=row.collect_until,
        promised_on=row.promised_on,
        promised_provisional=row.promised_provisional,
        pre_reviewed_at=loaded.pre_reviewed_at,
        edition=loaded.edition,
        cases=case_lines(loaded, steps, kept),
        requests=_requests(kept, notice, loaded, actor),
        answer_by=notice.answer_by if notice else None,
        values=read_values(
            {f.element: known[f.element] for f in plan.fields if f.element in known}, loaded.edition
        ),
        materials=read_materials(plan, content, items),
        made_case={
            document.material: first[document.needed_by[0]]
            for document in plan.materials
            if document.way is MaterialWay.GENERATED
        },
        remark_case=remark_case,
        remarked=frozenset(f"{k.remark.target}:{k.remark.code}" for k in kept),
        history=history_of_all(steps, loaded.edition, names),
    )
    note_read(PAGE, submission=submission, actor=actor, unit=loaded.lead_unit, at=at)
    return page


def preview_release(
    *, submission: UUID, actor: Actor, declined: Mapping[ItemCode, str], at: datetime
) -> ReleasePreview:
    """
    Return what releasing would do now; nothing is written.

    :raises NotPermitted: if the actor does not coordinate the submission.
    :raises AlreadyReleased: if it was released before.
    """
    loaded = load_submission(submission)
    require(actor, Act.RELEASE, loaded.thing())
    if loaded.state != "received":
        raise AlreadyReleased
    edition = loaded.edition
    kept = remarks_of(submission)
    notice = _notice(kept, loaded, at)
    moves = release(loaded.nows, edition, outside().calendar, on=legal_day(at), declined=declined)
    content = open_revision(submission)
    plan = plan_for(loaded.edition_id, content.situation())
    matter = whose_submission(submission)
    by_case = {case.now.id: case for case in loaded.cases}
    outcomes = []
    for move in sorted(moves, key=lambda move: [case.now.id for case in loaded.cases].index(move.case.id)):
        item = edition.item(move.case.item)
        cause = str((move.detail or {}).get("because_of", ""))
        outcomes.append(
            Outcome(
                item=item.plain_name,
                item_code=item.code,
                unit_name=name_of_unit(by_case[move.case.id].unit),
                action=move.action,
                state=move.to,
                due_on=move.due_on,
                provisional=move.provisional,
                waits_for=tuple(edition.item(code).plain_name for code in plan.priors_of(item)),
                remarks=sum(one.case == move.case.id for one in kept),
                because_of=edition.item(ItemCode(cause)).plain_name if cause else "",
            )
        )
    return ReleasePreview(
        submission=submission,
        number=loaded.number,
        whose=matter.words,
        title=matter.title,
        unit_name=name_of_unit(loaded.lead_unit),
        bundle=edition.bundle.title,
        outcomes=tuple(outcomes),
        answer_by=notice.answer_by if notice else None,
        unanswered=tuple(
            name_of_unit(one.unit) for one in answers_of([submission])[submission] if not one.has_answered
        ),
        bases={c.now.item: tuple(str(b) for b in edition.item(c.now.item).basis) for c in loaded.cases},
        appeals={c.now.item: str(appeal_against(Unit.parse(c.unit), edition)) for c in loaded.cases},
    )


def case_lines(loaded: Loaded, steps: Steps, kept: tuple[RemarkKept, ...]) -> tuple[CaseLine, ...]:
    """Return every case of a submission with its unit, its days and whom to call."""
    desks = desks_of({case.unit for case in loaded.cases})
    answers = {one.unit: one for one in answers_of([loaded.id])[loaded.id]}
    closed = dict(CaseRow.objects.filter(submission=loaded.id).values_list("id", "closed_at"))
    started = _starts(steps)
    papers = papers_of_all(loaded, steps.rows)
    return tuple(
        CaseLine(
            id=case.now.id,
            number=case.now.number,
            item=loaded.edition.item(case.now.item).plain_name,
            item_code=case.now.item,
            unit=case.unit,
            unit_name=name_of_unit(case.unit),
            state=case.now.state,
            due_on=case.now.due_on,
            received_on=legal_day(loaded.received_at),
            started_on=started.get(case.now.id),
            closed_on=legal_day(closed[case.now.id]) if closed[case.now.id] else None,  # type: ignore[arg-type]
            stopped=case.stopped_on is not None,
            desk=desks[case.unit],
            answer=answers[case.unit],
            remarks=sum(one.case == case.now.id for one in kept),
            papers=papers[case.now.id],
        )
        for case in loaded.cases
    )


def _starts(steps: Steps) -> dict[UUID, date]:
    started = (Action.ACCEPT, Action.START, Action.DEEM_ACCEPTED)
    return {row.case_id: legal_day(row.at) for row in steps.rows if row.case_id and row.action in started}


def _notice(kept: tuple[RemarkKept, ...], loaded: Loaded, at: datetime) -> CorrectionNotice | None:
    if not kept:
        return None
    remarks = [one.remark for one in kept]
    return merge_remarks(remarks, loaded.edition, outside().calendar, on=legal_day(at))


def _requests(
    kept: tuple[RemarkKept, ...], notice: CorrectionNotice | None, loaded: Loaded, actor: Actor
) -> tuple[RequestLine, ...]:
    if notice is None:
        return ()
    keys = {(one.remark.target, one.remark.code, one.remark.item, one.remark.at): one.id for one in kept}
    names = names_of(UUID(one.remark.by) for one in kept)
    requests = []
    for request in notice.requests:
        lines = []
        for said in request.said:
            remark = said.first
            lines.append(
                RemarkLine(
                    id=keys[(remark.target, remark.code, remark.item, remark.at)],
                    item="、".join(loaded.edition.item(code).plain_name for code in said.items),
                    unit_name=name_of_unit(remark.unit),
                    by=names.get(UUID(remark.by), ""),
                    is_own=remark.by == actor.account,
                    reason=remark.reason,
                    basis=said.basis,
                    remedy=remark.remedy,
                    at=remark.at,
                )
            )
        requests.append(RequestLine(name=request.name, remarks=tuple(lines)))
    return tuple(requests)
