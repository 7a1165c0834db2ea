"""
Whose hands papers are in (原件保管): what was taken in, every move of it, the lists with which it travels.

Moves, intakes and choices of a window are appended and never changed; what a paper is called, and by whom it was
brought, is sealed and lies in rows of its own.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Party
from ..cases.models import CaseRow
from ..keys import new_id
from ..submissions.models import SubmissionRow


class IntakeRow(models.Model):
    """Which window took a submission in, wherever its home is (收件窗口)."""

    submission = models.OneToOneField(SubmissionRow, on_delete=models.PROTECT, primary_key=True)
    place = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["place", "-at"], name="intakes_of_window")]


class PickUpRow(models.Model):
    """At which window the results are fetched (领取窗口); the newest of a submission counts."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.PROTECT)
    place = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()
    by = models.UUIDField()


class ReceiptRow(models.Model):
    """What one person handed in at one time (原件保管回执)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=24, unique=True)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, db_index=False)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.PROTECT, null=True)
    draft = models.UUIDField(null=True, db_index=True)  # until it is filed
    place = models.CharField(max_length=64)
    brought_by_sealed = models.BinaryField()
    at = models.DateTimeField()
    by = models.UUIDField()


class HandOverRow(models.Model):
    """One list with which papers travel from one place to another (移交清单)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=24, unique=True)
    sender = models.CharField(max_length=64)
    to = models.CharField(max_length=64)
    way = models.CharField(max_length=8)  # hand | courier
    courier_number = models.CharField(max_length=40, default="")
    expected_on = models.DateField()
    provisional = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.UUIDField()


class PaperRow(models.Model):
    """One paper as it stands; the moves say how it came there."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.PROTECT, null=True)
    draft = models.UUIDField(null=True, db_index=True)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, null=True)
    receipt = models.ForeignKey(ReceiptRow, on_delete=models.PROTECT, null=True)  # none: made by a department
    kind = models.CharField(max_length=12)  # original | certificate
    name_sealed = models.BinaryField()
    copies = models.IntegerField()
    pages = models.IntegerField()
    state = models.CharField(max_length=12)
    holder = models.CharField(max_length=64, default="")
    to = models.CharField(max_length=64, default="")
    list = models.ForeignKey(
        HandOverRow, on_delete=models.PROTECT, null=True
    )  # the one it last travelled with
    seq = models.IntegerField(default=1)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(submission__isnull=False) | Q(draft__isnull=False), name="paper_belongs_somewhere"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["given_back", "kept"], holder="")
                | Q(state__in=["held", "under_way", "missing"]) & ~Q(holder=""),
                name="paper_has_one_holder",
            ),
            models.CheckConstraint(
                condition=Q(state="under_way") & ~Q(to="") | ~Q(state="under_way") & Q(to=""),
                name="paper_travels_somewhere",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["holder", "state"], condition=~Q(holder=""), name="papers_in_custody"),
            models.Index(fields=["to"], condition=Q(state="under_way"), name="papers_under_way"),
        ]


class MoveRow(models.Model):
    """One move of one paper; appended, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    paper = models.ForeignKey(PaperRow, on_delete=models.PROTECT, db_index=False)
    seq = models.IntegerField()
    move = models.CharField(max_length=12)
    place = models.CharField(max_length=64)  # who made it
    to = models.CharField(max_length=64, default="")
    list = models.ForeignKey(HandOverRow, on_delete=models.PROTECT, null=True)
    counted = models.IntegerField(null=True)  # pages as the receiving place counted them
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["paper", "seq"], name="one_move_at_a_time_per_paper")
        ]


class NoteRow(models.Model):
    """What was written beside a move: what is missing, to whom it was given; sealed."""

    move = models.OneToOneField(MoveRow, on_delete=models.CASCADE, primary_key=True)
    sealed = models.BinaryField()
