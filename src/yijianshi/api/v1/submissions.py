"""Submissions over the API: file, read, release, correct."""

from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

import msgspec

from yijianshi.domain.codes import BundleCode, DivisionCode, ItemCode
from yijianshi.domain.rights import Act, require
from yijianshi.domain.together import Stated
from yijianshi.domain.workdays import legal_day
from yijianshi.services.applying.file_directly import Application, file_directly
from yijianshi.services.handling.correct import Upload, answer_correction
from yijianshi.services.handling.loading import load_submission
from yijianshi.services.handling.release import release_submission
from yijianshi.services.once import Once
from yijianshi.services.outside import outside
from yijianshi.services.reading.composites import composites_of

from .endpoints import Call, endpoint
from .feed import Verified, verified_composite


class Applicant(msgspec.Struct, forbid_unknown_fields=True):
    """Who applies: a person by citizen number, or an enterprise by credit code."""

    kind: str
    number: str
    name: str
    phone: str = ""
    acting_person: str = ""


class Confirmation(msgspec.Struct, forbid_unknown_fields=True):
    """That a co-applicant confirmed before the portal: in which role, who, when, in what way."""

    role: str
    number: str
    at: Annotated[datetime, msgspec.Meta(tz=True)]
    way: str


class NewSubmission(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A whole application in one call."""

    bundle: str
    division: str
    items: list[str]
    applicant: Applicant
    situation: dict[str, Any] = {}
    answers: dict[str, Any] = {}
    commitments: list[str] = []
    claimed: list[str] = []
    groups: dict[str, Any] = {}
    materials: dict[str, str] = {}
    confirmations: list[Confirmation] = []
    assurance: Annotated[int, msgspec.Meta(ge=1, le=4)] = 2  # how surely you know who applies (1 to 4)


class Filed(msgspec.Struct):
    """The receipt: the submission's number, and those of its cases."""

    submission: UUID
    number: str
    cases: tuple[str, ...]
    case_ids: tuple[UUID, ...]


class Decline(msgspec.Struct, forbid_unknown_fields=True):
    """That this place is not competent for an item, why, and who is."""

    reasons: str
    basis: str
    competent: str = ""


class Release(msgspec.Struct, forbid_unknown_fields=True):
    """The one dispatch; items that are declined are named with their reasons."""

    declined: dict[str, Decline] = {}


class Released(msgspec.Struct):
    """What became of each case, by number, and by when a correction is to be answered."""

    submission: UUID
    states: dict[str, str]
    answer_by: date | None


class CaseState(msgspec.Struct):
    """A case as it stands."""

    id: UUID
    number: str
    item: str
    unit: str
    state: str
    due_on: date | None
    provisional: bool
    waits_for: int


class SubmissionState(msgspec.Struct):
    """A submission as it stands, with its cases."""

    id: UUID
    number: str
    division: str
    bundle: str
    edition: str
    state: str
    received_at: datetime
    cases: list[CaseState]
    composites: list[
        Verified
    ] = []  # composite licences, newest first; each with its parts as they stand today


class Correction(msgspec.Struct, forbid_unknown_fields=True):
    """The whole answer to the one correction: fields by element, files by material (SHA-256 of what was sent before)."""

    fields: dict[str, Any] = {}
    materials: dict[str, list[str]] = {}


@endpoint(
    "POST",
    "submissions",
    summary="一次申报：所有事项、一张表、一套材料",
    takes=NewSubmission,
    gives=Filed,
    status=201,
    keyed=True,
)
def file(call: Call) -> tuple[Any, bool]:
    sent: NewSubmission = call.body
    application = Application(
        bundle=BundleCode(sent.bundle),
        division=DivisionCode(sent.division),
        items=tuple(ItemCode(code) for code in sent.items),
        applicant_kind=sent.applicant.kind,
        applicant_number=sent.applicant.number,
        applicant_name=sent.applicant.name,
        applicant_phone=sent.applicant.phone,
        acting_person=sent.applicant.acting_person,
        situation=sent.situation,
        answers=sent.answers,
        commitments=tuple(ItemCode(code) for code in sent.commitments),
        claimed=tuple(sent.claimed),
        groups=sent.groups,
        uploaded=sent.materials,
        confirmations=tuple(Stated(one.role, one.number, one.at, one.way) for one in sent.confirmations),
        assurance=sent.assurance,
    )
    assert call.actor is not None
    once = Once.of(call.actor.account, "file", call.key, call.raw)
    return file_directly(application, actor=call.actor, once=once, at=outside().clock.now())


@endpoint(
    "POST",
    "submissions/<uuid:submission>/release",
    summary="一次分办",
    takes=Release,
    gives=Released,
    keyed=True,
)
def release(call: Call, submission: UUID) -> tuple[Any, bool]:
    sent: Release = call.body
    assert call.actor is not None
    return release_submission(
        submission=submission,
        actor=call.actor,
        at=outside().clock.now(),
        declined={ItemCode(item): msgspec.to_builtins(why) for item, why in sent.declined.items()},
        once=Once.of(call.actor.account, f"release:{submission}", call.key, call.raw),
    )


@endpoint("GET", "submissions/<uuid:submission>", summary="申报和它的办件现在怎么样", gives=SubmissionState)
def read(call: Call, submission: UUID) -> SubmissionState:
    loaded = load_submission(submission)
    assert call.actor is not None
    require(call.actor, Act.READ_SUBMISSION, loaded.thing())
    return SubmissionState(
        loaded.id,
        loaded.number,
        loaded.division,
        loaded.edition.bundle.code,
        loaded.edition.digest,
        loaded.state,
        loaded.received_at,
        [
            CaseState(
                c.now.id,
                c.now.number,
                c.now.item,
                c.unit,
                c.now.state,
                c.now.due_on,
                c.provisional,
                c.now.waits_for,
            )
            for c in loaded.cases
        ],
        [
            verified_composite(one)
            for one in composites_of(loaded.id, edition=loaded.edition, on=legal_day(outside().clock.now()))
        ],
    )


@endpoint(
    "POST",
    "submissions/<uuid:submission>/correction",
    summary="一次补齐补正内容",
    takes=Correction,
    gives=SubmissionState,
)
def correct(call: Call, submission: UUID) -> SubmissionState:
    sent: Correction = call.body
    assert call.actor is not None
    files = {
        material: [Upload(f"{material}", outside().files.open(sha256).read()) for sha256 in digests]
        for material, digests in sent.materials.items()
    }
    answer_correction(
        submission=submission, actor=call.actor, fields=sent.fields, files=files, at=outside().clock.now()
    )
    answer: SubmissionState = read(call, submission)
    return answer
