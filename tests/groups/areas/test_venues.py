"""The page of a venue: what meets there, the way, and when it is closed; none where nothing may be known to meet."""

import datetime
import uuid

import pytest
from django.urls import reverse

from groups.areas.venue import venue_page
from groups.choices import ChangeKind, Weekday
from groups.timetable.meetings import LONDON
from tests.factories import days_ago, make_change, make_group, make_organisation, make_schedule, make_venue
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db

SIX = datetime.time(18)
#: A Saturday.
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=LONDON)


def meets(venue) -> list[tuple[str, str]]:
    page = venue_page(venue, NOW)
    return [(occasion.row.day, occasion.group.name) for occasion in page.occasions]


def groups_at(venue) -> list[str]:
    page = venue_page(venue, NOW)
    return [str(card.html.name) for card in page.cards] if page else []


def test_venue_detail_says_where_it_is_what_meets_there_and_how_to_get_in(client):
    venue = make_venue(
        name="Example hall", town="Chard", postcode="TA20 1AA", address="1 Street", getting_there="Bus 30."
    )
    group = make_group(name="Example tea", venue=venue)
    make_schedule(group, weekday=Weekday((days_ago(0).weekday() + 1) % 7), starts_at=SIX)

    response = client.get(venue.get_absolute_url())

    page = parse(response)
    assert words(page.find(".//title")) == "Example hall, Chard | Alongside"
    assert (words(page.find(".//h1")), words(page.find(".//p[@class='under-title']"))) == (
        "Example hall",
        "1 Street, Chard, TA20 1AA",
    )
    main = page.find(".//main")
    assert "Bus 30." in words(main)
    assert [link.get("href") for link in main.iterfind(".//ul/li/a")][0] == group.get_absolute_url()
    assert [words(title) for title in main.iterfind(".//article/h3")] == ["Example tea"]


def test_venue_page_says_when_the_place_is_open_and_that_it_is_now():
    venue = make_venue(name="Example hall", town="Chard", opening_hours="Monday to Saturday, 9am to 5pm")
    make_group(venue=venue)

    page, on_sunday = (venue_page(venue, NOW + datetime.timedelta(days)) for days in (0, 1))

    assert (page.hours.lines, page.open_until, on_sunday.open_until) == (
        ["Monday to Saturday, 9am to 5pm"],
        "5pm",
        "",
    )
    venue.address_is_confidential = True
    assert venue.public_hours is None


def test_page_of_a_group_leads_to_its_venue(client):
    venue = make_venue(name="Example hall", town="Chard")
    group = make_group(venue=venue)
    lapsed = make_group(venue=make_venue(name="Example other", town="Chard"), checked=days_ago(500))

    link = parse(client.get(group.get_absolute_url())).find(".//address/b/a")

    assert (words(link), link.get("href")) == ("Example hall", venue.get_absolute_url())
    # A group that has left the lists is on no page of a venue, and so its own leads to none.
    page = parse(client.get(lapsed.get_absolute_url()))
    assert (words(page.find(".//address/b")), page.find(".//address/b/a")) == ("Example other", None)


def test_meetings_are_those_at_the_venue_in_order():
    venue, elsewhere = make_venue(town="Chard"), make_venue(town="Ilminster")
    tea = make_group(name="Example tea", venue=venue)
    make_schedule(tea, weekday=Weekday.FRIDAY, starts_at=SIX)
    make_schedule(tea, weekday=Weekday.MONDAY, starts_at=SIX, venue=elsewhere)
    walk = make_group(name="Example walk", venue=elsewhere)
    make_schedule(walk, weekday=Weekday.TUESDAY, starts_at=SIX)
    make_change(walk, date=datetime.date(2026, 11, 25), venue=venue)

    assert meets(venue)[:3] == [
        ("Wednesday 25 November", "Example walk"),
        ("Friday 27 November", "Example tea"),
        ("Friday 4 December", "Example tea"),
    ]


def test_address_stays_when_the_venue_gets_another_name(client):
    venue = make_venue(name="Example hall", town="Chard")
    make_group(venue=venue)
    address = venue.get_absolute_url()

    venue.name = "Example house"
    venue.save()

    assert "Example house" in client.get(address).text
    assert address == f"/venues/{venue.public_id}/"


@pytest.mark.parametrize(
    "what",
    [
        {"closed": True},
        {"ended": True},
        {"draft": True},
        {"checked": days_ago(500)},
        {"organisation": "draft"},
        None,
    ],
)
def test_venue_without_anything_that_visitors_may_know_of_has_no_page(client, what):
    venue = make_venue(town="Chard")
    if what and "organisation" in what:
        what = {"organisation": make_organisation(draft=True)}
    if what is not None:
        make_group(venue=venue, **what)

    assert client.get(venue.get_absolute_url()).status_code == 404


def test_confidential_venue_has_no_page_whatever_meets_there(client):
    venue = make_venue(town="Chard", confidential=True)
    make_schedule(make_group(venue=venue))

    assert client.get(venue.get_absolute_url()).status_code == 404
    assert client.get(reverse("groups:venue_detail", args=[uuid.uuid4()])).status_code == 404


def test_group_is_not_named_at_a_venue_that_only_its_hidden_or_past_times_are_at():
    hidden, past, public = make_venue(town="Chard"), make_venue(town="Chard"), make_venue(town="Chard")
    make_schedule(make_group(name="Example hidden", town="Chard", times_are_withheld=True), venue=hidden)
    make_schedule(make_group(town="Chard"), venue=past, last_date=datetime.date(2020, 1, 6))
    make_schedule(make_group(name="Example public", town="Chard"), venue=public)

    assert [groups_at(venue) for venue in (hidden, past, public)] == [[], [], ["Example public"]]


def test_closing_that_all_groups_share_is_announced_as_that_of_the_venue(client):
    venue = make_venue(town="Chard")
    groups = [make_group(venue=venue) for _ in range(2)]
    for group in groups:
        make_schedule(group, weekday=Weekday.THURSDAY)
    closed = {"kind": ChangeKind.OFF_RANGE, "date": datetime.date(2026, 12, 22), "until": datetime.date(2027, 1, 2)}
    message = ["No meetings from Tuesday 22 December to Saturday 2 January 2027. The hall is shut."]
    make_change(groups[0], words="The hall is shut.", **closed)
    assert venue_page(venue, NOW).closings == []

    make_change(groups[1], words="The hall is shut.", **closed)

    assert venue_page(venue, NOW).closings == message


@pytest.mark.one_database("no page asks which database it reads: the ORM makes the same queries on each")
@pytest.mark.parametrize("rows", [1, 20])
def test_venue_detail_costs_the_same_for_one_group_and_for_twenty(client, django_assert_num_queries, rows):
    venue = make_venue(town="Chard")
    for _ in range(rows):
        group = make_group(venue=venue, areas=["Somerset"])
        make_schedule(group)
        make_change(group, venue=make_venue(town="Ilminster"))
    # The directory is read again after a change: the first request pays.
    client.get(venue.get_absolute_url())

    with django_assert_num_queries(9):
        response = client.get(venue.get_absolute_url())

    assert response.status_code == 200
