"""How much one address may tell us in a day, counted so that nobody can read whose address it was."""

import datetime
import hashlib
import hmac
import secrets

from django.db.models import F

from common.requests import client_network

from .models.rate_limit import Poster, PostingDay

#: How many forms are taken from one address in a day. A library or a hospital has one address for many people.
MOST_A_DAY = 20
#: How many of them may be about the same thing.
MOST_ABOUT_ONE = 3
#: How many marks are kept of one day. Addresses that come later are not counted: a flood must not fill the disk, and
#: what it sends is set aside.
MOST_MARKS = 20_000


def allow_submission(address: str, about: str, today: datetime.date) -> bool:
    """Whether a form may be taken from an address, which is then counted; `about` says what it tells about.

    Where the address is not known, all of those count as one.
    """
    days = list(PostingDay.objects.all())
    if any(day.day < today for day in days):
        delete_posters(before=today)
    day = next((day for day in days if day.day == today), None)
    if day is None:
        day, _ = PostingDay.objects.get_or_create(day=today, defaults={"key": secrets.token_hex(32)})
    household = client_network(address)
    # Asked first: an address that is refused leaves no mark for each thing that it tells about.
    if Poster.objects.filter(day=day, mark=_mark(day, household), posts__gte=MOST_A_DAY).exists():
        return False
    return _count(day, f"{household} {about}", MOST_ABOUT_ONE) and _count(day, household, MOST_A_DAY)


def delete_posters(*, before: datetime.date | None = None) -> int:
    """Erase the marks and keys of the days before one, or all that there are; how many marks that was."""
    days = PostingDay.objects.all() if before is None else PostingDay.objects.filter(day__lt=before)
    return days.delete()[1].get("groups.Poster", 0)


def _count(day: PostingDay, what: str, most: int) -> bool:
    mark = _mark(day, what)
    posts = Poster.objects.filter(day=day, mark=mark)
    before = posts.values_list("posts", flat=True).first()
    if before is None and day.posters.count() >= MOST_MARKS:
        return True
    if before is None and Poster.objects.get_or_create(day=day, mark=mark, defaults={"posts": 1})[1]:
        return True
    # Refusing costs no write; and of two at once, neither takes the place of the other.
    return (before or 0) < most and bool(posts.filter(posts__lt=most).update(posts=F("posts") + 1))


def _mark(day: PostingDay, what: str) -> str:
    return hmac.new(day.key.encode(), what.encode(), hashlib.sha256).hexdigest()
