"""Begin a draft (开始办理): choose whose it is, ask the registers, suggest the items."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from yijianshi.domain.codes import BundleCode, DivisionCode, ElementCode, ItemCode
from yijianshi.domain.drafts import APPLICANT, Value, is_listed, same_person, stated_by_choice
from yijianshi.domain.editions import Edition
from yijianshi.domain.members import are_persons, groups_of
from yijianshi.domain.plans import make_plan, offers, with_prerequisites
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.keys import new_id

from ..catalogue.published import current
from ..contents import Content, seal_content
from ..hall.bind import bind_draft
from ..outside import outside
from ..people.identified import person_behind
from ..people.parties import PartyKnown, know_party
from ..ports import Subject
from .prefilling import ask_registers, compute_values, licences_held
from .situation import read_situation


def start_draft(
    *,
    actor: Actor,
    bundle: BundleCode,
    division: DivisionCode,
    answers: Mapping[str, Any],
    at: datetime,
    items: Sequence[ItemCode] = (),
    party: UUID | None = None,
    channel: str = "web",
) -> UUID:
    """
    Begin a draft and return its key; with no items given, those that the situation suggests are chosen.

    :param party: for whom a window clerk files; an applicant files for whom he stands.
    :raises NotPermitted: if the actor may not file, or not for others.
    :raises AnswersRefused: if an answer to the situation cannot be understood.
    """
    if party is not None:
        require(actor, Act.FILE_FOR_OTHERS, Thing(division=division))
    elif actor.giver:
        party = UUID(actor.giver)
        require(actor, Act.FILE, Thing(party=actor.giver, bundle=bundle))
    else:
        require(actor, Act.FILE, Thing())
        party = UUID(actor.party)
    published = current(bundle, division, legal_day(at))
    whose = know_party(party)
    content = begin_content(
        published.edition, whose, actor=actor, division=division, answers=answers, items=items, at=at
    )
    wrapped_key = outside().crypto.new_data_key()
    draft = DraftRow(
        id=new_id(),
        account_id=UUID(actor.account),
        party_id=party,
        edition_id=published.id,
        channel=channel,
        wrapped_key=wrapped_key,
        created_at=at,
        updated_at=at,
    )
    draft.sealed = seal_content(content, purpose="draft", under=wrapped_key)
    draft.save(force_insert=True)
    if channel == "window":
        bind_draft(actor=actor, draft=draft.id)
    return draft.id


def begin_content(
    edition: Edition,
    whose: PartyKnown,
    *,
    actor: Actor,
    division: DivisionCode,
    answers: Mapping[str, Any],
    items: Sequence[ItemCode] = (),
    at: datetime,
) -> Content:
    """
    Return what a draft begins with: the answers, what the registers know, the items; nothing is kept.

    :raises AnswersRefused: if an answer to the situation cannot be understood.
    """
    content = Content(division=division, items=list(items), answers=read_situation(edition, answers))
    subject = subject_of(whose, actor=actor)
    held, _ = licences_held(edition, subject)
    content.held = list(held)
    refresh(content, edition, subject, at=at)
    if not items:
        suggest_items(content, edition, subject, at=at)
    return content


def suggest_items(content: Content, edition: Edition, subject: Subject, *, at: datetime) -> None:
    """Choose what the situation suggests; where a register then says otherwise, suggest anew by what it says."""
    for _ in range(len(edition.bundle.questions) + 1):
        content.items = list(suggested_items(edition, content))
        answered = dict(content.answers)
        refresh(content, edition, subject, at=at)
        if content.answers == answered:
            return


def suggested_items(edition: Edition, content: Content) -> tuple[ItemCode, ...]:
    """Return the items that the situation suggests, whatever is held already left out, prerequisites included."""
    situation = content.situation()
    suggested = [
        offer.item.code
        for offer in offers(edition, situation)
        if offer.standing == "suggested" and offer.item.result.licence not in situation.held
    ]
    return with_prerequisites(edition, suggested, situation=situation)


def refresh(content: Content, edition: Edition, subject: Subject, *, at: datetime) -> None:
    """
    Ask the registers for what the plan needs and is not yet known; where a register differs from an answer it wins.

    A question that is a field's value becomes that field's answer, unless the field is a register's to fill.
    About the members of a listed group, and about an enterprise's people, no register is asked: it would answer about
    whoever acts for the enterprise.
    """
    for question in edition.bundle.questions:
        if question.element and question.key in content.answers and question.element not in content.values:
            value = Value(content.answers[question.key], "situation", at)
            content.keep({ElementCode(question.element): value})
    plan = make_plan(edition, content.situation(), strict=False)
    others = {group for group in groups_of(plan) if are_persons(plan, group)}
    settled = [code for code, kept in content.values.items() if kept.source not in ("situation",)]
    settled += [
        field.element
        for field in plan.fields
        if is_listed(plan, field.repeat) or (subject.enterprise and field.repeat in others)
    ]
    supplied, down = ask_registers(plan, subject, known=[ElementCode(c) for c in settled], at=at)
    content.keep(supplied)
    content.keep(compute_values(plan, at=at))
    content.keep(stated_by_choice(plan, at=at))
    known = content.known()
    asked = {field.element for field in plan.fields}
    content.keep(
        {
            wanted: Value(known[source].value, APPLICANT, at)
            for wanted, source in same_person(edition.bundle.role_hints, known).items()
            if wanted in asked
        }
    )
    content.unavailable = sorted({*content.unavailable, *down})
    for question in edition.bundle.questions:
        kept = content.values.get(question.element or "")
        if kept is None:
            continue
        # An objection is looked into by the departments; until then the plan follows the register.
        holds = kept.registered if kept.objected else kept.value
        said = content.answers.get(question.key)
        if said is not None and said != holds and kept.source in edition.resources:
            content.replaced[question.key] = said
        content.answers[question.key] = holds


def subject_of(party: PartyKnown, *, actor: Actor) -> Subject:
    """Return about whom registers are asked: the party, and for an enterprise the person who acts for it."""
    if not party.is_enterprise:
        return Subject(person=party.number)
    person = person_behind(UUID(actor.account))
    return Subject(person=know_party(person).number if person else "", enterprise=party.number)


def subject_for(row: DraftRow, *, actor: Actor) -> Subject:
    """Return about whom registers are asked for a draft."""
    return subject_of(know_party(row.party_id), actor=actor)
