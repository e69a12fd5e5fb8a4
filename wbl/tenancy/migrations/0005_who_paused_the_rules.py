from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0004_removed_records")]

    operations = [
        migrations.AddField(
            model_name="district",
            name="mail_paused_by",
            field=models.CharField(
                blank=True, default="", help_text="Who paused them, by the name they had then.", max_length=150
            ),
        ),
    ]
