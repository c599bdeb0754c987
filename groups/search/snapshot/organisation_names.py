"""The published organisations, found by words."""

from collections.abc import Iterable
from functools import cached_property
from typing import Self

from common.text import fold
from organisations.models import Organisation

from ..index.bitset import slots_of
from ..index.postings import Phrases, WordPostings
from .lookups import words_of_organisation


class OrganisationNames:
    """An index of published organisations by the words of their names, former names and summaries.

    Read when words are first looked for: most pages after an edit look for none.
    """

    @classmethod
    def read(cls) -> Self:
        """Return one that is read now."""
        names = cls()
        len(names._rows.keys)
        return names

    def with_phrases(self, wanted: tuple[Phrases, ...]) -> list[int]:
        """Return the keys of the organisations that have one of the phrases for each thing typed, by name."""
        return [self._rows.keys[slot] for slot in slots_of(self._rows.words.with_phrases(wanted, self._rows.all))]

    def named(self, words: Iterable[str]) -> list[int]:
        """Return the keys of the organisations whose names have each of some words, whole, by name; [] for no words.

        Words that no name has are left out.
        """
        known = [word for word in words if word in self._rows.names]
        return self.with_name(known) if known else []

    def with_name(self, words: Iterable[str]) -> list[int]:
        """Return the keys of the organisations whose names have each of some words, whole, by name."""
        wanted = tuple((((word, True),),) for word in words)
        return [self._rows.keys[slot] for slot in slots_of(self._rows.names.with_phrases(wanted, self._rows.all))]

    @cached_property
    def _rows(self) -> "_Rows":
        return _Rows()


class _Rows:
    """The keys of the organisations in the order of names, and the bitsets of their words."""

    def __init__(self) -> None:
        self.keys: list[int] = []
        self.names, self.words = WordPostings(), WordPostings()
        rows = Organisation.objects.published().order_by("name").values_list("pk", "name", "former_names", "summary")
        for slot, (pk, name, former, summary) in enumerate(rows):
            self.keys.append(pk)
            words = dict.fromkeys(word for each in (name, *former) for word in words_of_organisation(each))
            self.names.add(slot, words)
            self.words.add(slot, words | dict.fromkeys(fold(summary).split()))
        self.all = (1 << len(self.keys)) - 1
