"""A row of a list may say that its partner has moved."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0023_discarded_and_quoted"),
    ]

    operations = [
        migrations.AlterField(
            model_name="importrow",
            name="decision",
            field=models.CharField(
                blank=True,
                choices=[
                    ("update", "Update that one"),
                    ("both", "Keep both"),
                    ("skip", "Skip"),
                    ("moved", "Update the address"),
                ],
                max_length=6,
            ),
        ),
    ]
