"""
Joint operations (联合行动): the appointment, each party's free times, opinions, photographs, drawings and marks on them.

Free text is sealed and can be deleted; what happened is appended as steps and carries who, when and to what it led.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..cases.models import CaseRow
from ..keys import new_id
from ..materials.models import BlobRow
from ..submissions.models import SubmissionRow


class OperationRow(models.Model):
    """One joint operation of a submission as it stands; whoever changes it compares `seq` first."""

    id = models.UUIDField(primary_key=True, default=new_id)
    submission = models.ForeignKey(SubmissionRow, on_delete=models.PROTECT)
    division = models.CharField(max_length=6)
    lead_unit = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    seq = models.IntegerField(default=1)
    way = models.CharField(max_length=4, default="all")  # how opinions are joined
    least = models.SmallIntegerField(default=0)
    vetoers = models.CharField(max_length=800, default="")  # units, with commas
    slot = models.CharField(max_length=13, default="")  # 2026-11-20.am
    slot_on = models.DateField(null=True)
    place_sealed = models.BinaryField(default=b"")
    moved = models.CharField(max_length=24, default="")  # which sides have moved it, with commas
    planned_at = models.DateTimeField()
    held_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, default="open")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["submission", "kind"], condition=~Q(state="cancelled"), name="one_operation_of_a_kind"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["division", "state", "slot_on"], name="operations_due")]


class OperationStepRow(models.Model):
    """One thing that was done to an operation, with the reason that was given."""

    id = models.UUIDField(primary_key=True, default=new_id)
    operation = models.ForeignKey(OperationRow, on_delete=models.CASCADE, related_name="steps")
    seq = models.IntegerField()
    move = models.CharField(max_length=10)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    unit = models.CharField(max_length=64, default="")  # empty: the applicant, or the system
    slot = models.CharField(max_length=13, default="")
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation", "seq"], name="operation_step_once")
        ]


class OfferRow(models.Model):
    """When one party can come; `party` is a unit, or `applicant`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    operation = models.ForeignKey(OperationRow, on_delete=models.CASCADE, related_name="offers")
    party = models.CharField(max_length=64)
    slots = models.TextField()  # keys of half-days, with commas
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation", "party"], name="offer_per_party")
        ]


class OpinionRow(models.Model):
    """What one unit says about one of its cases; once signed it is not changed any more."""

    id = models.UUIDField(primary_key=True, default=new_id)
    operation = models.ForeignKey(OperationRow, on_delete=models.CASCADE, related_name="opinions")
    case = models.ForeignKey(CaseRow, on_delete=models.CASCADE)
    unit = models.CharField(max_length=64)
    seq = models.IntegerField(default=1)
    verdict = models.CharField(max_length=4)
    sealed = models.BinaryField()  # reason, basis, who was there
    mend_by = models.DateField(null=True)
    by = models.UUIDField()
    at = models.DateTimeField()
    digest = models.CharField(max_length=64, default="")  # of what was signed
    signed_by = models.UUIDField(null=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation", "case"], name="opinion_per_case")
        ]


class PhotoRow(models.Model):
    """A photograph from the spot."""

    id = models.UUIDField(primary_key=True, default=new_id)
    operation = models.ForeignKey(OperationRow, on_delete=models.CASCADE, related_name="photos")
    unit = models.CharField(max_length=64)
    blob = models.ForeignKey(BlobRow, on_delete=models.PROTECT)
    name_sealed = models.BinaryField()
    by = models.UUIDField()
    at = models.DateTimeField()


class UploadRow(models.Model):
    """A large file on its way in: so many bytes of so many have come."""

    id = models.UUIDField(primary_key=True, default=new_id)
    operation = models.ForeignKey(OperationRow, on_delete=models.CASCADE, related_name="uploads")
    account = models.UUIDField()
    name_sealed = models.BinaryField()
    size = models.BigIntegerField()
    offset = models.BigIntegerField(default=0)
    kind = models.CharField(max_length=8, default="")
    expected = models.CharField(max_length=64, default="")  # SHA-256 that the sender announced
    state = models.CharField(max_length=8)  # open | done | refused
    started_at = models.DateTimeField()
    touched_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["touched_at"], condition=Q(state="open"), name="uploads_under_way")
        ]


class UploadPartRow(models.Model):
    """One part of a large file, kept by its own content; nothing is ever put together in one piece."""

    id = models.UUIDField(primary_key=True, default=new_id)
    upload = models.ForeignKey(UploadRow, on_delete=models.CASCADE, related_name="parts")
    offset = models.BigIntegerField()
    size = models.IntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["upload", "offset"], name="upload_part_once")
        ]


class DrawingRow(models.Model):
    """A drawing that has come in whole; unseen by officials until it was looked through and scanned."""

    id = models.UUIDField(primary_key=True, default=new_id)
    operation = models.ForeignKey(OperationRow, on_delete=models.CASCADE, related_name="drawings")
    upload = models.OneToOneField(UploadRow, on_delete=models.PROTECT)
    name_sealed = models.BinaryField()
    kind = models.CharField(max_length=8)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10)  # waiting | clean | infected | refused
    trouble = models.CharField(max_length=16, default="")
    look_at = models.DateTimeField(null=True)  # not before, where the scanner could not tell
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["operation", "sha256"], name="drawing_once_per_operation")
        ]
        indexes: ClassVar = [
            models.Index(fields=["at"], condition=Q(scan="waiting"), name="drawings_to_scan")
        ]


class MarkRow(models.Model):
    """A remark at one place of a drawing: the page, and how far right and down in thousandths."""

    id = models.UUIDField(primary_key=True, default=new_id)
    drawing = models.ForeignKey(DrawingRow, on_delete=models.CASCADE, related_name="marks")
    page = models.SmallIntegerField()
    x = models.SmallIntegerField()
    y = models.SmallIntegerField()
    sealed = models.BinaryField()
    unit = models.CharField(max_length=64)
    by = models.UUIDField()
    at = models.DateTimeField()
    asks_applicant = models.BooleanField()
    answer_sealed = models.BinaryField(default=b"")
    answered_at = models.DateTimeField(null=True)
    resolved_by = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(null=True)
