"""How cases end (结果): what was granted, why something was refused, and how it was handed over."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..cases.models import CaseRow
from ..keys import new_id
from ..submissions.models import SubmissionRow


class ResultRow(models.Model):
    """What a grant yields: a numbered result, a licence where the item issues one."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, db_index=False)
    number = models.CharField(max_length=32)
    licence = models.CharField(max_length=64, default="")
    issued_at = models.DateTimeField()
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=10, default="valid")  # valid | suspended | revoked
    code = models.CharField(max_length=24)  # in the QR code that leads to verification

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], name="result_number_once"),
            models.UniqueConstraint(fields=["code"], name="result_code_once"),
            models.UniqueConstraint(
                fields=["case"], condition=~Q(state="revoked"), name="one_result_in_force_per_case"
            ),
        ]


class DecisionTextRow(models.Model):
    """The free text of a decision, sealed: reasons of a refusal or a decline, or of a stop of the clock."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE)
    action = models.CharField(max_length=24)
    sealed = models.BinaryField()
    at = models.DateTimeField()


class DeliveryRow(models.Model):
    """The one delivery of all results of a submission (统一送达)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.OneToOneField(SubmissionRow, on_delete=models.PROTECT)
    method = models.CharField(max_length=24)
    pick_up_code = models.CharField(max_length=8, default="")
    ready_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    delivered_by = models.UUIDField(null=True)


class CompositeRow(models.Model):
    """One version of a composite licence (行业综合许可证); how it stands is read from its parts, never kept."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.PROTECT, db_index=False)
    version = models.SmallIntegerField()
    licence = models.CharField(max_length=64)
    number = models.CharField(max_length=32)
    code = models.CharField(max_length=24)  # in the QR code; longer than that of a single result
    unit = models.CharField(max_length=64)  # who issues it: the lead department
    issued_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "version"], name="composite_version_once"),
            models.UniqueConstraint(fields=["number"], name="composite_number_once"),
            models.UniqueConstraint(fields=["code"], name="composite_code_once"),
            models.UniqueConstraint(
                fields=["submission"], condition=Q(superseded_at=None), name="one_composite_in_force"
            ),
        ]


class CompositePartRow(models.Model):
    """One licence that a version of a composite lists."""

    id = models.UUIDField(primary_key=True, default=new_id)
    composite = models.ForeignKey(CompositeRow, on_delete=models.CASCADE, db_index=False)
    result = models.ForeignKey(ResultRow, on_delete=models.PROTECT, db_index=False)
    necessary = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["composite", "result"], name="part_of_composite_once")
        ]
