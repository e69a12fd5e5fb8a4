from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("todo", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(
            name="todo",
            options={"ordering": ("due", "id"), "verbose_name": "to-do", "verbose_name_plural": "to-dos"},
        ),
    ]
