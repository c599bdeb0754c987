"""What the chosen options of facets let through, and how many groups each option would leave."""

import datetime
from collections.abc import Collection, Mapping
from functools import cached_property

from .bitset import slots_of
from .calendar import MeetingCalendar
from .document import ALL_OF, FACETS
from .meeting_filter import SOON, TIMES_OF_DAY, WEEKDAYS, MeetingFilter
from .postings import Postings

#: Facets that one meeting must match together, as one filter, with their options.
_WHEN = {"day": WEEKDAYS, "time": TIMES_OF_DAY, "soon": SOON}
#: The most groups that are counted one by one, by the options that each has, and not option by option.
_FEW = 60
#: Facets of which many groups say nothing, though they may fit.
UNSAID = ("audience", "services", "access", "free")
#: The option of a group that says it is for everybody: it does not say that it is for women.
EVERYBODY = "everybody"


def denied(value: str) -> str:
    """Return the option of a group that says that it is not so: ("free", "not yes")."""
    return f"not {value}"


class ChosenFacets:
    """The choices of one query as bitsets, by facet; day, time and "how soon" are one: one meeting must match."""

    def __init__(
        self,
        options: Postings[tuple[str, str]],
        times: Postings[tuple[str, str]],
        listed: int,
        calendar: MeetingCalendar,
        choices: Mapping[str, tuple[str, ...]],
        now: datetime.datetime,
        unsaid: tuple[str, ...] = (),
    ) -> None:
        self._options, self._times, self._listed, self._calendar = options, times, listed, calendar
        self._choices, self._now = choices, now
        self._when_chosen = {facet: choices.get(facet, ()) for facet in _WHEN}
        self._unsaid_too = unsaid
        #: For each facet that was asked for, the bitset of the groups that say so. No other is anded with anything.
        self._saying = {
            facet: self._chosen(facet) for facet, values in choices.items() if values and facet not in _WHEN
        }
        if any(self._when_chosen.values()):
            self._saying["when"] = self._when(self._when_chosen)

    @cached_property
    def let_through(self) -> dict[str, int]:
        """For each facet that was asked for, the bitset of what its options let through."""
        unsaid = {
            facet: self._saying[facet] | self._unsaid(facet) for facet in self._unsaid_too if self._is_asked(facet)
        }
        return self._saying | unsaid

    @property
    def all_let_through(self) -> int:
        """The bitset of what every facet lets through."""
        return _intersection(self._listed, self.let_through)

    @property
    def all_saying(self) -> int:
        """The bitset of the groups that say everything that was asked for."""
        return _intersection(self._listed, self._saying)

    def unsaid_counts(self, base: int) -> dict[str, int]:
        """Return, for each facet that was asked for, how many groups of a bitset would be found that do not say."""
        asked = [facet for facet in UNSAID if self._is_asked(facet) and facet not in self._unsaid_too]
        others = _all_but_each(base, self.let_through) if asked else {}
        counts = {facet: (others[facet] & self._unsaid(facet)).bit_count() for facet in asked}
        return {facet: count for facet, count in counts.items() if count}

    def counts(self, base: int, facets: Collection[str] = FACETS) -> dict[str, dict[str, int]]:
        """Return, for some facets and each option, how many groups it would leave with the choices in other facets.

        An option that is missing would leave none.
        """
        counts: dict[str, dict[str, int]] = {facet: {} for facet in facets}
        if len(counts) == len(FACETS) and not any(self._choices.values()) and base.bit_count() <= _FEW:
            self._count_each(base, counts)
            return counts
        others = _all_but_each(base, self._saying)
        everything = _intersection(base, self._saying)
        for facet in counts.keys() & _WHEN.keys():
            counts[facet] = self._when_counts(others.get("when", everything), facet)
        for facet, value in self._options:
            if facet in counts and facet not in _WHEN:
                left = everything if facet in ALL_OF else others.get(facet, everything)
                counts[facet][value] = (left & self._options.bits((facet, value))).bit_count()
        return counts

    def _count_each(self, base: int, counts: dict[str, dict[str, int]]) -> None:
        """Fill in the counts of a few groups, of which nothing was chosen, by the options that each of them has."""
        for (facet, value), count in self._options.counts(slots_of(base)).items():
            if facet in counts:
                counts[facet][value] = count
        if "soon" in counts:
            counts["soon"] = self._when_counts(base, "soon")

    def _when_counts(self, base: int, facet: str) -> dict[str, int]:
        """Return how many groups of a bitset each option of a facet of one meeting would leave."""
        when = self._when_chosen
        return {option: (base & self._when({**when, facet: (option,)})).bit_count() for option in _WHEN[facet]}

    def _is_asked(self, facet: str) -> bool:
        return bool(self._choices.get(facet))

    def _chosen(self, facet: str) -> int:
        """Return the bitset of the groups that say what was asked for in a facet."""
        options = [self._options.bits((facet, value)) for value in self._choices[facet]]
        found = self._listed if facet in ALL_OF else 0
        for bits in options:
            found = found & bits if facet in ALL_OF else found | bits
        return found

    def _unsaid(self, facet: str) -> int:
        """Return the bitset of groups that say nothing of what was asked for in a facet."""
        saying = self._saying[facet]
        if facet == "audience":
            for name, value in self._options:
                if name == facet and value != EVERYBODY:
                    saying |= self._options.bits((name, value))
        for value in self._choices.get(facet, ()):
            saying |= self._options.bits((facet, denied(value)))
        return self._listed & ~saying

    def _when(self, when: Mapping[str, tuple[str, ...]]) -> int:
        """Return the bitset for days, times of day and "how soon", matched in one meeting: on Thursday evening.

        Days and times alone are those of regular meetings, so that a group is found in a week that it has off.
        """
        days, times, soon = when["day"], when["time"], when["soon"]
        if soon:
            return self._calendar.meeting(MeetingFilter.of(self._now, days, times, soon))
        keys: list[tuple[str, str]]
        if days and times:
            keys, postings = [(day, time) for day in days for time in times], self._times
        else:
            keys = [("day", day) for day in days] + [("time", time) for time in times]
            postings = self._options
        found = 0 if keys else self._listed
        for key in keys:
            found |= postings.bits(key)
        return found


def _intersection(base: int, bitsets: Mapping[str, int]) -> int:
    for bits in bitsets.values():
        base &= bits
    return base


def _all_but_each(base: int, chosen: Mapping[str, int]) -> dict[str, int]:
    """Return, for each facet, the intersection of `base` with all the others."""
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
