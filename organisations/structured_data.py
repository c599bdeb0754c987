"""Organisations, peer roles, courses and events as schema.org names them."""

from collections.abc import Iterable

from common.structured_data import Node
from places.models import Area

from .choices import Pay, Recruiting, YesNo
from .models import Event, Organisation, PeerRole, Training

_EMPLOYMENT = {Pay.PAID: ["PART_TIME", "FULL_TIME"], Pay.VOLUNTARY: ["VOLUNTEER"], Pay.EITHER: ["OTHER", "VOLUNTEER"]}


def area_nodes(areas: Iterable[Area]) -> list[Node]:
    """Return the nodes of areas, with the addresses that the Office for National Statistics gives them."""
    uri = "http://statistics.data.gov.uk/id/statistical-geography/"
    return [
        {"@type": "AdministrativeArea", "name": area.name, "sameAs": f"{uri}{area.gss_code}" if area.gss_code else ""}
        for area in areas
    ]


def organisation_reference(organisation: Organisation, site: str) -> Node:
    """Return the node of an organisation on pages of others."""
    url = f"{site}{organisation.get_absolute_url()}"
    return {"@type": "Organization", "@id": f"{url}#organisation", "name": organisation.name, "url": url}


def organisation_node(organisation: Organisation, site: str) -> Node:
    """Return the node of an organisation on its own page."""
    number, hours = organisation.charity_number.strip(), organisation.public_hours
    scheme = "GB-SC" if number.upper().startswith("SC") else "GB-NIC" if number.upper().startswith("NI") else "GB-CHC"
    return organisation_reference(organisation, site) | {
        "description": organisation.summary,
        "alternateName": organisation.former_names,
        "sameAs": [organisation.website] if organisation.website else [],
        "identifier": {"@type": "PropertyValue", "propertyID": scheme, "value": number} if number else {},
        "address": ", ".join(organisation.address_lines),
        "location": {"@type": "Place", "openingHoursSpecification": hours.specifications} if hours else {},
        "areaServed": area_nodes(organisation.areas_served.all()),
    }


def role_node(role: PeerRole, site: str) -> Node | None:
    """Return the node of a role that an organisation is recruiting for; None for any other."""
    if role.recruiting != Recruiting.YES or role.organisation.has_ended:
        return None
    url = f"{site}{role.get_absolute_url()}"
    return {
        "@type": "JobPosting",
        "@id": f"{url}#role",
        "title": role.title,
        "description": role.summary,
        "url": url,
        "datePosted": role.created_at.date().isoformat(),
        "employmentType": _EMPLOYMENT.get(Pay(role.pay), []),
        "hiringOrganization": organisation_reference(role.organisation, site),
        "jobLocation": [
            {
                "@type": "Place",
                "address": {"@type": "PostalAddress", "addressRegion": area.name, "addressCountry": "GB"},
            }
            for area in role.areas_served.all()
        ],
    }


def event_node(event: Event, organisation: Organisation, site: str) -> Node:
    """Return the node of an event of an organisation, with days only: its times are not known."""
    return {
        "@type": "Event",
        "name": event.name,
        "description": event.summary,
        "startDate": event.starts_on.isoformat(),
        "endDate": event.ends_on.isoformat() if event.ends_on else "",
        "location": {"@type": "Place", "name": event.place, "address": event.place} if event.place else {},
        "organizer": organisation_reference(organisation, site),
    }


def course_node(training: Training, organisation: Organisation, site: str) -> Node | None:
    """Return the node of a course of an organisation that has days; None for training without."""
    if training.starts_on is None:
        return None
    url = f"{site}{organisation.get_absolute_url()}#{training.slug}"
    is_free = {YesNo.YES: True, YesNo.NO: False}.get(YesNo(training.is_free))
    return {
        "@type": "Course",
        "@id": url,
        "name": training.title,
        "description": training.summary,
        "url": url,
        "provider": organisation_reference(organisation, site),
        "hasCourseInstance": {
            "@type": "CourseInstance",
            "startDate": training.starts_on.isoformat(),
            "endDate": training.ends_on.isoformat() if training.ends_on else "",
        },
        **({} if is_free is None else {"isAccessibleForFree": is_free}),
    }
