"""
By which provider somebody signed in (身份关联), which answers were used, and whose card was seen at a window.

A provider's name for somebody is personal data: it is found by a keyed hash and kept sealed.
"""

from typing import ClassVar

from django.db import models

from ..accounts.models import Account
from ..keys import new_id


class IdentityRow(models.Model):
    """That a provider's subject is an account of ours; an officer's was linked beforehand, by whom."""

    id = models.UUIDField(primary_key=True, default=new_id)
    provider = models.CharField(max_length=40)
    subject_hash = models.BinaryField(max_length=32)
    subject_sealed = models.BinaryField()
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="identities")
    person = models.UUIDField(
        null=True
    )  # the party of the agent, where the account stands for an enterprise alone
    level = models.SmallIntegerField()
    is_staff = models.BooleanField(default=False)
    linked_at = models.DateTimeField()
    linked_by = models.CharField(max_length=64, default="")
    last_used = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["provider", "subject_hash"], name="identity_subject_once")
        ]


class UsedRow(models.Model):
    """An answer of a provider that let somebody in; it lets nobody in again."""

    mark = models.BinaryField(primary_key=True, max_length=32)
    at = models.DateTimeField(db_index=True)


class SightingRow(models.Model):
    """That somebody signed in wants to show his card at a window, by which code, and who saw it there."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    code_hash = models.BinaryField(max_length=32, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    seen_by = models.UUIDField(null=True)
    unit = models.CharField(max_length=64, default="")
