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
            name="FeedHead",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="FeedRow",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("step_id", models.UUIDField(unique=True)),
            ],
        ),
        migrations.CreateModel(
            name="IdempotencyRow",
            fields=[
                ("key", models.BinaryField(max_length=32, primary_key=True, serialize=False)),
                ("request_digest", models.BinaryField(max_length=32)),
                ("answer", models.BinaryField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="OutboxRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("submission_id", models.UUIDField()),
                ("kind", models.CharField(max_length=24)),
                ("steps", models.JSONField()),
                ("attempts", models.SmallIntegerField(default=0)),
                ("not_before", models.DateTimeField(null=True)),
                ("told_feed", models.BooleanField(default=False)),
                ("dead", models.BooleanField(default=False)),
                ("last_error", models.CharField(default="", max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="StepRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("submission_id", models.UUIDField(db_index=True)),
                ("case_id", models.UUIDField(null=True)),
                ("action", models.CharField(max_length=24)),
                ("state", models.CharField(max_length=20)),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField(null=True)),
                ("unit", models.CharField(default="", max_length=64)),
                ("detail", models.JSONField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CaseRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("number", models.CharField(max_length=23)),
                ("division", models.CharField(max_length=6)),
                ("item", models.CharField(max_length=64)),
                ("member", models.CharField(default="", max_length=36)),
                ("unit", models.CharField(max_length=64)),
                ("state", models.CharField(max_length=20)),
                ("seq", models.IntegerField()),
                ("waits_for", models.SmallIntegerField(default=0)),
                ("committed", models.BooleanField(default=False)),
                ("due_on", models.DateField(null=True)),
                ("provisional", models.BooleanField(default=False)),
                ("stopped_on", models.DateField(null=True)),
                ("received_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("look_again_at", models.DateTimeField(null=True)),
                (
                    "submission",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="submissions.submissionrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(
                            (
                                "state__in",
                                (
                                    "received",
                                    "awaiting_correction",
                                    "corrected",
                                    "waiting",
                                    "accepted",
                                    "suspended",
                                ),
                            )
                        ),
                        fields=["unit", "due_on"],
                        name="inbox",
                    ),
                    models.Index(
                        condition=models.Q(("look_again_at__isnull", False)),
                        fields=["look_again_at"],
                        name="cases_to_look_at",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "item", "member"), name="case_per_item_and_member"
                    ),
                    models.UniqueConstraint(fields=("number",), name="case_number_once"),
                ],
            },
        ),
    ]
