"""Messages to people (站内信): template keys and values, never personal data."""

from typing import ClassVar

from django.db import models

from ..accounts.models import Account
from ..keys import new_id


class MessageRow(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    key = models.CharField(max_length=48)
    values = models.JSONField(default=dict)
    link = models.CharField(max_length=200, default="")
    once = models.CharField(max_length=100)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "once"], name="message_once")]
        indexes: ClassVar = [models.Index(fields=["account", "-sent_at"])]
