"""A listed group as search knows it: everything it can be found, counted and put in order by, and nothing else.

What stands in a record is asked of single groups again and again. What stands in its keys is only ever asked the other
way round, which groups have one, so the index keeps them in its postings and nowhere else.
"""

import datetime
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from typing import NamedTuple

#: The facets whose options widen a search (any of them will do), and those that narrow it (all of them must hold).
ANY_OF = ("focus", "joining", "day", "time", "format", "audience", "topic", "stage", "led", "free")
ALL_OF = ("services", "access")
FACETS = (*ANY_OF, *ALL_OF)


class Keys(NamedTuple):
    """What a group is found and counted by, none of it twice."""

    #: What it answers of each facet: ("focus", "talking"), ("day", "monday").
    options: Collection[tuple[str, str]] = ()
    #: On which day at which time of day, together: ("thursday", "evening").
    times: Collection[tuple[str, str]] = ()
    #: The keys of the areas that it meets in, and of those that it is for in whole or in part.
    areas: Collection[int] = ()
    serves: Collection[int] = ()
    #: The folded words of every public text of it, and those of its name.
    words: Collection[str] = ()
    name_words: Collection[str] = ()
    #: The key of the organisation that runs it.
    organisation: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """One published group. Days are dates, meetings are moments with a zone, the point is in WGS 84 degrees."""

    pk: int
    #: Its name folded, which it is sorted by.
    name_key: str
    #: Where it meets, as far as anybody may know; None for nowhere in particular.
    point: tuple[float, float] | None
    is_about: bool
    #: Whether nobody may know its venue: it is closed, or the venue is confidential.
    is_hidden: bool
    is_closed: bool
    #: Whether anybody anywhere can join from home.
    is_from_home: bool
    checked_on: datetime.date | None
    #: When its next meetings begin, in order; a date without a known time is the end of that day.
    meetings: tuple[datetime.datetime, ...] = ()

    def next_after(self, now: datetime.datetime) -> datetime.datetime | None:
        """When it next begins to meet after a moment; None where nobody knows."""
        place = bisect_right(self.meetings, now)
        return self.meetings[place] if place < len(self.meetings) else None


#: A group as the index takes it in.
Listed = tuple[Document, Keys]
