"""The inverted index of the directory. Pure: no database, and no clock of its own.

An index is immutable: `with_changes` returns another, so a reader sees one state throughout.
"""

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from groups.choices import Joining

from .alternatives import Alternative, Alternatives
from .bitset import SlotSet, slots_of
from .chosen_facets import ChosenFacets
from .document import Document, IndexEntry, Keys
from .document_table import DocumentTable
from .geo_grid import Grid, Point
from .meeting_filter import MeetingFilter
from .places import Places
from .posting_lists import Counted, PostingListsBuilder, counts_after
from .postings import Phrases, Postings
from .ranking import Ranking
from .types import SIDEBAR_LIMIT, IndexQuery, IndexResult, Match, Section

#: Results per page, so that a page fits in 14 KB (tests/pages/test_weight.py).
PER_PAGE = 12
_Counts = dict[int, tuple[int, int]]


class Index:
    """Every published group on one day: documents by slot, posting lists, the grid of points and the ranking."""

    def __init__(self, entries: Iterable[IndexEntry], today: datetime.date) -> None:
        self.today = today
        builder = PostingListsBuilder()
        self._documents = DocumentTable(builder.documents(entries))
        self._postings = builder.build()
        points = ((slot, self._documents.point(slot)) for slot in self._documents)
        self._grid = Grid({slot: point for slot, point in points if point})
        self._ranking = Ranking(self._documents, self._grid, today)
        #: What `in_area` returns, by area; and the areas in which the last change changed it.
        self._in_areas: _Counts = {}
        self.areas_counted_anew: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self._documents)

    def __getitem__(self, pk: int) -> Document:
        """Return the document of a group. Raises `KeyError` if it is not in the index."""
        return self._documents[self._slot(pk)]

    def document(self, pk: int) -> Document | None:
        slot = self._documents.slot_of(pk)
        return None if slot is None else self._documents[slot]

    def has(self, flag: str, pk: int) -> bool:
        """Return a field that is true or false of the document of a group, which is not made. Raises `KeyError`."""
        return self._documents.has(flag, self._slot(pk))

    def keys(self, pk: int) -> Keys | None:
        """Return the keys of a group, for tests and debugging."""
        slot = self._documents.slot_of(pk)
        if slot is None:
            return None
        lists: tuple[Postings[Any], ...] = self._postings
        return Keys(*(postings.keys_of(slot) for postings in lists))

    def with_changes(self, changed: Mapping[int, IndexEntry | None]) -> "Index":
        """Return a copy in which some groups are added or replaced, or, for None, removed."""
        index = Index.__new__(Index)
        index.today = self.today
        index._documents = self._documents.with_changes({pk: entry and entry[0] for pk, entry in changed.items()})
        before = {slot: self._documents[slot] for slot in map(self._documents.slot_of, changed) if slot is not None}
        after: dict[int, Document] = {}
        keys_after: dict[int, Keys] = {}
        for pk, entry in changed.items():
            slot = index._documents.slot_of(pk)
            if entry is not None and slot is not None:
                after[slot], keys_after[slot] = entry
        index._postings = self._postings.with_changes(before, keys_after)
        points = {slot: after[slot].point if slot in after else None for slot in {*before, *after}}
        moved = {slot: point for slot, point in points.items() if slot not in before or before[slot].point != point}
        index._grid = self._grid.with_changes(moved) if moved else self._grid
        index._ranking = self._ranking.with_changes(index._documents, index._grid, before, after)
        states = (self._postings, self._ranking), (index._postings, index._ranking)
        counted = (Counted(lists.areas, lists.serves, of.listed, of.placed) for lists, of in states)
        index._in_areas, index.areas_counted_anew = counts_after(self._in_areas, {*before, *after}, *counted)
        return index

    def search(self, query: IndexQuery, now: datetime.datetime) -> IndexResult:
        """Return a page of the groups that match at a moment, the blocks beside it, and the facet counts."""
        words = self._words(query.words)
        rest = self._ranking.listed & words & self._organisation(query)
        near = self._near(query, rest)
        chosen = self._chosen(query, now)
        filtered = rest & chosen.all_let_through
        named = self._named(query)
        found = filtered & near | named
        total = found.bit_count()
        page = min(max(query.page, 1), max(1, -(-total // PER_PAGE)))
        first = (page - 1) * PER_PAGE
        area = query.surrounding_area
        area_wide = filtered & ~found & self._area_wide(query)
        from_home = 0 if area is None else filtered & ~found & self._ranking.joinable_from_home
        tiers, fitting = self._tiers(query, named), MeetingFilter.of_choices(query.choices, now)
        unsaid = found & ~named & ~chosen.all_saying if query.unsaid else 0
        in_sections = self._ranking.sections(found, named, unsaid)
        sections: list[tuple[Section | None, int]] = [(None, found)] if query.sort else [*in_sections]
        counts = chosen.counts(near, query.counted)
        nearest: tuple[Match, ...] = ()
        if query.point is not None and query.is_short_of(counts.get("joining", {})):
            farther = filtered & ~near & self._ranking.placed
            nearest = self._ranking.nearest(farther, query.point, query.nearest_limit, fitting)
        return IndexResult(
            total=total,
            page=page,
            matches=tuple(islice(self._ranking.ranked(sections, tiers, query, fitting, first), PER_PAGE)),
            section_totals={} if query.sort else {section: bits.bit_count() for section, bits in in_sections},
            area_wide=self._ranking.first_area_wide(area_wide, tiers, fitting, query.area_wide_limit),
            area_wide_total=area_wide.bit_count(),
            joinable_from_home=self._ranking.first_from_home(from_home, area or 0, fitting, SIDEBAR_LIMIT),
            from_home_total=from_home.bit_count(),
            nearest=nearest,
            counts=counts,
            unsaid=chosen.unsaid_counts(near),
        )

    def places(self, query: IndexQuery, now: datetime.datetime) -> Places:
        """Return where the groups are that match and have a point."""
        return Places(self.matching(query, now) & self._ranking.placed, self._documents, self._grid)

    def total(self, query: IndexQuery, now: datetime.datetime) -> int:
        """Return the number of groups that match."""
        return self.matching(query, now).bit_count()

    def matching(self, query: IndexQuery, now: datetime.datetime) -> int:
        """Return the bitset of slots of what matches."""
        return self._near(query, self._filtered(query, now)) | self._named(query)

    def totals_at(self, query: IndexQuery, places: Iterable[int], now: datetime.datetime) -> list[int]:
        """Return the number of matches, were it not for the place, in each of some bitsets of `bits_of_place`."""
        filtered = self._filtered(query, now)
        return [(filtered & bits).bit_count() for bits in places]

    def totals_within(self, query: IndexQuery, radii: Sequence[float], now: datetime.datetime) -> list[int]:
        """Return the number of matches within each of some ascending distances of a query's point; [] without one."""
        if query.point is None or not radii:
            return []
        filtered = self._filtered(query, now) & self._ranking.placed
        return self._grid.counts_within(query.point, radii, filtered)

    def bits_of_place(self, place: tuple[Point, float] | int) -> int:
        """Return the bitset of slots in a circle (point, miles), or in an area by its key."""
        return self._postings.areas.bits(place) if isinstance(place, int) else self._grid.within(*place)

    def near(
        self, point: Point, miles: float, options: Iterable[tuple[str, str]], but: int, limit: int
    ) -> list[Alternative]:
        """Return the most suitable groups within a distance that take new people, without one: see `Alternatives`."""
        alternatives = Alternatives(self._documents, self._postings.options, self._grid, self._documents.end)
        return list(islice(alternatives.near(self._open(but), point, miles, options), limit))

    def first_of_area(self, area: int, but: int, limit: int, now: datetime.datetime) -> list[int]:
        """Return the keys of the first groups that take new people in an area, but for one: by section and name."""
        found = self._open(but) & self.of_area(area)
        sections, fitting = self._ranking.sections(found), MeetingFilter.of_choices({}, now)
        in_order = self._ranking.ranked(sections, [], IndexQuery(sort="name"), fitting, 0)
        return [match.pk for match in islice(in_order, limit)]

    def next_beginning(self, now: datetime.datetime) -> datetime.datetime | None:
        """Return when the next meeting of a listed group begins today; None for none."""
        return self._ranking.calendar.next_beginning(MeetingFilter.of(now))

    def of_area(self, area: int) -> int:
        """Return the bitset of slots of the listed groups that meet in an area or serve it."""
        return self._ranking.listed & (self._postings.areas.bits(area) | self._postings.serves.bits(area))

    def pks(self, bits: int) -> list[int]:
        """Return the primary keys of the groups of a bitset of slots."""
        return [*map(self._documents.pk, slots_of(bits))]

    def contains(self, bits: int, pk: int) -> bool:
        """Return whether the group of a primary key is in a bitset of slots."""
        slot = self._documents.slot_of(pk)
        return slot is not None and bool(bits >> slot & 1)

    def newest(self, bits: int, since: datetime.datetime, most: int) -> list[int]:
        """Return the primary keys of the groups of a bitset that were added last since a moment, at most `most`."""
        return self._documents.newest(bits, since.timestamp(), most)

    def in_area(self, area: int) -> tuple[int, int]:
        """Return how many listed groups meet in an area, and how many serve it and have no point of their own."""
        counts = self._in_areas.get(area)
        if counts is None:
            meeting = self._ranking.listed & self._postings.areas.bits(area)
            area_wide = self._ranking.listed & self._postings.serves.bits(area) & ~self._ranking.placed
            counts = self._in_areas[area] = meeting.bit_count(), area_wide.bit_count()
        return counts

    def counts_areas_as(self, before: "Index") -> bool:
        """Return whether `in_area` counts the same in each area as in the index that this was made of."""
        return self._in_areas is before._in_areas

    def areas(self) -> set[int]:
        """Return the keys of the areas in which a listed group meets, or that one serves."""
        return {area for area in {*self._postings.areas, *self._postings.serves} if any(self.in_area(area))}

    def without_groups(self, organisations: Iterable[int]) -> Iterator[int]:
        """Yield those of some organisations that have no listed group."""
        listed, of_organisation = SlotSet(self._ranking.listed, self._documents.end), self._postings.organisation
        return (key for key in organisations if not any(slot in listed for slot in of_organisation.slots(key)))

    def frequency(self, words: tuple[Phrases, ...]) -> int:
        """Return how many listed groups have a phrase for each thing typed."""
        return self._words(words).bit_count()

    def has_word(self, word: str) -> bool:
        """Return whether a group has a folded word, whole."""
        return word in self._postings.words

    def words(self) -> dict[str, int]:
        """Return each indexed word with its number of groups."""
        return self._postings.words.sizes()

    def _slot(self, pk: int) -> int:
        slot = self._documents.slot_of(pk)
        if slot is None:
            raise KeyError(pk)
        return slot

    def _open(self, but: int) -> int:
        """Return the bitset of what is listed and takes new people, without the group of a key."""
        slot = self._documents.slot_of(but)
        found = self._ranking.listed & ~self._postings.options.bits(("joining", Joining.CLOSED))
        return found if slot is None else found & ~(1 << slot)

    # Bitsets of what each part of a query selects

    def _near(self, query: IndexQuery, among: int) -> int:
        """Return those of a bitset that are in the place of a query."""
        found = among & self._ranking.listed
        if query.point is not None:
            found = self._grid.among(found & self._ranking.placed, query.point, query.miles)
        if query.area is not None:
            found &= self._postings.areas.bits(query.area)
        return found

    def _area_wide(self, query: IndexQuery) -> int:
        return 0 if query.surrounding_area is None else self._postings.serves.bits(query.surrounding_area)

    def _organisation(self, query: IndexQuery) -> int:
        if query.organisation is None:
            return self._ranking.listed
        return self._postings.organisation.bits(query.organisation)

    def _words(self, wanted: tuple[Phrases, ...]) -> int:
        """Return the bitset of slots whose text has a phrase for each thing typed."""
        return self._postings.words.with_phrases(wanted, self._ranking.listed)

    def _tiers(self, query: IndexQuery, named: int) -> list[int]:
        """Return the bitsets of slots by where the words stand, the best first.

        First the groups of an organisation of the name that was typed, then the groups of that name; those with all
        that was typed in their name or their organisation's; with it there or in topics, activities or audiences; and
        all others. If nothing was typed, the bitset of all.
        """
        listed, wanted, of_named = self._ranking.listed, query.words, self._of_named(query)
        if not wanted:
            return [of_named, named & ~of_named, listed & ~named] if named else [listed]
        name_words, topic_words = self._postings.name_words, self._postings.topic_words
        in_name, in_topics = name_words.with_phrases(wanted, listed), listed
        for phrases in wanted:
            in_topics &= name_words.with_phrases([phrases], listed) | topic_words.with_phrases([phrases], listed)
        in_name, in_topics = in_name & ~named, in_topics & ~named
        return [of_named, named & ~of_named, in_name, in_topics & ~in_name, listed & ~in_topics & ~in_name & ~named]

    def _filtered(self, query: IndexQuery, now: datetime.datetime) -> int:
        """Return the bitset of what matches, wherever it is."""
        return self._words(query.words) & self._organisation(query) & self._chosen(query, now).all_let_through

    def _chosen(self, query: IndexQuery, now: datetime.datetime) -> ChosenFacets:
        lists, ranking = self._postings, self._ranking
        return ChosenFacets(
            lists.options, lists.times, ranking.listed, ranking.calendar, query.choices, now, query.unsaid
        )

    def _named(self, query: IndexQuery) -> int:
        """Return the bitset of slots that have all words of the name of a query in theirs, with the organisation's."""
        if not query.name:
            return 0
        wanted = tuple((((word, True),),) for word in query.name)
        return self._postings.name_words.with_phrases(wanted, self._ranking.listed) | self._of_named(query)

    def _of_named(self, query: IndexQuery) -> int:
        """Return the bitset of slots of the organisations whose name has all words of that of a query."""
        found = 0
        for organisation in query.named_organisations:
            found |= self._postings.organisation.bits(organisation)
        return found & self._ranking.listed
