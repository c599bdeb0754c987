"""Template context for the page of a venue: what meets there, and when it is closed."""

import datetime
from dataclasses import dataclass

from common.opening_hours import OpeningHours

from ..cards import GroupCard, group_cards
from ..models import SupportGroup, Venue
from ..models.date_rows import day_off_sentence
from ..search.snapshot.snapshot import current_snapshot
from ..timetable.meetings import LONDON, days_off
from .page import area_trail
from .whats_on import Occasion, occasions_between

#: How far ahead the page names meetings and closings, and the most meetings.
AHEAD = datetime.timedelta(weeks=4)
CLOSINGS_AHEAD = datetime.timedelta(weeks=8)
MOST_OCCASIONS = 8


@dataclass(frozen=True)
class VenuePage:
    """A public venue with the open groups that meet there, their next meetings there, and its announced closings."""

    venue: Venue
    cards: list[GroupCard]
    occasions: list[Occasion]
    #: Days off that all those groups have, as sentences.
    closings: list[str]
    hours: OpeningHours | None
    #: When it closes, if it is open now; "" if that is not certain.
    open_until: str
    #: Breadcrumbs, as (label, URL).
    trail: list[tuple[str, str]]


def venue_page(venue: Venue, now: datetime.datetime) -> VenuePage | None:
    """Return the page of a venue, in a fixed number of queries; None for one that has none.

    That is a confidential venue, and one where nothing meets of which visitors may know that it meets there.
    """
    today = now.astimezone(LONDON).date()
    groups = [] if venue.is_confidential else _groups_at(venue, today)
    if not groups:
        return None
    return VenuePage(
        venue,
        group_cards(groups),
        _occasions(groups, venue, now),
        _closings(groups, today),
        hours := venue.public_hours,
        hours.open_until(now) if hours else "",
        area_trail(venue.district, current_snapshot()),
    )


def _groups_at(venue: Venue, today: datetime.date) -> list[SupportGroup]:
    # Two queries: in one, PostgreSQL joined every group with all that cards show before it chose these.
    keys = list(SupportGroup.objects.listed(today).meeting_at(venue).values_list("pk", flat=True))
    groups = SupportGroup.objects.filter(pk__in=keys).ordered_for_display(today).for_cards()
    return [group for group in groups if venue.pk in group.public_venues(today)]


def _occasions(groups: list[SupportGroup], venue: Venue, now: datetime.datetime) -> list[Occasion]:
    """Return the next meetings at a venue, in order."""
    today = now.astimezone(LONDON).date()
    occasions = occasions_between(groups, today, today + AHEAD, now)
    return [each for each in occasions if each.group.venue_of(each.row.meeting) == venue][:MOST_OCCASIONS]


def _closings(groups: list[SupportGroup], today: datetime.date) -> list[str]:
    """Return sentences on the days off that every group with dates has: then it is the venue that is closed."""
    until = today + CLOSINGS_AHEAD
    timetables = [group.public_timetable for group in groups]
    off = [days_off(timetable, today, until) for timetable in timetables if timetable.slots]
    shared = [day for day in off[0] if all(day in others for others in off)] if off else []
    return [day_off_sentence(day, today) for day in shared if not day.is_bank_holiday]
