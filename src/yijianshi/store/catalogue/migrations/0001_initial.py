from django.db import migrations, models

import yijianshi.store.keys


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="EditionRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("bundle", models.CharField(max_length=64)),
                ("division", models.CharField(max_length=6)),
                ("digest", models.CharField(max_length=64)),
                ("valid_from", models.DateField()),
                ("published_at", models.DateTimeField()),
                ("content", models.BinaryField()),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["bundle", "division", "-valid_from", "-published_at"],
                        name="catalogue_e_bundle_91ef6a_idx",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("bundle", "division", "digest"), name="edition_once")
                ],
            },
        ),
    ]
