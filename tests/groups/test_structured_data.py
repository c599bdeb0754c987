"""Structured data on pages, for search engines: what is in it, and what must not be."""

import datetime
import json
import re

import pytest
from django.utils import timezone

from groups.choices import Joining, Stage
from organisations.choices import Pay, Recruiting, YesNo
from organisations.models import Event
from places.models import Area
from tests.factories import days_ago, make_contact, make_group, make_organisation, make_role, make_schedule, make_venue

pytestmark = pytest.mark.django_db

SITE = "http://testserver"
_SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

#: The properties that schema.org gives each type, of those that we use (schema.org 29.3; inherited ones too).
PROPERTIES = {
    "Service": """@id name description url serviceType provider areaServed audience availableChannel offers
        termsOfService""",
    "ServiceChannel": "serviceLocation serviceUrl servicePhone availableLanguage",
    "PeopleAudience": "audienceType suggestedMinAge suggestedMaxAge",
    "Offer": "price priceCurrency",
    "ContactPoint": "telephone",
    "Organization": "@id name url description alternateName sameAs identifier address areaServed",
    "PropertyValue": "propertyID value",
    "AdministrativeArea": "@id name url sameAs containedInPlace",
    "ItemList": "@id name numberOfItems itemListElement",
    "Place": "name address geo amenityFeature",
    "PostalAddress": "streetAddress addressLocality addressRegion postalCode addressCountry",
    "GeoCoordinates": "latitude longitude",
    "LocationFeatureSpecification": "name value",
    "EventSeries": """@id name description url eventAttendanceMode location organizer isAccessibleForFree
        eventSchedule""",
    "Schedule": """repeatFrequency byDay byMonthDay byMonth startDate endDate startTime endTime scheduleTimezone""",
    "SocialEvent": """name description url startDate endDate eventStatus eventAttendanceMode location organizer
        isAccessibleForFree superEvent""",
    "Event": "name description startDate endDate location organizer",
    "JobPosting": "@id title description url datePosted employmentType hiringOrganization jobLocation",
    "BreadcrumbList": "itemListElement",
    "ListItem": "position name item url",
}


def nodes_of(client, address: str) -> list[dict]:
    found = _SCRIPT.findall(client.get(address).content.decode())
    graphs = [json.loads(text) for text in found]
    assert [graph["@context"] for graph in graphs] == ["https://schema.org"] * len(graphs)
    return [node for graph in graphs for node in graph["@graph"]]


def by_type(nodes: list[dict]) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for node in nodes:
        found.setdefault(node["@type"], []).append(node)
    return found


def strange(value) -> list[str]:
    """What schema.org does not know, and what is empty."""
    if isinstance(value, list):
        return [each for row in value for each in strange(row)]
    if not isinstance(value, dict):
        return []
    kind = value.get("@type")
    known = PROPERTIES[kind].split() if kind else ["@id"]
    found = [f"{kind}.{name}" for name in value if name != "@type" and name not in known]
    found += [f"{kind}.{name} is empty" for name, each in value.items() if each in (None, "", [], {})]
    return found + [each for row in value.values() for each in strange(row)]


def full_group():
    venue = make_venue(name="The hall", town="Chard", postcode="TA20 1AA", address="1 High Street")
    group = make_group(
        name="Example tea </script><b>", venue=venue, is_free=YesNo.YES, age_from=18, checked=days_ago(3)
    )
    group.contacts.add(make_contact(organisation=group.organisation, phone="01632 960001"))
    make_schedule(group, weekday=3, starts_at=datetime.time(18, 30), ends_at=datetime.time(20))
    return group


def test_group_has_its_service_its_meetings_and_where_it_is(client):
    group = full_group()

    nodes = by_type(nodes_of(client, group.get_absolute_url()))

    url = f"{SITE}{group.get_absolute_url()}"
    [service], [series], events = nodes["Service"], nodes["EventSeries"], nodes["SocialEvent"]
    place = {
        "@type": "Place",
        "name": "The hall",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "1 High Street",
            "addressLocality": "Chard",
            "postalCode": "TA20 1AA",
            "addressCountry": "GB",
        },
        "geo": {"@type": "GeoCoordinates", "latitude": group.venue.latitude, "longitude": group.venue.longitude},
    }
    assert strange([*nodes.values()]) == []
    assert (service["name"], service["url"]) == ("Example tea </script><b>", url)
    assert service["availableChannel"]["serviceLocation"] == place
    assert service["audience"] == {"@type": "PeopleAudience", "suggestedMinAge": 18}
    assert service["offers"] == {"@type": "Offer", "price": 0, "priceCurrency": "GBP"}
    assert series["eventSchedule"] == [
        {
            "@type": "Schedule",
            "repeatFrequency": "P1W",
            "byDay": "https://schema.org/Thursday",
            "startTime": "18:30",
            "endTime": "20:00",
            "scheduleTimezone": "Europe/London",
        }
    ]
    starts = [datetime.datetime.fromisoformat(event["startDate"]) for event in events]
    assert [(start.weekday(), f"{start:%H:%M}", start.tzinfo is None) for start in starts] == [(3, "18:30", False)] * 3
    assert [event["location"] for event in events] == [[place]] * 3
    assert [row["name"] for row in nodes["BreadcrumbList"][0]["itemListElement"]][0] == "Areas"


