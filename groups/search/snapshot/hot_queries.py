"""Questions that every page asks of the database: put into SQL once, for that takes Django longer than the answer."""

from collections.abc import Callable, Iterable
from functools import cache

from django.db import connection
from django.db.models import QuerySet

from groups.choices import Stage
from groups.models import DirectoryState, SupportGroup

#: The most keys that are asked for at once: a page of results and the two blocks beside it.
KEYS = 60


def hidden_of_published(keys: Iterable[int]) -> dict[int, bool]:
    """Of some groups, at most 60, those that can be listed as they are now: with whether nobody may know the venue."""
    keys = list(keys)
    if not keys:
        return {}
    # One statement for any number of keys: the last is said again until there are enough.
    return {pk: bool(hidden) for pk, hidden in _rows(_published, [*keys, *[keys[-1]] * (KEYS - len(keys))])}


def state() -> tuple[int, str] | None:
    """The number and the token of the last change to the directory."""
    return next(iter(_rows(_state, [])), None)


def _published() -> QuerySet:
    groups = SupportGroup.objects.published().of_listed_organisations().exclude(stage=Stage.ENDED).with_place()
    return groups.filter(pk__in=_stand_ins()).order_by().values_list("pk", "place_is_hidden")


def _state() -> QuerySet:
    return DirectoryState.objects.filter(pk=1).values_list("number", "token")


def _stand_ins() -> list[int]:
    """Stand where the keys go: no row has a key below nought."""
    return list(range(-KEYS, 0))


@cache
def _written(question: Callable[[], QuerySet]) -> tuple[str, tuple]:
    return question().query.sql_with_params()


def _rows(question: Callable[[], QuerySet], keys: list[int]) -> list[tuple]:
    sql, stand_ins = _written(question)
    places = dict(zip(_stand_ins(), keys, strict=False))
    with connection.cursor() as cursor:
        cursor.execute(sql, [places.get(one, one) if type(one) is int else one for one in stand_ins])
        return cursor.fetchall()
