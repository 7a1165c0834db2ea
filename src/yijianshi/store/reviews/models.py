"""Requests that a person look at what a machine decided (请工作人员重新审查), and the unit's answer; the words are sealed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..cases.models import CaseRow
from ..keys import new_id


class ReviewRow(models.Model):
    """One request about one case, answered once: the result stays, or the case is handled anew by an officer."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE)
    unit = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    words_sealed = models.BinaryField()
    answer_by = models.DateField()
    provisional = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer_sealed = models.BinaryField(default=b"")
    is_taken_up = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(answered_at=None), name="one_open_review_per_case"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "answered_at", "answer_by"], name="reviews_to_answer")
        ]
