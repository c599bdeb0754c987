"""Queries of every search page, compiled to SQL once per process: compiling takes longer than running them."""

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import NamedTuple

from django.db import connection
from django.db.models import QuerySet, Subquery

from common.models import ContentVersion
from common.models.content_version import PLACES, SITE, SUPPORT, TERMS
from groups.choices import Stage
from groups.models import DirectoryState, SupportGroup

#: The most keys of one query: a page of results and the two blocks beside it.
MAX_KEYS = 60


class State(NamedTuple):
    """The number and the token of the last change to the directory, and the versions of the site, of places, of who
    gives other support and of terms; None for one that is missing."""

    number: int = 0
    token: str = ""
    site: int = 0
    places: int = 0
    support: int = 0
    terms: int = 0


_of_request = threading.local()


def hidden_by_key(keys: Iterable[int]) -> dict[int, bool]:
    """Return `{pk: venue_is_hidden}` for those of the given groups (at most 60) that may be listed now."""
    keys = list(keys)
    if not keys:
        return {}
    # One statement for any number of keys: the last key pads the list.
    return {pk: bool(hidden) for pk, hidden in _run(_listable, [*keys, *[keys[-1]] * (MAX_KEYS - len(keys))])}


def directory_state() -> State:
    """Return the state of the database now."""
    row = next(iter(_run(_state, [])), None)
    return State(*row) if row else State()


@contextmanager
def one_state() -> Iterator[None]:
    """Have `state_of_request` ask the database once, for a request that only reads."""
    _of_request.is_open, _of_request.state = True, None
    try:
        yield
    finally:
        _of_request.is_open, _of_request.state = False, None


def state_of_request() -> State:
    """Return the state when this request first asked, which what it reads since is no older than; now, outside one."""
    if not getattr(_of_request, "is_open", False):
        return directory_state()
    if _of_request.state is None:
        _of_request.state = directory_state()
    state: State = _of_request.state
    return state


def listable_groups() -> QuerySet:
    """Return the groups that may be listed now, each with `place_is_hidden`."""
    groups: QuerySet = SupportGroup.objects.published().of_listed_organisations().exclude(stage=Stage.ENDED)
    return groups.with_place()  # type: ignore[attr-defined]  # A method of our queryset.


def _listable() -> QuerySet:
    return listable_groups().filter(pk__in=_placeholders()).order_by().values_list("pk", "place_is_hidden")


def _state() -> QuerySet:
    names = SITE, PLACES, SUPPORT, TERMS
    versions = {name: Subquery(ContentVersion.objects.filter(name=name).values("number")) for name in names}
    return DirectoryState.objects.filter(pk=1).annotate(**versions).values_list("number", "token", *names)


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
