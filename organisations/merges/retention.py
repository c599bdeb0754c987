"""How long a merge can be undone, and is remembered."""

import datetime

from ..models import Merge

#: Days for which the steps of a merge are stored: they repeat what was deleted, such as a contact's number.
UNDO_DAYS = 90


def delete_old_merges(now: datetime.datetime, before: datetime.datetime) -> int:
    """Delete the steps of merges older than `UNDO_DAYS`, and merges from before a time. Return how many merges."""
    cutoff = now - datetime.timedelta(days=UNDO_DAYS)
    Merge.objects.filter(created_at__lt=cutoff).exclude(steps=[]).update(steps=[])
    return Merge.objects.filter(created_at__lt=before).delete()[1].get(Merge._meta.label, 0)
