"""The order of the plain reference: sort keys of groups, computed anew for each, and the few groups from home.

The groups are those of `reference.py`, which puts on each what it answers and whether its check is overdue.
"""

import datetime
import itertools
from collections.abc import Sequence

from groups.choices import Joining, Stage
from groups.models import SupportGroup
from groups.search.query import Query
from groups.search.synonyms import Phrase
from places.distance import distance_miles
from tests.groups.search.reference_words import tier_of_words

#: The section of groups that do not say what was asked for.
_UNSAID = 5


def order_key(group: SupportGroup, query: Query, typed: Sequence[Phrase], now: datetime.datetime) -> tuple:
    by_name = group.name.casefold(), group.pk
    if query.sort == "name":
        return by_name
    if query.sort == "soonest" or (query.sort == "nearest" and query.point is None):
        return *_by_date(group, query, now), *by_name
    if query.sort == "nearest":
        return round(miles_to(group, query), 3), *by_name
    tier = 0 if group.is_named and group.is_of_named else 1 if group.is_named else 2 + tier_of_words(group, typed)
    if query.point is not None:
        miles = miles_to(group, query)
        return section_found(group), tier, miles is None, round(miles or 0, 3), *by_name
    return section_found(group), tier, *_by_date(group, query, now), *by_name


def best_match_key(group: SupportGroup, query: Query, typed: Sequence[Phrase], now: datetime.datetime) -> tuple:
    """The order where no point is asked for."""
    by_name = group.name.casefold(), group.pk
    return section(group), tier_of_words(group, typed), *_by_date(group, query, now), *by_name


def section_found(group: SupportGroup) -> int:
    """The section of a group in the list: one of the name that was typed is in the first, unless it is closed; one
    that does not say what was asked for is in the last."""
    if group.is_named and not _is_closed(group):
        return 0
    return _UNSAID if group.is_unsaid else section(group)


def section(group: SupportGroup) -> int:
    """Open and running, being set up, on a break, overdue, closed: the last that is true."""
    true_of_it = [True, group.stage == Stage.FORMING, group.stage == Stage.PAUSED, group.is_overdue, _is_closed(group)]
    return max(number for number, is_true in enumerate(true_of_it) if is_true)


def _is_closed(group: SupportGroup) -> bool:
    return group.joining == Joining.CLOSED


def _by_date(group: SupportGroup, query: Query, now: datetime.datetime) -> tuple:
    begins = next_meeting(group, query, now)
    return begins is None, begins or now


def next_meeting(group: SupportGroup, query: Query, now: datetime.datetime) -> datetime.datetime | None:
    """When the next meeting begins that is on a chosen day, at a chosen time and as soon as was chosen."""
    days, parts, soon = (dict(query.choices).get(name, ()) for name in ("day", "time", "soon"))
    for day, part, begins in group.answers["meetings"]:
        if (
            (not days or day in days)
            and (not parts or part in parts)
            and (not soon or _is_soon(begins, soon, now.date()))
        ):
            return begins
    return None


def _is_soon(begins: datetime.datetime, options: tuple[str, ...], today: datetime.date) -> bool:
    """Whether a meeting is on a date of any of the options."""
    date = begins.date()
    ahead = (date - today).days
    same_week = date.isocalendar()[:2] == today.isocalendar()[:2]
    return any(
        {
            "today": ahead == 0,
            "tomorrow": ahead == 1,
            "weekend": same_week and date.weekday() in (5, 6),
            "this week": ahead <= 6,
        }[option]
        for option in options
    )


def few_from_home(groups: list[SupportGroup], query: Query, now: datetime.datetime) -> list[int]:
    """Three: online only, on the soonest day, the most general; of equals others for each area; the soonest first."""

    def particulars(group: SupportGroup) -> int:
        return group.topics.count() + group.audiences.count()

    def quality(group: SupportGroup) -> tuple:
        begins = next_meeting(group, query, now)
        day = (begins or now).date()
        return section(group), group.meets_in_person, begins is None, day, particulars(group)

    def order(group: SupportGroup) -> tuple:
        soonest = _by_date(group, query, now)
        return section(group), group.meets_in_person, *soonest, particulars(group), group.name.casefold(), group.pk

    picked: list[SupportGroup] = []
    for _, equals in itertools.groupby(sorted(groups, key=lambda group: (*quality(group), group.pk)), key=quality):
        tied = list(equals)
        start = query.surrounding_area.pk % len(tied)
        picked += tied[start:] + tied[:start]
    return [group.pk for group in sorted(picked[:3], key=order)]


def miles_to(group: SupportGroup, query: Query) -> float | None:
    if group.place_latitude is None:
        return None
    return distance_miles(*query.point, group.place_latitude, group.place_longitude)
