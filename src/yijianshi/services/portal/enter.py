"""
Come in by a portal's ticket (票据进入): whoever is signed in over there is signed in here, as surely as the portal vouches.

A ticket is a JSON Web Token signed with the secret that the portal and this site share (HS256).
"""

import binascii
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from msgspec import DecodeError
from msgspec.json import decode

from yijianshi.domain.portals import CLOCKS_APART, Ticket, TicketFault, TicketRefused, Vouched, check_ticket
from yijianshi.domain.workdays import legal_day
from yijianshi.store.accounts.models import Account, Officer
from yijianshi.store.keys import new_id
from yijianshi.store.portal.models import BroughtRow, TicketRow

from ..contents import seal_text
from ..outside import outside
from ..people.parties import find_or_add_party
from .portals import Portal, known_portal
from .settings import subscribe

_LONGEST_TICKET = 4000


@dataclass(frozen=True, slots=True)
class Entered:
    """Who came in, by which portal, how surely he was recognised, and where he goes."""

    account: Account
    portal: str
    level: Vouched
    leads_to: str


def enter(*, ticket: str, origin: str, at: datetime) -> Entered:
    """
    Take a ticket, once, and return who may be signed in.

    :param origin: from which site the browser says that it comes; empty where it says nothing.
    :raises TicketRefused: if the ticket is forged, expired, foreign, used, or says more than its portal may.
    """
    portal = _portal_of(ticket, origin)
    read = _read(ticket, portal)
    check_ticket(read, portal=portal.code, ours=outside().address, highest=portal.highest, at=at)
    with transaction.atomic():
        TicketRow.objects.filter(expires_at__lt=at - 2 * CLOCKS_APART).delete()
        _, is_first = TicketRow.objects.get_or_create(
            portal_id=portal.code, ticket=read.id[:64], defaults={"expires_at": read.expires_at}
        )
        if not is_first:
            raise TicketRefused(TicketFault.REPLAYED)
        account = _account_of(read, at)
    if read.subscribes:
        subscribe(account.id, by=f"{portal.code}:{account.id}")
    return Entered(account, portal.code, read.level, read.leads_to)


def note_brought(*, draft: UUID, portal: str) -> None:
    """Note that a portal brought whoever began a draft, so that it hears how it goes."""
    if known_portal(portal):
        BroughtRow.objects.get_or_create(draft_id=draft, defaults={"portal_id": portal})


def _portal_of(ticket: str, origin: str) -> Portal:
    """Return the portal that the ticket names, before anything in it is believed."""
    try:
        if len(ticket) > _LONGEST_TICKET:
            raise TicketRefused(TicketFault.FORGED)
        claims = _claims(jws.extract_compact(ticket.encode()).payload)
    except (JoseError, ValueError, binascii.Error) as unreadable:
        raise TicketRefused(TicketFault.FORGED) from unreadable
    portal = known_portal(str(claims.get("iss", ""))[:32])
    if portal is None or (origin and origin != portal.origin):
        raise TicketRefused(TicketFault.FOREIGN)
    return portal


def _read(ticket: str, portal: Portal) -> Ticket:
    """Return what the ticket says, once its signature is found to be the portal's."""
    try:
        signed = jws.deserialize_compact(ticket, OctKey.import_key(portal.secret), algorithms=["HS256"])
        claims = _claims(signed.payload)
        return Ticket(
            id=str(claims["jti"]),
            portal=str(claims["iss"]),
            meant_for=str(claims["aud"]),
            number=str(claims.get("number", "")).strip().upper(),
            name=str(claims.get("name", ""))[:50],
            phone=str(claims.get("phone", ""))[:20],
            level=Vouched(claims["level"]),
            leads_to=str(claims.get("to", "/")),
            issued_at=datetime.fromtimestamp(int(claims["iat"]), UTC),
            expires_at=datetime.fromtimestamp(int(claims["exp"]), UTC),
            subscribes=claims.get("subscribes") is True,
        )
    except (JoseError, ValueError, KeyError, TypeError, OverflowError, OSError) as wrong:
        raise TicketRefused(TicketFault.FORGED) from wrong


def _claims(payload: bytes) -> dict[str, Any]:
    try:
        claims = decode(payload)
    except DecodeError as wrong:
        raise ValueError("not JSON") from wrong
    if not isinstance(claims, dict):
        raise ValueError("not an object")
    return claims


def _account_of(ticket: Ticket, at: datetime) -> Account:
    """Return the person's account, made now if he has none. Whoever works here comes in by his own door."""
    party = find_or_add_party(kind="person", number=ticket.number, name=ticket.name, phone=ticket.phone)
    account = Account.objects.filter(party=party).order_by("created_at").first()
    if account is None:
        account = Account(
            id=new_id(),
            login=f"portal-{new_id()}",
            name_sealed=seal_text(ticket.name, purpose="name"),
            party_id=party,
            created_at=at,
        )
        account.set_unusable_password()
        account.save(force_insert=True)
    works_here = Officer.objects.filter(account=account).exclude(until__lt=legal_day(at)).exists()
    if works_here or not account.is_active:
        raise TicketRefused(TicketFault.NOBODY)
    return account
