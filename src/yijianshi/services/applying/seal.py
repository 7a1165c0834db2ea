"""
File (提交申报): sealing writes the first revision and opens every case, once and for all, in one statement.

Basis: 苏政办发〔2022〕87号, 二(六); Electronic Signature Law, art. 13 for what the applicant confirms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.assurance import require_level
from yijianshi.domain.codes import DepartmentCode, DivisionCode, LicenceCode
from yijianshi.domain.commitments import refused_commitments
from yijianshi.domain.deadlines import COLLECTION_DAYS, last_day_to_tell, promised_day
from yijianshi.domain.definitions import Level
from yijianshi.domain.drafts import Trouble, fill_form
from yijianshi.domain.merging import MergedMaterial
from yijianshi.domain.plans import Plan, make_plan
from yijianshi.domain.rights import Act, Actor, mandate_for
from yijianshi.domain.routing import unit_for
from yijianshi.domain.sharing import MaterialWay
from yijianshi.domain.submissions import (
    ChoiceNotAllowed,
    ManifestLine,
    NotReady,
    cases_to_open,
    check_ready,
    composed_title,
    content_digest,
)
from yijianshi.domain.together import Signer, others_of, same_hands, signers_of
from yijianshi.domain.workdays import end_of, legal_day
from yijianshi.store.keys import new_id
from yijianshi.store.materials.models import DraftMaterialRow, ManifestRow
from yijianshi.store.submissions.filing import CaseFiled, DraftAlreadyFiled, Filing, file

from ..contents import Content, KeptLine, seal_content, seal_text
from ..custody.intake import note_intake
from ..hall.bind import bind_filed
from ..mandates.keeping import use_mandate
from ..numbering import draw_numbers
from ..outside import outside
from ..people.credit import why_left_out
from ..people.parties import know_party
from .confirmed import confirmations_of, is_confirmed_by_all
from .drafting import DraftFiled, OpenDraft, open_draft, thing_of_draft
from .frozen import digest_of_draft, laid_for
from .members import troubles_of_members
from .owe import broken_promises, promised, write_what_is_owed
from .prefilling import compute_values
from .start import refresh, subject_for

#: How results go out where nobody chose otherwise.
ELECTRONIC = "电子证照推送"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the applicant is told at once: the number, and that nothing more is needed now."""

    submission: UUID
    number: str
    cases: tuple[str, ...]
    case_ids: tuple[UUID, ...]


