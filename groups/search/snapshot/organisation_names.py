"""The published organisations, found by words."""

import json
from collections.abc import Callable, Iterable
from functools import cached_property

from common.text import fold
from organisations.models import Organisation
from organisations.querysets import FORMER_NAMES_AS_TEXT

from ..index.bitset import bits_of, slots_of
from ..index.postings import Phrases, WordPostings, inverted
from .lookups import words_of_organisation

#: What returns the words of the name of an organisation: `words_of_organisation`, or a cache of it.
WordsOf = Callable[[str], tuple[str, ...]]


class OrganisationNames:
    """An index of published organisations by the words of their names, former names and summaries.

    Read when words are first looked for: most pages after an edit look for none.
    """

    def __init__(self, before: "OrganisationNames | None" = None) -> None:
        """Take over the words of what is as it was before."""
        self._rows_before: _Rows | None = (before.__dict__.get("_rows") or before._rows_before) if before else None

    @classmethod
    def read(cls, words_of: "WordsOf") -> "OrganisationNames":
        """Return one that is read now, with what returns the words of a name, which may know them already."""
        names = cls()
        names._rows = _Rows(None, words_of)
        return names

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

    @cached_property
    def _rows(self) -> "_Rows":
        rows, self._rows_before = _Rows(self._rows_before, words_of_organisation), None
        return rows


class _Rows:
    """The organisations by slot, and the bitsets of their words."""

    def __init__(self, before: "_Rows | None", words_of: "WordsOf") -> None:
        #: The keys by slot, and the slots and digests of the rows by key.
        self.keys: list[int] = [*before.keys] if before else []
        self._known: dict[int, tuple[int, int]] = {}
        known = before._known if before else {}
        of_names: dict[int, tuple[str, ...]] = {}
        of_all: dict[int, tuple[str, ...]] = {}
        rows = Organisation.objects.published().order_by("name")
        for pk, name, former, summary in rows.values_list("pk", "name", FORMER_NAMES_AS_TEXT, "summary"):
            digest = hash((name, former, summary))
            slot, digest_before = known.get(pk, (len(self.keys), None))
            self._known[pk] = slot, digest
            self.keys += [pk] * (slot == len(self.keys))
            if digest != digest_before:
                words = dict.fromkeys(word for each in (name, *json.loads(former)) for word in words_of(each))
                of_names[slot], of_all[slot] = tuple(words), tuple(words | dict.fromkeys(fold(summary).split()))
        if before is None:
            self.names, self.words = (
                WordPostings(inverted(each.items()), len(self.keys)) for each in (of_names, of_all)
            )
        else:
            gone = [slot for pk, (slot, _) in known.items() if pk not in self._known]
            self.names, self.words = before.names.with_changes(gone, of_names), before.words.with_changes(gone, of_all)
        #: The place of each slot in the order of names, as the database sorts them.
        self._places = {slot: place for place, (slot, _) in enumerate(self._known.values())}
        self.all = bits_of(self._places)

    def by_name(self, found: int) -> list[int]:
        """Return the keys of a bitset of slots, in the order of names."""
        return [self.keys[slot] for slot in sorted(slots_of(found), key=self._places.__getitem__)]
