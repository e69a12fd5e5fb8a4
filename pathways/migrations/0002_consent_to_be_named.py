from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("pathways", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="tie",
            name="agreed_on",
            field=models.DateField(
                blank=True,
                help_text="Without a day they are not on the public page.",
                null=True,
                verbose_name="agreed to be named in public on",
            ),
        ),
    ]
