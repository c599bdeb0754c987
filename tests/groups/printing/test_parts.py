"""The facts of a group one by one, for the columns of a spreadsheet: as whole and as true as its sentences."""

import datetime

import pytest

from groups.choices import ChangeKind, Frequency, Weekday
from groups.printing.document import EntryParts
from groups.printing.entries import print_entry
from groups.printing.parts import entry_parts
from tests.factories import (
    days_ago,
    make_change,
    make_contact,
    make_group,
    make_organisation,
    make_schedule,
    make_venue,
)
from tests.groups.printing.test_document import whole

# Words in memory of the rows of a list, which test_costs.py and test_entries.py read on each database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOON = datetime.datetime(2026, 12, 1, 12, tzinfo=datetime.UTC)
EVENING = {"starts_at": datetime.time(18, 30), "ends_at": datetime.time(20)}


def time_of(parts: EntryParts) -> tuple[str, str, str]:
    return parts.day, parts.starts, parts.ends


def address_of(parts: EntryParts) -> tuple[str, str, str, str]:
    return parts.venue, parts.street, parts.town, parts.postcode


def test_next_three_dates_stand_apart_and_what_is_off_beside_them():
    group = make_group(town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=datetime.time(18))
    for day, message in ((10, "The hall is let."), (31, "")):
        make_change(group, kind=ChangeKind.OFF, date=datetime.date(2026, 12, day), words=message)

    parts = entry_parts(group, NOON)

    assert parts.dates == (
        "Thursday 3 December, 6pm.",
        "Thursday 17 December, 6pm.",
        "Thursday 24 December, 6pm, ask first: it is Christmas Eve.",
    )
    assert parts.days_off == ("No meeting on Thursday 10 December. The hall is let.",)
    # Paper has two, and none of this for the layouts.
    printed = print_entry(group, NOON, whole)
    assert (len([line for line in printed.next_dates if "6pm" in line]), printed.parts) == (2, EntryParts())


def test_dates_of_a_group_that_nobody_checked_say_so_each():
    group = make_group(town="Chard")
    make_schedule(group, starts_at=datetime.time(18))

    assert [("if it still meets" in date) for date in entry_parts(group, NOON).dates] == [True] * 3


def test_time_stands_apart_with_all_that_limits_its_days():
    group = make_group(town="Chard")
    make_schedule(group, frequency=Frequency.MONTHLY_BY_WEEKDAY, ordinals="1,3", **EVENING)
    limited = make_group(town="Chard")
    make_schedule(limited, term_time_only=True, skips_bank_holidays=True, note="Bring a mug.", **EVENING)
    every_day = make_group(town="Chard")
    for day in Weekday:
        make_schedule(every_day, weekday=day, starts_at=datetime.time(10))
    no_time = make_group(town="Chard")
    make_schedule(no_time, term_time_only=True)

    assert [time_of(entry_parts(row, NOON)) for row in (group, limited, every_day, no_time)] == [
        ("The first and third Thursday of the month", "6.30pm", "8pm"),
        ("Every Thursday, not on bank holidays, in term time only. Bring a mug.", "6.30pm", "8pm"),
        ("Every day", "10am", ""),
        ("Every Thursday, in term time only", "ask for the time", ""),
    ]


def test_several_days_at_one_time_stand_apart_and_several_times_do_not():
    same, several = make_group(town="Chard"), make_group(town="Chard")
    for day in (Weekday.MONDAY, Weekday.FRIDAY):
        make_schedule(same, weekday=day, **EVENING)
        make_schedule(several, weekday=day, starts_at=datetime.time(10 + day))

    assert time_of(entry_parts(same, NOON)) == ("Every Monday. Every Friday.", "6.30pm", "8pm")
    assert time_of(entry_parts(several, NOON)) == ("", "", "")


@pytest.mark.parametrize(
    "made, schedule",
    [
        ({}, {}),
        ({"times_are_withheld": True}, EVENING),
        ({"stands_for_several": True}, EVENING),
        ({}, {"frequency": Frequency.ASK, "weekday": None}),
    ],
)
def test_time_that_is_unknown_or_not_public_has_no_parts(made, schedule):
    group = make_group(town="Chard", **made)
    if schedule:
        make_schedule(group, **schedule)

    assert time_of(entry_parts(group, NOON)) == ("", "", "")


def test_address_stands_apart():
    venue = make_venue(name="Example hall", address="Flat 1,\n2 Street", town="Chard", postcode="TA20 1AA")

    parts = entry_parts(make_group(venue=venue), NOON)

    assert address_of(parts) == ("Example hall", "Flat 1, 2 Street", "Chard", "TA20 1AA")


def test_confidential_address_is_a_town():
    venue = make_venue(name="Secret house", address="2 Street", postcode="TA20 1AA", confidential=True)
    group = make_group(venue=venue)
    make_schedule(group, venue=venue)

    assert address_of(entry_parts(group, NOON)) == ("", "", "Chard", "")


def test_group_of_several_venues_has_no_single_address():
    """Or a poster would send people to the one on the day of the other."""
    usual = make_venue(name="Example hall", town="Chard", postcode="TA20 1AA")
    group = make_group(venue=usual)
    make_schedule(group, weekday=Weekday.MONDAY)
    make_schedule(group, weekday=Weekday.FRIDAY, venue=make_venue(name="Example library", town="Chard"))
    apart = make_group(venue=usual)
    make_schedule(apart, weekday=Weekday.MONDAY)
    make_schedule(apart, weekday=Weekday.FRIDAY, venue=make_venue(name="Example pier", town="Margate"))

    assert [address_of(entry_parts(row, NOON)) for row in (group, apart)] == [("", "", "Chard", ""), ("", "", "", "")]


def test_place_of_who_meets_elsewhere_or_nowhere_is_its_town_or_nothing():
    elsewhere, town = make_group(venue=make_venue(name="Example hall", town="Chard")), make_group(town="Margate")
    make_schedule(elsewhere, venue=make_venue(name="Example pier", town="Margate"))
    online = make_group(town="Chard", online=True)
    wide = make_group(areas=["Somerset"])

    assert [address_of(entry_parts(row, NOON)) for row in (elsewhere, town, online, wide)] == [
        ("Example pier", "", "Margate", ""),
        ("", "", "Margate", ""),
        ("", "", "", ""),
        ("", "", "", ""),
    ]


def test_released_contacts_stand_apart_and_others_nowhere():
    organisation = make_organisation(name="Example house", website="https://example.org/groups/")
    desk = make_contact(
        organisation=organisation,
        role_title="A desk",
        phone="01632 960001",
        text_number="07700 900001",
        email="desk@example.org",
        hours="Mondays",
        number_checked_on=days_ago(9),
    )
    ring = make_contact(organisation=organisation, role_title="B ring", phone="01632 960002")
    hidden = make_contact(organisation=organisation, role_title="0 hidden", phone="01632 960003", released=False)
    group = make_group(organisation=organisation, contacts=[hidden, desk, ring])

    parts = entry_parts(group, NOON)

    assert (parts.role, parts.phone, parts.text_number) == ("A desk", "01632 960001", "07700 900001")
    assert (parts.email, parts.hours, parts.website) == ("desk@example.org", "Mondays", "example.org/groups")
    assert parts.other_contacts == ("B ring: 01632 960002 (number not checked yet)",)
    alone = entry_parts(make_group(organisation=organisation, contacts=[hidden]), NOON)
    assert (alone.role, alone.phone, alone.other_contacts) == ("", "", ())
