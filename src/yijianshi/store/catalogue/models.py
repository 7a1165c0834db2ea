"""Published editions (版本): immutable, found by bundle, division and day."""

from typing import ClassVar

from django.db import models

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

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["bundle", "division", "digest"], name="edition_once"),
        ]
        # of several that hold from one day the last published wins
        indexes: ClassVar = [models.Index(fields=["bundle", "division", "-valid_from", "-published_at"])]
