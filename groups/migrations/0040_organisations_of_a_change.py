from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("groups", "0039_encoded_service")]

    operations = [
        migrations.RemoveField(model_name="directorychange", name="organisations"),
        migrations.AddField(
            model_name="directorychange",
            name="organisations",
            field=models.JSONField(default=list, help_text="Keys of the organisations that changed themselves."),
        ),
    ]
