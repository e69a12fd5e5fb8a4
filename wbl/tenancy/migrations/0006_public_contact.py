from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0005_who_paused_the_rules")]

    operations = [
        migrations.AddField(
            model_name="district",
            name="public_contact",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Whom families and businesses may write to or call.",
                max_length=120,
            ),
        ),
        migrations.AddField(
            model_name="district",
            name="public_email",
            field=models.EmailField(blank=True, default="", max_length=254),
        ),
        migrations.AddField(
            model_name="district",
            name="public_phone",
            field=models.CharField(blank=True, default="", max_length=40),
        ),
        migrations.AlterModelOptions(
            name="nonschoolday",
            options={
                "ordering": ("first_day",),
                "verbose_name": "day without school",
                "verbose_name_plural": "days without school",
            },
        ),
    ]
