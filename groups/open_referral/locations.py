"""Where a group meets, as locations: of a confidential venue the town or district alone, of a closed group nothing."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET

from common.models import related_rows
from organisations.models import Organisation
from places.choices import AreaKind
from places.models import Area, Town

from ..models import SupportGroup, Venue
from .identifiers import derived_id, main_place_id, remote_place_id
from .opening_hours import opening_schedules
from .records import Accessibility, Address, Location, ServiceAtLocation, known

#: The keys of a group's own place, and of online and by phone; that of any other place is its venue's, from 1 on.
MAIN, REMOTE = 0, -1
#: What the identifier of a location that is a town alone is of.
GEONAMES = "GeoNames"
_ASK = "Address given when you get in touch."
#: What an area is called within which an address lies, of the kinds that are asked for: the first that it has.
_REGIONS, _COUNTIES = (AreaKind.REGION, AreaKind.NATION), (AreaKind.COUNTY,)
_DEGREES = 5


class Addresses:
    """The counties and regions that districts lie in, as addresses name them."""

    def __init__(self, areas: Mapping[str, tuple[str, str]]) -> None:
        """Take the areas that districts lie in: `{gss_code: (name, kind)}`."""
        self._areas = areas
        self._cached: dict[tuple[str, tuple[str, ...]], str] = {}

    def county(self, district: Area) -> str:
        """Return the county of a district, else the district, which is its own council area."""
        return self._within(district.path, _COUNTIES) or district.name

    def region(self, district: Area) -> str:
        """Return the region of a district, else its nation."""
        return self._within(district.path, _REGIONS)

    def _within(self, path: str, kinds: tuple[str, ...]) -> str:
        """Return the name of the area of the first of some kinds on a path of GSS codes; "" for none."""
        if (path, kinds) not in self._cached:
            codes = path.split("/")
            found = {kind: name for code in codes for name, kind in [self._areas.get(code, ("", ""))]}
            self._cached[path, kinds] = next((found[kind] for kind in kinds if kind in found), "")
        return self._cached[path, kinds]


def public_places(group: SupportGroup, today: datetime.date, addresses: Addresses) -> dict[int, ServiceAtLocation]:
    """Return where people can come to a group, by key, its own place first: `MAIN`, keys of venues, `REMOTE`.

    What `places.py` returns of all groups at once is of the same keys.
    """
    if not group.can_be_visited:
        return {}
    service_id = str(group.public_id)
    places: dict[int, ServiceAtLocation] = {}
    if group.meets_in_person and (group.venue is not None or group.town is not None):
        main = main_place_id(group.public_id)
        places[MAIN] = _at(service_id, main, _main_location(group, main, addresses))
    for venue in _other_venues(group, today):
        place = derived_id(service_id, "at", venue.public_id)
        places[venue.pk] = _at(service_id, place, _location(venue, place, addresses))
    if group.meets_online or group.meets_by_phone:
        places[REMOTE] = _remote(service_id, group)
    return places


def _other_venues(group: SupportGroup, today: datetime.date) -> Iterable[Venue]:
    """Return the venues of times that are in force or to come, each once, but for the group's own."""
    if not group.shows_dates:
        return []
    changes = related_rows(group, "schedule_changes")
    rows = [*group.schedules_in_force(today), *(row for row in changes if (row.new_date or row.date) >= today)]
    venues = {row.venue_id: row.venue for row in rows if row.venue_id not in (None, group.venue_id)}
    return venues.values()


def _at(service_id: str, place: str, location: Location) -> ServiceAtLocation:
    return ServiceAtLocation(id=place, service_id=service_id, location_id=location.id, location=location)


def _main_location(group: SupportGroup, place: str, addresses: Addresses) -> Location:
    if group.venue is not None:
        return _location(group.venue, place, addresses)
    return _town_alone(derived_id(str(group.public_id), "town"), group.place_name, group.town)


