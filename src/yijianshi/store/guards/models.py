"""
What guards the door (身份鉴别): second factors, sessions, wrong tries, former passwords; and what administrators did.

Secrets are sealed, codes are kept as keyed hashes. A deed is appended and never changed; the database refuses it.
"""

from typing import ClassVar

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from ..keys import new_id


class TotpRow(models.Model):
    """A telephone that makes codes (动态口令): its secret, and the last step of time whose code was used."""

    account_id = models.UUIDField(primary_key=True)
    secret_sealed = models.BinaryField()
    begun_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)


class KeyRow(models.Model):
    """A security key (安全密钥, WebAuthn), named by whose it is."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account_id = models.UUIDField(db_index=True)
    name_sealed = models.BinaryField()
    credential = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class RecoveryRow(models.Model):
    """One code for the day on which telephone and key are lost (备用码); it works once."""

    id = models.BigAutoField(primary_key=True)
    account_id = models.UUIDField()
    code_hash = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account_id", "code_hash"], name="recovery_code_once")
        ]


class SessionRow(AbstractBaseSession):
    """One browser that is signed in, or has begun to; for its owner: since when, from what and from where."""

    handle = models.UUIDField(default=new_id)  # by which its owner ends it; opens nothing
    account_id = models.UUIDField(null=True, db_index=True)
    signed_in_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    device = models.CharField(max_length=60, default="")
    network = models.CharField(max_length=45, default="")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from .sessions import SessionStore

        return SessionStore


class TryRow(models.Model):
    """How often somebody tried in vain; `key` is a digest of what was tried and from where."""

    key = models.BinaryField(primary_key=True, max_length=32)
    kind = models.CharField(max_length=12)  # password | second
    account_id = models.UUIDField(null=True)
    network = models.CharField(max_length=45, default="")  # empty for the sum over all networks
    count = models.IntegerField(default=1)
    last = models.DateTimeField(db_index=True)


class PasswordRow(models.Model):
    """A password that somebody has had, hashed as it was, so that it does not become his next one."""

    id = models.BigAutoField(primary_key=True)
    account_id = models.UUIDField()
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account_id", "-id"], name="former_passwords")]


class ProposalRow(models.Model):
    """A post with far-reaching rights that one administrator proposed and another decides on."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=8)  # give | end
    account_id = models.UUIDField()
    role = models.CharField(max_length=24)
    unit = models.CharField(max_length=64)
    division = models.CharField(max_length=6)
    since = models.DateField()
    until = models.DateField(null=True)
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account_id", "role", "unit", "kind"],
                condition=models.Q(decided_at=None),
                name="proposal_open_once",
            )
        ]


class DeedRow(models.Model):
    """One act of an administrator (管理留痕): who, what, about whom; codes and dates only."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # none: at the server's own console
    deed = models.CharField(max_length=24)
    about = models.UUIDField(null=True)
    division = models.CharField(max_length=6)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at", "id"], name="deeds_by_day"),
            models.Index(fields=["by", "at"], name="deeds_by_person"),
        ]
