import django.db.models.deletion
from django.db import migrations, models

import yijianshi.store.keys


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("drafts", "0001_initial"),
        ("submissions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="BlobRow",
            fields=[
                ("sha256", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("size", models.BigIntegerField()),
                ("kind", models.CharField(max_length=8)),
                ("scan", models.CharField(max_length=10)),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("scan", "waiting")), fields=["saved_at"], name="blobs_to_scan"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CopyRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("material", models.CharField(max_length=64)),
                ("name_sealed", models.BinaryField()),
                ("source", models.CharField(max_length=64)),
                ("trust", models.CharField(max_length=10)),
                ("obtained_at", models.DateTimeField()),
                (
                    "blob",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="materials.blobrow"),
                ),
                (
                    "holder",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="accounts.party"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ManifestRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("material", models.CharField(max_length=64)),
                ("way", models.CharField(max_length=10)),
                (
                    "copy",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, to="materials.copyrow"
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="manifest",
                        to="submissions.revisionrow",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DraftMaterialRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("material", models.CharField(max_length=64)),
                (
                    "copy",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="materials.copyrow"),
                ),
                (
                    "draft",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="materials",
                        to="drafts.draftrow",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("draft", "material", "copy"), name="draft_material_once")
                ],
            },
        ),
    ]
