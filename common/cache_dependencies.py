"""What a response depends on, so that it may be cached: a view sets it as `response.cache_dependencies`."""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse


@dataclass(frozen=True)
class CacheDependencies:
    """What is on a page: whose versions it depends on, what may not be shown for ever, and until when it is right.

    `versions` are names of `ContentVersion`. `groups` says of each group whether its venue was hidden; these, the
    contacts and the organisations are asked for again before the page is shown again. `until` is when the next meeting
    on it begins or ends; None for none today. `surroundings_are_same` says whether what comes from the directory in
    memory, and belongs to others, is what it was.
    """

    versions: tuple[str, ...]
    groups: Mapping[int, bool] = field(default_factory=dict)
    contacts: frozenset[int] = frozenset()
    organisations: frozenset[int] = frozenset()
    until: datetime.datetime | None = None
    surroundings_are_same: Callable[[], bool] | None = None


def with_cache_dependencies(response: HttpResponse, dependencies: CacheDependencies | None) -> HttpResponse:
    """Return the response with what it depends on; None if it must not be cached."""
    response.cache_dependencies = dependencies  # type: ignore[attr-defined]  # An attribute of ours.
    return response


def earliest(moments: "list[datetime.datetime | None]", now: datetime.datetime) -> datetime.datetime | None:
    """Return the first of the moments that is after now; None if there is none."""
    return min((moment for moment in moments if moment is not None and moment > now), default=None)
