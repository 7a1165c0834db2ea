"""
What is found on site (整改): ask to mend it by a day, report that it is mended, inspect again.

It is no correction of papers and stops no clock: art. 45 of the Administrative License Law does not name it.

Basis: Administrative License Law, art. 34 (checking the substance, by two officers where the law wants it).
"""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from yijianshi.domain.cases import Action
from yijianshi.domain.rights import Act, Actor
from yijianshi.domain.workdays import legal_day

from .acting import Decided, ReasonMissing, act_on_case, leads, said
from .loading import CaseLoaded, Loaded


def ask_to_mend(
    *,
    case: UUID,
    actor: Actor,
    findings: Sequence[str],
    basis: str,
    mend_by: date,
    inspectors: str,
    at: datetime,
    seen: int | None = None,
) -> None:
    """
    Tell the applicant what was found on site and by when it is to be mended.

    :param inspectors: who inspected, by name; the law wants two where substance is checked on site.
    :raises ReasonMissing: if findings, basis or inspectors are missing, or the day has passed.
    """
    found_out = [one.strip() for one in findings if one.strip()]
    if not found_out:
        raise ReasonMissing("请逐条写明现场查到的问题和怎么改；申请人照着整改")
    law = said(basis, what="依据哪一条要求整改")
    who = said(inspectors, what="谁去现场查的（两名以上工作人员的姓名）")
    if mend_by < legal_day(at):
        raise ReasonMissing("整改的最后一天已经过了；请填今天以后的日期")

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        words = {
            "findings": "\n".join(found_out),
            "basis": law,
            "mend_by": mend_by.isoformat(),
            "inspectors": who,
        }
        detail = {"mend_by": mend_by.isoformat(), "findings": len(found_out)}
        return Decided([leads(found, Action.ASK_TO_MEND, detail=detail)], words)

    act_on_case(case, Action.ASK_TO_MEND, decide, actor=actor, at=at, seen=seen, kind="asked_to_mend")


def report_mended(*, case: UUID, actor: Actor, words: str, at: datetime) -> None:
    """
    Say, as applicant, that everything is mended, so that the department inspects again.

    :raises ReasonMissing: if nothing is said about how it was mended.
    """
    if not words.strip():
        raise ReasonMissing("请写一句改好了什么，复查的人照着看")

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        return Decided([leads(found, Action.REPORT_MENDED)], {"words": words.strip()[:2000]})

    act_on_case(
        case, Action.REPORT_MENDED, decide, actor=actor, at=at, seen=None, kind="mended", right=Act.CORRECT
    )


def pass_inspection(
    *, case: UUID, actor: Actor, inspectors: str, words: str, at: datetime, seen: int | None = None
) -> None:
    """Note that what was asked for is mended; the case is decided next."""
    who = said(inspectors, what="谁去复查的（姓名）")

    def decide(loaded: Loaded, found: CaseLoaded) -> Decided:
        return Decided(
            [leads(found, Action.PASS_INSPECTION)], {"inspectors": who, "words": words.strip()[:2000]}
        )

    act_on_case(case, Action.PASS_INSPECTION, decide, actor=actor, at=at, seen=seen, kind="inspected")
