"""
What clerks answered when they practised (练习): a seed from which the made-up case can be made again, and the marks.

Nothing here points at a real party, draft, submission or case, and nothing real points here.
"""

from typing import ClassVar

from django.db import models

from ..keys import new_id


class AttemptRow(models.Model):
    """One task that somebody answered."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.UUIDField()
    unit = models.CharField(max_length=64)
    division = models.CharField(max_length=6)
    task = models.CharField(max_length=12)
    bundle = models.CharField(max_length=64)
    edition = models.UUIDField()
    seed = models.IntegerField()
    answered = models.JSONField()  # codes of the catalogue only
    right = models.IntegerField()
    total = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "-at"], name="practice_of_clerk"),
            models.Index(fields=["division", "-at"], name="practice_in_division"),
        ]
