"""The records of Open Referral UK 3.0 (HSDS-UK-3.0), with the fields of HSDS 3.0 that the British profile left out.

What is not known is left out, never null or empty: `UNSET` is not encoded, nor is a list without items.
"""

import datetime
from typing import Annotated, Literal, Self, TypeVar

import msgspec
from msgspec import UNSET, Meta, UnsetType

Value = TypeVar("Value")

Text = str | UnsetType
Uri = Annotated[str, Meta(extra_json_schema={"format": "uri"})] | UnsetType
Email = Annotated[str, Meta(extra_json_schema={"format": "email"})] | UnsetType
#: A UUID as text: to make an instance of each takes as long as to derive it.
Uuid = Annotated[str, Meta(extra_json_schema={"format": "uuid"})]
Id = Uuid | UnsetType
Date = datetime.date | UnsetType
Moment = Annotated[datetime.datetime, Meta(tz=True)] | UnsetType
#: A time of day in the United Kingdom, without an offset, which would be wrong for half of a year: "18:30".
Time = Annotated[str, Meta(pattern="^[0-2][0-9]:[0-5][0-9]$")] | UnsetType
Status = Literal["active", "inactive", "defunct", "temporarily closed"]


def known(value: Value | None) -> Value | UnsetType:
    """Return a value; `UNSET` for None and for an empty text."""
    return UNSET if value is None or value == "" else value


class Record(msgspec.Struct, kw_only=True, omit_defaults=True, gc=False):
    """Any record: all have an id that stays the same between requests and deployments."""

    id: Uuid

    def only(self, *names: str) -> Self:
        """Return a copy with some of its fields alone, beside the id."""
        return type(self)(id=self.id, **{name: getattr(self, name) for name in names})


class Taxonomy(Record):
    name: str
    description: str
    uri: Uri = UNSET
    version: Text = UNSET


class TaxonomyTerm(Record):
    name: str
    description: str
    code: Text = UNSET
    term: Text = UNSET
    parent_id: Id = UNSET
    taxonomy: Text = UNSET
    taxonomy_id: Id = UNSET
    taxonomy_detail: Taxonomy | UnsetType = UNSET
    term_uri: Uri = UNSET


class Attribute(Record):
    link_id: Id = UNSET
    link_entity: Text = UNSET
    link_type: Text = UNSET
    taxonomy_term_id: Id = UNSET
    taxonomy_term: TaxonomyTerm | UnsetType = UNSET


class Address(Record):
    address_1: str
    city: str
    state_province: str
    postal_code: str
    location_id: Id = UNSET
    address_2: Text = UNSET
    region: Text = UNSET
    country: Annotated[str, Meta(pattern="^GB$")] | UnsetType = UNSET
    address_type: Literal["physical"] | UnsetType = UNSET


class Accessibility(Record):
    location_id: Id = UNSET
    description: Text = UNSET
    accessibility: Text = UNSET
    details: Text = UNSET


class Schedule(Record):
    service_id: Id = UNSET
    service_at_location_id: Id = UNSET
    #: Of opening hours.
    location_id: Id = UNSET
    valid_from: Date = UNSET
    valid_to: Date = UNSET
    dtstart: Date = UNSET
    freq: Literal["WEEKLY", "MONTHLY"] | UnsetType = UNSET
    interval: int | UnsetType = UNSET
    byday: Text = UNSET
    bymonthday: Text = UNSET
    opens_at: Time = UNSET
    closes_at: Time = UNSET
    description: Text = UNSET
    attending_type: Text = UNSET
    schedule_link: Uri = UNSET
    notes: Text = UNSET


class Location(Record):
    location_type: Literal["physical", "virtual"]
    organization_id: Id = UNSET
    name: Text = UNSET
    description: Text = UNSET
    transportation: Text = UNSET
    #: The town of a location without an address: many have the name of another.
    external_identifier: Text = UNSET
    external_identifier_type: Text = UNSET
    latitude: float | UnsetType = UNSET
    longitude: float | UnsetType = UNSET
    addresses: list[Address] = []
    #: The same: the name of it that clients of earlier versions read.
    physical_addresses: list[Address] = []
    accessibility: list[Accessibility] = []
    #: When people can walk in: a group has schedules of its own.
    schedules: list[Schedule] = []


class Phone(Record):
    number: str
    service_id: Id = UNSET
    contact_id: Id = UNSET
    organization_id: Id = UNSET
    type: Text = UNSET
    description: Text = UNSET


class Contact(Record):
    service_id: Id = UNSET
    organization_id: Id = UNSET
    title: Text = UNSET
    email: Email = UNSET
    phones: list[Phone] = []
    attributes: list[Attribute] = []


class Url(Record):
    """Of HSDS 3.1: 3.0 has one address of a service, which is that of its page here."""

    service_id: Id = UNSET
    label: Text = UNSET
    url: Uri = UNSET


class ServiceArea(Record):
    service_id: Id = UNSET
    name: Text = UNSET
    service_area: Text = UNSET
    uri: Uri = UNSET


class Language(Record):
    service_id: Id = UNSET
    name: Text = UNSET
    code: Text = UNSET


class CostOption(Record):
    service_id: Id = UNSET
    option: Text = UNSET
    amount: int | UnsetType = UNSET
    currency: Text = UNSET
    amount_description: Text = UNSET


class OrganizationIdentifier(Record):
    identifier_type: str
    identifier: str
    organization_id: Id = UNSET
    identifier_scheme: Text = UNSET


class Organization(Record):
    name: str
    description: str
    alternate_name: Text = UNSET
    #: What kind of body it is.
    legal_status: Text = UNSET
    email: Email = UNSET
    website: Uri = UNSET
    uri: Uri = UNSET
    contacts: list[Contact] = []
    phones: list[Phone] = []
    #: Its office, with opening hours, where it is asked for itself.
    locations: list[Location] = []
    organization_identifiers: list[OrganizationIdentifier] = []
    #: The services of it, where they were asked for.
    services: list[msgspec.Raw] = []


class ServiceAtLocation(Record):
    service_id: Id = UNSET
    location_id: Id = UNSET
    location: Location | UnsetType = UNSET
    #: Not where it stands in a service itself.
    service: "Service | UnsetType" = UNSET


class Service(Record):
    name: str
    status: Status
    organization_id: Id = UNSET
    description: Text = UNSET
    url: Uri = UNSET
    additional_urls: list[Url] = []
    email: Email = UNSET
    application_process: Text = UNSET
    fees: Text = UNSET
    fees_description: Text = UNSET
    eligibility_description: Text = UNSET
    minimum_age: int | UnsetType = UNSET
    maximum_age: int | UnsetType = UNSET
    assured_date: Date = UNSET
    assurer_email: Email = UNSET
    alert: Text = UNSET
    last_modified: Moment = UNSET
    organization: Organization | UnsetType = UNSET
    contacts: list[Contact] = []
    phones: list[Phone] = []
    schedules: list[Schedule] = []
    service_areas: list[ServiceArea] = []
    service_at_locations: list[ServiceAtLocation] = []
    languages: list[Language] = []
    cost_options: list[CostOption] = []
    attributes: list[Attribute] = []


class ApiDetails(msgspec.Struct):
    """What is at the root of the feed."""

    version: str
    profile: Annotated[str, Meta(extra_json_schema={"format": "uri"})]
    openapi_url: Annotated[str, Meta(extra_json_schema={"format": "uri"})]


class Error(msgspec.Struct):
    """An answer that is no success."""

    status: int
    message: str
