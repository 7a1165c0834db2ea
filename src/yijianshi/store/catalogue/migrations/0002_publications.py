"""Publications get a log without a gap, and editions remember what they were made from."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

import yijianshi.store.keys


def begin_the_log(apps: Any, schema_editor: Any) -> None:
    """Write down what has been published so far, in its order, and where the log stands."""
    editions, log = apps.get_model("catalogue", "EditionRow"), apps.get_model("catalogue", "PublicationRow")
    position = 0
    for position, row in enumerate(editions.objects.order_by("published_at", "id").defer("content"), 1):
        log.objects.create(
            position=position,
            kind="publish",
            edition=row,
            bundle=row.bundle,
            division=row.division,
            valid_from=row.valid_from,
            at=row.published_at,
        )
    apps.get_model("catalogue", "CatalogueHead").objects.create(id=1, position=position)


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="CatalogueHead",
            fields=[
                ("id", models.SmallIntegerField(primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
                ("mark", models.UUIDField(default=yijianshi.store.keys.new_id)),
            ],
        ),
        migrations.AddField(
            model_name="editionrow",
            name="improvements",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="editionrow",
            name="source",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="editionrow",
            name="standard",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="editionrow",
            name="withdrawn_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.CreateModel(
            name="ConfirmationRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("fact", models.CharField(max_length=64)),
                ("bundle", models.CharField(blank=True, default="", max_length=64)),
                ("division", models.CharField(max_length=6)),
                ("words", models.TextField()),
                ("note", models.TextField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [models.Index(fields=["fact", "-at"], name="catalogue_c_fact_fa7764_idx")],
            },
        ),
        migrations.CreateModel(
            name="LocalNoteRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("bundle", models.CharField(max_length=64)),
                ("division", models.CharField(max_length=6)),
                ("words", models.TextField()),
                ("at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("seen_at__isnull", True)),
                        fields=["division"],
                        name="notes_not_seen",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicationRow",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=10)),
                ("bundle", models.CharField(max_length=64)),
                ("division", models.CharField(max_length=6)),
                ("valid_from", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.CharField(blank=True, default="", max_length=64)),
                ("why", models.TextField(blank=True, default="")),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="catalogue.editionrow",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["bundle", "division", "-position"], name="catalogue_p_bundle_70c560_idx"
                    )
                ],
            },
        ),
        migrations.RunPython(begin_the_log, migrations.RunPython.noop),
    ]
