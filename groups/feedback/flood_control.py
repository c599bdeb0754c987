"""Flood control: submissions that look alike, or come faster than they are read, are set aside.

The newest are set aside; the queue stays as it was. No sender is refused (docs/adr/0022).
"""

import datetime
import hashlib
from collections import Counter
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from .spam import overlap, words_without_figures

_HOUR, _DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)

#: How many similar submissions enter the queue in 24 hours.
MOST_ALIKE = 3
#: The Jaccard index from which two texts are similar.
ALIKE = 0.6
#: Texts with fewer distinct words are not compared: two people easily write the same few.
FEWEST_WORDS = 3
#: A text is compared with this many of the newest rows.
MOST_COMPARED = 300
#: How many rows of one model enter the queue in an hour, in 24 hours, and in all until some are read.
MOST_AN_HOUR, MOST_A_DAY, MOST_WAITING = 30, 100, 500
#: How many rows of one model are set aside in all.
MOST_SET_ASIDE = 1000


class Verdict(NamedTuple):
    """Whether a submission is set aside, and the digest of its cluster of similar ones; "" if it has too few words."""

    is_set_aside: bool
    cluster: str


class _Row(NamedTuple):
    pk: int
    created_at: datetime.datetime
    cluster: str


def judge(waiting: QuerySet[Any], compared: QuerySet[Any], texts: dict[str, str]) -> Verdict:
    """Return whether a submission joins the queue or is set aside, by what came in the last 24 hours.

    `waiting` are the open rows of its model, `compared` the rows that it may be similar to, and `texts` its values by
    the names of the fields that are compared.
    """
    now, words = timezone.now(), words_without_figures(*texts.values())
    alike, cluster = 0, ""
    if len(words) >= FEWEST_WORDS:
        newest = compared.filter(created_at__gt=now - _DAY).order_by("-pk").values_list("cluster", *texts)
        near = [
            key for key, *values in newest[:MOST_COMPARED] if overlap(words, words_without_figures(*values)) >= ALIKE
        ]
        alike, cluster = len(near), next(filter(None, near), _digest(words))
    queue = waiting.filter(is_set_aside=False).aggregate(
        hour=Count("pk", filter=Q(created_at__gt=now - _HOUR)),
        day=Count("pk", filter=Q(created_at__gt=now - _DAY)),
        total=Count("pk"),
    )
    is_flood = queue["hour"] >= MOST_AN_HOUR or queue["day"] >= MOST_A_DAY or queue["total"] >= MOST_WAITING
    return Verdict(alike >= MOST_ALIKE or is_flood, cluster)


def make_room(rows: QuerySet[Any], most: int | None = None) -> None:
    """Delete rows until `most` are left, always from the densest part, so that rows unlike the others are spared.

    That is the largest cluster, if there is one with more than one row; in it, or else among all, the row with the
    closest neighbours in time. Of a flood of different texts an even sample is left.
    """
    left = [_Row(*row) for row in rows.order_by("created_at", "pk").values_list("pk", "created_at", "cluster")]
    deleted = []
    while len(left) > (MOST_SET_ASIDE if most is None else most):
        row = _densest(left)
        left.remove(row)
        deleted.append(row.pk)
    if deleted:
        rows.model.objects.filter(pk__in=deleted).delete()


def _densest(rows: list[_Row]) -> _Row:
    """Return the row in the densest part of rows that are ordered by time."""
    clusters = Counter(row.cluster for row in rows if row.cluster).most_common(1)
    if clusters and clusters[0][1] > 1:
        rows = [row for row in rows if row.cluster == clusters[0][0]]
    if len(rows) < 3:
        return rows[0]
    inner = range(1, len(rows) - 1)
    return rows[min(inner, key=lambda at: rows[at + 1].created_at - rows[at - 1].created_at)]


def _digest(words: frozenset[str]) -> str:
    return hashlib.sha256(" ".join(sorted(words)).encode()).hexdigest()
