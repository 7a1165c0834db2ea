"""
Have others confirm before it is filed (请对方确认): the content is frozen, each confirms or declines it, the last one files it.

Basis: Civil Code, art. 168; Electronic Signature Law, art. 13. Who must confirm is said by the bundle, with its basis.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.domain.assurance import require_level
from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, require
from yijianshi.domain.submissions import ChoiceNotAllowed, NotReady
from yijianshi.domain.together import AT_WINDOW, SIGNED_IN, ConfirmationNotPossible
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account
from yijianshi.store.drafts.models import DraftRow
from yijianshi.store.keys import new_id
from yijianshi.store.together.models import AskedRow

from ..contents import seal_text
from ..mandates.keeping import use_mandate
from ..people.actors import actor_of
from ..people.identified import person_behind
from ..people.telling import tell_account, tell_party
from .confirmed import is_confirmed_by_all, party_of
from .drafting import OpenDraft, changing_draft, open_draft, opened_draft
from .seal import Ready, Receipt, make_ready, seal_draft, signed_by

LONGEST_REASON = 300
_CHANGED = "内容刚刚改过，原来请您确认的已经作废。请等对方改好再请您确认"


def submit_draft(
    *, draft: UUID, actor: Actor, signature: str, at: datetime, present: Mapping[str, str] | None = None
) -> Receipt | None:
    """
    File the draft; where others must confirm first, freeze it, ask them, and return nothing yet.

    :param present: of those who stand at the window, by role, how the clerk checked who they are.
    :raises NotReady: if something is missing or wrong.
    :raises ChoiceNotAllowed: if the chosen items cannot be handled together.
    :raises NotPermitted: if somebody other than the window's clerk says who is present.
    :raises DraftFiled: if it was filed before.
    """
    if not open_draft(draft, actor=actor).edition.bundle.co_applicants:
        return seal_draft(draft=draft, actor=actor, signature=signature, at=at)
    asked: list[AskedRow] = []
    with transaction.atomic():
        with changing_draft(draft, actor=actor, at=at) as opened:
            ready = make_ready(opened, actor=actor, at=at)
            if ready.others:
                opened.content.signature = signed_by(opened, actor, way=signature, at=at)
                asked = _ask(opened, ready, actor=actor, present=dict(present or {}), at=at)
        if not ready.others or is_confirmed_by_all(draft):
            return seal_draft(draft=draft, actor=actor, signature=signature, at=at)
    for row in asked:
        once = f"{row.id}:{row.digest[:16]}:{int(at.timestamp())}:asked"
        tell_party(row.party_id, "together.asked", link=f"/together/{row.id}", once=once)
    return None


def confirm(*, asked: UUID, actor: Actor, seen: str, at: datetime) -> Receipt | None:
    """
    Confirm what one is asked to confirm; the last one files it, once, and gets the receipt.

    :param seen: the digest of what was shown, so that nobody confirms what he did not read.
    :raises NotPermitted: if somebody else is asked, or nobody; the answer is the same.
    :raises ConfirmationNotPossible: if it was changed, declined or confirmed meanwhile.
    :raises LevelTooLow: if an item demands to know more surely who confirms.
    """
    with transaction.atomic():
        row, draft = _asked_of(asked, actor)
        if row.state != "asked" or row.digest != seen:
            raise ConfirmationNotPossible(_why_not(row))
        _demand_own_hand(row, draft, actor)
        require_level(opened_draft(draft).plan().items, level=actor.level)
        use_mandate(actor, Act.CONFIRM, thing_of(row, draft), at=at, draft=draft.id)
        row.state, row.way, row.by, row.at = "confirmed", SIGNED_IN, UUID(actor.account), at
        row.save(update_fields=["state", "way", "by", "at"])
        receipt = _file_if_last(draft, at=at) if is_confirmed_by_all(draft.id) else None
    if receipt is None:
        once = f"{row.id}:{row.digest[:16]}:{int(at.timestamp())}:confirmed"
        tell_account(draft.account_id, "together.confirmed", link=f"/draft/{draft.id}/review", once=once)
    return receipt


def decline(*, asked: UUID, actor: Actor, reason: str, at: datetime) -> None:
    """
    Decline with a reason; nothing is filed, and whoever asked is told.

    :raises NotPermitted: if somebody else is asked, or nobody; the answer is the same.
    :raises ConfirmationNotPossible: if no reason is given, or there is nothing to decline any more.
    """
    said = reason.strip()
    with transaction.atomic():
        row, draft = _asked_of(asked, actor)
        if draft.filed_as or row.state not in ("asked", "confirmed"):
            raise ConfirmationNotPossible(_why_not(row))
        if not said:
            raise ConfirmationNotPossible("请写明为什么不确认，对方要照着改")
        row.state, row.by, row.at = "declined", UUID(actor.account), at
        row.reason_sealed = seal_text(said[:LONGEST_REASON], purpose="decline")
        row.save(update_fields=["state", "by", "at", "reason_sealed"])
    once = f"{row.id}:{int(at.timestamp())}:declined"
    tell_account(draft.account_id, "together.declined", link=f"/draft/{draft.id}/review", once=once)


def thing_of(row: AskedRow, draft: DraftRow) -> Thing:
    """Return what rights are asked about: a confirmation, of whom it is wanted and by whom."""
    return Thing(party=str(row.party_id), owner=str(draft.account_id))


def _ask(
    opened: OpenDraft, ready: Ready, *, actor: Actor, present: dict[str, str], at: datetime
) -> list[AskedRow]:
    """Write whom to ask about this content, and return those who are newly asked; what stands confirmed stays."""
    draft = opened.row
    if present:
        require(actor, Act.ATTEST, Thing(division=opened.content.division, owner=str(opened.row.account_id)))
        if unknown := sorted(set(present.values()) - set(AT_WINDOW)):
            raise ConfirmationNotPossible(f"核对身份的方式“{'、'.join(unknown)}”不认识，请从列出的里面选")
    there = {row.role: row for row in AskedRow.objects.select_for_update().filter(draft=draft)}
    AskedRow.objects.filter(draft=draft).exclude(role__in=[one.role for one in ready.others]).delete()
    newly = []
    for one in ready.others:
        row = there.get(one.role)
        if (
            row
            and row.digest == ready.digest
            and row.state in ("asked", "confirmed")
            and one.role not in present
        ):
            continue
        party = party_of(one)
        row = row or AskedRow(id=new_id(), draft=draft, role=one.role)
        row.party_id, row.digest, row.state = party, ready.digest, "asked"
        row.asked_at, row.asked_by, row.reason_sealed = at, UUID(actor.account), b""
        row.way, row.by, row.at = "", None, None
        if one.role in present:
            if str(party) == actor.party:
                raise NotPermitted(Act.ATTEST)
            row.state, row.way, row.by, row.at = "confirmed", present[one.role], UUID(actor.account), at
        row.save()
        if row.state == "asked":
            newly.append(row)
    return newly


def _asked_of(asked: UUID, actor: Actor) -> tuple[AskedRow, DraftRow]:
    """Return what is asked with its draft, locked: of two who confirm at the same moment the second sees the first."""
    draft = DraftRow.objects.filter(pk__in=AskedRow.objects.filter(pk=asked).values("draft"))
    locked = draft.select_for_update().first()
    row = AskedRow.objects.select_for_update().filter(pk=asked).first()
    if row is None or locked is None:
        raise NotPermitted(Act.CONFIRM)
    require(actor, Act.CONFIRM, thing_of(row, locked))
    return row, locked


def _demand_own_hand(row: AskedRow, draft: DraftRow, actor: Actor) -> None:
    """Refuse whoever would act for both sides: the applicant for an enterprise of his, one agent for two."""
    person = person_behind(UUID(actor.account))
    others = AskedRow.objects.filter(draft=draft, way=SIGNED_IN).exclude(pk=row.pk).exclude(by=None)
    accounts = {one.by for one in others if one.by}
    hands = accounts | {found for one in accounts if (found := person_behind(one))}
    if (person and person == draft.party_id) or {UUID(actor.account), person} & hands:
        raise ConfirmationNotPossible(
            "同一个人不能代表两方。请换对方的另一位经办人登录确认，或者到窗口当面办"
        )


def _file_if_last(draft: DraftRow, *, at: datetime) -> Receipt | None:
    """File the draft for whoever signed it; what can no longer be filed as confirmed falls, and he is told."""
    signature = opened_draft(draft).content.signature
    way = signature.get("way", "typed-name")
    try:
        with transaction.atomic():
            return seal_draft(draft=draft.id, actor=_signer(draft, signature, at=at), signature=way, at=at)
    except (
        NotReady,
        ChoiceNotAllowed,
        NotPermitted,
    ):  # not permitted: the mandate by which it was signed has ended
        AskedRow.objects.filter(draft=draft).update(state="fallen", at=at)
        once = f"{draft.id}:{int(at.timestamp())}:again"
        tell_account(draft.account_id, "together.again", link=f"/draft/{draft.id}/review", once=once)
        return None


def _signer(draft: DraftRow, signature: Mapping[str, str], *, at: datetime) -> Actor:
    """Return whoever signed the draft first, as surely known as he was then; by a mandate, with what it gives today."""
    signer = Actor(account=str(draft.account_id), party=str(draft.party_id))
    if "mandate" in signature:
        account = Account.objects.get(pk=signature["by"])
        signer = actor_of(account, on=legal_day(at), party=draft.party_id)
    return replace(signer, level=int(signature.get("assurance", signer.level)))


def _why_not(row: AskedRow) -> str:
    if row.state == "confirmed":
        return "您已经确认过了，不用再确认"
    if row.state == "declined":
        return "您已经表示不确认。要确认的，请对方再请您一次"
    return _CHANGED
