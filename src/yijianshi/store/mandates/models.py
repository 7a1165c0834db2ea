"""
Who acts for whom (授权), each use of it, and the visits of helpers (上门).

A link is kept as its hash only; the name of who is asked, what was said at the window and every address are sealed.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ..accounts.models import Account, Party
from ..keys import new_id


class MandateRow(models.Model):
    """One mandate: from whom, to whom, about what, which acts, from when until when, how often."""

    id = models.UUIDField(primary_key=True, default=new_id)
    giver = models.ForeignKey(Party, on_delete=models.PROTECT, db_index=False)
    holder = models.ForeignKey(Account, null=True, on_delete=models.PROTECT, db_index=False)
    kind = models.CharField(max_length=16)
    proof = models.CharField(max_length=12)
    state = models.CharField(max_length=12)
    powers = ArrayField(models.CharField(max_length=12))
    everything = models.BooleanField(default=False)
    bundles = ArrayField(models.CharField(max_length=64), default=list)
    matters = ArrayField(models.UUIDField(), default=list)  # drafts and submissions
    since = models.DateField()
    until = models.DateField(null=True)
    most_uses = models.SmallIntegerField(null=True)
    used = models.SmallIntegerField(default=0)
    asked_sealed = models.BinaryField(default=b"")  # the name of who is asked
    shown_sealed = models.BinaryField(
        default=b""
    )  # what it rests on, in words, where a clerk or a heir says so
    paper = models.CharField(max_length=64, default="", blank=True)  # SHA-256 of the photographed paper
    link_hash = models.BinaryField(max_length=32, null=True, unique=True)
    link_until = models.DateTimeField(null=True)
    unit = models.CharField(max_length=64, default="", blank=True)  # of a helper, or that named a steward
    made_by = models.UUIDField()  # the account that gave it, or the clerk before whom it was given
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["holder", "giver"], condition=Q(state="active"), name="mandates_in_hand"),
            models.Index(fields=["giver", "made_at"], name="mandates_given"),
            models.Index(fields=["holder", "made_at"], name="mandates_received"),
        ]


class UseRow(models.Model):
    """One act by mandate: codes, ids and the time, nothing else; the first filing is what counts against it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    mandate = models.ForeignKey(MandateRow, on_delete=models.PROTECT, related_name="uses")
    account = models.UUIDField()
    power = models.CharField(max_length=12)
    draft = models.UUIDField(null=True)
    submission = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["submission"], condition=Q(submission__isnull=False), name="uses_in_submission"
            ),
        ]


class VisitRow(models.Model):
    """A helper's visit at home (上门): who asks, why him first, where, which unit comes and when."""

    id = models.UUIDField(primary_key=True, default=new_id)
    party = models.ForeignKey(Party, on_delete=models.PROTECT)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    division = models.CharField(max_length=6)
    unit = models.CharField(max_length=64)
    first = models.BooleanField(default=False)  # of a special group: comes first
    bundle = models.CharField(max_length=64, default="", blank=True)
    where_sealed = models.BinaryField()  # address, telephone and what it is about
    state = models.CharField(max_length=10, default="asked")  # asked | taken | done | called_off
    helper = models.UUIDField(null=True)
    comes_on = models.DateField(null=True)
    half = models.CharField(max_length=2, default="", blank=True)  # am | pm
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "state", "asked_at"], name="visits_of_unit")]


class ChaseRow(models.Model):
    """A question of a project's steward to the unit that holds a case (催问); it stops no clock and decides nothing."""

    id = models.UUIDField(primary_key=True, default=new_id)
    mandate = models.ForeignKey(MandateRow, on_delete=models.PROTECT)
    submission = models.UUIDField(db_index=True)
    unit = models.CharField(max_length=64)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    words_sealed = models.BinaryField()
