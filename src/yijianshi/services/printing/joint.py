"""The one record of a joint operation (联合勘验记录), linked from every case that took part."""

from datetime import datetime
from uuid import UUID

from yijianshi.domain.appointments import Slot
from yijianshi.domain.joint import (
    JOIN_WORDS,
    OUTCOME_WORDS,
    VERDICT_WORDS,
    JoinWay,
    OperationState,
    Outcome,
)
from yijianshi.domain.rights import Act, Actor, require
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day

from .. import letters
from ..contents import open_text
from ..joining.loading import Operation, OpinionKept, load_operation
from ..outside import outside
from ..people.actors import name_of
from ..people.parties import know_party
from ..reading.joint_words import step_words
from ..reading.units import name_of_unit
from .opening import note_if_staff
from .paper import NoSuchLetter, Printed, print_letter
from .words import authority_of, day_words, document_number, moment_words, size_words, title_of


def joint_record_pdf(*, operation: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return the record to whoever takes part, coordinates, or applied.

    :raises NoSuchLetter: if the record is not complete yet.
    :raises NotPermitted: if the actor has nothing to do with it, or there is none.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    found = load_operation(operation)
    require(actor, Act.READ_JOINT, found.thing())
    if found.state is not OperationState.RECORDED or found.row.recorded_at is None:
        raise NoSuchLetter(f"{found.kind.value}还没有完成记录；各部门都签名以后，这里能下载")
    note_if_staff(found.loaded, actor=actor, at=at)
    return print_letter(
        _record(found, found.row.recorded_at), name=f"{found.kind.value}记录 {found.loaded.number}"
    )


def _record(found: Operation, recorded_at: datetime) -> letters.JointRecord:
    loaded, on, lead = found.loaded, legal_day(recorded_at), Unit.parse(found.loaded.lead_unit)
    slot = found.slot
    held = found.row.held_at or recorded_at
    return letters.JointRecord(
        authority=authority_of(lead),
        on=on,
        demo=outside().demo_seal,
        title=f"{found.kind.value}记录",
        number=loaded.number,
        document_number=document_number(loaded.number, lead, loaded.edition, sign="联", on=on),
        bundle=title_of(loaded.edition),
        applicant=know_party(loaded.party).name,
        time=_time(slot) if slot else moment_words(held),
        place=found.place or "线上",
        policy=_policy(found),
        outcome=f"{found.kind.value}：{OUTCOME_WORDS[Outcome(found.row.outcome)]}。各部门依法对各自的事项作出决定。",
        opinions=tuple(_opinion(found, kept) for kept in found.opinions if kept.opinion.case in found.takes),
        photos=tuple(
            (open_text(row.name_sealed, purpose="file-name"), name_of_unit(row.unit), row.blob_id)
            for row in found.row.photos.order_by("at", "id")
        ),
        drawings=tuple(
            (open_text(row.name_sealed, purpose="file-name"), size_words(row.size), row.sha256)
            for row in found.row.drawings.filter(scan="clean").order_by("at", "id")
        ),
        history=tuple(
            (
                moment_words(row.at),
                step_words(row.move, row.unit, row.slot, open_text(row.sealed, purpose="joint-reason")),
            )
            for row in found.row.steps.order_by("seq")
        ),
    )


def _opinion(found: Operation, kept: OpinionKept) -> letters.JointOpinion:
    case, said = found.loaded.case(kept.opinion.case), kept.opinion
    return letters.JointOpinion(
        department=authority_of(Unit.parse(kept.unit)),
        item=found.loaded.edition.item(case.now.item).plain_name,
        case_number=case.now.number,
        verdict=VERDICT_WORDS[said.verdict],
        reason=said.reason,
        basis=said.basis,
        mend_by=day_words(said.mend_by) if said.mend_by else "",
        present=said.present,
        signed_by=name_of(kept.row.signed_by),
        signed_at=moment_words(kept.row.signed_at) if kept.row.signed_at else "",
        digest=kept.digest,
    )


def _time(slot: Slot) -> str:
    return f"{slot.day.year} 年 {slot.words}"


def _policy(found: Operation) -> str:
    policy = found.policy
    words = JOIN_WORDS[policy.way]
    if policy.way is JoinWay.SOME:
        return f"{words}（{policy.least} 家）"
    if policy.way is JoinWay.VETO:
        return f"{words}：{'、'.join(name_of_unit(unit) for unit in sorted(policy.vetoers))}"
    return words
