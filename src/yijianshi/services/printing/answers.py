"""
Letters that answer an application: acceptance, decline, refusal, a stop of the clock, an extension.

Basis: Administrative License Law, arts. 32, 38, 42, 45.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from yijianshi.domain.cases import Action, Step
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.deadlines import due_day, move_due_day, stop_grounds
from yijianshi.domain.submissions import materials_for
from yijianshi.domain.workdays import legal_day

from .. import letters
from ..outside import outside
from .filling import filed_materials
from .words import day_words, days_words, due_words, fee_words, promise_words, statutory_words, until_words
from .written import Written, bases, ended, sentences


def acceptance(written: Written) -> letters.AcceptanceLetter:
    """Return the letter that says since when and until when the case is handled."""
    opened, item, step = written.opened, written.item, written.step
    effective = step.detail.get("effective_on")
    accepted_on = date.fromisoformat(effective) if effective else written.on
    due = due_day(accepted_on, item.limit, outside().calendar, committed=written.case.now.committed)
    return letters.AcceptanceLetter(
        **written.heading(),
        received_on=day_words(opened.received_on),
        accepted_on=day_words(accepted_on),
        promised_limit=promise_words(item, committed=written.case.now.committed),
        statutory_limit=statutory_words(item.limit),
        due=due_words(due, start=accepted_on),
        deemed=_deemed(step, opened.received_on),
        not_counted=_not_counted(item),
        fee=fee_words(item.fee),
        basis=tuple(str(basis) for basis in item.basis),
        materials=tuple(
            material.name for material in filed_materials(opened, only=materials_for(opened.plan, item.code))
        ),
    )


def decline(written: Written) -> letters.DeclineLetter:
    """Return the letter that says why the case is not taken, and who would. :raises LetterIncomplete: without reasons."""
    words = written.words
    return letters.DeclineLetter(
        **written.heading(),
        received_on=day_words(written.opened.received_on),
        reasons=sentences(words.get("reasons", "")),
        basis=sentences(words.get("basis") or "、".join(str(basis) for basis in written.item.basis)),
        competent=words.get("competent", ""),
        appeal=written.appeal(),
    )


def refusal(written: Written) -> letters.RefusalLetter:
    """Return the refusal with facts, reasons, basis and the ways of appeal. :raises LetterIncomplete: without them."""
    accepted_on, words = written.accepted_on(), written.words
    return letters.RefusalLetter(
        **written.heading(),
        title=written.name,
        accepted_on=day_words(accepted_on),
        facts=_facts(written, accepted_on),
        reasons=sentences(words.get("reasons", "")),
        basis=sentences(words.get("basis", "")),
        appeal=written.appeal(),
        remains_open="具备上述条件后，您也可以随时重新申请。",
    )


def suspension(written: Written) -> letters.SuspensionLetter:
    """Return the letter that says what stops the clock, and for how long. :raises LetterIncomplete: without its words."""
    words, item, calendar, on = written.words, written.item, outside().calendar, written.on
    clock = written.clock()
    days = int(words.get("days") or written.step.detail.get("expected_days", 0))
    new_due = clock.due and move_due_day(clock.due, on, on + timedelta(days=days), item.limit, calendar)
    return letters.SuspensionLetter(
        **written.heading(),
        procedure=words.get("ground", ""),
        reason=ended(words.get("reason", "")),
        basis=bases(words.get("basis", "")),
        starts_on=day_words(on),
        expected=f"约 {days} 天" if days else "",
        remaining=_remaining(written, clock.left, clock.due.day if clock.due else None),
        new_due=until_words(new_due.day, provisional=True) if new_due else "",
    )


def extension(written: Written) -> letters.ExtensionLetter:
    """Return the letter that says by how long, why and on whose word. :raises LetterIncomplete: without its words."""
    words, detail = written.words, written.step.detail
    before, after = written.clock(before=True).due, written.clock().due
    until = words.get("due_on") or str(detail.get("due_on", ""))
    provisional = bool(after and after.provisional)
    days = int(words.get("days") or detail.get("days", 0))
    return letters.ExtensionLetter(
        **written.heading(),
        reasons=sentences(words.get("reason", "")),
        basis=bases(words.get("basis", "")),
        approved_by=_approver(words),
        extended_by=days_words(days, str(detail.get("unit", "working"))),
        old_due=until_words(before.day, provisional=before.provisional) if before else "",
        new_due=until_words(date.fromisoformat(until), provisional=provisional) if until else "",
    )


def _approver(words: Mapping[str, str]) -> str:
    """Return in which capacity and by name somebody approved; nothing where it is no longer known who."""
    who, name = words.get("approver", ""), words.get("approved_by", "")
    return f"{who}（{name}）" if who and name else ""


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


def _remaining(written: Written, left: int, due: date | None) -> str:
    if due is None or left < 0:
        return ""
    if written.item.limit.unit == "calendar":
        return f"{(due - written.on).days} 日"
    return f"{left} 个工作日"
