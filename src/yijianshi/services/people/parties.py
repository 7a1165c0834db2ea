"""Persons and enterprises (申请人): found by the keyed hash of their number, shown by their sealed name."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db import connection

from yijianshi.domain.codes import is_citizen_number, is_credit_code
from yijianshi.store.accounts.models import Party

from ..contents import fingerprint, open_text, seal_text


class NumberRefused(ValueError):
    """The number of a person or an enterprise is not well formed."""


@dataclass(frozen=True, slots=True)
class PartyKnown:
    """A party with its seals open."""

    id: UUID
    kind: str
    number: str
    name: str
    phone: str

    @property
    def is_enterprise(self) -> bool:
        return self.kind == "enterprise"


def find_or_add_party(*, kind: str, number: str, name: str, phone: str = "") -> UUID:
    """
    Return the party of that number, added if it is new.

    :raises NumberRefused: if the number's check character is wrong.
    """
    number = number.strip().upper()
    right = is_credit_code(number) if kind == "enterprise" else is_citizen_number(number)
    if not right:
        word = "统一社会信用代码" if kind == "enterprise" else "公民身份号码"
        raise NumberRefused(f"{word}不对：校验位对不上，请对照证件再核一遍")
    number_hash = fingerprint(number, kind=kind)
    if connection.in_atomic_block:  # what may yet be rolled back is not remembered
        return _add(kind, number_hash, number, name, phone)
    return _remembered(kind, number_hash, number, name, phone)


@lru_cache(maxsize=4096)
def _remembered(kind: str, number_hash: bytes, number: str, name: str, phone: str) -> UUID:
    return _add(kind, number_hash, number, name, phone)


def _add(kind: str, number_hash: bytes, number: str, name: str, phone: str) -> UUID:
    party, _ = Party.objects.get_or_create(
        kind=kind,
        number_hash=number_hash,
        defaults={
            "number_sealed": seal_text(number, purpose="number"),
            "name_sealed": seal_text(name, purpose="name"),
            "phone_sealed": seal_text(phone, purpose="phone"),
        },
    )
    return party.id


def know_party(key: UUID) -> PartyKnown:
    """Return the party with its seals open. :raises Party.DoesNotExist: if there is none."""
    return _opened(Party.objects.get(pk=key))


def know_parties(keys: Iterable[UUID]) -> tuple[PartyKnown, ...]:
    """Return several parties with their seals open, in the order asked; one query, and who is not there is left out."""
    wanted = list(dict.fromkeys(keys))
    found = {party.id: _opened(party) for party in Party.objects.filter(pk__in=wanted)}
    return tuple(found[key] for key in wanted if key in found)


def _opened(party: Party) -> PartyKnown:
    return PartyKnown(
        party.id,
        party.kind,
        open_text(party.number_sealed, purpose="number"),
        open_text(party.name_sealed, purpose="name"),
        open_text(party.phone_sealed, purpose="phone"),
    )
