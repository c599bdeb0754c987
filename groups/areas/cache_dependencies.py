"""What the page of a group depends on, for the page cache."""

import datetime
from collections.abc import Callable, Iterable

from django.utils import timezone

from common.cache_dependencies import CacheDependencies, earliest
from common.models.content_version import PLACES, TERMS, organisation_version

from ..models import DatesToCome, SupportGroup
from ..search.snapshot.snapshot import DirectorySnapshot, current_snapshot
from .nearby import NearbyGroup, Origin, in_directory


def group_page_dependencies(
    group: SupportGroup,
    dates: DatesToCome,
    origin: Origin,
    nearby: list[NearbyGroup],
    snapshot: DirectorySnapshot,
    now: datetime.datetime,
) -> CacheDependencies | None:
    """Return what the page of a group depends on; None where it is not cached: it has ended, or the directory is stale.

    `group` was read with `with_place()`, and `nearby` is near its `origin`. The versions of others' groups near by are
    not asked for: whether they, and which they are, are as they were is seen in the directory in memory.
    """
    if group.has_ended or not snapshot.is_current:
        return None
    meetings = [row.meeting for row in ([dates.on_now] if dates.on_now else []) + dates.rows]
    moments = [moment for meeting in meetings for moment in (meeting.starts, meeting.ends)]
    moments.append(next_beginning((near.pk for near in nearby), snapshot, now))
    return CacheDependencies(
        versions=(organisation_version(group.organisation_id), PLACES, TERMS),
        groups={near.pk: snapshot.index.has("is_hidden", near.pk) for near in nearby}
        | {group.pk: group.__dict__["place_is_hidden"]},
        contacts=frozenset(contact.pk for contact in group.released_contacts),
        organisations=frozenset([group.organisation_id]),
        until=earliest(moments, now),
        surroundings_are_same=_same_nearby(origin, nearby, snapshot),
    )


def next_beginning(
    keys: Iterable[int], snapshot: DirectorySnapshot, now: datetime.datetime
) -> datetime.datetime | None:
    """Return when the next meeting of some groups begins; None for none that is known."""
    documents = (snapshot.index.document(pk) for pk in keys)
    return earliest([begins for document in documents if document for begins in document.meetings], now)


def _same_nearby(origin: Origin, nearby: list[NearbyGroup], snapshot: DirectorySnapshot) -> Callable[[], bool]:
    """Return a function that says whether the same groups are near one, none of them reloaded since."""
    # A group that is no longer listed is not in the snapshot, so the nearby groups differ.
    readings = [snapshot.reading(near.pk) for near in nearby]

    def is_same() -> bool:
        current = current_snapshot()
        if not current.is_current or in_directory(origin, current, timezone.now()) != nearby:
            return False
        return [current.reading(near.pk) for near in nearby] == readings

    return is_same