def _location(venue: Venue, place: str, addresses: Addresses) -> Location:
    """Return the location of a venue; of a confidential one its town, with an id of this group alone."""
    if venue.is_confidential:
        return _town_alone(derived_id(place, "confidential"), venue.place_name, venue.town)
    location_id = str(venue.public_id)
    address = _address(venue, location_id, addresses)
    is_exact = bool(venue.postcode) and venue.latitude is not None and venue.longitude is not None
    return Location(
        id=location_id,
        location_type="physical",
        name=venue.name,
        transportation=known(venue.getting_there),
        latitude=round(venue.latitude, _DEGREES) if is_exact and venue.latitude is not None else UNSET,
        longitude=round(venue.longitude, _DEGREES) if is_exact and venue.longitude is not None else UNSET,
        addresses=address,
        physical_addresses=address,
        accessibility=_accessibility(venue, location_id),
        schedules=opening_schedules(location_id, venue.public_hours),
        **({} if address else _without_address(venue)),
    )


def office(organisation: Organisation, addresses: Addresses) -> Location | None:
    """Return where an organisation is and when it is open; None where that is hidden, or nobody said it.

    Its address and hours must be public: `address_is_hidden` costs a query unless it was annotated.
    """
    if organisation.address_is_hidden or not (organisation.address_lines or organisation.opening_hours):
        return None
    owner = str(organisation.public_id)
    location_id = derived_id(owner, "office")
    address = _address(organisation, location_id, addresses)
    return Location(
        id=location_id,
        organization_id=owner,
        location_type="physical",
        name=organisation.name,
        addresses=address,
        physical_addresses=address,
        schedules=opening_schedules(location_id, organisation.public_hours),
        **({} if address else _without_address(organisation)),
    )


def _without_address(place: Venue | Organisation) -> dict[str, Any]:
    """Return the lines of an address that has no postcode, which the standard asks for, and its town."""
    lines = [line.strip(" ,") for line in place.address.splitlines()]
    return {"description": known("\n".join(filter(None, lines))), **_identifier(place.town)}


def _town_alone(location: str, name: str, town: Town | None) -> Location:
    return Location(id=location, location_type="physical", name=known(name), description=_ASK, **_identifier(town))


def _identifier(town: Town | None) -> dict[str, Any]:
    """Return which town it is, by its number in GeoNames; {} for none."""
    if town is None or town.geonames_id is None:
        return {}
    return {"external_identifier": str(town.geonames_id), "external_identifier_type": GEONAMES}


def _address(place: Venue | Organisation, location_id: str, addresses: Addresses) -> list[Address]:
    """Return the address of a place; none where the standard would have to be given what nobody knows."""
    district = place.district
    if district is None or not place.postcode:
        return []
    lines = [line.strip(" ,") for line in place.address.splitlines() if line.strip(" ,")] or [place.name]
    return [
        Address(
            id=derived_id(str(place.public_id), "address"),
            location_id=location_id,
            address_1=lines[0],
            address_2=known(", ".join(lines[1:])),
            city=place.town.name if place.town else district.name,
            region=known(addresses.region(district)),
            state_province=addresses.county(district),
            postal_code=place.postcode,
            country="GB",
            address_type="physical",
        )
    ]


def _accessibility(venue: Venue, location_id: str) -> list[Accessibility]:
    rows = [
        Accessibility(
            id=derived_id(location_id, "access", feature.public_id),
            location_id=location_id,
            description=feature.name,
            accessibility=feature.name,
        )
        for feature in related_rows(venue, "access_features")
    ]
    if venue.access_note:
        note = Accessibility(
            id=derived_id(location_id, "access"), location_id=location_id, description=venue.access_note
        )
        rows.append(note)
    return rows


def _remote(service_id: str, group: SupportGroup) -> ServiceAtLocation:
    words = [*(["Online"] if group.meets_online else []), *(["By phone"] if group.meets_by_phone else [])]
    location = Location(
        id=derived_id(service_id, "remote"),
        location_type="virtual",
        name=" or ".join([words[0], *(word.lower() for word in words[1:])]),
        description=known(group.how_to_take_part_from_home),
    )
    return _at(service_id, remote_place_id(group.public_id), location)
