"""Rate limits that hold over all processes and hosts: counts in the database, in bounded rows, under keyed digests.

No address is stored. The key of a digest is made of SECRET_KEY and of a random key of the day, which is deleted with
the day: a stolen database tells nothing without the first, and nobody can match yesterday's digests without the second.
"""

import datetime
import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from .models import RateLimitCount, RateLimitDay

logger = logging.getLogger(__name__)

#: The most rows of one scope. More are not counted: a flood must neither fill the disk nor lock others out.
MOST_ROWS = 20_000

#: Increments the count, unless the window is full, in one statement: two processes cannot both take the last place.
_COUNT = """
    INSERT INTO common_ratelimitcount AS stored (digest, day_id, scope, count, expires_at)
    SELECT %(digest)s, %(day)s, %(scope)s, 1, %(end)s
    WHERE (SELECT COUNT(*) FROM common_ratelimitcount WHERE scope = %(scope)s) < %(rows)s
        OR EXISTS (SELECT 1 FROM common_ratelimitcount WHERE digest = %(digest)s)
    ON CONFLICT (digest) DO UPDATE SET
        count = CASE WHEN stored.expires_at <= %(now)s THEN 1 ELSE stored.count + 1 END,
        expires_at = CASE WHEN stored.expires_at <= %(now)s THEN excluded.expires_at ELSE stored.expires_at END
    WHERE stored.expires_at <= %(now)s OR stored.count < %(most)s
    RETURNING count
"""


@dataclass(frozen=True)
class RateLimit:
    """At most `most` in each `period`, which begins with the first and ends at midnight at the latest.

    Limits of one scope have their rows together.
    """

    scope: str
    most: int
    period: datetime.timedelta

    def allow(self, name: str, today: datetime.date | None = None) -> bool:
        """Count one more of `name`, and return whether it is within the limit. Refused ones are not counted.

        If the database cannot be written, everything is within the limit.
        """
        now = timezone.now()
        try:
            with transaction.atomic():
                day = _day(today or timezone.localdate())
                RateLimitCount.objects.filter(expires_at__lte=now).delete()
                return self._count(day, name, now)
        except DatabaseError as error:
            logger.error("A rate limit could not be counted: %s", type(error).__name__)
            return True

    def is_reached(self, name: str, today: datetime.date | None = None) -> bool:
        """Return whether `allow` would refuse `name`. Nothing is written."""
        day = RateLimitDay.objects.filter(day=today or timezone.localdate()).first()
        if day is None:
            return False
        reached = RateLimitCount.objects.filter(count__gte=self.most, expires_at__gt=timezone.now())
        return reached.filter(digest=self._digest(day, name)).exists()

    def _count(self, day: RateLimitDay, name: str, now: datetime.datetime) -> bool:
        digest = self._digest(day, name)
        adapt = connection.ops.adapt_datetimefield_value
        values = {
            "digest": digest,
            "day": connection.ops.adapt_datefield_value(day.day),
            "scope": self.scope,
            "end": adapt(now + self.period),
            "now": adapt(now),
            "most": self.most,
            "rows": MOST_ROWS,
        }
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, values)
            if cursor.fetchone():
                return True
        return not RateLimitCount.objects.filter(digest=digest).exists()

    def _digest(self, day: RateLimitDay, name: str) -> str:
        key = f"{settings.SECRET_KEY} {day.key}".encode()
        return hmac.new(key, f"{self.scope} {name}".encode(), hashlib.sha256).hexdigest()


def delete_counts() -> int:
    """Delete all keys and counts, also today's; return how many counts."""
    return RateLimitDay.objects.all().delete()[1].get("common.RateLimitCount", 0)


def _day(today: datetime.date) -> RateLimitDay:
    """Return the day with its key, after deleting those before it with all that was counted under them."""
    day = RateLimitDay.objects.filter(day=today).first()
    if day is None:
        RateLimitDay.objects.filter(day__lt=today).delete()
        day, _ = RateLimitDay.objects.get_or_create(day=today, defaults={"key": secrets.token_hex(32)})
    return day
