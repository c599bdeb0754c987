"""The end of a day: what a test arranges before it, it would look for after it."""

import datetime

from django.utils import timezone

#: No test begins so many seconds before midnight. Hardly any takes as long.
TOO_LATE = 60


def seconds_to_wait(now: datetime.datetime) -> float:
    """How long whoever wants to begin at a moment waits for the next day; 0 where there is time enough in this one."""
    local = timezone.localtime(now)
    left = (local.replace(hour=23, minute=59, second=59, microsecond=999_999) - local).total_seconds()
    return left + 1 if left < TOO_LATE else 0
