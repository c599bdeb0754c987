"""The poster and the door sheet of a group: which groups have them, and what stands on them."""

import datetime

import pytest

from common import slots
from groups.choices import ChangeKind, Joining, Weekday
from groups.models import SupportGroup
from groups.printing.posters.content import PersonToAsk, PosterContent, build_poster
from tests.factories import (
    days_ago,
    make_change,
    make_contact,
    make_group,
    make_organisation,
    make_schedule,
    make_venue,
)
from tests.groups.printing.posters.groups import GROUPS, HAVE_NONE, NAMES, door_sheet_url, poster_url
from tests.groups.printing.test_document import whole
from tests.pages.sweep import text_of
from tests.peersupport.html import parse, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("a poster is made in Python")]

#: Noon on Thursday 3 December 2026.
NOW = datetime.datetime(2026, 12, 3, 12, tzinfo=datetime.UTC)


def statuses(client, group) -> tuple[int, int]:
    """The answers for its poster and its door sheet."""
    return client.get(poster_url(group)).status_code, client.get(door_sheet_url(group)).status_code


def content_of(group, now: datetime.datetime = NOW) -> PosterContent:
    return build_poster(group, now, whole)


@pytest.mark.parametrize("make, expected", GROUPS, ids=NAMES)
def test_group_has_what_may_be_put_up_and_no_more(client, make, expected):
    assert statuses(client, make()) == expected


