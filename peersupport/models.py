from django.db import models


class CommandRun(models.Model):
    """The last time at which a command that a timer runs came to its end without an error, on any machine."""

    name = models.CharField(max_length=60, unique=True)
    finished_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
