from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("continuum", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="typechoice",
            options={"verbose_name": "kind of experience", "verbose_name_plural": "kinds of experience"},
        ),
    ]