@pytest.mark.parametrize(
    "query, name", [("", "a4"), ("?size=a5", "a5"), ("?size=a3", "a4"), ("?size=A5", "a4"), ("?size=a5&size=x", "a4")]
)
def test_file_is_of_the_size_that_was_asked_for_and_is_not_indexed(client, query, name):
    group = make_group(name="Example tea", venue=make_venue())

    response = client.get(poster_url(group) + query)

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="poster-{group.slug}-{name}.pdf"'
    assert response["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("url", [poster_url, door_sheet_url])
def test_former_address_leads_to_the_present_one_with_its_size(client, url):
    group = make_group(venue=make_venue())
    former = url(group)
    group.slug = "example-new"
    group.save()

    response = client.get(f"{former}?size=a5")

    assert (response.status_code, response["Location"]) == (301, f"{url(group)}?size=a5")


@pytest.mark.parametrize(
    "url, kind, reason",
    [(poster_url, "poster", "ended"), (door_sheet_url, "door sheet", "no sheet where the address is not public")],
)
def test_what_there_is_not_is_said_in_the_same_words_whatever_the_reason(client, url, kind, reason):
    groups = [SupportGroup(slug="no-such-group"), *(make() for make in HAVE_NONE.values())]

    pages = [parse(client.get(url(group))).find(".//main") for group in groups]

    assert words(pages[0].find(".//h1")) == f"There is no {kind} here"
    assert reason in words(pages[0])
    assert {words(page) for page in pages} == {words(pages[0])}


@pytest.mark.parametrize("url", [poster_url, door_sheet_url])
def test_busy_server_leads_to_the_page_of_the_group(client, url, monkeypatch):
    group = make_group(venue=make_venue())
    monkeypatch.setattr(slots, "capacity_of", lambda pool: 0)

    response = client.get(url(group))

    assert response.status_code == 503
    assert group.get_absolute_url() in response.content.decode()


def test_dates_of_a_group_that_is_not_checked_have_one_caution_for_all():
    group = make_group(venue=make_venue(), checked=days_ago(300))
    make_schedule(group, starts_at=datetime.time(18), ends_at=datetime.time(20))

    content = content_of(group)

    assert content.dates[:2] == ("Thursday 3 December.", "Thursday 10 December.")
    assert content.notes[0] == "These are its dates, if it still meets then. Please ask before you travel."


def test_single_date_of_a_group_that_is_not_checked_has_its_caution_beside_it():
    group = make_group(venue=make_venue(), checked=days_ago(300))
    make_change(group, kind=ChangeKind.EXTRA, date=datetime.date(2026, 12, 10), starts_at=datetime.time(18))

    assert content_of(group).dates == ("Thursday 10 December, 6pm, if it still meets then. An extra date.",)


def test_poster_says_who_when_where_and_whom_to_ask():
    organisation = make_organisation(name="Example house", website="https://house.example/")
    contacts = [
        make_contact(organisation=organisation, role_title="Office", email="office@house.example"),
        make_contact(organisation=organisation, role_title="Welcome desk", phone="01632 960001", hours="Mondays."),
        make_contact(organisation=organisation, role_title="Unseen", phone="01632 960002", released=False),
    ]
    hall = make_venue(name="Example hall", town="Chard", address="1 Street", getting_there="Bus 8.\n\nThe blue  door.")
    group = make_group(
        organisation=organisation,
        venue=hall,
        contacts=contacts,
        joining=Joining.JUST_COME,
        is_free="yes",
        checked=days_ago(3),
    )
    make_schedule(group, starts_at=datetime.time(18), ends_at=datetime.time(20))
    make_change(group, kind=ChangeKind.OFF, date=datetime.date(2026, 12, 10), words="The hall is let.")

    content = content_of(group)

    assert content.entry.url == f"https://example.org/g/{group.code}/"
    assert content.entry.when == ("Every Thursday, 6pm to 8pm.",)
    assert content.dates == (
        "Thursday 3 December.",
        "Thursday 17 December.",
        "Thursday 24 December, ask first: it is Christmas Eve.",
        "Thursday 31 December, ask first: it is New Year’s Eve.",
    )
    assert content.notes == ("No meeting on Thursday 10 December. The hall is let.",)
    assert content.entry.where == ("Example hall", "1 Street", "Chard")
    assert content.getting_there == ("Bus 8.", "The blue door.")
    assert (content.joining, content.cost) == ("Just come along.", "Free.")
    assert content.people == (
        PersonToAsk("Welcome desk", ("01632 960001",), note="Mondays. Number not checked yet."),
        PersonToAsk("Office", address="office@house.example"),
    )
    assert (content.printed_on, content.good_until) == (datetime.date(2026, 12, 3), datetime.date(2026, 12, 31))


def test_date_at_another_time_than_usual_says_its_time():
    group = make_group(venue=make_venue(), checked=days_ago(3))
    make_schedule(group, starts_at=datetime.time(18), ends_at=datetime.time(20))
    make_change(group, kind=ChangeKind.MOVED, date=datetime.date(2026, 12, 10), starts_at=datetime.time(20))

    assert content_of(group).dates[:3] == (
        "Thursday 3 December.",
        "Thursday 10 December, 8pm.",
        "Thursday 17 December.",
    )


def test_time_that_is_not_known_is_asked_for_once():
    group = make_group(venue=make_venue(), checked=days_ago(3))
    make_schedule(group)

    content = content_of(group)

    assert content.entry.when == ("Every Thursday. Ask for the time.",)
    assert content.dates[:2] == ("Thursday 3 December.", "Thursday 10 December.")


def test_what_is_not_said_of_joining_and_cost_is_not_spoken_of():
    group = make_group(venue=make_venue(), joining=Joining.NOT_SAID, cost_note="£2 a time.")

    assert (content_of(group).joining, content_of(group).cost) == ("", "£2 a time.")
    assert content_of(make_group(town="Chard")).cost == ""


def test_each_date_of_a_group_with_several_times_says_its_time():
    group = make_group(venue=make_venue(), checked=days_ago(3))
    make_schedule(group, starts_at=datetime.time(18))
    make_schedule(group, weekday=Weekday.FRIDAY, starts_at=datetime.time(10))

    assert content_of(group).dates[:2] == ("Thursday 3 December, 6pm.", "Friday 4 December, 10am.")


def test_poster_without_a_contact_names_the_website_of_the_organisation():
    organisation = make_organisation(name="Example house", website="https://house.example/")

    assert content_of(make_group(organisation=organisation, town="Chard")).people == (
        PersonToAsk("Example house", address="house.example"),
    )
    assert content_of(make_group(town="Chard")).people == ()


def test_poster_of_a_confidential_venue_says_to_ask_and_nothing_of_the_way(client):
    venue = make_venue(
        name="Secret House",
        address="1 Secret Street",
        town="Chard",
        postcode="TA20 1AA",
        confidential=True,
        getting_there="The secret bus.",
    )
    group = make_group(venue=venue)

    text = text_of(client.get(poster_url(group)))

    assert [words for words in ("ecret", "TA20", "Getting there") if words in text] == []
    assert "To keep people safe, the address is not" in " ".join(text.split())


def test_help_now_is_that_of_the_nation():
    numbers = {town: content_of(make_group(town=town)).help_now[1] for town in ("Chard", "Belfast")}

    assert numbers == {
        "Chard": ("NHS, mental health option, call", "111"),
        "Belfast": ("Lifeline in Northern Ireland, call", "0808 808 8000"),
    }


def test_file_takes_few_queries(client, django_assert_max_num_queries):
    group = make_group(venue=make_venue())
    for weekday in Weekday:
        make_schedule(group, weekday=weekday, venue=make_venue())

    with django_assert_max_num_queries(12):
        client.get(poster_url(group))
