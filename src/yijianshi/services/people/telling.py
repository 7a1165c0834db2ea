"""Telling somebody something that no step of a case says (站内消息): by account, or whoever stands for a party."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account, Representation

from ..outside import outside
from ..ports import Message


def accounts_of(party: UUID) -> tuple[UUID, ...]:
    """Return the accounts of a person, or of those who stand for an enterprise; none where nobody has one yet."""
    own = Account.objects.filter(party=party, is_active=True).values_list("pk", flat=True)
    until = Q(until=None) | Q(until__gte=legal_day(outside().clock.now()))
    standing = Representation.objects.filter(until, party=party, account__is_active=True)
    return tuple(dict.fromkeys([*own, *standing.values_list("account_id", flat=True)]))


def tell_account(
    account: UUID, key: str, *, link: str, once: str, values: Mapping[str, str] | None = None
) -> None:
    """Tell one account; telling it a second time with the same `once` does nothing."""
    message = Message(account=str(account), key=key, values=dict(values or {}), link=link)
    outside().messenger.send([message], once=once)


def tell_party(
    party: UUID, key: str, *, link: str, once: str, values: Mapping[str, str] | None = None
) -> None:
    """Tell whoever can sign in for the party."""
    for account in accounts_of(party):
        tell_account(account, key, link=link, once=once, values=values)
