from django.db import models


class RateLimitDay(models.Model):
    """A random key of one day, which is stored nowhere else: when it is deleted, no digest can be matched any more."""

    day = models.DateField(primary_key=True)
    key = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.day)


class RateLimitCount(models.Model):
    """How often a network or an account, known by a keyed digest, did something in a time window."""

    digest = models.CharField(max_length=64, primary_key=True)
    day = models.ForeignKey(RateLimitDay, models.CASCADE, related_name="counts")
    scope = models.CharField(max_length=20, db_index=True)
    count = models.PositiveIntegerField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.scope} {self.digest}"
