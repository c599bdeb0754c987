"""The posting lists of an index, by the kinds of its keys, and what fills them."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Any, NamedTuple

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

    def with_changes(self, emptied: Collection[int], filled: Mapping[int, Keys]) -> "PostingLists":
        """Return a copy in which some slots have lost all keys, and then some have got new ones."""
        lists: tuple[Any, ...] = self
        complete = {slot: keys.with_keys_of_terms() for slot, keys in filled.items()}
        return PostingLists(
            *(
                postings.with_changes(emptied, {slot: keys[place] for slot, keys in complete.items()})
                for place, postings in enumerate(lists)
            )
        )


class PostingListsBuilder:
    """Takes the keys of one slot after the other.

    Many groups have the same areas, and the same terms: their slots are taken once for all keys of such a bundle.
    """

    #: The kinds of keys whose collections many groups have in common.
    _BUNDLES = ("times", "areas", "serves")

    def __init__(self) -> None:
        self._size = 0
        self._lists: dict[str, _Lists] = {name: _lists() for name in Keys._fields if name not in self._BUNDLES}
        self._bundles: dict[str, _Lists] = {name: _lists() for name in self._BUNDLES}

    def documents(self, entries: Iterable[IndexEntry]) -> Iterator[Document]:
        """Yield the documents of some entries, and take the keys of each with the next slot, from 0 on."""
        of_each = [(Keys._fields.index(name), lists) for name, lists in self._lists.items()]
        of_bundles = [(Keys._fields.index(name), lists) for name, lists in self._bundles.items()]
        for document, keys in entries:
            yield document
            slot = self._size
            for place, lists in of_each:
                for key in keys[place]:
                    lists[key].append(slot)
            for place, lists in of_bundles:
                if keys[place]:
                    lists[tuple(keys[place])].append(slot)
            self._size += 1

    def build(self) -> PostingLists:
        """Return the posting lists."""
        terms: Mapping[Term, array[int]] = self._lists["terms"]
        made: dict[str, Any] = {}
        for name in PostingLists._fields:
            kind = WordPostings if name in ("words", "name_words", "topic_words") else Postings
            if name in self._bundles:
                bundles = list(self._bundles[name].items())
            elif name in Term.__slots__:
                bundles = [(getattr(term, name), slots) for term, slots in terms.items()]
            else:
                bundles = []
            made[name] = kind(self._lists.get(name, {}), self._size, bundles)
        return PostingLists(**made)


#: The slots of each key, in ascending order.
_Lists = dict[Any, "array[int]"]


def _lists() -> _Lists:
    return defaultdict(partial(array, "I"))


class Counted(NamedTuple):
    """What areas are counted by: their postings, and the bitsets of what is listed and of what has a point."""

    areas: Postings[int]
    serves: Postings[int]
    listed: int
    placed: int

    def counts(self, slots: Collection[int]) -> tuple[Counter[int], Counter[int]]:
        """Return in how many of some slots, of what is listed, each area is met in, and is served without a point."""
        meeting, area_wide = Counter[int](), Counter[int]()
        listed_slots = [slot for slot in slots if self.listed >> slot & 1]
        for areas in self.areas.keys_of_each(listed_slots).values():
            meeting.update(areas)
        for slot, areas in self.serves.keys_of_each(listed_slots).items():
            if not self.placed >> slot & 1:
                area_wide.update(areas)
        return meeting, area_wide


def counts_after(
    counts: dict[int, tuple[int, int]], slots: Collection[int], before: Counted, now: Counted
) -> tuple[dict[int, tuple[int, int]], frozenset[int]]:
    """Return counts of areas with the difference that a change of some slots makes, and the areas that differ.

    For no difference the counts are those that were given.
    """
    # Postings of which no key has changed are the same object.
    if before == now:
        return counts, frozenset()
    both = [*zip(before.counts(slots), now.counts(slots), strict=True)]
    areas = frozenset(area for was, has in both for area in was | has if was[area] != has[area])
    after = counts.copy() if areas else counts
    for area in areas & counts.keys():
        added, added_area_wide = (has[area] - was[area] for was, has in both)
        meeting, area_wide = counts[area]
        after[area] = meeting + added, area_wide + added_area_wide
    return after, areas
