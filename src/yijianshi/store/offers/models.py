"""
Benefits offered without an application (免申即享): the lists that units make, and one offer for each person on them.

Numbers and names are sealed and found again by their keyed hash; once an offer is over they are forgotten, and only the
hash stays, so that nobody is offered the same twice.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..keys import new_id
from ..submissions.models import SubmissionRow


class OfferListRow(models.Model):
    """One list of those entitled, as a unit made it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    unit = models.CharField(max_length=64)
    division = models.CharField(max_length=6)
    bundle = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    occasion = models.CharField(max_length=40)
    rests_on = models.CharField(max_length=200)  # the data it rests on, in words that name nobody
    until = models.DateField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    offered = models.IntegerField(default=0)
    left_out = models.IntegerField(default=0)  # offered before, under way, or granted already

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "made_at"], name="offer_lists_of_unit")]


class OfferRow(models.Model):
    """One benefit offered to one person or enterprise."""

    id = models.UUIDField(primary_key=True, default=new_id)
    made_in = models.ForeignKey(OfferListRow, on_delete=models.PROTECT)
    kind = models.CharField(max_length=12)  # person | enterprise
    number_hash = models.BinaryField(max_length=32)
    number_sealed = models.BinaryField(default=b"")
    name_sealed = models.BinaryField(default=b"")
    bundle = models.CharField(max_length=64)
    item = models.CharField(max_length=64)
    occasion = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default="open")
    until = models.DateField()
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    submission = models.ForeignKey(SubmissionRow, null=True, on_delete=models.PROTECT)
    objection_sealed = models.BinaryField(default=b"")
    answer_sealed = models.BinaryField(default=b"")  # what the unit said to it
    answered_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number_hash", "item", "occasion"],
                condition=~Q(state="lapsed"),
                name="offered_once_per_occasion",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["until"], condition=Q(state="open"), name="offers_to_lapse"),
        ]
