"""What this database is for: stamped once as demo or production."""

from django.db import models


class Stamp(models.Model):
    id = models.SmallIntegerField(primary_key=True, default=1)
    profile = models.CharField(max_length=12)
    stamped_at = models.DateTimeField()
