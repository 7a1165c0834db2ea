"""Codes on paper for the day on which telephone and key are lost (备用码): each works once, and only their hashes are kept."""

import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction

from yijianshi.store.guards.models import RecoveryRow

from ..outside import outside

HOW_MANY = 10
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that looks like another
_LENGTH = 10


def make_codes(*, account: UUID) -> tuple[str, ...]:
    """Return new codes, which are shown once; all former ones are worthless."""
    codes = tuple("".join(secrets.choice(_LETTERS) for _ in range(_LENGTH)) for _ in range(HOW_MANY))
    with transaction.atomic():
        RecoveryRow.objects.filter(account_id=account).delete()
        RecoveryRow.objects.bulk_create(
            RecoveryRow(account_id=account, code_hash=_hash(code)) for code in codes
        )
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)


def use_recovery(*, account: UUID, code: str, at: datetime) -> bool:
    """Return whether the code is one of the person's, and use it up."""
    plain = code.upper().replace("-", "").replace(" ", "")
    if len(plain) != _LENGTH:
        return False
    return bool(
        RecoveryRow.objects.filter(account_id=account, code_hash=_hash(plain), used_at=None).update(
            used_at=at
        )
    )


def _hash(code: str) -> bytes:
    return outside().crypto.fingerprint(code, purpose="recovery-code")
