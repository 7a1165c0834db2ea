"""Letters that answer an application: the one correction, acceptance, decline, refusal, and a stop of the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from yijianshi.domain.cases import Action, State, Step
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.codes import ItemCode
from yijianshi.domain.corrections import Remark, Said, Target, merge_remarks
from yijianshi.domain.deadlines import clock_of, due_day, move_due_day, stop_grounds
from yijianshi.domain.results import appeal_against
from yijianshi.domain.rights import Actor
from yijianshi.domain.routing import Unit
from yijianshi.domain.submissions import materials_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.corrections.models import CorrectionRow
from yijianshi.store.results.models import DecisionTextRow

from .. import letters
from ..contents import open_words
from ..handling.loading import CaseLoaded
from ..handling.remark import remarks_of
from ..outside import outside
from ..people.actors import name_of
from .filling import filed_materials
from .opening import Opened, open_case, open_submission, steps_of
from .paper import NoSuchLetter, Printed, print_letter
from .words import (
    authority_of,
    case_document_number,
    day_words,
    desks_at,
    document_number,
    due_words,
    fee_words,
    moment_words,
    promise_words,
    statutory_words,
    title_of,
    until_words,
)

_ACCEPTING = (Action.ACCEPT, Action.START, Action.DEEM_ACCEPTED)
_LICENCE = "行政许可"


@dataclass(frozen=True, slots=True)
class Written:
    """A case whose letter is being written."""

    opened: Opened
    case: CaseLoaded
    item: ServiceItem
    unit: Unit
    steps: tuple[Step, ...]

    def last(self, *actions: Action) -> Step | None:
        """Return the last step of one of these kinds."""
        return next((step for step in reversed(self.steps) if step.action in actions), None)

    def heading(self, *, sign: str, on: date, nth: int = 1) -> dict[str, Any]:
        """Return what every letter about the case has."""
        loaded, edition = self.opened.loaded, self.opened.edition
        return {
            "authority": authority_of(self.unit),
            "on": on,
            "demo": outside().demo_seal,
            "document_number": case_document_number(
                self.case.now.number, self.unit, edition, sign=sign, on=on, nth=nth
            ),
            "applicant": self.opened.party.name,
            "item": self.opened.name_of(self.case),
            "case_number": self.case.now.number,
            "bundle": title_of(edition),
            "submission_number": loaded.number,
            "desks": desks_at(self.unit),
            "under_licensing_law": self.item.type == _LICENCE,
            "qr": f"{outside().address}/my/{loaded.id}",
        }


def letter_pdf(*, case: UUID, kind: str, actor: Actor, at: datetime) -> Printed:
    """
    Return a letter about a case: `kind` is acceptance, decline, refusal or suspension.

    :raises NoSuchLetter: if nothing of the kind has happened to the case.
    :raises NotPermitted: if the actor may read neither the case nor the whole submission.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    if kind not in KINDS:
        raise NoSuchLetter(
            "没有这一种文书；可以看的有受理通知书、不予受理通知书、不予许可决定书、特别程序告知书"
        )
    opened, found = open_case(case, actor=actor, at=at)
    written = Written(
        opened, found, opened.edition.item(found.now.item), Unit.parse(found.unit), steps_of(case)
    )
    name, write = KINDS[kind]
    return print_letter(write(written), name=f"{name} {found.now.number}")


