"""Who looked at what (查看留痕): every read of a case by staff."""

from typing import ClassVar

from django.db import models


class ReadRow(models.Model):
    id = models.BigAutoField(primary_key=True)
    submission_id = models.UUIDField()
    case_id = models.UUIDField(null=True)
    account_id = models.UUIDField()
    unit = models.CharField(max_length=64)
    what = models.CharField(max_length=24)  # page, slice, material, document
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["submission_id", "at"])]