def seal_draft(*, draft: UUID, actor: Actor, signature: str, at: datetime) -> Receipt:
    """
    File the draft; a second click files nothing and tells the first number.

    :param signature: how the applicant confirmed, such as "typed-name" or "window".
    :raises NotReady: if something is missing or wrong, field by field.
    :raises ChoiceNotAllowed: if the chosen items cannot be handled together.
    :raises ConfirmationsMissing: if somebody who must confirm has not confirmed exactly this.
    :raises LevelTooLow: if an item demands to know more surely who applies.
    :raises DraftFiled: if it was filed before.
    """
    opened = open_draft(draft, actor=actor)
    if opened.row.filed_as:
        raise DraftFiled(opened.row.filed_as)
    ready = make_ready(opened, actor=actor, at=at)
    content, plan, laid, owed = opened.content, ready.plan, ready.laid, ready.owed
    content.confirmations = confirmations_of(draft, ready)
    content.signature = signed_by(opened, actor, way=signature, at=at)
    filing, receipt = compose_filing(
        content,
        plan,
        edition_id=opened.row.edition_id,
        party=opened.row.party_id,
        account=UUID(actor.account),
        channel="window" if opened.at_window else opened.row.channel,
        wrapped_key=bytes(opened.row.wrapped_key),
        at=at,
        draft=draft,
        together=[UUID(one.party) for one in content.confirmations],
    )
    try:
        with transaction.atomic():
            use_mandate(actor, Act.FILE, thing_of_draft(opened.row), at=at, draft=draft, submission=filing.id)
            file(filing)
            ManifestRow.objects.bulk_create(
                ManifestRow(
                    id=new_id(), revision_id=filing.revision, material=row.material,
                    way=MaterialWay.UPLOAD, copy_id=row.copy_id,
                )
                for row in laid
            )  # fmt: skip
            write_what_is_owed(plan, owed, filing.cases)
            if opened.row.channel != "api":
                bind_filed(draft=draft, submission=filing.id)
            if opened.at_window:
                note_intake(
                    submission=filing.id,
                    draft=draft,
                    clerk=UUID(actor.account) if opened.visited else opened.row.account_id,
                    division=opened.content.division,
                    at=at,
                )
    except DraftAlreadyFiled as again:
        opened.row.refresh_from_db()
        raise DraftFiled(opened.row.filed_as or filing.id) from again
    return receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A draft as it can be filed: its plan, its documents, what is owed, and who must confirm which content."""

    plan: Plan
    laid: list[DraftMaterialRow]
    owed: dict[MergedMaterial, date]
    others: tuple[Signer, ...]
    digest: str


def make_ready(opened: OpenDraft, *, actor: Actor, at: datetime) -> Ready:
    """
    Bring the draft into the state in which it can be filed; nothing is written.

    What everybody has confirmed is left as it is, but for the day and the year of filing.

    :raises NotReady: if something is missing or wrong.
    :raises ChoiceNotAllowed: if the chosen items cannot be handled together.
    :raises LevelTooLow: if an item demands to know more surely who applies.
    """
    content = opened.content
    if is_confirmed_by_all(opened.row.id):
        content.keep(compute_values(opened.plan(), at=at))
    else:
        refresh(content, opened.edition, subject_for(opened.row, actor=actor), at=at)
    plan = opened.plan()
    laid = laid_for(opened.row.id, plan)
    there = frozenset(row.material for row in laid)
    signers = signers_of(plan, content.known())
    _check(opened, plan, there, signers, at=at)
    require_level(plan.items, level=level_of(opened, actor))
    _leave_out_what_nobody_asks(content, plan)
    content.manifest = _manifest(plan, laid)
    owed = promised(plan, content.owed, laid=there)
    content.owed = {merged.material: day.isoformat() for merged, day in owed.items()}
    others = others_of(signers, applicant=know_party(opened.row.party_id).number) if signers else ()
    digest = digest_of_draft(content, plan, laid) if others else ""
    return Ready(plan=plan, laid=laid, owed=owed, others=others, digest=digest)


def compose_filing(
    content: Content,
    plan: Plan,
    *,
    edition_id: UUID,
    party: UUID,
    account: UUID,
    channel: str,
    wrapped_key: bytes,
    at: datetime,
    draft: UUID | None = None,
    together: Sequence[UUID] = (),
) -> tuple[Filing, Receipt]:
    """Return all that filing writes, and the receipt that follows from it; nothing is written yet."""
    calendar = outside().calendar
    day = legal_day(at)
    answers = {code: kept.value for code, kept in content.values.items()}
    home = DivisionCode(content.division)
    opened = cases_to_open(plan, answers, home=home)  # type: ignore[arg-type]
    numbers = draw_numbers(len(opened) + 1, division=home, day=day, channel=channel)
    told_by = last_day_to_tell(at, calendar)
    promised = promised_day(plan, calendar, start=day)
    lead = unit_for_lead(plan, home=home)
    cases = [
        CaseFiled(
            id=new_id(),
            number=number,
            item=case.item,
            member=case.member,
            unit=str(case.unit),
            waits_for=case.waits_for,
            committed=case.item in plan.situation.commitments,
            look_again_at=end_of(told_by.day),
        )
        for case, number in zip(opened, numbers[1:], strict=True)
    ]
    digest = content_digest(
        content.signed(),
        [ManifestLine(line.material, MaterialWay(line.way), line.sha256) for line in content.manifest],  # type: ignore[arg-type]
    )
    filing = Filing(
        id=new_id(),
        number=numbers[0],
        division=home,
        edition=edition_id,
        party=party,
        account=account,
        channel=channel,
        lead_unit=lead,
        at=at,
        collect_until=calendar.add(day, COLLECTION_DAYS).day,
        promised_on=promised.day,
        promised_provisional=promised.provisional,
        delivery_method=str(answers.get("delivery-method") or ELECTRONIC),
        follows="" if channel == "api" else "filed",
        wrapped_key=wrapped_key,
        title_sealed=seal_text(composed_title(plan, answers), purpose="title"),  # type: ignore[arg-type]
        revision=new_id(),
        sealed=seal_content(content, purpose="revision", under=wrapped_key),
        digest=digest,
        cases=cases,
        draft=draft,
        together=tuple(dict.fromkeys(together)) or None,
    )
    return filing, Receipt(
        filing.id, filing.number, tuple(case.number for case in cases), tuple(case.id for case in cases)
    )


def level_of(opened: OpenDraft, actor: Actor) -> int:
    """Return how surely it is known who applies: at the window a clerk has the applicant and his card before him."""
    return int(Level.CERTIFICATE) if opened.row.channel == "window" else actor.level


def signed_by(opened: OpenDraft, actor: Actor, *, way: str, at: datetime) -> dict[str, str]:
    """Return what is kept of a signature: in which way, by whom, when, how surely known, and by which mandate if by one."""
    signature = {"way": way, "by": actor.account, "at": at.isoformat()}
    signature["assurance"] = str(level_of(opened, actor))
    if mandate := mandate_for(actor, Act.FILE, thing_of_draft(opened.row)):
        signature["mandate"] = mandate.id
    return signature


def unit_for_lead(plan: Plan, *, home: DivisionCode) -> str:
    """Return the unit of the lead department at the submission's home."""
    lead = DepartmentCode(plan.edition.bundle.lead_department)
    for item in plan.edition.bundle.items:
        if item.department == lead:
            return str(unit_for(item, plan.edition, division=home))
    return f"{lead}@{home}"


