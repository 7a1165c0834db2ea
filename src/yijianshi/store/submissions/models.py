"""What was filed (申报): the submission, and its revisions, which are never changed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from ..accounts.models import Account, Party
from ..catalogue.models import EditionRow
from ..keys import new_id


class SubmissionRow(models.Model):
    """One submission; its state is a projection of its cases, written together with them."""

    id = models.UUIDField(primary_key=True, default=new_id)
    number = models.CharField(max_length=23)
    division = models.CharField(max_length=6)
    edition = models.ForeignKey(EditionRow, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    party = models.ForeignKey(Party, on_delete=models.PROTECT, db_constraint=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, db_constraint=False, db_index=False)
    channel = models.CharField(max_length=8)
    lead_unit = models.CharField(max_length=64)
    state = models.CharField(max_length=12)  # received | released | closed
    open_cases = models.IntegerField()
    received_at = models.DateTimeField()
    collect_until = models.DateField()
    released_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    promised_on = models.DateField(null=True)
    promised_provisional = models.BooleanField(default=False)
    pre_reviewed_at = models.DateTimeField(null=True)
    delivery_method = models.CharField(max_length=24, default="")
    wrapped_key = models.BinaryField()
    title_sealed = models.BinaryField()
    together = ArrayField(models.UUIDField(), null=True)  # the parties that confirmed beside the applicant

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["number"], name="submission_number_once")]
        indexes: ClassVar = [
            models.Index(
                fields=["lead_unit", "collect_until"], condition=Q(state="received"), name="to_release"
            ),
            models.Index(
                fields=["lead_unit", "promised_on", "id"], condition=Q(state="released"), name="under_way"
            ),
            models.Index(fields=["division", "received_at"], name="submissions_of_division"),
            GinIndex(fields=["together"], condition=Q(together__isnull=False), name="submissions_together"),
        ]


class RevisionRow(models.Model):
    """What the applicant put his name to; 1 is the sealing, 2 the one correction."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.PROTECT, db_index=False)
    number = models.SmallIntegerField()
    sealed = models.BinaryField()  # situation, values with provenance, manifest
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "number"], name="revision_number_once")
        ]
