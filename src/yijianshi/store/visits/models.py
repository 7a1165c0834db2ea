"""
What happens at a counter (柜台): codes that were shown, visits that came of them, who waits in the hall, what was photographed.

Of a code only its keyed hash is kept; what a clerk remarked is sealed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Account, Party
from ..drafts.models import DraftRow
from ..keys import new_id
from ..materials.models import CopyRow


class CodeRow(models.Model):
    """One code that a citizen shows (亮码)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    mark = models.BinaryField(unique=True)  # the keyed hash of the digits
    party = models.ForeignKey(Party, on_delete=models.CASCADE, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    draft = models.ForeignKey(DraftRow, on_delete=models.CASCADE, null=True)  # none: all open drafts
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class WrongCodeRow(models.Model):
    """That a clerk typed a code that nobody showed."""

    account = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "-at"], name="wrong_codes_of_clerk")]


class VisitRow(models.Model):
    """One visit (一次亮码): to whom it was shown, where, and when it ended."""

    id = models.UUIDField(primary_key=True, default=new_id)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False)
    draft = models.ForeignKey(DraftRow, on_delete=models.SET_NULL, null=True)
    clerk = models.UUIDField()
    place = models.CharField(max_length=64)
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["clerk", "-opened_at"], name="visits_of_clerk"),
            models.Index(fields=["party", "-opened_at"], name="visits_of_party"),
            models.Index(fields=["place", "-opened_at"], name="visits_at_place"),
        ]


class LookRow(models.Model):
    """What the clerk opened during a visit (查看留痕); the looks at one thing are one row."""

    visit = models.ForeignKey(VisitRow, on_delete=models.CASCADE, db_index=False)
    what = models.CharField(max_length=12)  # person | draft | material
    thing = models.UUIDField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    times = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["visit", "what", "thing"], name="look_once_per_visit_and_thing")
        ]


class WaitingRow(models.Model):
    """Somebody who is in the hall and asks the window to look at his draft before his turn (候办)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    draft = models.ForeignKey(DraftRow, on_delete=models.CASCADE)
    party = models.ForeignKey(Party, on_delete=models.CASCADE, db_index=False)
    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False)
    place = models.CharField(max_length=64)
    came_at = models.DateTimeField()
    until = models.DateTimeField()  # the end of the day
    looked_at = models.DateTimeField(null=True)
    looked_by = models.UUIDField(null=True)
    served_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "came_at"], name="waiting_at_place")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(left_at=None, served_at=None), name="waits_once_with_a_draft"
            )
        ]


class HintRow(models.Model):
    """What a clerk remarked on a draft before its owner's turn (预看意见); sealed, and never part of a case."""

    id = models.UUIDField(primary_key=True, default=new_id)
    waiting = models.ForeignKey(WaitingRow, on_delete=models.CASCADE)
    sealed = models.BinaryField()
    by = models.UUIDField()
    at = models.DateTimeField()


class TransferRow(models.Model):
    """That an unfinished intake went from one clerk to another (转窗口)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    draft = models.ForeignKey(DraftRow, on_delete=models.CASCADE)
    sender = models.UUIDField()
    receiver = models.UUIDField()
    place = models.CharField(max_length=64)
    to = models.CharField(max_length=64)
    at = models.DateTimeField()


class CaptureRow(models.Model):
    """That a document was photographed at a window: how many pages, and whether the clerk saw the original (原件看过)."""

    copy = models.OneToOneField(CopyRow, on_delete=models.CASCADE, primary_key=True)
    pages = models.IntegerField()
    original_seen = models.BooleanField()
    place = models.CharField(max_length=64)
    by = models.UUIDField()
    at = models.DateTimeField()
