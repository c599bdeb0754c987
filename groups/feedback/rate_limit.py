"""Daily rate limit of public forms for each client network, counted by keyed hash so that no address is stored."""

import datetime
import hashlib
import hmac
import secrets

from django.db.models import F

from common.requests import client_network

from .models.rate_limit import Poster, PostingDay

#: Submissions from one network in a day. A library or a hospital has one address for many people.
MOST_A_DAY = 20
#: Submissions from one network about one subject in a day.
MOST_ABOUT_ONE = 3
#: Hashes stored for one day. Networks that come later are not counted: a flood must not fill the disk, and what it
#: sends is set aside.
MOST_HASHES = 20_000


def allow_submission(address: str, subject: str, today: datetime.date) -> bool:
    """Return whether a submission about `subject` is within the limits of its network, and count it.

    All unknown addresses count as one network.
    """
    days = list(PostingDay.objects.all())
    if any(day.day < today for day in days):
        delete_posters(before=today)
    day = next((day for day in days if day.day == today), None)
    if day is None:
        day, _ = PostingDay.objects.get_or_create(day=today, defaults={"key": secrets.token_hex(32)})
    network = client_network(address)
    # Checked first: a network over its limit must not add a row for each subject.
    if Poster.objects.filter(day=day, client_hash=_client_hash(day, network), posts__gte=MOST_A_DAY).exists():
        return False
    return _count(day, f"{network} {subject}", MOST_ABOUT_ONE) and _count(day, network, MOST_A_DAY)


def delete_posters(*, before: datetime.date | None = None) -> int:
    """Delete the keys and hashes of the days before `before`, or all. Return how many hashes were deleted."""
    days = PostingDay.objects.all() if before is None else PostingDay.objects.filter(day__lt=before)
    return days.delete()[1].get("groups.Poster", 0)


def _count(day: PostingDay, name: str, most: int) -> bool:
    """Add 1 to the counter of a network, or of a network and subject; return False if it has reached `most`."""
    digest = _client_hash(day, name)
    rows = Poster.objects.filter(day=day, client_hash=digest)
    before = rows.values_list("posts", flat=True).first()
    if before is None and day.posters.count() >= MOST_HASHES:
        return True
    if before is None and Poster.objects.get_or_create(day=day, client_hash=digest, defaults={"posts": 1})[1]:
        return True
    # A refusal costs no write. The conditional update is atomic, so concurrent posts cannot pass the limit.
    return (before or 0) < most and bool(rows.filter(posts__lt=most).update(posts=F("posts") + 1))


def _client_hash(day: PostingDay, name: str) -> str:
    """Return the HMAC-SHA256 of a name under the key of the day."""
    return hmac.new(day.key.encode(), name.encode(), hashlib.sha256).hexdigest()
