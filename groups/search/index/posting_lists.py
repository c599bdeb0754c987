"""The posting lists of an index, by the kinds of its keys, and what fills them."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from .bitset import bits_of
from .document import Document, IndexEntry, Keys, Term
from .postings import Postings, WordPostings


class PostingLists(NamedTuple):
    """The posting lists of `Keys`, by the same names."""

    options: Postings[tuple[str, str]]
    times: Postings[tuple[str, str]]
    areas: Postings[int]
    serves: Postings[int]
    words: WordPostings
    name_words: WordPostings
    topic_words: WordPostings
    organisation: Postings[int]

    def in_areas(self, slots: Collection[int], listed: int, placed: int) -> tuple[Counter[int], Counter[int]]:
        """Return in how many of some slots, of what is listed, each area is met in, and is served without a point."""
        meeting, area_wide = Counter[int](), Counter[int]()
        listed_slots = [slot for slot in slots if listed >> slot & 1]
        for areas in self.areas.keys_of_each(listed_slots).values():
            meeting.update(areas)
        for slot, areas in self.serves.keys_of_each(listed_slots).items():
            if not placed >> slot & 1:
                area_wide.update(areas)
        return meeting, area_wide

    def with_changes(self, emptied: Collection[int], filled: Mapping[int, Keys]) -> "PostingLists":
        """Return a copy in which some slots have lost all keys, and then some have got new ones."""
        lists: tuple[Any, ...] = self
        complete = {slot: keys.with_words_of_terms() for slot, keys in filled.items()}
        return PostingLists(
            *(
                postings.with_changes(emptied, {slot: keys[place] for slot, keys in complete.items()})
                for place, postings in enumerate(lists)
            )
        )


class PostingListsBuilder:
    """Takes the keys of one slot after the other."""

    def __init__(self) -> None:
        self._size = 0
        #: In the order of the fields of `Keys`.
        self._lists = tuple(defaultdict[Any, "array[int]"](partial(array, "I")) for _ in Keys._fields)

    def documents(self, entries: Iterable[IndexEntry]) -> Iterator[Document]:
        """Yield the documents of some entries, and take the keys of each with the next slot, from 0 on."""
        for document, keys in entries:
            yield document
            for slots_of_key, keys_of_group in zip(self._lists, keys, strict=True):
                for key in keys_of_group:
                    slots_of_key[key].append(self._size)
            self._size += 1

    def build(self) -> PostingLists:
        """Return the posting lists. What the words of terms stand in is joined from bitsets, not slot by slot."""
        of_terms: Mapping[Term, array[int]] = self._lists[Keys._fields.index("terms")]
        words, topic_words = defaultdict[str, int](int), defaultdict[str, int](int)
        for term, slots in of_terms.items():
            bits = bits_of(slots)
            for found, words_of_term in ((words, term.words), (topic_words, term.topic_words)):
                for word in words_of_term:
                    found[word] |= bits
        more: tuple[Any, ...] = Keys(words=words, topic_words=topic_words)
        kinds = Postings, Postings, Postings, Postings, WordPostings, WordPostings, WordPostings, Postings
        made: Iterable[Any] = (
            kind(lists, self._size, also) for kind, lists, also in zip(kinds, self._lists, more, strict=False)
        )
        return PostingLists(*made)
