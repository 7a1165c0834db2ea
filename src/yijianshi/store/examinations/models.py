"""Examinations of lists (体检) that somebody asked for on the page: what is waiting, what is running, and reports for a day."""

from django.db import models

from ..keys import new_id


class ExaminationRow(models.Model):
    """One examination; its files go when it ends, the rest a day later."""

    WAITING, RUNNING, DONE, FAILED = "waiting", "running", "done", "failed"

    id = models.UUIDField(primary_key=True, default=new_id)
    state = models.CharField(max_length=10, default=WAITING)
    at = models.DateTimeField()
    seen_at = models.DateTimeField()  # when whoever runs it last gave a sign of life
    attempts = models.SmallIntegerField(default=0)
    division = models.CharField(max_length=6, blank=True)
    phase = models.CharField(max_length=20, blank=True)
    done = models.IntegerField(default=0)
    total = models.IntegerField(default=0)
    why_failed = models.TextField(blank=True)
    report = models.BinaryField(default=b"")

    class Meta:
        indexes = [models.Index(fields=["state", "at"], name="examinations_to_do")]


class ExaminedFileRow(models.Model):
    """One file that was handed in for an examination, until that ends."""

    id = models.UUIDField(primary_key=True, default=new_id)
    examination = models.ForeignKey(ExaminationRow, on_delete=models.CASCADE)
    name = models.CharField(max_length=200)
    content = models.BinaryField()
