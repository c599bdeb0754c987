"""What a group's page begins with: when, where, how to join, and what to press; the way there, and sending it on."""

import datetime
import io

import pytest
from django.utils import timezone
from pypdf import PdfReader

from groups.choices import ChangeKind, Joining, Weekday
from groups.models import SupportGroup
from groups.timetable.meetings import LONDON
from tests.factories import (
    days_ago,
    make_change,
    make_contact,
    make_group,
    make_schedule,
    make_terms,
    make_venue,
    town,
)
from tests.peersupport.html import parse, words

# Words in memory of one group's rows, which tests/groups/test_group_reader.py reads on each database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SIX, PART_OF_AN_HOUR = datetime.time(18), datetime.time(19, 44)


def main(client, group):
    return parse(client.get(group.get_absolute_url())).find(".//main")


def panel(page):
    return page.find(".//section[@class='panel next']")


def lines(page) -> list[str]:
    """The lines of the panel, without buttons and freshness."""
    return [words(line) for line in panel(page) if "row" not in line.get("class", "")][:-1]


def buttons(page) -> dict[str, str]:
    return {words(link): link.get("href") for link in panel(page).iter("a") if "button" in (link.get("class") or "")}


def hall(**fields):
    venue = make_venue(name="Example hall", town="Chard", postcode="TA20 1AA", **fields)
    venue.access_features.set(make_terms(type(venue).access_features.rel.model, ["Step-free entrance", "Hearing loop"]))
    return venue


def test_page_begins_with_when_where_how_to_join_and_what_to_press(client, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC))
    contact = make_contact(phone="01632 960634", number_checked_on=days_ago(3))
    group = make_group(
        organisation=contact.organisation,
        venue=hall(),
        contacts=[contact],
        joining=Joining.JUST_COME,
        is_free="yes",
        checked=days_ago(3),
    )
    make_schedule(group, starts_at=SIX, ends_at=PART_OF_AN_HOUR)

    page = main(client, group)

    assert lines(page) == [
        "Thursday 26 November, 6pm to 7.44pm",
        "Example hall, Chard TA20 1AA",
        "Hearing loop. Step-free entrance.",
        "Just come along. It is free.",
        "Usually: Every Thursday, 6pm to 7.44pm.",
    ]
    assert buttons(page) == {
        "Call 01632 960634": "tel:01632960634",
        "How to get there": "#getting-there",
        "Add to my list": f"?list={group.code}",
        "Print it, on one page: a PDF": f"/lists/list.pdf?list={group.code}",
        "Send it to somebody": "#send",
    }
    assert {link.removeprefix("#") for link in buttons(page).values() if link.startswith("#")} <= {
        element.get("id") for element in page.iter()
    }


def test_leaflet_of_a_group_is_one_page(client):
    group = make_group(venue=hall(), joining=Joining.JUST_COME, joining_note="Ring the bell. " * 20)

    leaflet = client.get(buttons(main(client, group))["Print it, on one page: a PDF"])

    assert (leaflet.status_code, leaflet["Content-Type"]) == (200, "application/pdf")
    assert len(PdfReader(io.BytesIO(leaflet.content)).pages) == 1


@pytest.mark.parametrize(
    "clock, first",
    [
        ("17:59", ["Thursday 26 November, 6pm to 7.44pm"]),
        ("18:00", ["On now, until 7.44pm", "Next: Thu 3 December, 6pm"]),
        ("19:44", ["Thursday 3 December, 6pm to 7.44pm"]),
    ],
)
def test_meeting_that_is_on_now_is_said_to_be_until_it_ends(client, monkeypatch, clock, first):
    now = datetime.datetime.combine(datetime.date(2026, 11, 26), datetime.time.fromisoformat(clock), LONDON)
    group = make_group(town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=SIX, ends_at=PART_OF_AN_HOUR)
    monkeypatch.setattr(timezone, "now", lambda: now)

    assert lines(main(client, group))[: len(first)] == first


def test_group_of_which_one_date_is_known_says_so(client):
    group = make_group(town="Chard", checked=days_ago(3))
    make_change(group, starts_at=SIX, words="A walk.")

    first = lines(main(client, group))

    assert first[0] == "We do not know its usual day. One date we know:"
    assert first[1].endswith(", from 6pm")
    assert first[2:5] == ["A walk.", "Chard. Ask where it meets.", "Ask how to join."]

    make_change(group, date=days_ago(-9))

    assert lines(main(client, group))[0] == "We do not know its usual day. The next date we know:"


