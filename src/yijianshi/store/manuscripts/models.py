"""
Manuscripts of one-things (稿): their texts, steps and remarks, and proposals to the province. Nothing is deleted.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..keys import new_id

UNFINISHED = ("draft", "checked", "circulated")


class ManuscriptRow(models.Model):
    """One manuscript as it stands after its last step."""

    id = models.UUIDField(primary_key=True, default=new_id)
    bundle = models.CharField(max_length=64)
    division = models.CharField(max_length=6)
    kind = models.CharField(max_length=12)  # whole | improvements
    title = models.CharField(max_length=200)
    stage = models.CharField(max_length=12)
    seq = models.IntegerField(default=0)
    digest = models.CharField(max_length=64)  # of the present text
    owners = models.JSONField(
        default=dict
    )  # unit → codes of its items, since the text last could be compiled
    base = models.UUIDField(null=True)  # the edition it began from
    edition = models.UUIDField(null=True)  # the edition it became
    proposal = models.UUIDField(null=True)  # the proposal it answers
    begun_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bundle", "division"],
                condition=Q(stage__in=UNFINISHED),
                name="one_manuscript_at_a_time",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["division", "-begun_at"]),
            models.Index(fields=["edition"], name="manuscript_of_edition"),
        ]


class TextRow(models.Model):
    """One wording of a manuscript; a later one does not change it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    manuscript = models.ForeignKey(ManuscriptRow, on_delete=models.PROTECT, related_name="texts")
    digest = models.CharField(max_length=64)
    text = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["manuscript", "-id"])]


class ManuscriptStepRow(models.Model):
    """One thing that happened to a manuscript."""

    id = models.UUIDField(primary_key=True, default=new_id)
    manuscript = models.ForeignKey(ManuscriptRow, on_delete=models.PROTECT, related_name="steps")
    seq = models.IntegerField()
    move = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    unit = models.CharField(max_length=64, default="", blank=True)
    digest = models.CharField(max_length=64)  # of the text as it was then
    words = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["manuscript", "seq"], name="manuscript_step_once")
        ]


class RowRemarkRow(models.Model):
    """What a unit remarks on one row of a manuscript, and how it was settled."""

    id = models.UUIDField(primary_key=True, default=new_id)
    manuscript = models.ForeignKey(ManuscriptRow, on_delete=models.PROTECT, related_name="remarks")
    unit = models.CharField(max_length=64)
    place = models.CharField(max_length=300, default="", blank=True)  # items/<code>/materials/<code>
    words = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField()
    answer = models.TextField(default="", blank=True)
    settled_by = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)


class ProposalRow(models.Model):
    """A local one-thing proposed as the standard of the province."""

    id = models.UUIDField(primary_key=True, default=new_id)
    bundle = models.CharField(max_length=64)
    division = models.CharField(max_length=6)
    edition = models.UUIDField()
    reasons = models.TextField()
    figures = models.JSONField(default=dict)
    state = models.CharField(max_length=12)
    seq = models.IntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bundle", "division"],
                condition=Q(state__in=("proposed", "returned", "accepted")),
                name="one_proposal_at_a_time",
            )
        ]


class ProposalStepRow(models.Model):
    """One thing that happened to a proposal."""

    id = models.UUIDField(primary_key=True, default=new_id)
    proposal = models.ForeignKey(ProposalRow, on_delete=models.PROTECT, related_name="steps")
    seq = models.IntegerField()
    move = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    words = models.TextField(default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["proposal", "seq"], name="proposal_step_once")
        ]
