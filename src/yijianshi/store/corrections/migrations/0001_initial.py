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
            name="CorrectionRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("asked_at", models.DateTimeField()),
                ("asked_by", models.UUIDField()),
                ("answer_by", models.DateField()),
                ("provisional", models.BooleanField(default=False)),
                ("answered_at", models.DateTimeField(null=True)),
                ("is_breach", models.BooleanField(default=False)),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="submissions.submissionrow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CorrectionDraftRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("sealed", models.BinaryField()),
                ("updated_at", models.DateTimeField()),
                (
                    "correction",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, to="corrections.correctionrow"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RemarkRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("target", models.CharField(max_length=8)),
                ("code", models.CharField(max_length=64)),
                ("sealed", models.BinaryField()),
                ("unit", models.CharField(max_length=64)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("state", models.CharField(max_length=10)),
                ("case", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="cases.caserow")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to="submissions.submissionrow"
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="correctionrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_breach", False)),
                fields=("submission",),
                name="one_correction_per_submission",
            ),
        ),
        migrations.AddConstraint(
            model_name="remarkrow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "withdrawn"), _negated=True),
                fields=("case", "target", "code"),
                name="remark_once",
            ),
        ),
    ]
