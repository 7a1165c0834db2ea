"""
Letters about a turn in a case: mended, sent elsewhere, withdrawn, ended, revoked, taken up anew.

Basis: Administrative License Law, arts. 34, 69, 70; the articles of each act stand in the table of steps.
"""

from datetime import date
from uuid import UUID

from yijianshi.domain.cases import TRANSITIONS, Action, Step
from yijianshi.domain.documents import OWED_BY
from yijianshi.domain.routing import Unit
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.models import StepRow
from yijianshi.store.corrections.models import CorrectionRow

from .. import letters
from ..people.actors import name_of
from .grants import result_of
from .words import authority_of, day_words, masked_name, until_words
from .written import Written, bases, happened_with, sentences

#: What an item came to that others waited for in vain.
_CAME_TO = {
    Action.DECLINE: "没有受理",
    Action.WITHDRAW: "由您撤回",
    Action.TERMINATE: "终止办理",
    Action.LAPSE: "逾期终止办理",
    Action.REVOKE: "被撤销",
}
_ANEW = "前面的事项重新办理的，本事项随之恢复，您不用再提交；也可以在具备条件后随时重新申报。"


def mending(written: Written) -> letters.MendingLetter:
    """Return what was found on site and by when it is to be mended. :raises LetterIncomplete: without its words."""
    words = written.words
    until = words.get("mend_by", "")
    return letters.MendingLetter(
        **written.heading(),
        findings=sentences(words.get("findings", "")),
        basis=bases(words.get("basis", "")),
        mend_by=until_words(date.fromisoformat(until), provisional=False) if until else "",
        inspectors=words.get("inspectors", ""),
        inspected_on=day_words(written.on),
        due=written.due(),
    )


def rerouting(written: Written) -> letters.ReroutingLetter:
    """Return from which unit to which the case went, and why. :raises LetterIncomplete: without its reason."""
    words, detail = written.words, written.step.detail
    goes_to = Unit.parse(words.get("to") or detail["to"])
    return letters.ReroutingLetter(
        **written.heading(ask=goes_to),
        came_from=authority_of(Unit.parse(words.get("from") or detail["from"])),
        goes_to=authority_of(goes_to),
        since=day_words(written.on),
        reasons=sentences(words.get("reason", "")),
        basis=_articles(OWED_BY[Action.REROUTE].basis),
        due=written.due(),
    )


def withdrawal(written: Written) -> letters.WithdrawalLetter:
    """Return the confirmation that the applicant took the item back, with what ended with it."""
    by = written.step.by
    return letters.WithdrawalLetter(
        **written.heading(),
        received_on=day_words(written.opened.received_on),
        withdrawn_on=day_words(written.on),
        withdrawn_by=masked_name(name_of(UUID(by))) if by != "system" else "申请人",
        basis=_articles(OWED_BY[Action.WITHDRAW].basis),
        fell=happened_with(written, Action.TERMINATE),
    )


def termination(written: Written) -> letters.TerminationLetter:
    """Return why the case cannot go on: an earlier item was not granted, or a day went by."""
    step, received_on = written.step, day_words(written.opened.received_on)
    if step.action is Action.TERMINATE:
        reasons, basis, still = (_without_prior(written),), OWED_BY[Action.TERMINATE].basis, _ANEW
    elif step.detail.get("because_of") == "not_corrected":
        reasons, basis = (_not_corrected(written),), "行政许可法第三十二条第一款第（四）项"
        still = "您可以随时重新申报；重新申报时请一并备齐上次告知补正的内容。"
    else:
        reasons = ("告知书载明的补交或者缴费期限已满，您没有补交或者缴费。",)
        basis, still = OWED_BY[Action.LAPSE].basis, "备齐以后，您可以随时重新申报。"
    return letters.TerminationLetter(
        **written.heading(),
        received_on=received_on,
        reasons=reasons,
        basis=_articles(basis),
        remains_open=still,
        appeal=written.appeal(),
    )


