from django.db import models


class DirectoryState(models.Model):
    """The version of the directory, in one row: a snapshot with another version is stale.

    The token is new with every change, because after a restored backup the same number may mean another state.
    """

    number = models.PositiveBigIntegerField(default=0)
    token = models.CharField(max_length=32, default="")

    def __str__(self) -> str:
        return f"state {self.number}"


class DirectoryChange(models.Model):
    """What one change affected, so that a recent snapshot can be updated. Only the last rows are stored."""

    number = models.PositiveBigIntegerField(unique=True)
    token = models.CharField(max_length=32)
    groups = models.JSONField(null=True, help_text="Keys of groups. None: nobody knows which, so all of them.")
    organisations = models.JSONField(default=list, help_text="Keys of the organisations that changed themselves.")

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return f"change {self.number}"
