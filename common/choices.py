"""Choices of the models of this app."""

from django.db import models


class EmailState(models.TextChoices):
    """The state of an e-mail. One that was sent is deleted."""

    WAITING = "waiting", "waiting"
    SENDING = "sending", "being sent"
    FAILED = "failed", "could not be sent"
