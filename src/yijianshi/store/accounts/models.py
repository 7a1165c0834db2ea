"""
Who comes in (账号), for whom (申请人), and who works here (岗位). Names and numbers are sealed.

An account is a login; a party is a person or an enterprise; an officer is an account in a unit with a role.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from ..keys import new_id


class Party(models.Model):
    """A person or an enterprise (申请人), found again by the keyed hash of its number."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=12)  # person | enterprise
    number_hash = models.BinaryField(max_length=32)
    number_sealed = models.BinaryField()
    name_sealed = models.BinaryField()
    phone_sealed = models.BinaryField(default=b"")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number_hash"], name="party_number_once")
        ]


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts with a hashed password."""

    def create(self, *, password: str | None = None, **fields: object) -> "Account":
        account = self.model(**fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """A login (账号)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    login = models.CharField(max_length=64, unique=True)
    name_sealed = models.BinaryField(default=b"")
    party = models.ForeignKey(Party, null=True, on_delete=models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "login"
    objects = AccountManager()


class Representation(models.Model):
    """That an account may act for an enterprise (法定代表人或经办人), with its dates."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="representations")
    party = models.ForeignKey(Party, on_delete=models.CASCADE)
    capacity = models.CharField(max_length=24)  # legal_representative | agent
    since = models.DateField()
    until = models.DateField(null=True)


class Officer(models.Model):
    """A post: an account in a unit with a role, from a day to a day (任职)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="posts")
    role = models.CharField(max_length=24)
    unit = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "role", "unit"], name="officer_post_once")
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "role"])]


class UnitDesk(models.Model):
    """Whom applicants call about a unit's cases (联系窗口)."""

    unit = models.CharField(primary_key=True, max_length=64)
    contact_sealed = models.BinaryField()
    phone_sealed = models.BinaryField()


class Invitation(models.Model):
    """A one-time link by which a new officer sets the first password; only its hash is kept."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    token_hash = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Client(models.Model):
    """A machine that speaks to the API (接入系统); its tokens are signed and name it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    name = models.CharField(max_length=100)
    account = models.OneToOneField(Account, on_delete=models.CASCADE)
    scopes = models.JSONField(default=list)
    revoked_at = models.DateTimeField(null=True)
