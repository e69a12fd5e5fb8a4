"""A doubtful row of a list may be like several partners."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0024_moved"),
    ]

    operations = [
        migrations.AddField(
            model_name="importrow",
            name="others",
            field=models.JSONField(default=list),
        ),
    ]
