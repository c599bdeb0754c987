from django.db import models


class DirectoryState(models.Model):
    """How often what search knows has changed: one row, by which a copy of the directory tells that it is old.

    The token is new with every change: after a restored backup, the same number may stand for another state.
    """

    number = models.PositiveBigIntegerField(default=0)
    token = models.CharField(max_length=32, default="")

    def __str__(self) -> str:
        return f"state {self.number}"


class DirectoryChange(models.Model):
    """The groups that one change touched, so that a copy a few changes old can be mended. Only the last are kept."""

    number = models.PositiveBigIntegerField(unique=True)
    token = models.CharField(max_length=32)
    groups = models.JSONField(null=True, help_text="Keys of groups. None: nobody knows which, so all of them.")
    organisations = models.BooleanField(default=False, help_text="Whether an organisation itself changed.")

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"change {self.number}"
