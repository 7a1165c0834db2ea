import django.db.models.deletion
from django.db import migrations, models

import yijianshi.store.keys


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_initial"),
        ("submissions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecisionTextRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("action", models.CharField(max_length=24)),
                ("sealed", models.BinaryField()),
                ("at", models.DateTimeField()),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="cases.caserow")),
            ],
        ),
        migrations.CreateModel(
            name="DeliveryRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("method", models.CharField(max_length=24)),
                ("pick_up_code", models.CharField(default="", max_length=8)),
                ("ready_at", models.DateTimeField()),
                ("delivered_at", models.DateTimeField(null=True)),
                ("delivered_by", models.UUIDField(null=True)),
                (
                    "submission",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="submissions.submissionrow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ResultRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=32)),
                ("licence", models.CharField(default="", max_length=64)),
                ("issued_at", models.DateTimeField()),
                ("valid_until", models.DateField(null=True)),
                ("state", models.CharField(default="valid", max_length=10)),
                ("code", models.CharField(max_length=24)),
                (
                    "case",
                    models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, to="cases.caserow"),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("number",), name="result_number_once"),
                    models.UniqueConstraint(fields=("code",), name="result_code_once"),
                ],
            },
        ),
    ]
