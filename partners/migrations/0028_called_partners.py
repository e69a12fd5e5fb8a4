from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("partners", "0027_referrals")]

    operations = [
        migrations.AlterModelOptions(
            name="organization",
            options={"ordering": ("sort_name", "id"), "verbose_name": "partner", "verbose_name_plural": "partners"},
        ),
        migrations.AlterModelOptions(
            name="partnerdocument",
            options={
                "ordering": ("acts_on", "id"),
                "verbose_name": "document",
                "verbose_name_plural": "documents",
            },
        ),
    ]
