"""
The correction on paper (补正告知书): the one of the whole submission, and a second that a department should not have needed.

Basis: Administrative License Law, art. 32(1)(4): everything that is missing is told at once.
"""

from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import Action, State
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.corrections import Remark, Said, Target, merge_remarks
from yijianshi.domain.documents import CORRECTION
from yijianshi.domain.rights import Act, Actor
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import StepRow
from yijianshi.store.corrections.models import CorrectionRow

from .. import letters
from ..handling.remark import remarks_of
from ..outside import outside
from ..people.actors import name_of
from .naming import LICENCE
from .opening import Opened, open_submission
from .paper import NoSuchLetter, Printed, print_letter
from .words import authority_of, day_words, desks_at, document_number, moment_words, title_of, until_words
from .written import Written, bases, sentences

_ART_32 = "《行政许可法》第三十二条第一款第四项"


def correction_pdf(*, submission: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return the one correction letter (一次性补正告知书), with the remarks of all departments.

    :raises NoSuchLetter: if nothing was asked.
    :raises NotPermitted: if the actor may not read the submission.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    opened = open_submission(submission, actor=actor, at=at, revision=1, right=Act.READ_SUBMISSION)
    row = CorrectionRow.objects.filter(submission=submission).order_by("asked_at").first()
    if row is None:
        raise NoSuchLetter("这份申报没有要补正的内容，所以没有补正告知书")
    on, edition = legal_day(row.asked_at), opened.edition
    kept = remarks_of(submission, states=("asked", "answered"))
    remarks = [one.remark for one in kept if one.remark.at <= row.asked_at]
    notice = merge_remarks(remarks, edition, outside().calendar, on=on)
    waits, goes_on = _who_waits(opened, notice.items)
    letter = letters.CorrectionLetter(
        authority=authority_of(opened.lead),
        on=on,
        demo=outside().demo_seal,
        document_number=document_number(
            opened.loaded.number, opened.lead, edition, sign=CORRECTION.sign, on=on
        ),
        number=opened.loaded.number,
        bundle=title_of(edition),
        applicant=opened.party.name,
        received_on=day_words(opened.received_on),
        tasks=tuple(
            letters.CorrectionTask(
                kind="材料" if request.target is Target.MATERIAL else "填报",
                subject=opened.content.named(request.name, member=request.member),
                remarks=tuple(_remark(said, opened) for said in request.said),
            )
            for request in notice.requests
        ),
        answer_by=until_words(row.answer_by, provisional=row.provisional),
        consequence="逾期没有补正的，上面等您补正的事项终止办理，其他事项不受影响。此后可以随时重新申报。",
        desks=desks_at(opened.lead),
        waits=waits,
        goes_on=goes_on,
        basis=(_basis(opened),),
        qr=f"{outside().address}/my/{submission}/correction",
    )
    return print_letter(letter, name=f"一次性补正告知书 {opened.loaded.number}")


def _basis(opened: Opened) -> str:
    """Where a licence is among the items the licensing law wants it told at once; for the others a regulation does."""
    licences = any(opened.edition.item(case.now.item).type == LICENCE for case in opened.loaded.cases)
    return _ART_32 if licences else "《优化营商环境条例》第三十五条"


def _remark(said: Said, opened: Opened) -> letters.Remark:
    """A remark without a basis of its own rests on the law that its item rests on."""
    remark, item = said.first, opened.edition.item(said.first.item)
    return letters.Remark(
        item="、".join(opened.edition.item(code).name for code in said.items),
        department=authority_of(Unit.parse(remark.unit)),
        officer=name_of(UUID(remark.by)),
        at=moment_words(remark.at),
        reason=remark.reason,
        basis=said.basis or "、".join(str(basis) for basis in item.basis),
        remedy=remark.remedy or f"请按上述理由改正后，重新提供“{_target_name(remark, opened)}”。",
    )


def _target_name(remark: Remark, opened: Opened) -> str:
    named = opened.edition.materials if remark.target is Target.MATERIAL else opened.edition.elements
    return named[remark.code].name  # type: ignore[index]


def _who_waits(opened: Opened, remarked: frozenset[ItemCode]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Items that wait for the answer, those that depend on them included, and items that go on meanwhile."""
    waiting = set(remarked)
    for item in opened.plan.items:  # in processing order, so that what depends on a waiting item waits too
        if waiting.intersection(opened.plan.priors_of(item)):
            waiting.add(item.code)
    closed_at_once = {c.now.item for c in opened.loaded.cases if c.now.state is State.DECLINED} - waiting
    return (
        tuple(item.name for item in opened.plan.items if item.code in waiting),
        tuple(item.name for item in opened.plan.items if item.code not in waiting | closed_at_once),
    )


def was_asked(case: UUID, *, again: bool = False) -> bool:
    """Return whether the case was asked for correction, or `again` after its answer."""
    action = Action.ASK_AGAIN if again else Action.ASK_FOR_CORRECTION
    return StepRow.objects.filter(case_id=case, action=action).exists()


def repeated(written: Written) -> letters.RepeatedCorrectionLetter:
    """
    Return the letter of a correction that is asked for again, which is on record as a breach.

    Its words are `findings` line by line, `reason` why they were not told at once, `basis`, and `answer_by`.

    :raises LetterIncomplete: if one of them is missing.
    """
    words = written.words
    until = words.get("answer_by") or _asked_until(written)
    return letters.RepeatedCorrectionLetter(
        **written.heading(),
        findings=sentences(words.get("findings", "")),
        reasons=sentences(words.get("reason", "")),
        basis=bases(words.get("basis", "")) or (_ART_32,),
        answer_by=until_words(date.fromisoformat(until), provisional=False) if until else "",
    )


def _asked_until(written: Written) -> str:
    asked = CorrectionRow.objects.filter(
        submission=written.opened.loaded.id, is_breach=True, asked_at=written.step.at
    )
    until = asked.values_list("answer_by", flat=True).first()
    return until.isoformat() if until else ""
