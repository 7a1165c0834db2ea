"""Materials (材料): the bytes once by content, copies by holder, and lines of what was filed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from ..accounts.models import Party
from ..drafts.models import DraftRow
from ..keys import new_id
from ..submissions.models import RevisionRow


class BlobRow(models.Model):
    """Bytes by their SHA-256; unseen by officials until the scanner has passed them."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    scan = models.CharField(max_length=10)  # waiting | clean | infected
    saved_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["saved_at"], condition=Q(scan="waiting"), name="blobs_to_scan")
        ]


class CopyRow(models.Model):
    """One document in somebody's wallet: what, whose, from where, how trustworthy (材料库)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    holder = models.ForeignKey(Party, on_delete=models.CASCADE)
    material = models.CharField(max_length=64)
    blob = models.ForeignKey(BlobRow, on_delete=models.PROTECT)
    name_sealed = models.BinaryField()
    source = models.CharField(max_length=64)  # applicant | window | a resource | an item
    trust = models.CharField(max_length=10)  # issued | checked | uploaded | made
    obtained_at = models.DateTimeField()


class DraftMaterialRow(models.Model):
    """A copy laid into a draft for one material."""

    id = models.UUIDField(primary_key=True, default=new_id)
    draft = models.ForeignKey(DraftRow, on_delete=models.CASCADE, related_name="materials")
    material = models.CharField(max_length=64)
    copy = models.ForeignKey(CopyRow, on_delete=models.CASCADE)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draft", "material", "copy"], name="draft_material_once")
        ]


class ManifestRow(models.Model):
    """One document of a revision as filed."""

    id = models.UUIDField(primary_key=True, default=new_id)
    revision = models.ForeignKey(RevisionRow, on_delete=models.CASCADE, related_name="manifest")
    material = models.CharField(max_length=64)
    way = models.CharField(max_length=10)
    copy = models.ForeignKey(CopyRow, null=True, on_delete=models.PROTECT)
