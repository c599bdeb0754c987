"""The in-memory snapshot of the directory that this process searches, and its invalidation.

The database is the source of truth. Each request compares the snapshot's version with the row of `DirectoryState`.
When they differ, the groups that the change log lists since are reloaded, or, when it does not reach back or lists too
many, the whole snapshot is rebuilt. Nothing is written back.
"""

import datetime
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import count
from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.utils import timezone

from common.bounded_cache import CACHE
from common.parent_process import start_in_child
from groups.cards import CardHtml

from ..index.index import Index
from ..synonyms import Corrections, Vocabulary
from .building import read, read_for_others
from .changes import ChangeSet, SnapshotVersion, changes_between
from .counts_cache import CountsCache
from .hot_queries import State, directory_state, hidden_by_key, state_of_request
from .loader import load
from .lookups import Lookups
from .organisation_names import OrganisationNames
from .shared_file import SharedFile

#: The fewest letters of a word of listings that others are corrected to.
_CORRECTED_LENGTH = 6
#: How long the thread that builds the first snapshot waits after the database did not answer.
SECONDS_BETWEEN_TRIES = 0.25

logger = logging.getLogger(__name__)

_load_numbers = count(1)


@dataclass(frozen=True)
class DirectorySnapshot:
    """Everything that a search reads, as of one version of the database and one day. Immutable but for its caches."""

    version: SnapshotVersion
    index: Index
    #: Synonyms, with the other words of topics, activities, audiences and access features.
    vocabulary: Vocabulary
    #: `{facet: {slug: name}}` of the options that are rows in the database.
    terms: dict[str, dict[str, str]]
    organisations: OrganisationNames
    lookups: Lookups
    #: Whether it was at the version of the database when it was asked for.
    is_current: bool = True
    #: The number of the load of all groups, and the change in which each group was last read again.
    load_number: int = field(default_factory=lambda: next(_load_numbers))
    read_in: dict[int, int] = field(default_factory=dict)
    #: What is derived from all of this version, and does not grow with what people ask; and, of that, what is derived
    #: from the terms alone, or from the counts of areas alone, and the corrections of the version before.
    _cache: dict[tuple, Any] = field(default_factory=dict)
    _of_terms: dict[tuple, Any] = field(default_factory=dict)
    of_counts: CountsCache = field(default_factory=CountsCache)
    _corrections_before: Corrections | None = None

    @cached_property
    def corrections(self) -> Corrections:
        """Spelling corrections, for words that match nothing: of listings only longer ones: "KMPT" is near "kept"."""
        listed = {
            word: size for word, size in self.index.words().items() if len(word) >= _CORRECTED_LENGTH and word.isalpha()
        }
        known = listed | dict.fromkeys(self.vocabulary.correction_candidates, 1)
        return Corrections(known, self.__dict__.pop("_corrections_before", None))

    def still_listed(self, keys: Iterable[int]) -> set[int]:
        """Return the groups that may still be listed, and whose venue is as hidden as in the index. One query.

        Guards against a stale snapshot.
        """
        hidden = hidden_by_key(keys)
        return {pk for pk, is_hidden in hidden.items() if self.index.has("is_hidden", pk) == is_hidden}

    def reading(self, pk: int) -> tuple[int, int]:
        """Return which reading a group is from: the number of the load of all, and of the change since, or 0."""
        return self.load_number, self.read_in.get(pk, 0)

    def cards(
        self, wanted: dict[int, tuple], render: Callable[[Iterable[int]], dict[int, CardHtml]]
    ) -> dict[int, CardHtml]:
        """Return `{pk: html}` for `{pk: cache key}`; `render` makes those not cached. A key starts with the pk."""
        keys = {pk: ("card", *self.reading(pk), *key) for pk, key in wanted.items()}
        found = {pk: card for pk, key in keys.items() if (card := CACHE.get(key)) is not None}
        missing = [pk for pk in wanted if pk not in found]
        if missing:
            rendered = render(missing)
            for pk, html in rendered.items():
                CACHE.put(keys[pk], html, html.size)
            found |= rendered
        return found

    def cached(self, key: tuple, compute: Callable[[], Any]) -> Any:
        """Return the value cached under a key with this version; on a miss, compute and store it."""
        return _cached(self._cache, key, compute)

    def cached_with_terms(self, key: tuple, compute: Callable[[], Any]) -> Any:
        """Return the value cached under a key, which is derived from the terms alone, until one of these changes."""
        return _cached(self._of_terms, key, compute)


def _cached(cache: dict[tuple, Any], key: tuple, compute: Callable[[], Any]) -> Any:
    if key not in cache:
        cache[key] = compute()
    return cache[key]


class DirectoryNotRead(Exception):
    """Raised when a request needs the first snapshot of a process, which a thread is still building."""


_current: DirectorySnapshot | None = None
_build_lock = threading.Lock()
#: Whether a thread builds the first snapshot, so that no request does.
_is_reading_ahead = False


def directory_is_read() -> bool:
    """Return whether this process has a snapshot. The database is not asked."""
    return _current is not None


def is_reading_ahead() -> bool:
    """Return whether the thread of `read_ahead` is at work in this process: reading, or calling `then`."""
    return _is_reading_ahead


