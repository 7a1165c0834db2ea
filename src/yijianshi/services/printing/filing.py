"""What an applicant and the departments keep of a filing: the receipt, the one form, each department's own form."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from yijianshi.domain.catalogue import ServiceItem
from yijianshi.domain.drafts import fill_form, is_listed
from yijianshi.domain.members import groups_of, items_for, member_fields, members_of, word_for
from yijianshi.domain.merging import fields_in_force
from yijianshi.domain.rights import Actor
from yijianshi.domain.routing import Unit
from yijianshi.domain.submissions import slice_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Representation
from yijianshi.store.submissions.models import SubmissionRow

from .. import letters
from ..handling.loading import CaseLoaded
from ..outside import outside
from ..people.actors import name_of
from .filling import (
    Entry,
    acted_by_mandate,
    applicant_words,
    confirmed_by,
    evidence_of,
    filed_materials,
    promise_of,
    sections,
)
from .opening import Opened, open_case, open_submission
from .paper import Printed, print_letter
from .words import (
    authority_of,
    desks_at,
    masked_name,
    masked_number,
    moment_words,
    promise_words,
    title_of,
    until_words,
)

CHANNEL_WORDS = {"web": "网上", "window": "综合窗口", "api": "接入系统", "kiosk": "自助机"}
_CAPACITIES = {"legal_representative": "法定代表人", "agent": "经办人"}


def receipt_pdf(*, submission: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return the receipt (收件凭证): what was handed in, when, and under which numbers it goes on.

    :raises NotPermitted: if the actor may not read the submission.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    opened = open_submission(submission, actor=actor, at=at, revision=1, for_intake=True)
    loaded = opened.loaded
    promised_on, provisional = SubmissionRow.objects.values_list("promised_on", "promised_provisional").get(
        pk=submission
    )
    letter = letters.Receipt(
        authority=authority_of(opened.lead),
        on=opened.received_on,
        demo=outside().demo_seal,
        number=loaded.number,
        bundle=title_of(opened.edition),
        applicant=applicant_words(opened),
        applicant_number=masked_number(opened.party.number),
        agent=_agent(opened),
        submitted_at=moment_words(loaded.received_at),
        channel=CHANNEL_WORDS.get(loaded.channel, loaded.channel),
        due=until_words(promised_on, provisional=provisional) if promised_on else "",
        items=filed_items(opened),
        materials=filed_materials(opened),
        digest=opened.digest,
        digest_kind="SHA-256",
        desks=desks_at(opened.lead),
        qr=f"{outside().address}/my/{submission}",
    )
    return print_letter(letter, name=f"申报回执 {loaded.number}")


def joint_form_pdf(*, submission: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return the one form (综合申请表) of all chosen items, as the applicant last put his name to it.

    :raises NotPermitted: if the actor may not read the submission.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    opened = open_submission(submission, actor=actor, at=at)
    letter = letters.JointForm(
        authority=authority_of(opened.lead),
        on=legal_day(opened.made_at),
        demo=outside().demo_seal,
        number=opened.loaded.number,
        bundle=title_of(opened.edition),
        applicant=opened.party.name,
        items=filed_items(opened),
        sections=sections(whole_form(opened), opened.edition),
        materials=filed_materials(opened),
        declaration=promise_of(opened) + confirmed_by(opened),
        evidence=evidence_of(opened),
        qr=f"{outside().address}/my/{submission}",
    )
    return print_letter(letter, name=f"综合申请表 {opened.loaded.number}")


def department_form_pdf(*, case: UUID, actor: Actor, at: datetime) -> Printed:
    """
    Return the department's own form, filled from what its item asked for and from nothing else.

    :raises NotPermitted: if the actor may read neither the case nor the whole submission.
    :raises GlyphsMissing: if a character of a name cannot be printed.
    """
    opened, found = open_case(case, actor=actor, at=at)
    item = opened.edition.item(found.now.item)
    letter = form_of(opened, found, title=item.standalone_form or f"{item.name}申请表")
    return print_letter(letter, name=f"{letter.title} {found.now.number}")


def form_of(opened: Opened, found: CaseLoaded, *, title: str, source: str = "") -> letters.DepartmentForm:
    """
    Return the form of one case under a title: the item's slice, in the item's own order and wording.

    :param source: if given, only what this register supplied.
    """
    item = opened.edition.item(found.now.item)
    entries = [
        (heading, entry)
        for heading, entry in _slice(opened, item, member=found.now.member)
        if not source or (entry.value and entry.value.source == source)
    ]
    return letters.DepartmentForm(
        authority=authority_of(Unit.parse(found.unit)),
        on=legal_day(opened.made_at),
        demo=outside().demo_seal,
        title=title,
        number=opened.loaded.number,
        case_number=found.now.number,
        bundle=title_of(opened.edition),
        sections=sections(entries, opened.edition),
        declaration=promise_of(opened),
        evidence=evidence_of(opened),
    )


def filed_items(opened: Opened) -> tuple[letters.FiledItem, ...]:
    """Return the items of the submission with their case numbers, in processing order."""
    order = [item.code for item in opened.plan.items]
    cases = sorted(opened.loaded.cases, key=lambda c: (order.index(c.now.item), c.now.number))
    return tuple(
        letters.FiledItem(
            name=opened.name_of(case),
            case_number=case.now.number,
            department=authority_of(Unit.parse(case.unit)),
            promised=promise_words(opened.edition.item(case.now.item), committed=case.now.committed),
        )
        for case in cases
    )


def whole_form(opened: Opened) -> Iterator[tuple[str, Entry]]:
    """Yield what the one form says under its headings, then what each member of a list says under his own."""
    for heading, fields in fill_form(opened.plan, opened.values).groups:
        for field in fields:
            element = opened.edition.elements[field.element]
            yield heading, Entry(element, field.value, later=field.turn == "later")
    for group in groups_of(opened.plan):
        for member in members_of(opened.plan, group) if is_listed(opened.plan, group) else ():
            values = opened.content.known(member=member)
            items = [item.code for item in items_for(opened.plan, group, member)]
            heading = f"{word_for(opened.plan, group)}：{opened.content.name_of(member)}"
            for field in member_fields(opened.plan, group, values, items=items):
                yield heading, Entry(opened.edition.elements[field.element], field.value)


def _slice(opened: Opened, item: ServiceItem, *, member: str) -> Iterator[tuple[str, Entry]]:
    values = slice_for(opened.plan, item.code, opened.content.known(member=member))
    asked = fields_in_force(item, opened.edition, opened.plan.circumstances)
    groups = dict.fromkeys(opened.edition.elements[field.element].group or "其他" for field in asked)
    for group in groups:
        for field in asked:
            element = opened.edition.elements[field.element]
            if (element.group or "其他") == group:
                value = values.get(field.element)
                yield (
                    group,
                    Entry(element, value, label=field.label, later=value is None and bool(field.prior)),
                )


def _agent(opened: Opened) -> str:
    """Who acted for the applicant, by masked name and capacity; a clerk or another system is no agent."""
    if acted := acted_by_mandate(opened):
        return f"{masked_name(acted[0])} 代 {masked_name(opened.party.name)} 办（{acted[1]}）"
    if not opened.party.is_enterprise or opened.loaded.channel not in ("web", "kiosk"):
        return ""
    capacity = (
        Representation.objects.filter(account=opened.loaded.account, party=opened.party.id)
        .values_list("capacity", flat=True)
        .first()
    )
    name = masked_name(name_of(opened.loaded.account))
    return f"{name}（{_CAPACITIES[capacity]}）" if capacity in _CAPACITIES else name
