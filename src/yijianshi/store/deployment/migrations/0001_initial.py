from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Stamp",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("profile", models.CharField(max_length=12)),
                ("stamped_at", models.DateTimeField()),
            ],
        ),
    ]
