"""
Published editions (版本), found by bundle, division and day; the log of publications; what departments confirmed.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..keys import new_id


class EditionRow(models.Model):
    """One bundle in one division from one day on, self-contained."""

    id = models.UUIDField(primary_key=True, default=new_id)
    bundle = models.CharField(max_length=64)
    division = models.CharField(max_length=6)
    digest = models.CharField(max_length=64)
    valid_from = models.DateField()
    published_at = models.DateTimeField()
    content = models.BinaryField()  # msgspec JSON of domain.editions.Edition
    source = models.TextField(default="", db_default="", blank=True)  # the text it was made from
    standard = models.UUIDField(null=True)  # the edition above that it improves on
    improvements = models.JSONField(null=True)  # of domain.catalogue.Improvement
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bundle", "division", "digest"], name="edition_once"),
        ]
        # of several that hold from one day the last published wins
        indexes: ClassVar = [models.Index(fields=["bundle", "division", "-valid_from", "-published_at"])]


class CatalogueHead(models.Model):
    """The one row whose lock orders publications: the last position of the log, and a mark that changes with each."""

    id = models.SmallIntegerField(primary_key=True)
    position = models.BigIntegerField(default=0)
    mark = models.UUIDField(default=new_id)


class PublicationRow(models.Model):
    """One line of the log (发布记录): what was published or withdrawn, by whom and why; positions have no gap."""

    position = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10)  # publish | withdraw
    edition = models.ForeignKey(EditionRow, on_delete=models.PROTECT, related_name="publications")
    bundle = models.CharField(max_length=64)
    division = models.CharField(max_length=6)
    valid_from = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=64, default="", blank=True)  # an account, or the operator's own name
    why = models.TextField(default="", blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["bundle", "division", "-position"])]


class LocalNoteRow(models.Model):
    """What the steward of a place is told about his own editions (给本地的提醒), until he has seen it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    bundle = models.CharField(max_length=64)
    division = models.CharField(max_length=6)
    words = models.TextField()
    at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["division"], condition=Q(seen_at__isnull=True), name="notes_not_seen")
        ]


class ConfirmationRow(models.Model):
    """That a department has confirmed a fact (确认): which one, in what words, who noted it; the last one counts."""

    id = models.UUIDField(primary_key=True, default=new_id)
    fact = models.CharField(max_length=64)  # digest of where it stands and what it says
    bundle = models.CharField(max_length=64, default="", blank=True)
    division = models.CharField(max_length=6)
    words = models.TextField()
    note = models.TextField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["fact", "-at"])]
