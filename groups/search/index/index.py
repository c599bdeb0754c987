"""The directory as search holds it: records in, answers out. Pure: no database, and no clock of its own.

An index is never changed, only replaced by another, so whoever holds one sees one state of the world.
"""

import datetime
from collections.abc import Iterable, Mapping
from itertools import islice

from .document import ALL_OF, FACETS, Document, Keys, Listed
from .geo_grid import Grid
from .postings import Phrases, Postings
from .ranking import Order
from .types import SIDEBAR_LIMIT, IndexQuery, IndexResult

#: How many results stand on a page: with what stands beside them it comes in 14 KB (tests/pages/test_weight.py).
PER_PAGE = 12


class Index:
    """Every published group on one day: who has what, where, by which words, and in what order they stand."""

    def __init__(self, listed: Iterable[Listed], today: datetime.date) -> None:
        self.today = today
        self._records: dict[int, Document] = {}
        self._post = {name: Postings() for name in Keys._fields}
        for slot, (record, keys) in enumerate(listed):
            self._records[slot] = record
            for postings, some in zip(self._post.values(), keys, strict=True):
                postings.add(slot, some)
        self._slot_of = {record.pk: slot for slot, record in self._records.items()}
        self._size = len(self._records)
        self._grid = Grid({slot: record.point for slot, record in self._records.items() if record.point})
        self._order = Order(self._records, self._grid, today)

    def __len__(self) -> int:
        return len(self._records)

    def record(self, pk: int) -> Document | None:
        slot = self._slot_of.get(pk)
        return None if slot is None else self._records[slot]

    def keys(self, pk: int) -> Keys | None:
        """What a group is found by, gathered from all of the postings: to know why it is found, not for a page."""
        slot = self._slot_of.get(pk)
        return None if slot is None else Keys(*(tuple(postings.keys_of([slot])) for postings in self._post.values()))

    def with_changes(self, changed: Mapping[int, Listed | None]) -> "Index":
        """The index in which some groups are as they are now, new, or (None) gone."""
        index = Index.__new__(Index)
        index.today = self.today
        index._records, index._slot_of = self._records.copy(), self._slot_of.copy()
        index._size = self._size
        before: dict[int, Document] = {}
        for pk in changed:
            slot = index._slot_of.pop(pk, None)
            if slot is not None:
                before[slot] = index._records[slot]
                del index._records[slot]
        after: dict[int, Document] = {}
        keys_after: dict[int, Keys] = {}
        for pk, listed in changed.items():
            if listed is not None:
                slot = next((slot for slot in before if slot not in after), index._size)
                index._size = max(index._size, slot + 1)
                index._slot_of[pk] = slot
                index._records[slot], keys_after[slot] = listed
                after[slot] = index._records[slot]
        index._post = {
            name: postings.with_changes(before, {slot: getattr(keys, name) for slot, keys in keys_after.items()})
            for name, postings in self._post.items()
        }
        index._grid = self._grid.with_changes(
            {slot: after[slot].point if slot in after else None for slot in {*before, *after}}
        )
        index._order = self._order.with_changes(index._records, index._grid, before, after)
        return index

    def search(self, asked: IndexQuery, now: datetime.datetime) -> IndexResult:
        """The page of groups that answer a question at a moment, and how many each option would leave."""
        words, name_hits = self._words(asked.words)
        place = self._place(asked)
        rest = self._order.listed & words & self._organisation(asked)
        chosen = self._all_chosen(asked.choices, now)
        filtered = rest
        for bits in chosen.values():
            filtered &= bits
        found = filtered & place
        tiers = [found & name_hits, found & ~name_hits] if asked.words else [found]
        total = found.bit_count()
        page = min(max(asked.page, 1), max(1, -(-total // PER_PAGE)))
        first = (page - 1) * PER_PAGE
        serving = filtered & ~found & self._serving(asked)
        joinable_from_home = (
            filtered & ~found & self._order.joinable_from_home if asked.surrounding_area is not None else 0
        )
        return IndexResult(
            total=total,
            page=page,
            found=tuple(islice(self._order.all_of(tiers, asked, now, first), PER_PAGE)),
            serving=self._order.first(asked.most_serving, serving, now),
            serving_total=serving.bit_count(),
            joinable_from_home=self._order.first(SIDEBAR_LIMIT, joinable_from_home, now),
            from_home_total=joinable_from_home.bit_count(),
            counts=self._counts(rest & place, chosen, asked.choices, now),
        )

    def total(self, asked: IndexQuery, now: datetime.datetime) -> int:
        """How many groups answer a question: what is left when something is loosened."""
        found = self._order.listed & self._words(asked.words)[0] & self._organisation(asked) & self._place(asked)
        for bits in self._all_chosen(asked.choices, now).values():
            found &= bits
        return found.bit_count()

    def in_area(self, area: int) -> tuple[int, int]:
        """How many listed groups meet in an area, and how many serve it and have no place of their own."""
        meeting = self._order.listed & self._post["areas"].bits(area)
        serving = self._order.listed & self._post["serves"].bits(area) & ~self._order.placed
        return meeting.bit_count(), serving.bit_count()

    def areas(self) -> set[int]:
        """The areas in which something listed meets, or that something listed serves."""
        return {area for area in {*self._post["areas"], *self._post["serves"]} if any(self.in_area(area))}

    def words(self) -> dict[str, int]:
        """Every word that a group can be found by, and how many are."""
        return self._post["words"].sizes()

    # What a question selects

    def _place(self, asked: IndexQuery) -> int:
        found = self._order.listed
        if asked.point is not None:
            found &= self._grid.within(asked.point, asked.miles)
        if asked.area is not None:
            found &= self._post["areas"].bits(asked.area)
        return found

    def _serving(self, asked: IndexQuery) -> int:
        return 0 if asked.surrounding_area is None else self._post["serves"].bits(asked.surrounding_area)

    def _organisation(self, asked: IndexQuery) -> int:
        return self._order.listed if asked.organisation is None else self._post["organisation"].bits(asked.organisation)

    def _words(self, wanted: tuple[Phrases, ...]) -> tuple[int, int]:
        """The sets of slots in whose texts, and in whose names, one of the phrases stands for each thing typed."""
        return tuple(self._post[texts].with_phrases(wanted, self._order.listed) for texts in ("words", "name_words"))

    def _all_chosen(self, choices: Mapping[str, tuple[str, ...]], now: datetime.datetime) -> dict[str, int]:
        """For each facet the set that what was chosen of it lets through."""
        chosen = {facet: self._chosen(facet, choices) for facet in _COMBINED}
        return chosen | {"soon": self._order.this_week(now) if choices.get("soon") else self._order.listed}

    def _chosen(self, facet: str, choices: Mapping[str, tuple[str, ...]]) -> int:
        """The set of slots that what was chosen of a facet lets through: all, where nothing was."""
        if facet == "when":
            return self._when(choices.get("day", ()), choices.get("time", ()))
        options = [self._post["options"].bits((facet, value)) for value in choices.get(facet, ())]
        if not options:
            return self._order.listed
        found = self._order.listed if facet in ALL_OF else 0
        for bits in options:
            found = found & bits if facet in ALL_OF else found | bits
        return found

    def _when(self, days: tuple[str, ...], times: tuple[str, ...]) -> int:
        """A group that meets on one of the days at one of the times: on Thursday evening, not on either."""
        if days and times:
            keys, postings = [(day, time) for day in days for time in times], self._post["times"]
        else:
            keys, postings = [("day", day) for day in days] + [("time", time) for time in times], self._post["options"]
        found = 0 if keys else self._order.listed
        for key in keys:
            found |= postings.bits(key)
        return found

    # How many there are of everything

    def _counts(
        self, base: int, chosen: dict[str, int], choices: Mapping[str, tuple[str, ...]], now: datetime.datetime
    ) -> dict[str, dict[str, int]]:
        """For each option how many groups it would leave, beside what is chosen of the other facets."""
        others = _each_without_itself(base, chosen)
        everything = base
        for bits in chosen.values():
            everything &= bits
        counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
        counts["soon"] = {"this week": (others["soon"] & self._order.this_week(now)).bit_count()}
        for facet, value in self._post["options"]:
            if facet in ("day", "time"):
                days, times = choices.get("day", ()), choices.get("time", ())
                when = self._when((value,), times) if facet == "day" else self._when(days, (value,))
                counts[facet][value] = (others["when"] & when).bit_count()
            else:
                left = everything if facet in ALL_OF else others[facet]
                counts[facet][value] = (left & self._post["options"].bits((facet, value))).bit_count()
        return counts


#: The facets as they filter: the day and the time of day are one, because they are of one meeting.
_COMBINED = ("when", *(facet for facet in FACETS if facet not in ("day", "time")))


def _each_without_itself(base: int, chosen: dict[str, int]) -> dict[str, int]:
    """For each facet the set that all the others let through."""
    names = list(chosen)
    before, left = [base], base
    for name in names:
        left &= chosen[name]
        before.append(left)
    found, after = {}, base
    for place in range(len(names) - 1, -1, -1):
        found[names[place]] = before[place] & after
        after &= chosen[names[place]]
    return found
