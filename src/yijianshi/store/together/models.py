"""Who is asked to confirm a draft (请对方确认), and what he said; with the filing it goes into the signed revision."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Party
from ..drafts.models import DraftRow
from ..keys import new_id


class AskedRow(models.Model):
    """One person asked about one frozen content of one draft; his key stands in the link that he opens."""

    id = models.UUIDField(primary_key=True, default=new_id)
    draft = models.ForeignKey(DraftRow, on_delete=models.CASCADE, db_index=False)
    role = models.CharField(max_length=64)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, db_index=False)
    digest = models.CharField(max_length=64)  # of exactly what he is asked to confirm
    state = models.CharField(max_length=10, default="asked")  # asked | confirmed | declined | fallen
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    way = models.CharField(max_length=16, default="")
    by = models.UUIDField(
        null=True
    )  # the account that confirmed or declined, or the clerk before whom he stood
    at = models.DateTimeField(null=True)
    reason_sealed = models.BinaryField(default=b"")  # why he declined

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "role"], name="asked_once_per_role")
        ]
        indexes: ClassVar = [models.Index(fields=["party"], condition=Q(state="asked"), name="to_confirm")]
