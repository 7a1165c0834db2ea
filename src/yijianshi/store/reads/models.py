"""Who looked at what (查看留痕): every read of a case by staff."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Right


class ReadRow(models.Model):
    id = models.BigAutoField(primary_key=True)
    submission_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    account_id = models.UUIDField()
    unit = models.CharField(max_length=64)
    what = models.CharField(max_length=24)  # page, slice, material, document
    at = models.DateTimeField()
    division = (
        models.GeneratedField(  # of the unit, so that an audit administrator finds those of his division
            expression=Right("unit", 6), output_field=models.CharField(max_length=6), db_persist=True
        )
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["submission_id", "at"]),
            models.Index(fields=["at", "id"], name="reads_by_day"),
            models.Index(fields=["account_id", "at"], name="reads_by_person"),
            models.Index(fields=["unit", "at"], name="reads_by_unit"),
            models.Index(
                fields=["division", "at"],
                name="reads_by_division",
                opclasses=["varchar_pattern_ops", "timestamptz_ops"],
            ),
        ]
