"""The order of the plain reference: sort keys of groups, computed anew for each, and the few groups from home.

The groups are those of `reference.py`, which puts on each what it answers and whether its check is overdue.
"""

import datetime
import itertools

from common.text import fold
from groups.choices import Joining, Stage
from groups.models import SupportGroup
from groups.search.query import Query
from groups.search.synonyms import site_vocabulary
from places.distance import distance_miles


def order_key(group: SupportGroup, query: Query, now: datetime.datetime) -> tuple:
    by_name = group.name.casefold(), group.pk
    if query.sort == "name":
        return by_name
    if query.sort == "soonest" or (query.sort == "nearest" and query.point is None):
        return *_by_date(group, query, now), *by_name
    if query.sort == "nearest":
        return round(miles_to(group, query), 3), *by_name
    if query.point is not None:
        return section(group), _tier(group, query), round(miles_to(group, query), 3), *by_name
    return best_match_key(group, query, now)


def best_match_key(group: SupportGroup, query: Query, now: datetime.datetime) -> tuple:
    """The order where no point is asked for."""
    return section(group), _tier(group, query), *_by_date(group, query, now), group.name.casefold(), group.pk


def section(group: SupportGroup) -> int:
    """Open and running, being set up, on a break, overdue, closed: the last that is true."""
    true_of_it = [True, group.stage == Stage.FORMING, group.stage == Stage.PAUSED, group.is_overdue, _is_closed(group)]
    return max(number for number, is_true in enumerate(true_of_it) if is_true)


def _is_closed(group: SupportGroup) -> bool:
    return group.joining == Joining.CLOSED


def _tier(group: SupportGroup, query: Query) -> int:
    """Where the words are: all in the name; all in that, or in topics, activities and audiences; anywhere."""
    terms = [*group.topics.all(), *group.activities.all(), *group.audiences.all()]
    about = [text for term in terms for text in (term.name, *term.other_words)]
    if has_words([group.name], query.words):
        return 0
    vocabulary = site_vocabulary()
    wanted = vocabulary.wanted(query.words)
    return 1 if all(_has([group.name], phrases) or _has(about, phrases) for phrases in wanted) else 2


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


def has_words(texts: list[str], typed: tuple[str, ...]) -> bool:
    return all(_has(texts, phrases) for phrases in site_vocabulary().wanted(typed))


def _has(texts: list[str], phrases: frozenset) -> bool:
    """Whether all words of one of the phrases are there."""
    vocabulary = site_vocabulary()
    there = {word for text in texts for word in fold(text).split()}

    def is_there(word: str) -> bool:
        return word in there if vocabulary.is_whole(word) else any(row.startswith(word) for row in there)

    return any(all(map(is_there, phrase)) for phrase in phrases)


def miles_to(group: SupportGroup, query: Query) -> float | None:
    if group.place_latitude is None:
        return None
    return distance_miles(*query.point, group.place_latitude, group.place_longitude)
