"""
What a department types once more into its own system (转录): which units, under which number there, what came of it.

A number is appended when it is put right, and the newest counts.
"""

from typing import ClassVar

from django.db import models

from ..cases.models import CaseRow
from ..keys import new_id
from ..materials.models import BlobRow


class OwnSystemRow(models.Model):
    """That a unit works in a system of its own that is not joined."""

    unit = models.CharField(max_length=64, primary_key=True)
    name = models.CharField(max_length=60)
    set_by = models.UUIDField()
    set_at = models.DateTimeField()


class BindingRow(models.Model):
    """Under which number a case runs in the unit's own system, and how many fields were typed for it."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT)
    unit = models.CharField(max_length=64)
    their_number = models.CharField(max_length=64)
    accepted_on = models.DateField()
    received_on = models.DateField()  # by us
    bound_on = models.DateField()
    fields = models.IntegerField()
    at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["unit", "their_number"], name="bindings_by_their_number"),
            models.Index(fields=["unit", "-at"], name="bindings_of_unit"),
        ]


class ResultFileRow(models.Model):
    """What the unit's own system issued, as a file; the newest of a case counts."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT)
    blob = models.ForeignKey(BlobRow, on_delete=models.PROTECT, db_index=False)
    name_sealed = models.BinaryField()
    at = models.DateTimeField()
    by = models.UUIDField()
