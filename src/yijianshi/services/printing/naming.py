"""
What a paper of a case is called and which number it bears (名称、文号): the same on the list, on the page and on the paper.

The number is made from what is kept and from nothing else: the unit that acted, the character of the kind, the year of
the Beijing day, the case's own number, and 之二, 之三 for the second and third of one kind.
"""

from datetime import date

from yijianshi.domain.cases import Action
from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.documents import DOCUMENTS, REFUSAL, RESULT, Paper
from yijianshi.domain.routing import Unit

from ..handling.loading import CaseLoaded, Loaded
from .words import case_document_number, document_number

LICENCE = "行政许可"
#: Papers that the lead department writes, whoever decides the case.
_BY_THE_LEAD = frozenset({Action.ASK_FOR_CORRECTION, Action.REROUTE})


def name_of_paper(kind: str, item: ServiceItem) -> str:
    """Return what a paper about an item is called; what is no licence is not refused or granted as one."""
    licence = item.type == LICENCE
    if kind == RESULT.kind:
        return "准予行政许可决定书" if licence else "办理结果通知书"
    if kind == REFUSAL.kind:
        return "不予行政许可决定书" if licence else "不予办理决定书"
    return DOCUMENTS[kind].name


def writer_of(action: Action, unit: str, loaded: Loaded) -> Unit:
    """Return which unit writes the paper of a step: the one that had the case then, or the lead."""
    return Unit.parse(loaded.lead_unit if action in _BY_THE_LEAD or not unit else unit)


def number_of_paper(
    paper: Paper, action: Action, *, unit: str, on: date, loaded: Loaded, found: CaseLoaded
) -> str:
    """
    Return the number of a paper of a case.

    :param unit: the unit in whose hands the case was when it was written.
    :param on: the Beijing day on which it was written.
    """
    writer, edition, sign = writer_of(action, unit, loaded), loaded.edition, paper.document.sign
    if action is Action.ASK_FOR_CORRECTION:  # one letter for all cases of the submission
        return document_number(loaded.number, writer, edition, sign=sign, on=on)
    if action in _BY_THE_LEAD:
        return document_number(found.now.number, writer, edition, sign=sign, on=on, nth=paper.nth)
    nth = paper.nth
    return case_document_number(found.now.number, writer, edition, sign=sign, on=on, nth=nth)
