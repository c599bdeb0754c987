"""Reading all that a snapshot is made of: from the database, or as another worker has read it."""

import datetime
from functools import partial
from typing import Any

from django.utils import timezone

from ..index.index import Index
from .changes import SnapshotVersion, changes_between
from .garbage import without_collections
from .hot_queries import directory_state
from .loader import load
from .lookups import Lookups
from .organisation_names import OrganisationNames
from .shared_file import SharedFile

#: The arguments of a `DirectorySnapshot` but for its caches.
Parts = tuple[Any, ...]


def read(today: datetime.date) -> Parts:
    """Return what another worker has read of a day, if little has changed since; else read it, for all.

    One worker reads at a time: together they would each take as long as all of them.
    """
    shared = SharedFile.inherited()
    with shared.locked(), without_collections():
        version = directory_state().of_directory
        parts: Parts | None = shared.read(partial(_is_of_use, version, today))
        if parts is None:
            parts = build(version, today)
            shared.write((version, today), parts)
        return parts


def read_for_others() -> None:
    """Have in the file that workers share what `read` would return now."""
    shared, today = SharedFile.inherited(), timezone.localdate()
    with shared.locked(), without_collections():
        version = directory_state().of_directory
        if not shared.holds(partial(_is_of_use, version, today)):
            shared.write((version, today), build(version, today))


def build(version: SnapshotVersion, today: datetime.date) -> Parts:
    """Return what the database has. The version was read before: rows may be newer, and never older."""
    lookups = Lookups(directory_state().terms)
    index = Index(load(today, lookups=lookups), today)
    organisations = OrganisationNames.read(lookups.words_of_organisation)
    lookups.freeze()
    return version, index, *lookups.vocabulary_and_terms(), organisations, lookups


def _is_of_use(version: SnapshotVersion, today: datetime.date, label: tuple[SnapshotVersion, datetime.date]) -> bool:
    """Return whether parts, by their label, are of a day, and little has changed between them and a version."""
    return label[1] == today and changes_between(label[0], version) is not None
