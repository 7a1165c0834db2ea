"""What was granted or accepted on a promise (承诺、容缺): what is to be checked, whose credit suffered, what is still owed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Party
from ..cases.models import CaseRow
from ..keys import new_id


class CheckRow(models.Model):
    """The check of one commitment after its grant (事中事后核查); open until something is found."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT, db_index=False)
    unit = models.CharField(max_length=64)
    granted_on = models.DateField()
    due_on = models.DateField()
    provisional = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, default="")  # kept | broken; empty while open
    sealed = models.BinaryField(default=b"")  # how it was found out, by whom
    by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case"], condition=Q(outcome=""), name="one_open_check_per_case")
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "due_on"], condition=Q(outcome=""), name="to_check"),
            models.Index(fields=["case"], name="checks_of_case"),
        ]


class CreditRow(models.Model):
    """That somebody's commitment was untrue (失信记录), until his credit is repaired (信用修复)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(CaseRow, on_delete=models.PROTECT)
    item_name = models.CharField(max_length=200)
    unit = models.CharField(max_length=64)
    sealed = models.BinaryField()  # facts and basis
    by = models.UUIDField()
    at = models.DateTimeField()
    repaired_at = models.DateTimeField(null=True)
    repaired_by = models.UUIDField(null=True)
    repair_sealed = models.BinaryField(default=b"")  # why it counts as repaired

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["party"], condition=Q(repaired_at__isnull=True), name="broken_commitments")
        ]


class OwedRow(models.Model):
    """One document that a case owes (容缺材料): the day that was promised, and the last day once the case is accepted."""

    id = models.UUIDField(primary_key=True, default=new_id)
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE)
    material = models.CharField(max_length=64)
    promised_on = models.DateField()
    until = models.DateField(null=True)
    provisional = models.BooleanField(default=False)
    supplied_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "material"], name="owed_once")]
