import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import yijianshi.store.keys


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("login", models.CharField(max_length=64, unique=True)),
                ("name_sealed", models.BinaryField(default=b"")),
                ("is_active", models.BooleanField(default=True)),
                ("is_demo", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="UnitDesk",
            fields=[
                ("unit", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("contact_sealed", models.BinaryField()),
                ("phone_sealed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Client",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("name", models.CharField(max_length=100)),
                ("scopes", models.JSONField(default=list)),
                ("revoked_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("token_hash", models.BinaryField(max_length=32, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("used_at", models.DateTimeField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("kind", models.CharField(max_length=12)),
                ("number_hash", models.BinaryField(max_length=32)),
                ("number_sealed", models.BinaryField()),
                ("name_sealed", models.BinaryField()),
                ("phone_sealed", models.BinaryField(default=b"")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "number_hash"), name="party_number_once")
                ],
            },
        ),
        migrations.AddField(
            model_name="account",
            name="party",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="accounts",
                to="accounts.party",
            ),
        ),
        migrations.CreateModel(
            name="Representation",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("capacity", models.CharField(max_length=24)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="representations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="accounts.party"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Officer",
            fields=[
                (
                    "id",
                    models.UUIDField(default=yijianshi.store.keys.new_id, primary_key=True, serialize=False),
                ),
                ("role", models.CharField(max_length=24)),
                ("unit", models.CharField(max_length=64)),
                ("since", models.DateField()),
                ("until", models.DateField(null=True)),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="posts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["unit", "role"], name="accounts_of_unit_d0c732_idx")],
                "constraints": [
                    models.UniqueConstraint(fields=("account", "role", "unit"), name="officer_post_once")
                ],
            },
        ),
    ]
