"""Ratings (好差评), one per submission."""

from django.db import models

from ..keys import new_id
from ..submissions.models import SubmissionRow


class RatingRow(models.Model):
    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.OneToOneField(SubmissionRow, on_delete=models.CASCADE)
    level = models.SmallIntegerField()
    comment_sealed = models.BinaryField(default=b"")
    at = models.DateTimeField()
