"""
Cases and their steps (办件), the outbox from which everybody else learns of them, and the feed.

Steps are appended and never changed: the database itself refuses it.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..keys import new_id
from ..submissions.models import SubmissionRow

OPEN = (
    "received", "awaiting_correction", "corrected", "waiting", "accepted", "suspended", "mending", "mended",
)  # fmt: skip


class CaseRow(models.Model):
    """One item of one submission in one unit's hands, as it stands after its last step."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=23)
    division = models.CharField(max_length=6)
    item = models.CharField(max_length=64)
    member = models.CharField(max_length=36, default="")
    unit = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    seq = models.IntegerField()
    waits_for = models.SmallIntegerField(default=0)
    committed = models.BooleanField(default=False)
    due_on = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    stopped_on = models.DateField(null=True)
    received_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    look_again_at = models.DateTimeField(null=True)
    handler = models.UUIDField(null=True)  # the account that has it in hand; null: anybody of the unit
    extended_days = models.SmallIntegerField(db_default=0)
    reminded = models.SmallIntegerField(
        db_default=0
    )  # per cent of the limit at which somebody was reminded last
    holds = models.CharField(max_length=40, db_default="")  # what holds back a decision: codes, with commas

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "item", "member"], name="case_per_item_and_member"),
            models.UniqueConstraint(fields=["number"], name="case_number_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "due_on"], condition=Q(state__in=OPEN), name="inbox"),
            models.Index(
                fields=["look_again_at"], condition=Q(look_again_at__isnull=False), name="cases_to_look_at"
            ),
        ]


class StepRow(models.Model):
    """One thing that happened; a step of the submission itself has no case."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission_id = models.UUIDField(db_index=True)
    case_id = models.UUIDField(null=True)
    action = models.CharField(max_length=24)
    state = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # an account; null: the system
    unit = models.CharField(max_length=64, default="")
    detail = models.JSONField(null=True)  # codes, ids, digests and times only


class OutboxRow(models.Model):
    """Steps that others have not been told of yet; written with them, deleted once told."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission_id = models.UUIDField()
    kind = models.CharField(max_length=24)
    steps = models.JSONField()  # ids of the steps
    attempts = models.SmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    told_feed = models.BooleanField(default=False)
    dead = models.BooleanField(default=False)
    last_error = models.CharField(max_length=200, default="")


class FeedRow(models.Model):
    """A step's position in the feed: gap-free, in the order in which it was told."""

    position = models.BigIntegerField(primary_key=True)
    step_id = models.UUIDField(unique=True)


class FeedHead(models.Model):
    """The last position given; its row lock keeps the feed free of gaps."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    position = models.BigIntegerField(default=0)


class RoundRow(models.Model):
    """Something that is done once for every day (每日一遍), and up to which day it was done."""

    name = models.CharField(primary_key=True, max_length=24)
    done_on = models.DateField()


class IdempotencyRow(models.Model):
    """An act already done under a caller's key, with the answer that was given."""

    key = models.BinaryField(primary_key=True, max_length=32)
    request_digest = models.BinaryField(max_length=32)
    answer = models.BinaryField()
    at = models.DateTimeField()
