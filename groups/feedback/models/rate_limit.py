from django.db import models


class PostingDay(models.Model):
    """The key of one day. Under it the addresses that forms are sent from are made unreadable; it is kept nowhere else.

    Both are erased within 24 hours, and with the key nobody can tell any more whose mark a mark was.
    """

    day = models.DateField(unique=True)
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)


class Poster(models.Model):
    """How often a form was sent today from one address, which nobody can read."""

    day = models.ForeignKey(PostingDay, models.CASCADE, related_name="posters")
    mark = models.CharField(max_length=64, help_text="An HMAC of the address, and of what was told about.")
    posts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "mark"],
                name="poster_once_a_day",
                violation_error_message="This mark is counted already.",
            ),
        ]

    def __str__(self) -> str:
        return self.mark
