"""Choices of the models of this app."""

from django.db import models


class EmailState(models.TextChoices):
    """What has become of an e-mail so far. One that was sent is deleted."""

    WAITING = "waiting", "waiting"
    SENDING = "sending", "being sent"
    FAILED = "failed", "could not be sent"
