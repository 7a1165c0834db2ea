import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yijianshi.store.keys


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="MessageRow",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("key", models.CharField(max_length=48)),
                ("values", models.JSONField(default=dict)),
                ("link", models.CharField(default="", max_length=200)),
                ("once", models.CharField(max_length=100)),
                ("sent_at", models.DateTimeField()),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["account", "-sent_at"], name="letters_mes_account_ded5e4_idx")
                ],
                "constraints": [models.UniqueConstraint(fields=("account", "once"), name="message_once")],
            },
        ),
    ]