def read_ahead(then: Callable[[], object]) -> None:
    """Build the first snapshot of a server in a thread, which tries till the database answers, and then call `then`.

    Where workers share it a child reads it from the database: what that leaves behind in memory ends with the child.
    """
    global _is_reading_ahead
    _is_reading_ahead = True
    child = start_in_child(read_for_others) if SharedFile.inherited().exists else None
    threading.Thread(target=_read_until_there, args=[then, child], name="directory", daemon=True).start()


def current_snapshot() -> DirectorySnapshot:
    """Return the snapshot at the current version.

    With `SNAPSHOT_LOADS_IN_BACKGROUND`, returns the stale one while a thread rebuilds it.
    Raises `DirectoryNotRead` while a thread builds the first one (`read_ahead`).
    """
    global _current
    if _current is None and _is_reading_ahead:
        raise DirectoryNotRead
    version, today = state_of_request()[:2], timezone.localdate()
    snapshot = _current
    if snapshot is not None and snapshot.version == version and snapshot.index.today == today:
        return snapshot
    state = directory_state()  # Since the request began, another thread may have made a newer snapshot.
    changed = None if snapshot is None else _changes_since(snapshot, state.of_directory, today)
    if snapshot is not None and changed is None and settings.SNAPSHOT_LOADS_IN_BACKGROUND:
        if _build_lock.acquire(blocking=False):
            threading.Thread(target=_rebuild_in_background, daemon=True).start()
        # `still_listed` guards what comes from the stale index, but not what is cached beside it.
        return replace(snapshot, is_current=False, _cache={})
    with _build_lock:
        if snapshot is None or changed is None or _current is not snapshot:
            return _refresh()
        _current = _patched(snapshot, state, changed)
        return _current


def loaded_snapshot() -> DirectorySnapshot | None:
    """Return the snapshot that this process has, of whatever version; None before the first. Nothing is read."""
    return _current


def invalidate() -> None:
    """Drop the snapshot of this process; the next request builds another."""
    global _current
    _current = None


def _refresh() -> DirectorySnapshot:
    """Patch the current snapshot, or rebuild it, and return it. The caller holds `_build_lock`."""
    global _current
    state, today = directory_state(), timezone.localdate()
    snapshot = _current
    changed = None if snapshot is None else _changes_since(snapshot, state.of_directory, today)
    if snapshot is None or changed is None:
        snapshot = DirectorySnapshot(*read(today))
        # A transaction committed while the rows were read may be half in them: reload what it changed.
        state = directory_state()
        changed = _changes_since(snapshot, state.of_directory, today)
        if changed is None:
            return _refresh()
    if snapshot.version != state.of_directory:
        snapshot = _patched(snapshot, state, changed)
    _current = snapshot
    return snapshot


def _read_until_there(then: Callable[[], object], child: int | None = None) -> None:
    """Build the first snapshot, after a child has ended, if there is one."""
    global _is_reading_ahead
    is_first = True
    try:
        if child is not None:
            os.waitpid(child, 0)
        while not directory_is_read():
            try:
                with _build_lock:
                    _refresh()
                then()
            except Error as error:
                if is_first:
                    logger.warning("The directory is not read yet: %s", type(error).__name__)
                is_first = False
                time.sleep(SECONDS_BETWEEN_TRIES)
            finally:
                connection.close()
    finally:
        # After any other error requests build it, and report what is wrong.
        _is_reading_ahead = False


def _rebuild_in_background() -> None:
    try:
        _refresh()
    finally:
        _build_lock.release()
        connection.close()


def _changes_since(snapshot: DirectorySnapshot, version: SnapshotVersion, today: datetime.date) -> ChangeSet | None:
    """Return what changed between a snapshot and a version; None if it must be rebuilt."""
    return changes_between(snapshot.version, version) if snapshot.index.today == today else None


def _patched(snapshot: DirectorySnapshot, state: State, changed: ChangeSet) -> DirectorySnapshot:
    """Return a snapshot at `state` in which only what changed is reloaded."""
    entries, lookups = {}, snapshot.lookups.refreshed_for(changed.groups, state.terms)
    if changed.groups:
        loaded = load(snapshot.index.today, changed.groups, lookups)
        entries = {document.pk: (document, keys) for document, keys in loaded}
    are_same_terms = lookups.term_rows is snapshot.lookups.term_rows
    lookups.freeze()
    index = snapshot.index
    if changed.groups:
        index = index.with_changes({pk: entries.get(pk) for pk in changed.groups})
    return DirectorySnapshot(
        state.of_directory,
        index,
        *((snapshot.vocabulary, snapshot.terms) if are_same_terms else lookups.vocabulary_and_terms()),
        snapshot.organisations.with_changes(changed.organisations),
        snapshot.lookups if are_same_terms else lookups,
        load_number=snapshot.load_number,
        read_in=snapshot.read_in | dict.fromkeys(changed.groups, state.number),
        _of_terms=snapshot._of_terms if are_same_terms else {},
        of_counts=snapshot.of_counts.after(snapshot.index, index),
        _corrections_before=snapshot.__dict__.get("corrections", snapshot.__dict__.get("_corrections_before")),
    )
