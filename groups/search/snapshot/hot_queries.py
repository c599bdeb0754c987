"""Queries of every search page, compiled to SQL once per process: compiling takes longer than running them."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.db.models import QuerySet, Subquery

from common.compiled_queries import values_of
from common.models import ContentVersion
from common.models.content_version import COUNTS, PLACES, SITE, SUPPORT, TERMS
from groups.choices import Stage
from groups.models import DirectoryState, SupportGroup

#: The most keys of one query: a page of results and the two blocks beside it.
MAX_KEYS = 60
#: The key of the one row that says what changed last.
_ONLY_ROW = 1


class State(NamedTuple):
    """The number and the token of the last change to the directory, and the versions of the site, of places, of who
    gives other support, of terms and of counts of areas; None for one that is missing."""

    number: int = 0
    token: str = ""
    site: int = 0
    places: int = 0
    support: int = 0
    terms: int = 0
    counts: int = 0

    @property
    def of_directory(self) -> tuple[int, str]:
        """The number and the token of the last change to the directory: the version of a snapshot of it."""
        return self.number, self.token

    @property
    def versions(self) -> dict[str, int]:
        """The versions by their names in `ContentVersion`; 0 or None for one that is missing."""
        return {SITE: self.site, PLACES: self.places, SUPPORT: self.support, TERMS: self.terms, COUNTS: self.counts}


_of_request = threading.local()


def hidden_by_key(keys: Iterable[int]) -> dict[int, bool]:
    """Return `{pk: venue_is_hidden}` for those of the given groups that may be listed now."""
    return dict(values_of(_listable, list(keys)))


def directory_state() -> State:
    """Return the state of the database now."""
    rows = values_of(_state, [_ONLY_ROW])
    return State(*rows[0]) if rows else State()


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
    return groups.with_hidden_place()  # type: ignore[attr-defined]  # A method of our queryset.


def _listable(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    rows: QuerySet[Any, tuple[Any, ...]] = listable_groups().filter(pk__in=keys)
    return rows.order_by().values_list("pk", "place_is_hidden")


def _state(keys: list[int]) -> QuerySet[Any, tuple[Any, ...]]:
    names = SITE, PLACES, SUPPORT, TERMS, COUNTS
    versions = {name: Subquery(ContentVersion.objects.filter(name=name).values("number")) for name in names}
    return DirectoryState.objects.filter(pk__in=keys).annotate(**versions).values_list("number", "token", *names)