def missing_papers(plan: Plan, content: Content, laid: frozenset[str]) -> tuple[Trouble, ...]:
    """Return the papers of licences that the applicant says he holds but that the licence store does not know."""
    claimed = {LicenceCode(code) for code in content.claimed}
    return tuple(
        Trouble(f"material:{m.material}", f"{material.name}：库里没有查到，请上传原件的照片或扫描件")
        for m in plan.materials
        if m.way is MaterialWay.SHARED
        and (material := plan.edition.materials[m.material]).licence in claimed
        and m.material not in laid
    )


def refuse_if_left_out(plan: Plan, party: UUID) -> None:
    """
    Refuse a commitment of somebody whose credit has not been repaired.

    :raises ChoiceNotAllowed: saying for which item and why.
    """
    wanted = plan.situation.commitments
    if wanted and (refused := refused_commitments(plan.items, wanted, left_out=why_left_out(party))):
        raise ChoiceNotAllowed(refused)


def _check(
    opened: OpenDraft, plan: Plan, laid: frozenset[str], signers: tuple[Signer, ...], *, at: datetime
) -> None:
    refuse_if_left_out(plan, opened.row.party_id)
    troubles: tuple[Trouble, ...] = ()
    owed = opened.content.owed
    later = [merged.material for merged in promised(plan, owed, laid=laid)]
    try:
        check_ready(plan, fill_form(plan, opened.content.known()), laid, later)  # type: ignore[arg-type]
    except NotReady as not_ready:
        troubles = not_ready.troubles
    troubles += troubles_of_members(opened.content, plan)
    troubles += missing_papers(plan, opened.content, laid)
    troubles += broken_promises(plan, owed, laid=laid, on=legal_day(at))
    troubles += same_hands(signers)
    if troubles:
        raise NotReady(troubles)
    make_plan(opened.edition, opened.content.situation())


def _leave_out_what_nobody_asks(content: Content, plan: Plan) -> None:
    """Drop the values that only items no longer chosen asked for: nobody gets what he did not ask for."""
    asked = {f.element for f in plan.fields} | {f.element for f in plan.edition.common_fields}
    content.values = {code: kept for code, kept in content.values.items() if code in asked}
    content.member_values = {
        member: {code: kept for code, kept in values.items() if code in asked}
        for member, values in content.member_values.items()
    }


def _manifest(plan: Plan, laid: list[DraftMaterialRow]) -> list[KeptLine]:
    lines = [
        KeptLine(row.material, MaterialWay.UPLOAD, str(row.copy_id), row.copy.blob_id, row.copy.source)
        for row in laid
    ]
    there = {line.material for line in lines}
    lines += [KeptLine(m.material, m.way) for m in plan.materials if m.material not in there]
    return lines
