from django.db import models


class ContentVersion(models.Model):
    """The version of what some pages show, by name: a random number, which the database changes with each write to it.

    The names, and the triggers, are in `peersupport/content_versions/`. A number is never had twice, whatever is
    rolled back or restored.
    """

    name = models.CharField(max_length=80, primary_key=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return self.name
