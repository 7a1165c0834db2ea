"""
File in one call (接口申报): another system sends a whole application with its own key against doing it twice.

The hot path: the edition and the plan are compiled once per process, everything is written by one statement.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from yijianshi.domain.assurance import require_level
from yijianshi.domain.codes import BundleCode, DivisionCode, ElementCode, ItemCode, MaterialCode
from yijianshi.domain.drafts import LISTED, Trouble, fill_form, stated_by_choice, take_answers
from yijianshi.domain.editions import Edition
from yijianshi.domain.plans import Plan
from yijianshi.domain.rights import Act, Actor, Thing, require
from yijianshi.domain.sharing import FieldWay, MaterialWay
from yijianshi.domain.submissions import ChoiceNotAllowed, NotReady, check_ready
from yijianshi.domain.together import Stated, check_stated, others_of, same_hands, signers_of
from yijianshi.domain.workdays import legal_day
from yijianshi.store.cases.moving import KeyAlreadyUsed
from yijianshi.store.materials.models import BlobRow
from yijianshi.store.submissions.filing import file

from ..catalogue.planning import plan_for
from ..catalogue.published import current
from ..contents import Content, KeptConfirmation, KeptLine
from ..once import Once, first_answer
from ..outside import outside
from ..people.parties import find_or_add_party
from ..ports import Subject
from .confirmed import party_of
from .prefilling import ask_registers, compute_values, licences_held
from .seal import Receipt, compose_filing, missing_papers, refuse_if_left_out
from .situation import AnswersRefused, read_situation


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """What another system sends (接口申报内容)."""

    bundle: BundleCode
    division: DivisionCode
    items: tuple[ItemCode, ...]
    applicant_kind: str
    applicant_number: str
    applicant_name: str
    applicant_phone: str = ""
    acting_person: str = ""
    situation: Mapping[str, Any] = field(default_factory=dict)
    answers: Mapping[str, Any] = field(default_factory=dict)
    commitments: tuple[ItemCode, ...] = ()
    claimed: tuple[str, ...] = ()
    groups: Mapping[str, Any] = field(default_factory=dict)
    uploaded: Mapping[str, str] = field(default_factory=dict)  # material → SHA-256 of a file sent before
    confirmations: tuple[Stated, ...] = ()  # of co-applicants, as the portal obtained them
    assurance: int = 2  # how surely the portal knows who applies, by its own word


def file_directly(
    application: Application, *, actor: Actor, once: Once | None, at: datetime
) -> tuple[Receipt, bool]:
    """
    File the application and return its receipt, and whether it had been filed under this key before.

    :raises KeyReused: if the key was used for something else.
    :raises AnswersRefused: if an answer to the situation cannot be understood.
    :raises NotReady: if something is missing or wrong.
    :raises ChoiceNotAllowed: if the chosen items cannot be handled together.
    :raises ConfirmationsMissing: if somebody who must confirm is not said to have done so.
    :raises TamperedValue: if a value contradicts a register.
    :raises LevelTooLow: if an item demands to know more surely who applies than the portal vouches for.
    """
    require(actor, Act.FILE, Thing(division=application.division))
    published = current(application.bundle, application.division, legal_day(at))
    content = Content(
        division=application.division,
        items=list(application.items),
        answers=_understood(application.situation, published.edition),
        commitments=list(application.commitments),
        claimed=list(application.claimed),
        groups=_counted(application.groups),
        signature={"way": "client", "by": actor.account, "assurance": str(application.assurance)},
    )
    plan = _fill(content, published.id, application, at)
    require_level(plan.items, level=application.assurance)
    party = find_or_add_party(
        kind=application.applicant_kind,
        number=application.applicant_number,
        name=application.applicant_name,
        phone=application.applicant_phone,
    )
    refuse_if_left_out(plan, party)
    if plan.edition.bundle.co_applicants:
        content.confirmations = _confirmed(content, plan, application, actor, at)
    filing, receipt = compose_filing(
        content,
        plan,
        edition_id=published.id,
        party=party,
        account=UUID(actor.account),
        channel="api",
        wrapped_key=outside().crypto.new_data_key(),
        at=at,
        together=[UUID(one.party) for one in content.confirmations],
    )
    if once is None:
        file(filing)
        return receipt, False
    try:
        file(replace(filing, key=once.key, request_digest=once.request, answer=msgspec.json.encode(receipt)))
    except KeyAlreadyUsed:
        return first_answer(once, Receipt), True
    return receipt, False


def _fill(content: Content, edition: UUID, application: Application, at: datetime) -> Plan:
    """Take the answers over, ask the registers for the rest, and refuse what is missing or wrong."""
    plan = plan_for(edition, content.situation())
    if any(f.way is not FieldWay.ASKED for f in plan.fields) or plan.edition.licences:
        _ask(content, plan, application, at)
        plan = plan_for(edition, content.situation())
    content.keep(stated_by_choice(plan, at=at))
    given = {ElementCode(code): value for code, value in application.answers.items()}
    form = fill_form(plan, content.known())
    content.keep(take_answers(form, plan.edition, given, at=at))
    plan = plan_for(edition, content.situation())
    form = fill_form(plan, content.known())
    if not plan.allowed:
        raise ChoiceNotAllowed([problem.message for problem in plan.problems])
    _refuse_strangers(given, plan)
    laid = dict(application.uploaded)
    _refuse_unknown_files(laid)
    there = frozenset(MaterialCode(code) for code in laid)
    check_ready(plan, form, there)
    if papers := missing_papers(plan, content, there):
        raise NotReady(papers)
    content.manifest = [
        KeptLine(
            m.material,
            MaterialWay.UPLOAD if m.material in laid else m.way,
            sha256=laid.get(m.material, ""),
            source="client" if m.material in laid else "",
        )
        for m in plan.materials
    ]
    return plan


def _confirmed(
    content: Content, plan: Plan, application: Application, actor: Actor, at: datetime
) -> list[KeptConfirmation]:
    """Take over the confirmations that the portal obtained, each of the person whose number stands in the form."""
    signers = signers_of(plan, content.known())
    if troubles := same_hands(signers):
        raise NotReady(troubles)
    others = others_of(signers, applicant=application.applicant_number)
    return [
        KeptConfirmation(
            role=one.role,
            role_name=one.role_name,
            name=one.name,
            party=str(party_of(one)),
            at=said.at.isoformat(),
            way=said.way.strip(),
            by=actor.account,
        )
        for one, said in check_stated(others, application.confirmations, at=at)
    ]


def _ask(content: Content, plan: Plan, application: Application, at: datetime) -> None:
    subject = Subject(
        person=application.acting_person or application.applicant_number,
        enterprise=application.applicant_number if application.applicant_kind == "enterprise" else "",
    )
    held, _ = licences_held(plan.edition, subject)
    content.held = list(held)
    supplied, down = ask_registers(plan, subject, known=(), at=at)
    content.keep(supplied)
    content.keep(compute_values(plan, at=at))
    content.unavailable = list(down)


def _understood(situation: Mapping[str, Any], edition: Edition) -> dict[str, Any]:
    """Return the answers to the situation; a misspelt question is refused and never taken for a “no”."""
    known = {question.key for question in edition.bundle.questions}
    if strangers := sorted(set(situation) - known):
        raise AnswersRefused(
            Trouble(key, f"没有“{key}”这个问题；现有：{'、'.join(sorted(known))}") for key in strangers
        )
    return read_situation(edition, situation)


def _counted(groups: Mapping[str, Any]) -> dict[str, Any]:
    """Return how many members each group has; another system says nothing of each of them by himself."""
    return {
        name: {**given, LISTED: False} if isinstance(given, Mapping) else given
        for name, given in groups.items()
    }


def _refuse_strangers(given: Mapping[ElementCode, Any], plan: Plan) -> None:
    known = {f.element for f in plan.fields} | {f.element for f in plan.edition.common_fields}
    if strangers := sorted(set(given) - known):
        raise NotReady([Trouble(code, f"{code}：所选事项都不需要这一项，请去掉") for code in strangers])


def _refuse_unknown_files(uploaded: Mapping[str, str]) -> None:
    wanted = set(uploaded.values())
    if not wanted:
        return
    there = set(BlobRow.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    if missing := [m for m, sha256 in uploaded.items() if sha256 not in there]:
        raise NotReady([Trouble(f"material:{m}", f"{m}：没有收到这份文件，请先上传再引用") for m in missing])