def test_text_cannot_end_the_script(client):
    group = full_group()

    page = client.get(group.get_absolute_url()).content.decode()

    assert "tea \\u003C/script\\u003E\\u003Cb\\u003E" in page
    assert len(_SCRIPT.findall(page)) == 1


def test_meeting_that_is_not_certain_is_no_event(client):
    group = make_group(town="Chard", checked=days_ago(300))
    make_schedule(group)

    assert set(by_type(nodes_of(client, group.get_absolute_url()))) == {"Service", "BreadcrumbList"}


def test_closed_group_has_no_place_time_or_contact(client):
    venue = make_venue(name="The hall", town="Chard", postcode="TA20 1AA")
    group = make_group(joining=Joining.CLOSED, venue=venue, checked=days_ago(3))
    make_schedule(group)

    nodes = by_type(nodes_of(client, group.get_absolute_url()))

    assert set(nodes) == {"Service", "BreadcrumbList"}
    assert "availableChannel" not in nodes["Service"][0]


def test_confidential_venue_is_its_town(client):
    group = make_group(venue=make_venue(name="The refuge", town="Chard", confidential=True), checked=days_ago(3))
    make_schedule(group, starts_at=datetime.time(18))

    nodes = by_type(nodes_of(client, group.get_absolute_url()))

    town = {"@type": "PostalAddress", "addressLocality": "Chard", "addressCountry": "GB"}
    place = {"@type": "Place", "address": town}
    assert nodes["Service"][0]["availableChannel"]["serviceLocation"] == place
    assert [event["location"] for event in [*nodes["EventSeries"], *nodes["SocialEvent"]]] == [[place]] * 4


def test_area_has_what_it_is_in_and_the_groups_on_its_page_in_their_order(client):
    area = Area.objects.get(slug="somerset")
    groups = [make_group(town="Chard", name=name, checked=days_ago(3)) for name in ("Example A", "Example B")]
    make_group(town="Chard", joining=Joining.CLOSED, venue=make_venue(name="The refuge", confidential=True))

    response = client.get(area.get_absolute_url())
    nodes = by_type(nodes_of(client, area.get_absolute_url()))

    url = f"{SITE}/areas/somerset/"
    [place], [found], [trail] = nodes["AdministrativeArea"], nodes["ItemList"], nodes["BreadcrumbList"]
    shown = re.findall(r'<h3 class="card__title"><a href="([^"?]+)', response.content.decode())
    assert strange([*nodes.values()]) == []
    assert place == {
        "@type": "AdministrativeArea",
        "@id": f"{url}#area",
        "name": "Somerset",
        "url": url,
        "sameAs": f"http://statistics.data.gov.uk/id/statistical-geography/{area.gss_code}",
        "containedInPlace": {"@id": f"{SITE}/areas/south-west/#area"},
    }
    assert {group.get_absolute_url() for group in groups} <= set(shown)
    assert [(row["position"], row["url"]) for row in found["itemListElement"]] == [
        (position, f"{SITE}{path}") for position, path in enumerate(shown, 1)
    ]
    assert found["numberOfItems"] == len(shown)
    assert [row["name"] for row in trail["itemListElement"]] == ["Areas", "England", "South West"]


def test_group_that_has_ended_has_none(client):
    assert nodes_of(client, make_group(stage=Stage.ENDED).get_absolute_url()) == []


@pytest.mark.parametrize(
    "number, scheme", [("1234567", "GB-CHC"), ("SC012345", "GB-SC"), ("NIC100001", "GB-NIC"), ("", None)]
)
def test_organisation_has_its_number_in_its_register_and_what_is_to_come(client, number, scheme):
    organisation = make_organisation(name="Example House", charity_number=number, website="https://example.org")
    today = timezone.localdate()
    for name, days in (("Example fair", 5), ("Example walk", -5)):
        day = today + datetime.timedelta(days=days)
        Event.objects.create(organisation=organisation, name=name, starts_on=day, place="Chard")

    nodes = nodes_of(client, organisation.get_absolute_url())

    identifier = {"@type": "PropertyValue", "propertyID": scheme, "value": number} if number else None
    assert strange(nodes) == []
    assert [(node["@type"], node["name"]) for node in nodes] == [
        ("Organization", "Example House"),
        ("Event", "Example fair"),
    ]
    assert nodes[0].get("identifier") == identifier


@pytest.mark.parametrize("recruiting, kinds", [(Recruiting.YES, ["JobPosting"]), (Recruiting.WAS, [])])
def test_role_is_a_job_while_people_are_looked_for(client, recruiting, kinds):
    role = make_role(recruiting=recruiting, pay=Pay.VOLUNTARY)

    nodes = nodes_of(client, role.get_absolute_url())

    assert strange(nodes) == []
    assert [(node["@type"], node["employmentType"]) for node in nodes] == [(kind, ["VOLUNTEER"]) for kind in kinds]
