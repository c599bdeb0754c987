"""The posting lists of an index, by the kinds of its keys, and what fills them."""

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

from .document import Document, IndexEntry, Keys
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

    def with_changes(self, emptied: Collection[int], filled: Mapping[int, Keys]) -> "PostingLists":
        """Return a copy in which some slots have lost all keys, and then some have got new ones."""
        lists: tuple[Any, ...] = self
        return PostingLists(
            *(
                postings.with_changes(emptied, {slot: keys[place] for slot, keys in filled.items()})
                for place, postings in enumerate(lists)
            )
        )


class PostingListsBuilder:
    """Takes the keys of one slot after the other."""

    def __init__(self) -> None:
        self._size = 0
        self._lists = Keys(*(defaultdict[Any, "array[int]"](partial(array, "I")) for _ in Keys._fields))

    def documents(self, entries: Iterable[IndexEntry]) -> Iterator[Document]:
        """Yield the documents of some entries, and take the keys of each with the next slot, from 0 on."""
        for document, keys in entries:
            yield document
            for slots_of_key, keys_of_group in zip(self._lists, keys, strict=True):
                for key in keys_of_group:
                    slots_of_key[key].append(self._size)
            self._size += 1

    def build(self) -> PostingLists:
        kinds = Postings, Postings, Postings, Postings, WordPostings, WordPostings, WordPostings, Postings
        made: Iterable[Any] = (kind(lists, self._size) for kind, lists in zip(kinds, self._lists, strict=True))
        return PostingLists(*made)
