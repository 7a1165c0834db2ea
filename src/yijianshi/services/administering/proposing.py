"""
What one administrator proposes and another decides (报请、同意): posts whose rights reach beyond one unit.

Whoever proposed does not approve, and nobody approves what is about himself.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from yijianshi.domain.administering import (
    AdministrationRefused,
    Deed,
    refuse_dates,
    refuse_oneself,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, Role, Thing, require
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account
from yijianshi.store.guards.models import ProposalRow

from ..guards.sessions import end_all
from .deeds import note_deed
from .posts import PostWanted, division_of, finish, hold, open_posts


def propose(
    kind: str,
    *,
    actor: Actor,
    account: UUID,
    role: Role,
    unit: str,
    since: date,
    until: date | None,
    at: datetime,
) -> None:
    """Propose that somebody is given a post, or that one ends. :raises AdministrationRefused: if that is proposed already."""
    division = division_of(unit)
    try:
        with transaction.atomic():
            ProposalRow.objects.create(
                kind=kind,
                account_id=account,
                role=role.value,
                unit=unit,
                division=division,
                since=since,
                until=until,
                proposed_by=UUID(actor.account),
                proposed_at=at,
            )
    except IntegrityError:
        raise AdministrationRefused("这一条已经报请过了，正等安全管理员同意。请等他处理") from None
    deed = Deed.PROPOSE_POST if kind == "give" else Deed.PROPOSE_END
    note_deed(
        deed, actor=actor, at=at, division=division, about=account, facts={"role": role.value, "unit": unit}
    )


def decide_proposal(*, actor: Actor, proposal: UUID, approve: bool, at: datetime) -> None:
    """
    Approve or reject what the system administrator proposed.

    :raises AdministrationRefused: if it was decided already, the actor proposed it or is meant himself, or the
        person meanwhile holds what cannot be combined with it, or its last day is past.
    :raises NotPermitted: if it lies outside the actor's division.
    """
    with transaction.atomic():
        row = ProposalRow.objects.select_for_update().filter(pk=proposal).first()
        if row is None:
            raise NotPermitted(Act.APPROVE_POST)
        require(actor, Act.APPROVE_POST, Thing(division=row.division))
        if row.decided_at is not None:
            raise AdministrationRefused("这一条已经有人处理过了。请刷新看结果")
        refuse_oneself(by=actor.account, about=str(row.account_id))
        refuse_oneself(by=actor.account, about=str(row.proposed_by))
        if approve:
            _carry_out(row, on=legal_day(at))
        row.decided_by, row.decided_at, row.approved = UUID(actor.account), at, approve
        row.save(update_fields=["decided_by", "decided_at", "approved"])
        note_deed(
            Deed.APPROVE if approve else Deed.REJECT, actor=actor, at=at, division=row.division,
            about=row.account_id, facts={"kind": row.kind, "role": row.role, "unit": row.unit},
        )  # fmt: skip


def _carry_out(row: ProposalRow, *, on: date) -> None:
    account = Account.objects.select_for_update().filter(pk=row.account_id, is_active=True).first()
    if account is None:
        raise AdministrationRefused("这个账号已经停用，不能再任职。请选“不同意”")
    if row.kind == "end":
        for post in open_posts(account.id, on=on):
            if (post.role, post.unit) == (row.role, row.unit):
                finish(post, on=on)
        end_all(account.id)
        return
    wanted = PostWanted(role=Role(row.role), unit=row.unit, since=max(row.since, on), until=row.until)
    refuse_dates(wanted.since, wanted.until, on=on)  # it may have waited for longer than it was to last
    hold(account.id, wanted, on=on)
