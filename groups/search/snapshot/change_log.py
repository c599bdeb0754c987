"""The change log, written in the transaction of each change; snapshots are invalidated by it.

Writers lock the row of `DirectoryState` first, so they are serialised on PostgreSQL as they are on SQLite, whose
transactions are IMMEDIATE. So they cannot deadlock, and changes are numbered in the order of their commits.
"""

import uuid
from collections.abc import Callable, Iterable

from django.db import connection, transaction
from django.db.models import Q

from groups.models import (
    AccessFeature,
    Activity,
    Audience,
    DirectoryChange,
    DirectoryState,
    GroupCheck,
    Language,
    Schedule,
    ScheduleChange,
    SupportGroup,
    Topic,
    Venue,
)
from organisations.models import Organisation, PeerRole
from places.models import Area, AreaPart, Locality, PostcodeSector, Town

#: How many changes the log holds. A snapshot older than that is rebuilt.
LOG_LENGTH = 500
PRUNE_EVERY = 100

#: For each model that snapshots are built from: the filter for the groups that some of its rows affect; None for all.
AFFECTED_GROUPS: dict[type, Callable[[Iterable[int]], Q | None]] = {
    SupportGroup: lambda keys: Q(pk__in=keys),
    Organisation: lambda keys: Q(organisation__in=keys),
    Venue: lambda keys: Q(venue__in=keys) | Q(schedules__venue__in=keys) | Q(schedule_changes__venue__in=keys),
    Schedule: lambda keys: Q(schedules__in=keys),
    ScheduleChange: lambda keys: Q(schedule_changes__in=keys),
    GroupCheck: lambda keys: Q(checks__in=keys),
    Topic: lambda keys: Q(topics__in=keys),
    Activity: lambda keys: Q(activities__in=keys),
    Audience: lambda keys: Q(audiences__in=keys),
    Language: lambda keys: Q(languages__in=keys),
    AccessFeature: lambda keys: Q(venue__access_features__in=keys),
    # In no group's document, but their names are cached in a snapshot.
    PeerRole: lambda keys: Q(pk__in=[]),
    Locality: lambda keys: Q(pk__in=[]),
    Town: lambda keys: Q(town__in=keys) | Q(venue__town__in=keys),
    Area: lambda keys: None,
    AreaPart: lambda keys: None,
    PostcodeSector: lambda keys: None,
}


def affected_groups(model: type, keys: Iterable[int] | None) -> set[int] | None:
    """Return the keys of the groups that some rows of a model affect now; None for all groups."""
    if model is SupportGroup and keys is not None:
        return set(keys)
    condition = None if keys is None else AFFECTED_GROUPS[model](list(keys))
    return None if condition is None else set(SupportGroup.objects.filter(condition).values_list("pk", flat=True))


def lock() -> None:
    """Lock the directory against other writers until this transaction ends; does nothing outside of one.

    Nor on SQLite, where a transaction has the whole database to itself from its start.
    """
    if connection.in_atomic_block and connection.features.has_select_for_update:
        DirectoryState.objects.select_for_update().filter(pk=1).first()


def note_change(groups: Iterable[int] | None, organisations: Iterable[int] = ()) -> None:
    """Log that some groups (None: everything), and organisations themselves, have changed.

    Every process then refreshes its snapshot.
    """
    with transaction.atomic():
        token = uuid.uuid4().hex
        number = _next_number(token)
        DirectoryChange.objects.create(
            number=number,
            token=token,
            groups=None if groups is None else sorted(groups),
            organisations=sorted(organisations),
        )
        if number % PRUNE_EVERY == 0:
            DirectoryChange.objects.filter(number__lte=number - LOG_LENGTH).delete()


def _next_number(token: str) -> int:
    """Return the number of this change, which becomes that of the directory."""
    # As SQL: to compile it took longer than to run it, and every write does both.
    table = connection.ops.quote_name(DirectoryState._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET number = number + 1, token = %s WHERE id = 1", [token])
        if not cursor.rowcount:
            cursor.execute(f"INSERT INTO {table} (id, number, token) VALUES (1, 1, %s)", [token])
        cursor.execute(f"SELECT number FROM {table} WHERE id = 1")
        return int(cursor.fetchone()[0])
