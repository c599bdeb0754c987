"""The parts of a service as cells of our columns: its organisation, places, contacts and cost. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping

from common.text import fold, shortened
from organisations.choices import OrganisationKind
from places.postcodes import compact_postcode, is_postcode

from ..organisation_columns import CHARITY_NUMBER, ORGANISATION, ORGANISATION_KIND, SERVICES
from ..organisation_details import FORMER_NAMES, OFFICE_ADDRESS, OFFICE_HOURS, OFFICE_POSTCODE, OFFICE_TOWN
from ..row_state import AGREED, EMAIL, PHONE
from ..venue_columns import ADDRESS, POSTCODE, TOWN, VENUE
from .opening_hours import opening_hours
from .own_words import organisation_described
from .place_details import dialled, venue_details
from .values import Json, nested, number, objects, text

Cells = dict[str, str]

LONGEST_SUMMARY = 240
NO_TOWNS: Mapping[str, str] = {}
_NUMBER = re.compile(r"[0-9]{1,9}")
_LONGEST_NAME, _LONGEST_VENUE, _LONGEST_COST = 120, 120, 120
#: How our own feed describes a place of which the town alone is public.
_WITHHELD = "Address given when you get in touch."
_CHARITIES = {"GB-CHC", "GB-SC", "GB-NIC"}
_MOBILE = re.compile(r"^07")
_FREE = re.compile(r"(it is |this is )?free( of charge| to (attend|use|join))?\W*", re.IGNORECASE)


def summary_and_rest(description: str) -> tuple[str, str]:
    """Return the first paragraph of a description and the others; all of it twice, the first cut, if that is long."""
    first, _, rest = description.partition("\n\n")
    first = " ".join(first.split())
    if len(first) <= LONGEST_SUMMARY:
        return first, rest.strip()
    return shortened(first, LONGEST_SUMMARY), description


def cut(words: str, longest: int) -> str:
    """Return a text if it is short enough, else its first sentence or words."""
    return words if len(words) <= longest else shortened(words, longest)


def organisation_cells(service: Json, *, is_ours: bool, towns: Mapping[str, str] = NO_TOWNS) -> Cells:
    """Return the cells of the organisation of a service; {} if it is not in the service."""
    organisation = nested(service, "organization")
    if not (name := text(organisation, "name")):
        return {}
    own_words: Cells = {}
    description = text(organisation, "description")
    if is_ours:
        description, own_words = organisation_described(description)
        own_words |= _office(organisation, towns)
    summary, rest = summary_and_rest(description)
    # Our own feed has former names with commas between. Others have one name, which may have a comma in it.
    alternate_name = text(organisation, "alternate_name")
    identifiers = objects(organisation, "organization_identifiers")
    kinds = {fold(kind.label): kind.label for kind in OrganisationKind}
    numbers = [text(each, "identifier") for each in identifiers if text(each, "identifier_scheme") in _CHARITIES]
    return own_words | {
        ORGANISATION: name[:_LONGEST_NAME],
        ORGANISATION_KIND: kinds.get(fold(text(organisation, "legal_status")), ""),
        "Organisation summary": summary,
        SERVICES: rest,
        "Organisation website": text(organisation, "website", "url"),
        CHARITY_NUMBER: numbers[0][:20] if numbers else "",
        FORMER_NAMES: alternate_name.replace(", ", "\n") if is_ours else alternate_name,
    }


def _office(organisation: Json, towns: Mapping[str, str]) -> Cells:
    """Return the cells of where an organisation of our own feed is, and when it is open."""
    cells: Cells = {}
    for location in objects(organisation, "locations")[:1]:
        cells = {OFFICE_HOURS: opening_hours(objects(location, "schedules"))}
        for address in addresses_of(location)[:1]:
            place = address_cells(location, address)
            return cells | {
                OFFICE_ADDRESS: place[ADDRESS],
                OFFICE_TOWN: place[TOWN],
                OFFICE_POSTCODE: place[POSTCODE],
            }
        cells |= {
            OFFICE_ADDRESS: text(location, "description"),
            OFFICE_TOWN: towns.get(town_number(location), ""),
        }
    return cells


def place_cells(
    service: Json, *, is_ours: bool, asks_of_others: bool = True, towns: Mapping[str, str] = NO_TOWNS
) -> tuple[Cells, list[tuple[str, str]]]:
    """Return the cells of the place of a service and of the ways to take part; and questions about other places.

    The place is the first one with an address; of our own feed the first, or its town where its address is not public.
    """
    locations = [nested(place, "location") for place in objects(service, "service_at_locations")]
    addresses = [(location, address) for location in locations for address in addresses_of(location)]
    types = {text(location, "location_type") for location in locations}
    attending = " ".join(text(schedule, "attending_type").lower() for schedule in objects(service, "schedules"))
    is_online = "online" in attending or any(
        text(location, "location_type") == "virtual" and text(location, "name").lower() != "by phone"
        for location in locations
    )
    is_by_phone = "phone" in attending or any(text(each, "name").lower().endswith("by phone") for each in locations)
    is_in_person = "physical" in types or "venue" in attending or not (is_online or is_by_phone)
    ways = {"In person": is_in_person, "Online": is_online, "By phone": is_by_phone}
    cells = {title: "Yes" if is_so else "No" for title, is_so in ways.items()}
    virtual = [text(each, "description") for each in locations if text(each, "location_type") == "virtual"]
    cells["From home"] = next(filter(None, virtual), "")
    main = addresses[:1]
    if is_ours:
        main = [each for each in main if each[0] is locations[0]]
        for location in locations[:1] if not main else ():
            cells |= town_cells(location, towns)
    for location, address in main:
        cells |= address_cells(location, address) | venue_details(location, is_ours=is_ours)
    own, others = ([_in_one_line(*each) for each in part] for part in (main, addresses[len(main) :]))
    reason = "It is in more than one place. Which is that of this group, and are the others groups of their own?"
    asked = dict.fromkeys(others) if asks_of_others else ()
    return cells, [(words, reason) for words in asked if words not in own]


def accessibility_text(service: Json) -> str:
    """Return what the places of a service say about accessibility, a feature in each line."""
    lines = []
    for place in objects(service, "service_at_locations"):
        for feature in objects(nested(place, "location"), "accessibility"):
            words = [text(feature, "description", "accessibility"), text(feature, "details")]
            lines.append(": ".join(filter(None, dict.fromkeys(words))))
    return "\n".join(dict.fromkeys(filter(None, lines)))


def contact_cells(service: Json, agreed_by: str) -> Cells:
    """Return a telephone and a mailbox of a service: the first that are no person's own, public if somebody agreed.

    A mobile number, and what stands beside a name, may be a person's: it is read only if there is nothing else, and an
    editor has to look before it is public.
    """
    contacts = objects(service, "contacts")
    phones, mailboxes = [*_phones([service, *contacts])], [*_mailboxes(service, contacts)]
    phone, email = _first(phones, is_persons=False), _first(mailboxes, is_persons=False)
    if phone or email:
        return {PHONE: phone, EMAIL: email, AGREED: agreed_by}
    return {PHONE: _first(phones, is_persons=True), EMAIL: _first(mailboxes, is_persons=True)}


def cost_cells(service: Json) -> Cells:
    """Return whether a service is free, and what it costs."""
    options = objects(service, "cost_options")
    amounts = [amount for each in options if (amount := number(each, "amount")) is not None]
    words = text(service, "fees_description")
    for option in options:
        amount, currency = number(option, "amount"), text(option, "currency") or "GBP"
        price = f"£{amount:.2f}".removesuffix(".00") if amount and currency == "GBP" else ""
        parts = [price, text(option, "amount_description"), text(option, "option")]
        words = words or " ".join(part for part in parts if part and not _FREE.fullmatch(part))
    fees = text(service, "fees")
    words = words or fees
    if _FREE.fullmatch(fees) or (amounts and not any(amounts)):
        return {"Free": "Yes", "Cost": "" if _FREE.fullmatch(words) else cut(words, _LONGEST_COST)}
    if any(amounts) and words:
        return {"Free": "No", "Cost": cut(words, _LONGEST_COST)}
    if _FREE.fullmatch(words):
        return {"Free": "Yes", "Cost": ""}
    is_charged = bool(options) and bool(words)
    return {"Free": "No" if is_charged else "", "Cost": cut(words, _LONGEST_COST)}


def town_number(location: Json) -> str:
    """Return the number in GeoNames of the town of a location of our own feed that has no address; "" for none."""
    number = text(location, "external_identifier")
    is_town = text(location, "external_identifier_type") == "GeoNames" and _NUMBER.fullmatch(number)
    return number if is_town else ""


def town_cells(location: Json, towns: Mapping[str, str]) -> Cells:
    """Return the cells of a location of our own feed without an address: its town, and its name if that is public.

    `towns` are names of towns by their numbers in GeoNames. {} for a venue of which the town is not known.
    """
    town = towns.get(town_number(location), "")
    if text(location, "description") == _WITHHELD:
        return {TOWN: town or text(location, "name")}
    if not town:
        return {}
    own = {VENUE: text(location, "name"), ADDRESS: text(location, "description"), TOWN: town}
    return own | venue_details(location, is_ours=True)


def addresses_of(location: Json) -> list[Json]:
    found = [*objects(location, "addresses"), *objects(location, "physical_addresses")]
    return [each for each in found if text(each, "address_type") != "virtual"]


def address_cells(location: Json, address: Json) -> Cells:
    lines = [text(address, name) for name in ("address_1", "address_2")]
    postcode, city = text(address, "postal_code"), text(address, "city")
    if is_postcode(postcode) and compact_postcode(postcode) in compact_postcode(lines[0]):
        lines = [*_lines_of_one(lines[0], postcode, city), *lines[1:]]
    if is_postcode(city):
        city = ""
    if is_postcode(postcode) and fold(city) == fold(text(address, "state_province")):
        # The name of a county or district, for want of a town.
        city = ""
    return {
        VENUE: (text(location, "name") or lines[0])[:_LONGEST_VENUE],
        ADDRESS: "\n".join(filter(None, lines)),
        TOWN: city,
        POSTCODE: postcode,
    }


def _lines_of_one(address: str, postcode: str, city: str) -> list[str]:
    """Return the lines of an address that stands in one, without the town and postcode, which have fields."""
    parts = [part.strip() for part in address.split(",")]
    endings = {fold(postcode), fold(compact_postcode(postcode)), fold(city), ""}
    while len(parts) > 1 and fold(parts[-1]) in endings:
        parts.pop()
    if len(parts) > 1 and parts[0].isdigit():
        parts[:2] = [" ".join(parts[:2])]
    return parts


def _in_one_line(location: Json, address: Json) -> str:
    lines = "\n".join(address_cells(location, address).values()).split("\n")
    return ", ".join(filter(None, lines))


def _phones(owners: Iterable[Json]) -> Iterator[tuple[str, bool]]:
    """Yield the telephone numbers of some records as they are dialled here, and whether one may be a person's."""
    for owner in owners:
        for phone in objects(owner, "phones"):
            if words := dialled(text(phone, "number")):
                yield words, bool(_MOBILE.match(words) or _is_person(owner))


def _mailboxes(service: Json, contacts: Iterable[Json]) -> Iterator[tuple[str, bool]]:
    if words := text(service, "email"):
        yield words, False
    for contact in contacts:
        if words := text(contact, "email"):
            yield words, _is_person(contact)


def _first(found: Iterable[tuple[str, bool]], *, is_persons: bool) -> str:
    """Return the first text that may be a person's own, or may not; "" for none."""
    return next((words for words, may_be_persons in found if may_be_persons == is_persons), "")


def _is_person(owner: Json) -> bool:
    """Return whether a record may be about a person: a contact with a name, but no service, which has a status."""
    return bool(text(owner, "name")) and "status" not in owner
