from django.db import models


class EncodedService(models.Model):
    """The whole record of a group in the feed, as `encode_services` stored it: compressed JSON.

    It is in use while the versions of all that it depends on are the same, which every write and every `migrate`
    changes, and until a day on which a date in it may have passed. So no write has to delete it.
    """

    # Not a foreign key: of a group that is gone it is in no answer, and the next run deletes it.
    group_key = models.PositiveBigIntegerField(primary_key=True, help_text="The group's primary key.")
    version = models.CharField(max_length=32, help_text="A digest of the versions of all that it depends on.")
    until = models.DateField(help_text="The first day on which it may be another.")
    places = models.JSONField(help_text="The keys of its places, in the order of its locations.")
    content = models.BinaryField(help_text="The record as JSON, compressed by zlib.")

    def __str__(self) -> str:
        return f"the encoded record of {self.group_key}"
