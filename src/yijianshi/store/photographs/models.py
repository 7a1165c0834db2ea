"""Photographs of papers that fill a form in: there until somebody has confirmed what was read, and never longer than an hour."""

from typing import ClassVar

from django.db import models

from ..drafts.models import DraftRow
from ..keys import new_id


class PhotographRow(models.Model):
    """One photograph; its bytes and what was read are sealed under the draft's own key."""

    WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"

    id = models.UUIDField(primary_key=True, default=new_id)
    draft = models.ForeignKey(DraftRow, on_delete=models.CASCADE)
    paper = models.CharField(max_length=120, blank=True)  # the key of the paper that fills fields
    kind = models.CharField(max_length=40)  # which paper it should show
    material = models.CharField(max_length=64, blank=True)  # as which it could be handed in
    from_materials = models.BooleanField(default=False)  # it was asked for as a document, not for its fields
    state = models.CharField(max_length=10, default=WAITING)
    at = models.DateTimeField()
    seen_at = models.DateTimeField()  # when a reader last took it up
    attempts = models.SmallIntegerField(default=0)
    file_kind = models.CharField(max_length=8)
    content_sealed = models.BinaryField()
    is_picture = models.BooleanField(default=True)
    seen_sealed = models.BinaryField(default=b"")
    preview_sealed = models.BinaryField(default=b"")
    why_failed = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "at"], name="photographs_to_do")]
