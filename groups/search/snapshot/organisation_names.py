"""The published organisations, found by words, in the order of names: the case-folded name, as groups are."""

import json
from array import array
from collections.abc import Callable, Collection, Iterable
from copy import copy
from typing import Any

from django.db.models import QuerySet

from common.compiled_queries import values_in_batches
from common.text import fold
from organisations.models import Organisation
from organisations.querysets import FORMER_NAMES_AS_TEXT

from ..index.bitset import bits_of, slots_of
from ..index.postings import Phrases, WordPostings, inverted
from .lookups import words_of_organisation

#: What returns the words of the name of an organisation: `words_of_organisation`, or a cache of it.
WordsOf = Callable[[str], tuple[str, ...]]


class OrganisationNames:
    """An index of published organisations by the words of their names, former names and summaries."""

    def __init__(self, rows: "_Rows", changed: frozenset[int] = frozenset()) -> None:
        #: The rows before some changes, and the keys of what has changed since: it is read when rows are first looked
        #: for, since most pages after an edit look for none.
        self._before = rows, changed

    @classmethod
    def read(cls, words_of: WordsOf) -> "OrganisationNames":
        """Return one that is read now, with what returns the words of a name, which may know them already."""
        return cls(_Rows(_published(), words_of))

    def with_changes(self, keys: frozenset[int]) -> "OrganisationNames":
        """Return one in which some organisations are as they are now; itself for none."""
        rows, changed = self._before
        return OrganisationNames(rows, changed | keys) if keys else self

    def with_phrases(self, wanted: tuple[Phrases, ...]) -> list[int]:
        """Return the keys of the organisations that have one of the phrases for each thing typed, by name."""
        return self._rows.by_name(self._rows.words.with_phrases(wanted, self._rows.all))

    def named(self, words: Iterable[str]) -> list[int]:
        """Return the keys of the organisations whose names have each of some words, whole, by name; [] for no words.

        Words that no name has are left out.
        """
        known = [word for word in words if word in self._rows.names]
        return self.with_name(known) if known else []

    def with_name(self, words: Iterable[str]) -> list[int]:
        """Return the keys of the organisations whose names have each of some words, whole, by name."""
        wanted = tuple((((word, True),),) for word in words)
        return self._rows.by_name(self._rows.names.with_phrases(wanted, self._rows.all))

    def not_ended(self, keys: Iterable[int]) -> list[int]:
        """Return those of some keys that are of published organisations which have not ended, by name."""
        return self._rows.by_name(self._rows.bits(keys) & ~self._rows.ended)

    @property
    def _rows(self) -> "_Rows":
        rows, changed = self._before
        if changed:
            rows = rows.with_changes(changed)
            self._before = rows, frozenset()
        return rows


class _Rows:
    """The organisations by slot, and the bitsets of their words. Immutable: `with_changes` returns a copy."""

    def __init__(self, rows: Iterable[tuple[Any, ...]], words_of: WordsOf) -> None:
        #: The keys and the case-folded names by slot, and the slots by key, of all that have ever been published.
        self._keys, self._name_keys = array("q"), list[str]()
        self._slots: dict[int, int] = {}
        #: Bitsets of what is published, and, of that, of what has ended.
        self.all = self.ended = 0
        of_names, of_all = self._take(rows, words_of)
        self.names, self.words = (WordPostings(inverted(each.items()), len(self._keys)) for each in (of_names, of_all))

    def with_changes(self, keys: Collection[int]) -> "_Rows":
        """Return a copy in which the organisations of some keys are read again."""
        rows = copy(self)
        rows._keys, rows._name_keys, rows._slots = self._keys[:], self._name_keys.copy(), self._slots.copy()
        changed = self.bits(keys)
        rows.all, rows.ended = self.all & ~changed, self.ended & ~changed
        of_names, of_all = rows._take(values_in_batches(_published_of, keys), words_of_organisation)
        slots = [*slots_of(changed)]
        rows.names, rows.words = self.names.with_changes(slots, of_names), self.words.with_changes(slots, of_all)
        return rows

    def bits(self, keys: Iterable[int]) -> int:
        """Return the bitset of those of some keys that are published."""
        return bits_of([self._slots[key] for key in keys if key in self._slots]) & self.all

    def by_name(self, found: int) -> list[int]:
        """Return the keys of a bitset of slots, in the order of names."""
        return [self._keys[slot] for slot in sorted(slots_of(found), key=self._name_key)]

    def _name_key(self, slot: int) -> tuple[str, int]:
        return self._name_keys[slot], self._keys[slot]

    def _take(
        self, rows: Iterable[tuple[Any, ...]], words_of: WordsOf
    ) -> tuple[dict[int, tuple[str, ...]], dict[int, tuple[str, ...]]]:
        """Put published organisations in their slots. Return the words of their names, and all words, by slot."""
        of_names: dict[int, tuple[str, ...]] = {}
        of_all: dict[int, tuple[str, ...]] = {}
        ended = []
        for pk, name, former, summary, ended_on in rows:
            slot = self._slots.setdefault(pk, len(self._keys))
            if slot == len(self._keys):
                self._keys.append(pk)
                self._name_keys.append("")
            self._name_keys[slot] = name.casefold()
            ended += [slot] if ended_on else []
            words = dict.fromkeys(word for each in (name, *json.loads(former)) for word in words_of(each))
            of_names[slot], of_all[slot] = tuple(words), tuple(words | dict.fromkeys(fold(summary).split()))
        self.all, self.ended = self.all | bits_of(of_all), self.ended | bits_of(ended)
        return of_names, of_all


def _published() -> QuerySet[Organisation, tuple[Any, ...]]:
    columns = ("pk", "name", FORMER_NAMES_AS_TEXT, "summary", "ended_on")
    return Organisation.objects.published().order_by().values_list(*columns)


def _published_of(keys: list[int]) -> QuerySet[Organisation, tuple[Any, ...]]:
    return _published().filter(pk__in=keys)
