"""Noting what changes in the directory, in the transaction that changes it.

The row of `DirectoryState` is locked before anything is written, so writers wait for each other at one place and in one
order: PostgreSQL then behaves as SQLite, whose transactions are IMMEDIATE, always does; nothing can deadlock; and the
order of the numbers is the order of the commits.
"""

import uuid
from collections.abc import Callable, Iterable

from django.db import connection, transaction
from django.db.models import F, Q

from groups.models import (
    AccessFeature,
    Activity,
    Audience,
    DirectoryChange,
    DirectoryState,
    GroupCheck,
    Schedule,
    ScheduleChange,
    SupportGroup,
    Topic,
    Venue,
)
from organisations.models import Organisation, PeerRole
from places.models import Area, AreaPart, PostcodeSector, Town

#: How many changes are remembered. A copy of the directory that is older is made anew.
REMEMBERED = 500
FORGOTTEN_AT_ONCE = 100

#: For every model whose rows the directory is made from, which groups some of its rows touch (None: all of them).
TOUCHES: dict[type, Callable[[Iterable[int]], Q | None]] = {
    SupportGroup: lambda keys: Q(pk__in=keys),
    Organisation: lambda keys: Q(organisation__in=keys),
    Venue: lambda keys: Q(venue__in=keys) | Q(schedules__venue__in=keys) | Q(schedule_changes__venue__in=keys),
    Schedule: lambda keys: Q(schedules__in=keys),
    ScheduleChange: lambda keys: Q(schedule_changes__in=keys),
    GroupCheck: lambda keys: Q(checks__in=keys),
    Topic: lambda keys: Q(topics__in=keys),
    Activity: lambda keys: Q(activities__in=keys),
    Audience: lambda keys: Q(audiences__in=keys),
    AccessFeature: lambda keys: Q(venue__access_features__in=keys),
    # No group's record, but it stands beside the results.
    PeerRole: lambda keys: Q(pk__in=[]),
    Town: lambda keys: Q(town__in=keys) | Q(venue__town__in=keys),
    Area: lambda keys: None,
    AreaPart: lambda keys: None,
    PostcodeSector: lambda keys: None,
}


def touched(model: type, keys: Iterable[int] | None) -> set[int] | None:
    """The groups that some rows touch as they are now; None where that may be any."""
    if model is SupportGroup and keys is not None:
        return set(keys)
    touches = None if keys is None else TOUCHES[model](list(keys))
    return None if touches is None else set(SupportGroup.objects.filter(touches).values_list("pk", flat=True))


def lock() -> None:
    """Let nobody else change the directory before this transaction ends. Outside of one there is nothing to hold."""
    if connection.in_atomic_block:
        DirectoryState.objects.select_for_update().filter(pk=1).first()


def note_change(groups: Iterable[int] | None, *, organisations: bool = False) -> None:
    """Say that some groups have changed (None: all of them), so that every copy of the directory mends itself."""
    with transaction.atomic():
        token = uuid.uuid4().hex
        state = DirectoryState.objects.filter(pk=1)
        if not state.update(number=F("number") + 1, token=token):
            DirectoryState.objects.create(pk=1, number=1, token=token)
        number = state.values_list("number", flat=True).get()
        DirectoryChange.objects.create(
            number=number,
            token=token,
            groups=None if groups is None else sorted(groups),
            organisations=organisations,
        )
        if number % FORGOTTEN_AT_ONCE == 0:
            DirectoryChange.objects.filter(number__lte=number - REMEMBERED).delete()
