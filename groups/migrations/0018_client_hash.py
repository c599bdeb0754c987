"""The field that holds the hash of a client is called so; its column keeps the name that it had."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("groups", "0017_reopened_proposals"),
    ]

    operations = [
        migrations.AlterField(
            model_name="poster",
            name="mark",
            field=models.CharField(
                db_column="mark", help_text="An HMAC of the address, and of what was told about.", max_length=64
            ),
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(model_name="poster", name="poster_once_a_day"),
                migrations.RenameField(model_name="poster", old_name="mark", new_name="client_hash"),
                migrations.AddConstraint(
                    model_name="poster",
                    constraint=models.UniqueConstraint(
                        fields=("day", "client_hash"),
                        name="poster_once_a_day",
                        violation_error_message="This mark is counted already.",
                    ),
                ),
            ],
        ),
    ]
