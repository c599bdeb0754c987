"""Queries of every search page, compiled to SQL once per process: compiling takes longer than running them."""

from collections.abc import Callable, Iterable
from functools import cache

from django.db import connection
from django.db.models import QuerySet

from groups.choices import Stage
from groups.models import DirectoryState, SupportGroup

#: The most keys of one query: a page of results and the two blocks beside it.
MAX_KEYS = 60


def hidden_by_key(keys: Iterable[int]) -> dict[int, bool]:
    """Return `{pk: venue_is_hidden}` for those of the given groups (at most 60) that may be listed now."""
    keys = list(keys)
    if not keys:
        return {}
    # One statement for any number of keys: the last key pads the list.
    return {pk: bool(hidden) for pk, hidden in _run(_listable, [*keys, *[keys[-1]] * (MAX_KEYS - len(keys))])}


def directory_state() -> tuple[int, str] | None:
    """Return the number and the token of the last change to the directory; None before the first."""
    return next(iter(_run(_state, [])), None)


def _listable() -> QuerySet:
    groups = SupportGroup.objects.published().of_listed_organisations().exclude(stage=Stage.ENDED).with_place()
    return groups.filter(pk__in=_placeholders()).order_by().values_list("pk", "place_is_hidden")


def _state() -> QuerySet:
    return DirectoryState.objects.filter(pk=1).values_list("number", "token")


def _placeholders() -> list[int]:
    """Return the stand-ins for keys in the compiled SQL: no row has a negative key."""
    return list(range(-MAX_KEYS, 0))


@cache
def _compiled(build: Callable[[], QuerySet]) -> tuple[str, tuple]:
    return build().query.sql_with_params()


def _run(build: Callable[[], QuerySet], keys: list[int]) -> list[tuple]:
    sql, params = _compiled(build)
    values = dict(zip(_placeholders(), keys, strict=False))
    with connection.cursor() as cursor:
        cursor.execute(sql, [values.get(param, param) if type(param) is int else param for param in params])
        return cursor.fetchall()
