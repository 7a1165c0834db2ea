"""What has been confirmed of a draft (已确认): who, when, in what way, before whom - as it goes into the signed revision."""

from typing import Protocol
from uuid import UUID

from yijianshi.domain.codes import is_citizen_number
from yijianshi.domain.together import AT_WINDOW, ConfirmationsMissing, Signer, missing
from yijianshi.store.together.models import AskedRow

from ..contents import KeptConfirmation
from ..people.actors import name_of
from ..people.parties import find_or_add_party


class Frozen(Protocol):
    """A draft as it can be filed: who must confirm, and which content."""

    @property
    def others(self) -> tuple[Signer, ...]:
        """Everybody who must confirm besides the applicant."""

    @property
    def digest(self) -> str:
        """The digest of exactly what is to be filed."""


def is_confirmed_by_all(draft: UUID) -> bool:
    """Return whether others were asked about the draft and every one of them has confirmed it as it is."""
    states = set(AskedRow.objects.filter(draft=draft).values_list("state", flat=True))
    return states == {"confirmed"}


def confirmations_of(draft: UUID, frozen: Frozen) -> list[KeptConfirmation]:
    """
    Return the confirmations of exactly this content.

    :raises ConfirmationsMissing: naming everybody who has not confirmed it.
    """
    if not frozen.others:
        return []
    rows = {
        row.role: row
        for row in AskedRow.objects.filter(draft=draft, state="confirmed", digest=frozen.digest)
        if row.at is not None
    }
    if troubles := missing(frozen.others, rows):
        raise ConfirmationsMissing(troubles)
    return [_kept(one, rows[one.role]) for one in frozen.others]


def party_of(signer: Signer) -> UUID:
    """Return the party under whose number the form names somebody, added if it is new. :raises NumberRefused: if the number is none."""
    kind = "person" if is_citizen_number(signer.number) else "enterprise"
    return find_or_add_party(kind=kind, number=signer.number, name=signer.name)


def _kept(signer: Signer, row: AskedRow) -> KeptConfirmation:
    return KeptConfirmation(
        role=signer.role,
        role_name=signer.role_name,
        name=signer.name,
        party=str(row.party_id),
        at=row.at.isoformat() if row.at else "",
        way=row.way,
        by=str(row.by or ""),
        clerk=name_of(row.by) if row.way in AT_WINDOW else "",
        digest=row.digest,
    )
