"""Places of our own feed at which a group is besides its own, and which of its schedules are there. Pure."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..feed_places import FeedPlace
from ..venue_columns import VENUE
from .place_details import venue_details
from .schedules import schedule_words, when_of
from .service_parts import NO_TOWNS, address_cells, addresses_of, town_cells
from .values import Json, nested, objects, text

_NOT_PUBLIC = "It is at a place whose address is not public. Add the time to the group, if you know where it is."


@dataclass(frozen=True)
class TimesByPlace:
    """Schedules at the group's own place; the other places with their times; and what to ask: words, and why."""

    own: list[Json]
    others: list[FeedPlace]
    questions: list[tuple[str, str]]


def other_places(service: Json, towns: Mapping[str, str] = NO_TOWNS) -> dict[str, FeedPlace]:
    """Return the venues of a service besides its first place, without times, by the ids of the places."""
    found = {}
    for place in objects(service, "service_at_locations")[1:]:
        location = nested(place, "location")
        cells = town_cells(location, towns)
        for address in addresses_of(location)[:1]:
            cells = address_cells(location, address) | venue_details(location, is_ours=True)
        if cells.get(VENUE):
            found[text(place, "id")] = FeedPlace({title: words for title, words in cells.items() if words})
    return found


def times_by_place(
    service: Json, schedules: Iterable[Json], today: datetime.date, towns: Mapping[str, str] = NO_TOWNS
) -> TimesByPlace:
    """Return the regular times of a service by where they are. Of a place that is not public it is asked."""
    others, there = other_places(service, towns), defaultdict(list)
    own: list[Json] = []
    questions = []
    for schedule in schedules:
        place = text(schedule, "service_at_location_id")
        if place in others:
            there[place].append(schedule)
        elif place in own_places(service):
            own.append(schedule)
        else:
            questions.append((schedule_words(schedule), _NOT_PUBLIC))
    found = []
    for place, given in others.items():
        when = when_of(there[place], today)
        found.append(FeedPlace(given.cells, when.lines))
        questions += when.questions
    return TimesByPlace(own, found, questions)


def own_places(service: Json) -> set[str]:
    """Return what a schedule at the group's own place, or online, has as its place: "" among them."""
    places = objects(service, "service_at_locations")
    virtual = [each for each in places if text(nested(each, "location"), "location_type") == "virtual"]
    return {"", *(text(each, "id") for each in [*places[:1], *virtual])}
