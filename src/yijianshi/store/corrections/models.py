"""Remarks and the one correction (补正), and the breaches of it; free text is sealed and can be deleted, steps only refer to it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..cases.models import CaseRow
from ..keys import new_id
from ..submissions.models import SubmissionRow


class RemarkRow(models.Model):
    """One finding about one field or material of one case."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.CASCADE)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE)
    target = models.CharField(max_length=8)
    code = models.CharField(max_length=64)
    sealed = models.BinaryField()  # reason, basis, remedy
    unit = models.CharField(max_length=64)
    by = models.UUIDField()
    at = models.DateTimeField()
    state = models.CharField(max_length=10)  # open | withdrawn | asked | answered
    again = models.ForeignKey("CorrectionRow", on_delete=models.CASCADE, null=True)  # null: in the one round

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "target", "code"],
                condition=~Q(state="withdrawn") & Q(again=None),
                name="remark_once",
            ),
            models.UniqueConstraint(
                fields=["again", "target", "code"], condition=Q(again__isnull=False), name="asked_again_once"
            ),
        ]


class CorrectionRow(models.Model):
    """The one round of corrections of a submission; a breach of it is a row of one case and one unit."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.CASCADE)
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField()
    answer_by = models.DateField()
    provisional = models.BooleanField(default=False)
    answered_at = models.DateTimeField(null=True)
    is_breach = models.BooleanField(default=False)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE, null=True)  # of a breach
    unit = models.CharField(max_length=64, db_default="")  # that asked again

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission"], condition=Q(is_breach=False), name="one_correction_per_submission"
            )
        ]


class CorrectionDraftRow(models.Model):
    """Answers to a correction while the applicant gathers them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    correction = models.OneToOneField(CorrectionRow, on_delete=models.CASCADE)
    sealed = models.BinaryField()
    updated_at = models.DateTimeField()
