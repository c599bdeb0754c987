"""A listed group as the index holds it: what it is found, counted and ranked by, and nothing else.

The fields of a document are read for single groups. Its keys are only read inverted, from key to groups, so the index
keeps them in posting lists and nowhere else.
"""

import datetime
from bisect import bisect_right
from collections.abc import Collection
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from .meeting_filter import MeetingFilter

#: The facets in which any of the chosen options must match, and those in which all must.
ANY_OF = ("focus", "joining", "day", "time", "soon", "format", "audience", "topic", "stage", "led", "free")
ALL_OF = ("services", "access")
FACETS = (*ANY_OF, *ALL_OF)


@dataclass(frozen=True, eq=False, slots=True)
class Term:
    """A topic, some meeting times or the like: what all groups that have it are found by. Each is one object."""

    #: Facets and options, as in `Keys`.
    options: tuple[tuple[str, str], ...] = ()
    #: Its folded words, and those of them in which searches rank groups higher.
    words: tuple[str, ...] = ()
    topic_words: tuple[str, ...] = ()


class Keys(NamedTuple):
    """The keys of a document in each posting index; each collection holds a key at most once."""

    #: Facet and option: ("focus", "talking"), ("day", "monday").
    options: Collection[tuple[str, str]] = ()
    #: Day and time of day of one meeting: ("thursday", "evening").
    times: Collection[tuple[str, str]] = ()
    #: Primary keys of the areas that it meets in, and of those that overlap an area it serves.
    areas: Collection[int] = ()
    serves: Collection[int] = ()
    #: The folded words of all its public text; of its name; and of its topics, activities and audiences.
    words: Collection[str] = ()
    name_words: Collection[str] = ()
    topic_words: Collection[str] = ()
    #: The primary key of the organisation that runs it.
    organisation: Collection[int] = ()
    #: The terms whose options and words are to be added to these.
    terms: Collection[Term] = ()

    def with_keys_of_terms(self) -> "Keys":
        """Return the same with the keys of the terms in their places."""
        added = {
            name: dict.fromkeys([*getattr(self, name), *(key for term in self.terms for key in getattr(term, name))])
            for name in Term.__slots__
        }
        return self._replace(**added, terms=())


class Document(NamedTuple):
    """One published group. Meetings are aware datetimes; the point is latitude and longitude in WGS 84 degrees."""

    pk: int
    #: The case-folded name, for sorting.
    name_key: str
    #: Where it meets, as far as that is public; None for no point.
    point: tuple[float, float] | None
    is_about: bool
    #: Whether its venue is not public: the group is closed, or the venue confidential.
    is_hidden: bool
    is_closed: bool
    #: Whether anybody anywhere can join from home.
    is_from_home: bool
    checked_on: datetime.date | None
    #: When its next meetings begin, in order, in the time of London; without a known time, the end of the day.
    meetings: tuple[datetime.datetime, ...]
    is_forming: bool
    is_paused: bool
    meets_in_person: bool
    #: How many topics and audiences it names.
    particulars: int
    #: When it was added to the directory, in seconds since 1970.
    added_at: float = 0.0

    def next_fitting(self, fitting: MeetingFilter) -> datetime.datetime | None:
        """Return when the first meeting to come that fits begins; None if none is known."""
        return next_fitting(self.meetings, fitting)


def next_fitting(meetings: tuple[datetime.datetime, ...], fitting: MeetingFilter) -> datetime.datetime | None:
    """Return the first of some meetings, in order, that is to come and fits; None for none."""
    return fitting.first_of(islice(meetings, bisect_right(meetings, fitting.now), None))


#: The input of the index for one group.
IndexEntry = tuple[Document, Keys]
