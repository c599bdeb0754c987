"""The directory in memory: the index that this process answers from, and how it learns that it is old.

The database stays the only truth. Every request compares one row with what the index was made from; when they differ,
the groups that changed are read again, or, when too many did, everything is. Nothing here is ever written back.
"""

import datetime
import gc
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from common.text import fold
from groups.models import DirectoryChange
from organisations.models import Organisation

from ..index.bitset import slots_of
from ..index.index import Index
from ..index.postings import Phrases, Postings
from ..synonyms import Corrections, Vocabulary, site_vocabulary
from .hot_queries import hidden_of_published, state
from .loader import load
from .lookups import Lookups

#: So many changed groups are read again one by one; more, and everything is.
PATCHED = 200
#: So many drawn cards are kept, as bytes, which take half the room of text with a curly quote in it: about 12 MB.
CARDS = 6000

#: What a state is known by: how many changes there have been, and the token of the last.
SnapshotVersion = tuple[int, str]


@dataclass(frozen=True)
class DirectorySnapshot:
    """What search knows at one state of the database, on one day."""

    mark: SnapshotVersion
    index: Index
    #: The words people use, with those that editors keep for topics, activities, audiences and access.
    vocabulary: Vocabulary
    #: For each facet that editors keep the words of, its options by slug, with their names.
    terms: dict[str, dict[str, str]]
    organisations: "OrganisationNames"
    surroundings: Lookups
    #: What was drawn of groups, and what else was worked out, since this state began.
    _cards: dict[tuple, bytes] = field(default_factory=dict)
    _beside: dict[tuple, Any] = field(default_factory=dict)

    @cached_property
    def corrections(self) -> Corrections:
        """For words that find nothing: what may have been meant."""
        return Corrections(self.index.words() | dict.fromkeys(self.vocabulary.words, 1))

    def still_shown(self, keys: Iterable[int]) -> set[int]:
        """Those of some groups that are still published, and no more hidden than the index has them. One query."""
        now = hidden_of_published(keys)
        return {pk for pk, is_hidden in now.items() if self.index.record(pk).is_hidden == is_hidden}

    def cards(self, wanted: dict[int, tuple], draw: Callable[[Iterable[int]], dict[int, str]]) -> dict[int, str]:
        """The cards of some groups, each drawn once for the key that it is wanted under, which begins with its own."""
        found = {pk: self._cards[key].decode() for pk, key in wanted.items() if key in self._cards}
        missing = [pk for pk in wanted if pk not in found]
        if missing:
            render_component = draw(missing)
            if len(self._cards) + len(render_component) > CARDS:
                for key in list(islice(self._cards, CARDS // 2)):
                    del self._cards[key]
            self._cards.update({wanted[pk]: card.encode() for pk, card in render_component.items()})
            found |= render_component
        return found

    def beside(self, key: tuple, work_out: Callable[[], Any]) -> Any:
        """What was worked out under a key since this state began."""
        if key not in self._beside:
            self._beside[key] = work_out()
        return self._beside[key]


class OrganisationNames:
    """The published organisations, by the words of the names they have and had, and of what they do."""

    def __init__(self) -> None:
        rows = Organisation.objects.published().order_by("name").values_list("pk", "name", "former_names", "summary")
        texts = [(pk, fold(" ".join([name, *former, summary])).split()) for pk, name, former, summary in rows]
        self._keys = [pk for pk, _ in texts]
        self._words = Postings()
        for slot, (_, words) in enumerate(texts):
            self._words.add(slot, dict.fromkeys(words))

    def with_phrases(self, wanted: tuple[Phrases, ...]) -> list[int]:
        """The keys of those that have every thing that was typed, by name."""
        return [self._keys[slot] for slot in slots_of(self._words.with_phrases(wanted, (1 << len(self._keys)) - 1))]


_current: DirectorySnapshot | None = None
_one_at_a_time = threading.Lock()


def directory() -> DirectorySnapshot:
    """The directory as it is now; while everything is being read again, as it was just before."""
    global _current
    mark, today = _snapshot_version(), timezone.localdate()
    here = _current
    if here is not None and here.mark == mark and here.index.today == today:
        return here
    changed = None if here is None else _changed_since(here, mark, today)
    if here is not None and changed is None and settings.SNAPSHOT_LOADS_IN_BACKGROUND:
        if _one_at_a_time.acquire(blocking=False):
            threading.Thread(target=_rebuild_in_background, daemon=True).start()
        # What is not in the index, and so not checked before it is shown, is worked out anew each time meanwhile.
        return replace(here, _beside={})
    with _one_at_a_time:
        if changed is None or _current is not here:
            return _refresh()
        _current = _patched(here, mark, changed)
        return _current


def forget() -> None:
    """Make the directory anew when it is next asked for: after rows were changed behind Django's back."""
    global _current
    _current = None


def _refresh() -> DirectorySnapshot:
    """Bring the directory up to date: by what changed, if that is known and little; else by everything."""
    global _current
    mark, today = _snapshot_version(), timezone.localdate()
    here = _current
    changed = None if here is None else _changed_since(here, mark, today)
    if changed is None:
        here = _everything(mark, today)
        # What was committed while the rows were read may be half in them: it is read once more.
        mark = _snapshot_version()
        changed = Changed() if here.mark == mark else _changed_since(here, mark, today)
        if changed is None:
            return _refresh()
    if here.mark != mark:
        here = _patched(here, mark, changed)
    _current = here
    return here


def _rebuild_in_background() -> None:
    try:
        _refresh()
    finally:
        _one_at_a_time.release()
        connection.close()


def _snapshot_version() -> SnapshotVersion:
    return state() or (0, "")


@dataclass(frozen=True)
class Changed:
    """What changed between two states: some groups, and perhaps organisations."""

    groups: frozenset[int] = frozenset()
    organisations: bool = False


def _changed_since(here: DirectorySnapshot, mark: SnapshotVersion, today: datetime.date) -> Changed | None:
    """What changed between a directory and a mark; None where nobody knows, or it is too much."""
    number, token = here.mark
    if here.index.today != today or mark[0] < number:
        return None
    log = DirectoryChange.objects.filter(number__gte=number, number__lte=mark[0]).order_by("number")
    changes = list(log.values_list("number", "token", "groups", "organisations"))
    # The log must hold the very change that this directory was made after, every one since, and the last.
    if [change[0] for change in changes] != list(range(max(number, 1), mark[0] + 1)):
        return None
    if (number and changes[0][1] != token) or (changes and changes[-1][1] != mark[1]):
        return None
    since = changes[1:] if number else changes
    if any(groups is None for _, _, groups, _ in since):
        return None
    groups = frozenset(pk for _, _, groups, _ in since for pk in groups)
    return Changed(groups, any(changed for *_, changed in since)) if len(groups) <= PATCHED else None


def _everything(mark: SnapshotVersion, today: datetime.date) -> DirectorySnapshot:
    # A million small things are made and kept: looking for rubbish among them would take as long as making them.
    collects = gc.isenabled()
    gc.disable()
    try:
        around = Lookups()
        index = Index(load(today, around=around), today)
        around.freeze()
        here = DirectorySnapshot(mark, index, *_words(around), OrganisationNames(), around)
    finally:
        if collects:
            gc.enable()
    if settings.SNAPSHOT_LOADS_IN_BACKGROUND:
        _leave_alone()
    return here


def _leave_alone() -> None:
    """Have the collector of rubbish pass over all that stays: going through it would stop a page for 50 ms.

    What stayed before, and is not needed any more, goes now.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _patched(here: DirectorySnapshot, mark: SnapshotVersion, changed: Changed) -> DirectorySnapshot:
    now, around = {}, here.surroundings.refreshed_for(changed.groups)
    if changed.groups:
        now = {record.pk: (record, keys) for record, keys in load(here.index.today, changed.groups, around)}
    return DirectorySnapshot(
        mark,
        here.index.with_changes({pk: now.get(pk) for pk in changed.groups}) if changed.groups else here.index,
        *_words(around),
        OrganisationNames() if changed.organisations else here.organisations,
        here.surroundings,
        {key: card for key, card in here._cards.items() if key[0] not in changed.groups},
    )


def _words(around: Lookups) -> tuple[Vocabulary, dict[str, dict[str, str]]]:
    """The vocabulary with the other words that editors keep, and the names of the options they keep."""
    rows = around.rows_of_terms
    vocabulary = site_vocabulary().with_other_words(
        (name, other_words) for terms in rows.values() for *_, name, other_words in terms
    )
    return vocabulary, {facet: {slug: name for _, slug, name, _ in terms} for facet, terms in rows.items()}