def correction_pdf(*, submission: UUID, actor: Actor, at: datetime, again: UUID | None = None) -> Printed:
    """
    Return the one correction letter (一次性补正告知书), with the remarks of all departments.

    :param again: a later correction, asked in breach of the one, that is meant instead.
    :raises NoSuchLetter: if nothing was asked.
    :raises NotPermitted: if the actor may not read the submission.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    opened = open_submission(submission, actor=actor, at=at, revision=1)
    rounds = CorrectionRow.objects.filter(submission=submission, is_breach=again is not None)
    row = (rounds.filter(pk=again) if again else rounds).first()
    if row is None:
        raise NoSuchLetter("这份申报没有要补正的内容，所以没有补正告知书")
    on, edition = legal_day(row.asked_at), opened.edition
    kept = remarks_of(submission, states=("asked", "answered"))
    remarks = [one.remark for one in kept if one.again == again]
    notice = merge_remarks(remarks, edition, outside().calendar, on=on)
    waits, goes_on = _who_waits(opened, notice.items)
    letter = letters.CorrectionLetter(
        authority=authority_of(opened.lead),
        on=on,
        demo=outside().demo_seal,
        document_number=document_number(
            opened.loaded.number, opened.lead, edition, sign="再补" if again else "补", on=on
        ),
        number=opened.loaded.number,
        bundle=title_of(edition),
        applicant=opened.party.name,
        received_on=day_words(opened.received_on),
        tasks=tuple(
            letters.CorrectionTask(
                kind="材料" if request.target is Target.MATERIAL else "填报",
                subject=request.name,
                remarks=tuple(_remark(said, opened) for said in request.said),
            )
            for request in notice.requests
        ),
        answer_by=until_words(row.answer_by, provisional=row.provisional),
        consequence="逾期没有补正的，上面等您补正的事项终止办理，其他事项不受影响。此后可以随时重新申报。",
        desks=desks_at(opened.lead),
        waits=waits,
        goes_on=goes_on,
        qr=f"{outside().address}/my/{submission}/correction",
        again=again is not None,
    )
    return print_letter(letter, name=f"{'再次' if again else '一次性'}补正告知书 {opened.loaded.number}")


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


def _acceptance(written: Written) -> letters.AcceptanceLetter:
    step = written.last(*_ACCEPTING)
    if step is None:
        raise NoSuchLetter("这个事项还没有受理，受理以后才有受理通知书")
    opened, item = written.opened, written.item
    effective = step.detail.get("effective_on")
    accepted_on = date.fromisoformat(effective) if effective else legal_day(step.at)
    due = due_day(accepted_on, item.limit, outside().calendar, committed=written.case.now.committed)
    return letters.AcceptanceLetter(
        **written.heading(sign="受", on=legal_day(step.at)),
        received_on=day_words(opened.received_on),
        accepted_on=day_words(accepted_on),
        promised_limit=promise_words(item, committed=written.case.now.committed),
        statutory_limit=statutory_words(item.limit),
        due=due_words(due, start=accepted_on),
        deemed=_deemed(step, opened.received_on),
        not_counted=_not_counted(item),
        fee=fee_words(item.fee),
        materials=tuple(
            material.name for material in filed_materials(opened, only=materials_for(opened.plan, item.code))
        ),
    )


def _deemed(step: Step, received_on: date) -> str:
    if step.action is not Action.DEEM_ACCEPTED:
        return ""
    return (
        "自收到您的申请之日起五日内，本机关没有告知需要补正的内容。根据《中华人民共和国行政许可法》第三十二条第一款第四项的规定，"
        f"您的申请自收到之日（{day_words(received_on)}）起即为受理。"
    )


def _not_counted(item: ServiceItem) -> str:
    grounds = "、".join(ground.name for ground in stop_grounds(item))
    if not grounds:
        return ""
    return f"依法需要{grounds}的，所需时间不计算在办理期限内，将另行书面告知您。"


def _decline(written: Written) -> letters.DeclineLetter:
    kept = _decided(written, Action.DECLINE, "这个事项没有不予受理，所以没有不予受理通知书")
    _, on, words = kept[-1]
    return letters.DeclineLetter(
        **written.heading(sign="不受", on=on),
        received_on=day_words(written.opened.received_on),
        reasons=_sentences(words["reasons"]),
        basis=_sentences(words.get("basis") or "、".join(str(basis) for basis in written.item.basis)),
        competent=words.get("competent", ""),
        appeal=_appeal(written),
    )


def _refusal(written: Written) -> letters.RefusalLetter:
    kept = _decided(written, Action.REFUSE, "这个事项没有作出不予许可的决定，所以没有决定书")
    _, on, words = kept[-1]
    accepted = written.last(*_ACCEPTING)
    accepted_on = legal_day(accepted.at) if accepted else written.opened.received_on
    return letters.RefusalLetter(
        **written.heading(sign="不许" if written.item.type == _LICENCE else "不予", on=on),
        title="不予行政许可决定书" if written.item.type == _LICENCE else "不予办理决定书",
        accepted_on=day_words(accepted_on),
        facts=_facts(written, accepted_on),
        reasons=_sentences(words["reasons"]),
        basis=_sentences(words["basis"]),
        appeal=_appeal(written),
        remains_open="具备上述条件后，您也可以随时重新申请。",
    )


def _facts(written: Written, accepted_on: date) -> tuple[str, ...]:
    """What the file itself shows: when it was filed, corrected and accepted, and what was looked at."""
    opened = written.opened
    filed = f"您于 {day_words(opened.received_on)}提出申请，本机关于 {day_words(accepted_on)}受理。"
    corrected = written.last(Action.CORRECT)
    if corrected:
        filed += f"对收件审查时告知的补正内容，您于 {day_words(legal_day(corrected.at))}答复。"
    papers = len(filed_materials(opened, only=materials_for(opened.plan, written.item.code)))
    looked_at = (
        f"本机关审查了申请表中与本事项有关的内容和 {papers} 份材料。"
        if papers
        else "本机关审查了申请表中与本事项有关的内容。"
    )
    return (filed, looked_at)


def _suspension(written: Written) -> letters.SuspensionLetter:
    kept = _decided(written, Action.SUSPEND, "这个事项没有停止计时，所以没有特别程序告知书")
    nth, on, words = kept[-1]
    item, calendar = written.item, outside().calendar
    before = [step for step in written.steps if legal_day(step.at) <= on]
    stop = next(n for n in reversed(range(len(before))) if before[n].action is Action.SUSPEND)
    clock = clock_of(before[: stop + 1], item.limit, calendar, today=on, committed=written.case.now.committed)
    expected = int(words["days"])
    new_due = clock.due and move_due_day(clock.due, on, on + timedelta(days=expected), item.limit, calendar)
    return letters.SuspensionLetter(
        **written.heading(sign="特", on=on, nth=nth),
        procedure=words["ground"],
        reason=_ended(words["reason"]),
        basis=(words["basis"],),
        starts_on=day_words(on),
        expected=f"约 {expected} 天",
        remaining=_remaining(written, clock.left, clock.due.day if clock.due else None, on),
        new_due=until_words(new_due.day, provisional=True) if new_due else "",
    )


def _remaining(written: Written, left: int, due: date | None, on: date) -> str:
    if due is None or left < 0:
        return ""
    if written.item.limit.unit == "calendar":
        return f"{(due - on).days} 日"
    return f"{left} 个工作日"


def _decided(written: Written, action: Action, otherwise: str) -> list[tuple[int, date, dict[str, str]]]:
    """The texts of such decisions about the case: which in turn, the day, and the words; never none."""
    rows = DecisionTextRow.objects.filter(case=written.case.now.id, action=action).order_by("at", "id")
    kept = [
        (nth, legal_day(row.at), open_words(bytes(row.sealed), purpose="decision"))
        for nth, row in enumerate(rows, 1)
    ]
    if not kept:
        raise NoSuchLetter(otherwise)
    return kept


def _appeal(written: Written) -> letters.Appeal:
    appeal = appeal_against(written.unit, written.opened.edition)
    return letters.Appeal(review_body=appeal.reconsideration_at, court=appeal.court)


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！", "？")) else f"{text}。"


KINDS: dict[str, tuple[str, Callable[[Written], letters.Letter]]] = {
    "acceptance": ("受理通知书", _acceptance),
    "decline": ("不予受理通知书", _decline),
    "refusal": ("不予许可决定书", _refusal),
    "suspension": ("特别程序告知书", _suspension),
}
