"""Telling a wave of posts from the everyday: what looks alike, or comes faster than it is read, is set aside.

The newest go first, and what waited before stays. Nobody is refused for it. docs/adr/0022-what-strangers-tell-us.md
says why.
"""

import datetime
import hashlib
from collections import Counter
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from .spam import overlap, words_without_figures

_HOUR, _DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)

#: How many that look alike are taken into the queue in 24 hours.
MOST_ALIKE = 3
#: What part of the words two texts share that look alike.
ALIKE = 0.6
#: Texts of fewer different words are never compared: two people easily write the same few.
FEWEST_WORDS = 3
#: With how many of the newest a text is compared.
MOST_COMPARED = 300
#: How many of one kind are taken into the queue in an hour, in 24 hours, and before somebody has read some.
MOST_AN_HOUR, MOST_A_DAY, MOST_WAITING = 30, 100, 500
#: How many of one kind are set aside in all.
MOST_SET_ASIDE = 1000


class Verdict(NamedTuple):
    """Whether a post is set aside, and the digest that it shares with those it looks like; "" for too few words."""

    is_set_aside: bool
    cluster: str


class _Row(NamedTuple):
    pk: int
    created_at: datetime.datetime
    cluster: str


def judge(waiting: QuerySet, compared: QuerySet, texts: dict[str, str]) -> Verdict:
    """Whether a post joins the queue or is set aside, by what came in the last 24 hours.

    `waiting` are the open rows of its kind, `compared` those that it may look like, and `texts` what it says in the
    fields by which rows look alike.
    """
    now, words = timezone.now(), words_without_figures(*texts.values())
    alike, cluster = 0, ""
    if len(words) >= FEWEST_WORDS:
        newest = compared.filter(created_at__gt=now - _DAY).order_by("-pk").values_list("cluster", *texts)
        near = [key for key, *other in newest[:MOST_COMPARED] if overlap(words, words_without_figures(*other)) >= ALIKE]
        alike, cluster = len(near), next(filter(None, near), _digest(words))
    queue = waiting.filter(is_set_aside=False).aggregate(
        hour=Count("pk", filter=Q(created_at__gt=now - _HOUR)),
        day=Count("pk", filter=Q(created_at__gt=now - _DAY)),
        total=Count("pk"),
    )
    is_wave = queue["hour"] >= MOST_AN_HOUR or queue["day"] >= MOST_A_DAY or queue["total"] >= MOST_WAITING
    return Verdict(alike >= MOST_ALIKE or is_wave, cluster)


def make_room(rows: QuerySet, most: int | None = None) -> None:
    """Delete rows until `most` are left: always from where they stand thickest, so that what is unlike them is spared.

    That is among those that look alike, if any do; and there, or else among all, where they came closest together. A
    wave makes room for itself, and of one whose words are all different an even sample stays.
    """
    left = [_Row(*row) for row in rows.order_by("created_at", "pk").values_list("pk", "created_at", "cluster")]
    gone = []
    while len(left) > (MOST_SET_ASIDE if most is None else most):
        row = _thickest(left)
        left.remove(row)
        gone.append(row.pk)
    if gone:
        rows.model.objects.filter(pk__in=gone).delete()


def _thickest(rows: list[_Row]) -> _Row:
    """The row that is missed least, of rows in the order in which they came."""
    clusters = Counter(row.cluster for row in rows if row.cluster).most_common(1)
    if clusters and clusters[0][1] > 1:
        rows = [row for row in rows if row.cluster == clusters[0][0]]
    if len(rows) < 3:
        return rows[0]
    inner = range(1, len(rows) - 1)
    return rows[min(inner, key=lambda at: rows[at + 1].created_at - rows[at - 1].created_at)]


def _digest(words: frozenset[str]) -> str:
    return hashlib.sha256(" ".join(sorted(words)).encode()).hexdigest()
