"""The coordinator's list of what is under way is read in the order of its index."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("submissions", "0001_initial")]

    operations: ClassVar = [
        migrations.AddIndex(
            model_name="submissionrow",
            index=models.Index(
                fields=["lead_unit", "promised_on", "id"],
                condition=models.Q(state="released"),
                name="under_way",
            ),
        ),
    ]
