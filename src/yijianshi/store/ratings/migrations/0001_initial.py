import django.db.models.deletion
from django.db import migrations, models

import yijianshi.store.keys


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("submissions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RatingRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("level", models.SmallIntegerField()),
                ("comment_sealed", models.BinaryField(default=b"")),
                ("at", models.DateTimeField()),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, to="submissions.submissionrow"
                    ),
                ),
            ],
        ),
    ]
