"""
What arises from the very handling (前序办结后共享取得): asked of the registers when a unit opens its slice.

The applicant was never asked for it - a newborn has no number before its birth is registered - and the sealed
revision stays as it is; what the register says now stands beside it with its own source and moment.
"""

from collections import defaultdict

from yijianshi.domain.codes import ElementCode, ItemCode, ResourceCode
from yijianshi.domain.drafts import Value, fill_form
from yijianshi.domain.merging import fields_in_force
from yijianshi.domain.plans import Plan

from ..contents import Content
from ..outside import outside
from ..people.identified import person_behind
from ..people.parties import know_party
from ..ports import SourceUnavailable, Subject
from .loading import Loaded


def subject_of(loaded: Loaded) -> Subject:
    """Return about whom registers are asked: who applied, and for an enterprise who filed for it."""
    party = know_party(loaded.party)
    if not party.is_enterprise:
        return Subject(person=party.number)
    filer = person_behind(loaded.account)
    return Subject(person=know_party(filer).number if filer else "", enterprise=party.number)


def still_to_come(plan: Plan, item: ItemCode, content: Content) -> tuple[ElementCode, ...]:
    """Return the fields of an item's slice that this handling brings about and the revision does not hold."""
    later = {field.element for field in fill_form(plan, content.known()).fields if field.turn == "later"}
    asked = fields_in_force(plan.edition.item(item), plan.edition, plan.circumstances)
    return tuple(field.element for field in asked if field.element in later)


def values_arisen(
    plan: Plan, item: ItemCode, content: Content, *, subject: Subject
) -> dict[ElementCode, Value]:
    """Return what the registers know by now of what was still to come; a register that is down is asked again next time."""
    batches: dict[ResourceCode, list[ElementCode]] = defaultdict(list)
    for element in still_to_come(plan, item, content):
        for source in plan.edition.elements[element].sources:
            batches[source].append(element)
    found: dict[ElementCode, Value] = {}
    for source, elements in batches.items():
        try:
            answer = outside().exchange.ask(source, about=subject, elements=elements)
        except SourceUnavailable:
            continue
        found |= {
            code: Value(value, source, answer.as_of)
            for code, value in answer.values.items()
            if code not in found
        }
    return found
