from django.db import models


class PostingDay(models.Model):
    """The HMAC key of one day, under which the networks that forms are sent from are hashed; it is stored nowhere else.

    Key and hashes are deleted within 24 hours; without the key no hash can be matched to an address.
    """

    day = models.DateField(unique=True)
    key = models.CharField(max_length=64)

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return str(self.day)


class Poster(models.Model):
    """How often forms were sent on a day from one network, known only by its keyed hash."""

    day = models.ForeignKey(PostingDay, models.CASCADE, related_name="posters")
    client_hash = models.CharField(
        max_length=64, db_column="mark", help_text="An HMAC of the address, and of what was told about."
    )
    posts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "client_hash"],
                name="poster_once_a_day",
                violation_error_message="This mark is counted already.",
            ),
        ]

    def __str__(self) -> str:
        return self.client_hash
