import uuid

from django.db import models


class Noun(models.Model):
    """Something with a name of its own in the world: it keeps one public identity for ever and says when it changed."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