def test_place_is_that_of_the_next_meeting_and_the_way_to_each_is_told(client):
    group = make_group(venue=hall(), checked=days_ago(3))
    make_schedule(group, weekday=Weekday((timezone.localdate().weekday() + 3) % 7), starts_at=SIX)
    library = make_venue(name="The library", town="Ilminster", address="2 High Street")
    make_change(group, kind=ChangeKind.EXTRA, date=days_ago(-1), starts_at=SIX, venue=library)

    page = main(client, group)

    assert lines(page)[1:3] == ["An extra date.", "The library, Ilminster"]
    venues = page.findall(".//section[@aria-labelledby='getting-there']/div[@class='venue']")
    assert [words(venue.find("address/b")) for venue in venues] == ["The library", "Example hall"]


def test_way_is_the_venues_own_words_and_then_other_sites_which_learn_nothing(client):
    venue = hall(getting_there="The yellow door.")

    place = main(client, make_group(venue=venue)).find(".//div[@class='venue']")

    links = {link.get("href"): link.get("rel") for link in place.iterfind("ul//a")}
    on_foot = f"?engine=fossgis_osrm_foot&route=;{venue.latitude},{venue.longitude}"
    assert links == {
        f"https://www.openstreetmap.org/directions{on_foot}": "noreferrer noopener",
        "https://www.traveline.info/": "noreferrer noopener",
    }
    sentences = words(place)
    assert sentences.index("The yellow door.") < sentences.index("On foot: the way on OpenStreetMap, another site.")
    assert "plan it on Traveline, another site. Type TA20 1AA there." in sentences


def test_planner_of_northern_ireland_is_another():
    assert make_venue(town="Belfast").journey_planner.url == "https://www.translink.co.uk/"
    assert make_venue(town="Glasgow").journey_planner.name == "Traveline"


@pytest.mark.parametrize("hiding", [{"confidential": True}, {"closed": True, "town": "Chard"}, {"ended": True}])
def test_no_way_is_told_to_a_hidden_place(client, hiding):
    if "ended" in hiding or "closed" in hiding:
        hiding = {**hiding, "town": None, "venue": hall()}

    page = client.get(make_group(**hiding).get_absolute_url()).text

    found = [word for word in ("getting-there", "openstreetmap", "traveline", "/venues/") if word in page]
    assert found == []


def test_hidden_address_is_said_to_be_hidden_beside_its_town(client):
    group = make_group(confidential=True, joining=Joining.JUST_COME)

    assert lines(main(client, group))[1:] == [
        "Chard. To keep people safe, the address is not shown. The group will tell you where.",
        "Contact the group first. The group will tell you where to come.",
    ]


def test_page_is_sent_by_a_short_address_that_tells_nothing_and_without_the_list(client):
    group = make_group(name="Example bereavement tea", town="Chard")

    page = parse(client.get(group.get_absolute_url(), {"list": group.code}))

    section = page.find(".//section[@aria-labelledby='send']")
    body = f"http%3A%2F%2Ftestserver%2Fg%2F{group.code}%2F"
    assert words(section.find(".//b")) == f"http://testserver/g/{group.code}/"
    assert [link.get("href") for link in section.iter("a")] == [
        f"sms:?&body={body}",
        f"mailto:?subject=The%20page%20I%20told%20you%20about&body={body}",
    ]


def test_page_leads_to_saying_what_is_wrong_and_what_to_change(client):
    group = make_group(town="Chard")

    links = {words(link): link.get("href") for link in main(client, group).iterfind(".//aside//a")}

    report = f"{group.get_absolute_url()}report/"
    assert links["Is something wrong? Tell us"] == links["Tell us what to change"] == report
    assert links["ask us to take it down"] == "/contact/"


def test_online_group_is_asked_how_to_join(client):
    page = main(client, make_group(online=True))

    assert lines(page)[1] == "Online"
    assert "How to get there" not in buttons(page)


def test_group_that_also_meets_from_home_says_so(client):
    group = make_group(venue=make_venue(name="Example hall", town=town("Chard")), meets_online=True)

    assert lines(main(client, group))[1] == "Example hall, Chard. Also online."
    assert SupportGroup.objects.get().where == "Example hall, Chard; Online"
