from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Loaded(models.Model):
    """What `load_directory` has written from one entry of one file, and how it stood when it was written.

    It stays when its row is deleted, so that what an editor removed does not come back; and a row that no longer
    stands as it was written is an editor's own, and is never written again.
    """

    key = models.CharField(max_length=200, unique=True, help_text="File, table and entry: take_off/groups/talking.")
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    row = GenericForeignKey()
    fingerprint = models.JSONField(default=dict, help_text="A digest of each value as it was written.")

    class Meta:
        ordering = ["key"]
        verbose_name_plural = "loaded"
        indexes = [models.Index(fields=["content_type", "object_id"])]

    def __str__(self) -> str:
        return self.key
