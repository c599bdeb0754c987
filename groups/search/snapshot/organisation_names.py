"""The published organisations, found by words."""

from collections.abc import Iterable

from common.text import fold
from organisations.models import Organisation

from ..index.bitset import slots_of
from ..index.postings import Phrases, WordPostings
from .lookups import words_of_organisation


class OrganisationNames:
    """An index of published organisations by the words of their names, former names and summaries."""

    def __init__(self) -> None:
        self._keys: list[int] = []
        self._names, self._words = WordPostings(), WordPostings()
        rows = Organisation.objects.published().order_by("name").values_list("pk", "name", "former_names", "summary")
        for slot, (pk, name, former, summary) in enumerate(rows):
            self._keys.append(pk)
            words = dict.fromkeys(word for each in (name, *former) for word in words_of_organisation(each))
            self._names.add(slot, words)
            self._words.add(slot, words | dict.fromkeys(fold(summary).split()))
        self._all = (1 << len(self._keys)) - 1

    def with_phrases(self, wanted: tuple[Phrases, ...]) -> list[int]:
        """Return the keys of the organisations that have one of the phrases for each thing typed, by name."""
        return [self._keys[slot] for slot in slots_of(self._words.with_phrases(wanted, self._all))]

    def named(self, words: Iterable[str]) -> list[int]:
        """Return the keys of the organisations whose names have each of some words, whole, by name; [] for no words.

        Words that no name has are left out.
        """
        known = [word for word in words if word in self._names]
        return self.with_name(known) if known else []

    def with_name(self, words: Iterable[str]) -> list[int]:
        """Return the keys of the organisations whose names have each of some words, whole, by name."""
        wanted = tuple((((word, True),),) for word in words)
        return [self._keys[slot] for slot in slots_of(self._names.with_phrases(wanted, self._all))]
