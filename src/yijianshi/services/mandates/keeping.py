"""Mandates as they are kept (授权): opened for the domain, found by who holds them, held fast while they are used."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.mandates import (
    COUNTED,
    Mandate,
    MandateKind,
    MandateState,
    Power,
    Proof,
    Scope,
    is_live,
)
from yijianshi.domain.rights import Act, Actor, NotPermitted, Thing, mandate_for, power_for
from yijianshi.domain.workdays import legal_day
from yijianshi.store.keys import new_id
from yijianshi.store.mandates.models import MandateRow, UseRow


def open_mandate(row: MandateRow) -> Mandate:
    """Return the mandate as the domain knows it."""
    return Mandate(
        id=str(row.id),
        giver=str(row.giver_id),
        holder=str(row.holder_id or ""),
        kind=MandateKind(row.kind),
        proof=Proof(row.proof),
        state=MandateState(row.state),
        scope=Scope(
            bundles=frozenset(row.bundles),
            matters=frozenset(map(str, row.matters)),
            everything=row.everything,
        ),
        powers=frozenset(Power(one) for one in row.powers),
        since=row.since,
        until=row.until,
        most_uses=row.most_uses,
        used=row.used,
    )


def live_rows(on: date) -> Q:
    """Return what picks the mandates that hold on a day."""
    return Q(state="active", since__lte=on) & (Q(until=None) | Q(until__gte=on))


def mandates_between(account: UUID, giver: UUID, *, on: date) -> tuple[Mandate, ...]:
    """Return what a party has given an account, as far as it holds today; one query."""
    rows = MandateRow.objects.filter(live_rows(on), holder=account, giver=giver)
    return tuple(open_mandate(row) for row in rows.order_by("made_at", "id"))


def mandates_held(account: UUID, *, on: date) -> tuple[Mandate, ...]:
    """Return everything that an account may do for others today, what was given first coming first; one query."""
    rows = MandateRow.objects.filter(live_rows(on), holder=account).exclude(kind="project_steward")
    return tuple(open_mandate(row) for row in rows.order_by("made_at", "id"))


def givers_to(account: UUID, *, on: date) -> tuple[UUID, ...]:
    """Return whom an account may act for by mandate today, whoever gave one first coming first; one query."""
    return tuple(dict.fromkeys(UUID(one.giver) for one in mandates_held(account, on=on)))


def holders_for(giver: UUID, matters: Iterable[UUID], bundle: str, *, on: date) -> tuple[UUID, ...]:
    """Return which accounts follow a matter of a party by mandate today, so that they are told of it."""
    about = Q(everything=True) | Q(bundles__contains=[bundle]) | Q(matters__overlap=list(matters))
    rows = MandateRow.objects.filter(live_rows(on), about, giver=giver, powers__contains=[Power.FOLLOW])
    return tuple(dict.fromkeys(key for key in rows.values_list("holder_id", flat=True) if key))


def use_mandate(
    actor: Actor,
    act: Act,
    thing: Thing,
    *,
    at: datetime,
    draft: UUID | None = None,
    submission: UUID | None = None,
) -> None:
    """
    Note an act by mandate in the transaction of the act itself; whoever acts for himself needs none.

    The row of the mandate is locked: a mandate that was taken back a moment ago, or used up, stops the act.

    :raises NotPermitted: if the mandate does not give it, or no longer.
    """
    if not actor.giver:
        return
    found, power = mandate_for(actor, act, thing), power_for(act)
    row = MandateRow.objects.select_for_update().filter(pk=found.id).first() if found else None
    if power is None or row is None:
        raise NotPermitted(act)
    now = open_mandate(row)
    counts = power in COUNTED
    if not is_live(now, legal_day(at)) or (
        counts and now.most_uses is not None and now.used >= now.most_uses
    ):
        raise NotPermitted(act)
    if counts:
        row.used += 1
    if submission is not None and counts and (draft in row.matters or row.kind == MandateKind.HELPER):
        row.matters = [*row.matters, submission]
    if counts and row.kind == MandateKind.HELPER:
        row.bundles = []  # it was for one matter: from now on for this one
    row.save(update_fields=["used", "matters", "bundles"])
    UseRow.objects.create(
        id=new_id(),
        mandate=row,
        account=UUID(actor.account),
        power=power,
        draft=draft,
        submission=submission,
        at=at,
    )


def hold_mandate(actor: Actor, act: Act, thing: Thing, *, at: datetime) -> None:
    """
    Keep the mandate from being taken back while something is changed by it; nothing is counted.

    :raises NotPermitted: if it was taken back meanwhile.
    """
    if not actor.giver or actor.party:
        return
    found = mandate_for(actor, act, thing)
    rows = MandateRow.objects.select_for_update().filter(live_rows(legal_day(at)))
    if found is None or not rows.filter(pk=found.id).exists():
        raise NotPermitted(act)


def powers_in(thing: Thing, actor: Actor) -> frozenset[Act]:
    """Return which of correcting, receiving and rating the applicant himself, or whoever acts for him, may do."""
    own = bool(actor.party) and actor.party == thing.party
    acts = (Act.CORRECT, Act.READ_RESULT, Act.RATE)
    return frozenset(act for act in acts if own or mandate_for(actor, act, thing))


def matters_by_mandate(actor: Actor, *, before: str = "") -> Q | None:
    """
    Return what picks the actor's drafts or submissions by mandate, or None where he acts by none.

    :param before: the way to them from the rows that are asked, such as "submission__".
    """
    found: Q | None = None
    for one in actor.mandates:
        if actor.on is None or not is_live(one, actor.on) or Power.FOLLOW not in one.powers:
            continue
        picked = Q(**{f"{before}party": UUID(one.giver)})
        if not one.scope.everything:
            bundles = Q(**{f"{before}edition__bundle__in": list(one.scope.bundles)})
            picked &= bundles | Q(**{f"{before}pk__in": list(one.scope.matters)})
        found = picked if found is None else found | picked
    return found
