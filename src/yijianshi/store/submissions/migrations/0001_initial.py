import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yijianshi.store.keys


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("catalogue", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SubmissionRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=23)),
                ("division", models.CharField(max_length=6)),
                ("channel", models.CharField(max_length=8)),
                ("lead_unit", models.CharField(max_length=64)),
                ("state", models.CharField(max_length=12)),
                ("open_cases", models.IntegerField()),
                ("received_at", models.DateTimeField()),
                ("collect_until", models.DateField()),
                ("released_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("promised_on", models.DateField(null=True)),
                ("promised_provisional", models.BooleanField(default=False)),
                ("pre_reviewed_at", models.DateTimeField(null=True)),
                ("delivery_method", models.CharField(default="", max_length=24)),
                ("wrapped_key", models.BinaryField()),
                ("title_sealed", models.BinaryField()),
                (
                    "account",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="catalogue.editionrow",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to="accounts.party"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RevisionRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("number", models.SmallIntegerField()),
                ("sealed", models.BinaryField()),
                ("digest", models.CharField(max_length=64)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.UUIDField()),
                (
                    "submission",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="submissions.submissionrow",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="submissionrow",
            index=models.Index(
                condition=models.Q(("state", "received")),
                fields=["lead_unit", "collect_until"],
                name="to_release",
            ),
        ),
        migrations.AddIndex(
            model_name="submissionrow",
            index=models.Index(
                condition=models.Q(("state", "released")),
                fields=["lead_unit", "promised_on", "id"],
                name="under_way",
            ),
        ),
        migrations.AddIndex(
            model_name="submissionrow",
            index=models.Index(fields=["division", "received_at"], name="submissions_of_division"),
        ),
        migrations.AddConstraint(
            model_name="submissionrow",
            constraint=models.UniqueConstraint(fields=("number",), name="submission_number_once"),
        ),
        migrations.AddConstraint(
            model_name="revisionrow",
            constraint=models.UniqueConstraint(fields=("submission", "number"), name="revision_number_once"),
        ),
    ]
