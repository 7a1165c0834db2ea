"""Forms being filled (草稿): sealed as a whole, kept until they are filed or left."""

from django.db import models

from ..accounts.models import Account, Party
from ..catalogue.models import EditionRow
from ..keys import new_id


class DraftRow(models.Model):
    """One draft: whose, of which edition, with its sealed situation and values."""

    id = models.UUIDField(primary_key=True, default=new_id)
    account = models.ForeignKey(Account, on_delete=models.CASCADE)
    party = models.ForeignKey(Party, on_delete=models.CASCADE)
    edition = models.ForeignKey(EditionRow, on_delete=models.PROTECT)
    channel = models.CharField(max_length=8, default="web")
    wrapped_key = models.BinaryField()
    sealed = models.BinaryField()
    version = models.IntegerField(default=1)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField(db_index=True)
    filed_as = models.UUIDField(null=True, unique=True)
