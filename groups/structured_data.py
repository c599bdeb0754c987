"""Groups, with their meetings and places, as schema.org names them: what their pages show, and nothing more."""

import datetime
from typing import Any, NamedTuple

from common.structured_data import Node
from organisations.choices import YesNo
from organisations.structured_data import area_nodes, organisation_reference
from places.models import Area

from .models import DateRow, DatesToCome, Schedule, SupportGroup, Venue
from .timetable.meetings import LONDON

#: How many of the next meetings are events of their own.
MOST_EVENTS = 3


class GroupsOnPage(NamedTuple):
    """The paths of the groups on a page of a list, the place of the first in it, and how many the list has."""

    paths: list[str]
    first: int
    total: int


_DAYS = {"MO": "Monday", "TU": "Tuesday", "WE": "Wednesday", "TH": "Thursday", "FR": "Friday", "SA": "Saturday"}
_DAYS["SU"] = "Sunday"


def group_nodes(group: SupportGroup, dates: DatesToCome, today: datetime.date, site: str) -> list[Node]:
    """Return the nodes of a group's page; none for one that has ended. A closed group has no place, times or contact.

    A meeting is an event only if it is certain: the group was checked lately, and nothing is to be asked of the day.
    """
    if group.has_ended:
        return []
    url = f"{site}{group.get_absolute_url()}"
    nodes = [_service(group, url, site)]
    if group.shows_dates and not group.caution:
        schedules = [schedule for schedule in group.schedules_in_force(today) if schedule.pattern.recurrence]
        if schedules:
            nodes.append(_series(group, schedules, url, site))
        certain = [row for row in dates.rows if row.meeting.starts and not row.day_caution][:MOST_EVENTS]
        nodes += [_event(group, row, url, site, bool(schedules)) for row in certain]
    return nodes


def area_page_nodes(area: Area, above: str, found: GroupsOnPage, site: str) -> list[Node]:
    """Return the nodes of a page of an area: the area, in the one whose path is `above`, and the groups on the page."""
    url = f"{site}{area.get_absolute_url()}"
    [node] = area_nodes([area])
    inside = {"@id": f"{site}{above}#area"} if above else {}
    place = node | {"@id": f"{url}#area", "url": url, "containedInPlace": inside}
    groups = {
        "@type": "ItemList",
        "@id": f"{url}#groups",
        "name": f"Groups in {area.name}",
        "numberOfItems": found.total,
        "itemListElement": [
            {"@type": "ListItem", "position": position, "url": f"{site}{path}"}
            for position, path in enumerate(found.paths, found.first)
        ],
    }
    return [place, groups] if found.paths else [place]


def _service(group: SupportGroup, url: str, site: str) -> Node:
    venue = group.public_venue
    contacts = group.released_contacts
    phone = next((contact.phone for contact in contacts if contact.phone and contact.number_is_checked), "")
    channel = {
        "@type": "ServiceChannel",
        "serviceLocation": _place(venue) if venue is not None else {},
        "serviceUrl": url,
        "servicePhone": {"@type": "ContactPoint", "telephone": phone} if phone else {},
        "availableLanguage": [language.name for language in group.languages.all()],
    }
    audience = {
        "@type": "PeopleAudience",
        "audienceType": ", ".join(audience.name for audience in group.audiences.all()),
        "suggestedMinAge": group.age_from,
        "suggestedMaxAge": group.age_to,
    }
    return {
        "@type": "Service",
        "@id": f"{url}#group",
        "name": group.name,
        "description": group.summary,
        "url": url,
        "serviceType": "Peer support group",
        "provider": organisation_reference(group.organisation, site),
        "areaServed": area_nodes(group.areas),
        "audience": audience if len([value for value in audience.values() if value]) > 1 else {},
        "availableChannel": channel if group.can_be_visited else {},
        "offers": {"@type": "Offer", "price": 0, "priceCurrency": "GBP"} if group.is_free == YesNo.YES else {},
        "termsOfService": group.joining_label,
    }


def _place(venue: Venue) -> Node:
    """Return the node of a venue; of a confidential one, its town or district alone."""
    address = {"@type": "PostalAddress", "addressLocality": venue.place_name, "addressCountry": "GB"}
    if venue.is_confidential:
        return {"@type": "Place", "address": address}
    address |= {"streetAddress": ", ".join(filter(None, venue.address.splitlines())), "postalCode": venue.postcode}
    geo = {"@type": "GeoCoordinates", "latitude": venue.latitude, "longitude": venue.longitude}
    amenities = [
        {"@type": "LocationFeatureSpecification", "name": feature.name, "value": True}
        for feature in venue.access_features.all()
    ]
    is_exact = venue.postcode and venue.latitude is not None
    return {
        "@type": "Place",
        "name": venue.name,
        "address": address,
        "geo": geo if is_exact else {},
        "amenityFeature": amenities,
    }


def _occasion(group: SupportGroup, venue: Venue | None, site: str) -> Node:
    """Return what all events of a group have."""
    places = [_place(venue)] if group.meets_in_person and venue is not None else []
    is_remote = group.meets_online or group.meets_by_phone
    mode = "Mixed" if group.meets_in_person and is_remote else "Online" if is_remote else "Offline"
    return {
        "name": group.name,
        "description": group.summary,
        "eventAttendanceMode": f"https://schema.org/{mode}EventAttendanceMode",
        "location": places,
        "organizer": organisation_reference(group.organisation, site),
        "isAccessibleForFree": True if group.is_free == YesNo.YES else None,
    }


def _series(group: SupportGroup, schedules: list[Schedule], url: str, site: str) -> Node:
    return {
        "@type": "EventSeries",
        "@id": f"{url}#meetings",
        **_occasion(group, group.public_venue, site),
        "url": url,
        "eventSchedule": [_schedule(schedule.pattern) for schedule in schedules],
    }


def _schedule(pattern: Any) -> Node:
    rule = pattern.recurrence
    days = rule.get("BYDAY", [])
    is_weekly = rule["FREQ"] == "WEEKLY"
    return {
        "@type": "Schedule",
        "repeatFrequency": f"P{rule.get('INTERVAL', 1)}{'W' if is_weekly else 'M'}",
        "byDay": f"https://schema.org/{_DAYS[days]}" if is_weekly else days,
        "byMonthDay": rule.get("BYMONTHDAY"),
        "byMonth": rule.get("BYMONTH"),
        "startDate": pattern.first_date.isoformat() if pattern.first_date else "",
        "endDate": pattern.last_date.isoformat() if pattern.last_date else "",
        "startTime": f"{pattern.starts_at:%H:%M}" if pattern.starts_at else "",
        "endTime": f"{pattern.ends_at:%H:%M}" if pattern.ends_at else "",
        "scheduleTimezone": str(LONDON),
    }


def _event(group: SupportGroup, row: DateRow, url: str, site: str, is_of_series: bool) -> Node:
    meeting = row.meeting
    return {
        "@type": "SocialEvent",
        **_occasion(group, group.venue_of(meeting), site),
        "url": url,
        "startDate": meeting.starts.isoformat() if meeting.starts else "",
        "endDate": meeting.ends.isoformat() if meeting.ends else "",
        "eventStatus": "https://schema.org/EventScheduled",
        "superEvent": {"@id": f"{url}#meetings"} if is_of_series else {},
    }