def revocation(written: Written) -> letters.RevocationLetter:
    """Return why what was granted is revoked, and the ways of appeal. :raises LetterIncomplete: without its words."""
    words, row = written.words, result_of(written)
    granted = written.last(Action.GRANT)
    return letters.RevocationLetter(
        **written.heading(),
        granted_on=day_words(legal_day(granted.at if granted else written.step.at)),
        result=written.item.result.name,
        result_number=row.number if row else written.case.now.number,
        reasons=sentences(words.get("reasons", "")),
        basis=bases(words.get("basis", "")),
        appeal=written.appeal(),
        fell=happened_with(written, Action.TERMINATE),
    )


def reopening(written: Written) -> letters.ReopeningLetter:
    """Return which decision is handled anew and because of whom. :raises LetterIncomplete: without its words."""
    words, action = written.words, written.step.action
    document = words.get("document", "")
    reasons = sentences(words.get("reasons", ""))
    if document:
        reasons = (f"原决定已由{words.get('authority', '')}以{document}撤销，由本机关重新办理。",)
    return letters.ReopeningLetter(
        **written.heading(),
        earlier=_earlier(written),
        reasons=reasons,
        basis=_articles(next(rule.basis for (_, done), rule in TRANSITIONS.items() if done is action)),
        ordered_by=words.get("authority", ""),
        document=document,
        since=day_words(written.on),
        due=written.due(),
        revived=happened_with(written, Action.REVIVE),
    )


def _earlier(written: Written) -> str:
    decided = written.last(Action.GRANT, Action.REFUSE, Action.DECLINE, Action.REVOKE)
    if decided is None:
        return ""
    return f"于 {day_words(legal_day(decided.at))}作出的“{_decision_word(written, decided)}”的决定"


def _decision_word(written: Written, step: Step) -> str:
    refused = "不予许可" if written.is_licence else "不予办理"
    return {Action.GRANT: "准予", Action.REFUSE: refused, Action.DECLINE: "不予受理"}.get(step.action, "撤销")


def _without_prior(written: Written) -> str:
    """Name the item that was needed and what became of it; where several had it, the last that failed."""
    opened, because_of = written.opened, written.step.detail.get("because_of")
    found = [
        case
        for case in opened.loaded.cases
        if case.now.item == because_of
        and (not case.now.member or not written.case.now.member or case.now.member == written.case.now.member)
    ]
    rows = StepRow.objects.filter(
        case_id__in=[case.now.id for case in found],
        action__in=[*_CAME_TO, Action.REFUSE],
        at__lte=written.step.at,
    )
    failed = rows.order_by("-at", "-id").first()
    if failed is None:
        return "办理本事项需要的前一个事项没有获得准予。"
    prior = next(case for case in found if case.now.id == failed.case_id)
    refused = "不予许可" if opened.edition.item(prior.now.item).type == "行政许可" else "不予办理"
    came_to = _CAME_TO.get(Action(failed.action), refused)
    return (
        f"本事项要以“{opened.name_of(prior)}”（办件编号 {prior.now.number}）的办理结果为条件。"
        f"该事项已于 {day_words(legal_day(failed.at))}{came_to}，本事项不具备继续办理的条件。"
    )


def _not_corrected(written: Written) -> str:
    asked = CorrectionRow.objects.filter(
        submission=written.opened.loaded.id, asked_at__lte=written.step.at
    ).order_by("-asked_at")
    row = asked.first()
    if row is None:
        return "补正告知书载明的期限已满，没有收到您的补正。"
    return (
        f"本机关于 {day_words(legal_day(row.asked_at))}告知您需要补正的内容，补正期限到 {day_words(row.answer_by)}为止。"
        "期限已满，没有收到您的补正。"
    )


def _articles(basis: str) -> tuple[str, ...]:
    """Return the articles that a basis names, each law in its marks, without what is said about them."""
    named = [one.strip() for one in basis.partition("：")[0].split("；")]
    return tuple(one if "〔" in one else _marked(one) for one in named)


def _marked(article: str) -> str:
    law, found, rest = article.partition("第")
    return f"《{law}》{found}{rest}" if found else article
