"""A partner may be found through somebody who referred it, who is no council and no intermediary."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("partners", "0026_search_texts_joined"),
    ]

    operations = [
        migrations.AlterField(
            model_name="organization",
            name="source",
            field=models.CharField(
                blank=True,
                choices=[
                    ("council", "Council referral"),
                    ("intermediary", "Intermediary"),
                    ("alumni", "Alumni"),
                    ("referral", "Referral"),
                    ("event", "Event"),
                    ("cold", "Cold contact"),
                    ("self", "Registered themselves"),
                    ("import", "Import"),
                ],
                max_length=12,
                verbose_name="found through",
            ),
        ),
    ]
