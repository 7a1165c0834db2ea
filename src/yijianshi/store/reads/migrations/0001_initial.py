from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ReadRow",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("submission_id", models.UUIDField()),
                ("case_id", models.UUIDField(null=True)),
                ("account_id", models.UUIDField()),
                ("unit", models.CharField(max_length=64)),
                ("what", models.CharField(max_length=24)),
                ("at", models.DateTimeField()),
            ],
            options={
                "indexes": [
                    models.Index(fields=["submission_id", "at"], name="reads_readr_submiss_27d0a8_idx")
                ],
            },
        ),
    ]
