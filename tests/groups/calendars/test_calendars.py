"""Calendars of groups, organisations and areas, as they are served: what is in them, and what must not be."""

import datetime
from zoneinfo import ZoneInfo

import icalendar
import pytest
from django.urls import reverse
from django.utils import timezone

from groups.calendars.feed import window
from groups.choices import ChangeKind, Stage
from tests.factories import days_ago, make_change, make_group, make_organisation, make_schedule, make_venue
from tests.groups.calendars.calendar_events import as_a_rule

pytestmark = pytest.mark.django_db

SIX, EIGHT = datetime.time(18), datetime.time(20)


def thursday(weeks: int) -> datetime.date:
    """The Thursday of the next week, or of a week after."""
    today = timezone.localdate()
    return today + datetime.timedelta(days=(3 - today.weekday()) % 7 + 7 * weeks)


def read(client, group) -> icalendar.Calendar:
    response = client.get(reverse("groups:group_calendar", args=[group.slug]))
    assert response.status_code == 200
    return icalendar.Calendar.from_ical(response.content)


def events(client, group) -> list[icalendar.Event]:
    return as_a_rule(read(client, group))


def test_group_calendar_is_a_calendar_that_phones_can_keep_up_to_date(client):
    group = make_group(name="Tea; cake, and talk", town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=SIX, ends_at=EIGHT)

    response = client.get(reverse("groups:group_calendar", args=[group.slug]))

    calendar = icalendar.Calendar.from_ical(response.content)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == f'inline; filename="{group.slug}.ics"'
    assert dict(response.cookies) == {}
    assert [str(calendar[name]) for name in ("version", "name", "x-wr-calname", "x-wr-timezone")] == [
        "2.0",
        "Tea; cake, and talk, Chard",
        "Tea; cake, and talk, Chard",
        "Europe/London",
    ]
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT12H\r\n" in response.content
    assert b"SUMMARY:Tea\\; cake\\, and talk\r\n" in response.content
    assert max(len(line) for line in response.content.split(b"\r\n")) <= 75


def test_group_calendar_tells_a_pattern_as_one_event_that_recurs(client):
    group = make_group(venue=make_venue(name="The hall", town="Chard", postcode="TA20 1AA"), checked=days_ago(3))
    make_schedule(group, starts_at=SIX, ends_at=EIGHT, skips_bank_holidays=True)

    [event] = events(client, group)

    first, last = window(timezone.localdate())
    assert event["rrule"]["FREQ"] == ["WEEKLY"]
    assert event["rrule"]["BYDAY"] == ["TH"]
    assert first <= event["dtstart"].dt.date() < first + datetime.timedelta(days=14)
    assert event["rrule"]["UNTIL"][0].date() > last - datetime.timedelta(days=14)
    assert (event["dtstart"].dt.timetz().tzinfo, event["dtstart"].params["TZID"]) == (
        ZoneInfo("Europe/London"),
        "Europe/London",
    )
    assert event["location"] == "The hall, Chard, TA20 1AA"
    assert (event["status"], event["class"]) == ("CONFIRMED", "PRIVATE")
    assert event["description"].splitlines() == [
        "Every Thursday, 6pm to 8pm, not on bank holidays.",
        "Joining: Not said: ask the organisation.",
        f"http://testserver{group.get_absolute_url()}",
    ]


def test_group_calendar_keeps_its_identity_and_counts_its_versions(client):
    group = make_group(town="Chard")
    make_schedule(group)
    [before] = events(client, group)

    group.name = "Another name"
    group.save()
    [after] = events(client, group)

    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstamp"].dt == after["last-modified"].dt == group.updated_at.replace(microsecond=0)


def test_group_calendar_says_whole_days_where_nobody_knows_the_time(client):
    group = make_group(town="Chard")
    make_schedule(group)

    [event] = events(client, group)

    assert event["dtstart"].params["VALUE"] == "DATE"
    assert "dtend" not in event
    assert event["description"].splitlines()[0] == "Ask for the time."


def test_group_calendar_says_what_is_different(client):
    group = make_group(name="Talking", town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=SIX, ends_at=EIGHT)
    library = make_venue(name="The library", town="Chard")
    make_change(group, kind=ChangeKind.OFF, date=thursday(1))
    make_change(group, kind=ChangeKind.MOVED, date=thursday(2), venue=library, words="At the library that day.")
    as_usual = make_change(group, date=thursday(3) + datetime.timedelta(days=1), starts_at=SIX, ends_at=EIGHT)
    make_change(group, date=thursday(3) + datetime.timedelta(days=2), words="A walk.")

    usual, moved, walk = events(client, group)

    assert [day.dt.date() for day in usual["exdate"].dts] == [thursday(1)]
    assert [day.dt.date() for day in usual["rdate"].dts] == [as_usual.date]
    assert moved["uid"] == usual["uid"]
    assert moved["recurrence-id"].dt == datetime.datetime.combine(thursday(2), SIX, ZoneInfo("Europe/London"))
    assert (moved["location"], moved["description"].splitlines()[0]) == (
        "The library, Chard",
        "At the library that day.",
    )
    assert "rrule" not in moved
    assert walk["uid"] != usual["uid"]
    assert walk["description"].splitlines()[:2] == ["A walk.", "Ask for the time."]


def test_moved_meeting_that_gets_a_time_is_an_event_of_its_own(client):
    """An exception must be what the rule is: a whole day, or not."""
    group = make_group(town="Chard")
    make_schedule(group)
    make_change(group, kind=ChangeKind.MOVED, date=thursday(2), starts_at=SIX)

    usual, moved = events(client, group)

    assert [day.dt for day in usual["exdate"].dts] == [thursday(2)]
    assert "recurrence-id" not in moved
    assert moved["uid"] != usual["uid"]


def test_extra_date_on_a_day_that_is_off_is_an_event_of_its_own(client):
    """Of a date that is both excepted and extra, calendars show nothing."""
    group = make_group(town="Chard")
    make_schedule(group, starts_at=SIX)
    make_change(group, kind=ChangeKind.OFF, date=thursday(2))
    make_change(group, date=thursday(2), starts_at=SIX)

    usual, extra = events(client, group)

    assert "rdate" not in usual
    assert extra["dtstart"].dt.date() == thursday(2)


@pytest.mark.parametrize(
    "forming, checked, status", [(False, 3, "CONFIRMED"), (False, 300, "TENTATIVE"), (True, 3, "TENTATIVE")]
)
def test_event_is_as_certain_as_the_last_check(client, forming, checked, status):
    group = make_group(name="Talking", town="Chard", forming=forming, checked=days_ago(checked))
    make_schedule(group)

    [event] = events(client, group)

    title = "Talking" if status == "CONFIRMED" else "Talking (ask before you go)"
    assert (event["status"], event["summary"]) == (status, title)


@pytest.mark.parametrize(
    "fields",
    [
        {"closed": True},
        {"ended": True},
        {"paused": True},
        {"times_are_withheld": True},
        {"stands_for_several": True},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_calendar_of_a_group_whose_dates_must_not_be_known_is_empty(client, fields):
    group = make_group(town="Chard", **fields)
    make_schedule(group, starts_at=SIX)
    make_change(group)

    assert events(client, group) == []


def test_paused_group_has_events_again_from_the_day_after_its_break(client):
    group = make_group(town="Chard", stage=Stage.PAUSED, paused_since=days_ago(30), paused_until=thursday(3))
    make_schedule(group, starts_at=SIX)

    [event] = events(client, group)

    assert event["dtstart"].dt.date() == thursday(4)
    assert event["status"] == "TENTATIVE"


def test_calendar_of_a_confidential_venue_says_the_town_alone(client):
    group = make_group(confidential=True)
    make_schedule(group)

    [event] = events(client, group)

    assert event["location"] == "Chard"


def test_calendar_of_a_group_that_is_not_public_is_not_there(client):
    hidden = [make_group(draft=True), make_group(organisation=make_organisation(draft=True))]

    statuses = [client.get(reverse("groups:group_calendar", args=[group.slug])).status_code for group in hidden]

    assert statuses == [404, 404]


def test_old_address_of_a_calendar_leads_to_the_new_one(client):
    group = make_group(name="First name", town="Chard")
    before = reverse("groups:group_calendar", args=[group.slug])
    group.slug = "second"
    group.save()

    response = client.get(before)

    assert (response.status_code, response.url) == (301, reverse("groups:group_calendar", args=["second"]))


def test_organisation_calendar_has_its_listed_groups(client):
    organisation = make_organisation(name="Example house")
    for name, fields in {"Shown": {}, "Closed": {"closed": True}, "Draft": {"draft": True}}.items():
        make_schedule(make_group(name=name, organisation=organisation, **fields))
    make_schedule(make_group(name="Of others"))

    response = client.get(reverse("groups:organisation_calendar", args=[organisation.slug]))

    calendar = icalendar.Calendar.from_ical(response.content)
    assert [event["summary"] for event in as_a_rule(calendar)] == ["Shown (ask before you go)"]
    assert calendar["x-wr-calname"] == "Example house"


def test_area_calendar_has_the_groups_that_meet_there_or_serve_it(client):
    for name, fields in {
        "Here": {"town": "Chard"},
        "Serving": {"areas": ["Somerset"]},
        "Elsewhere": {"town": "Loftus"},
        "Lapsed": {"town": "Chard", "checked": days_ago(500)},
    }.items():
        make_schedule(make_group(name=name, **fields))

    response = client.get(reverse("groups:area_calendar", args=["somerset"]))

    calendar = icalendar.Calendar.from_ical(response.content)
    assert sorted(event["summary"] for event in as_a_rule(calendar)) == [
        "Here (ask before you go)",
        "Serving (ask before you go)",
    ]


def test_area_calendar_with_too_many_groups_says_so_and_has_none(client, monkeypatch):
    monkeypatch.setattr("groups.areas.whats_on.TOO_MANY", 1)
    for _ in range(2):
        make_schedule(make_group(town="Chard"))

    calendar = icalendar.Calendar.from_ical(client.get(reverse("groups:area_calendar", args=["somerset"])).content)

    assert calendar.walk("VEVENT") == []
    assert calendar["x-wr-caldesc"] == "Too many groups meet here for one calendar. Choose a smaller area."


def test_clock_of_the_calendar_is_that_of_london_in_every_hour_around_a_change(client):
    zone, london = read(client, make_group()).walk("VTIMEZONE")[0].to_tz(lookup_tzid=False), ZoneInfo("Europe/London")
    days = [(year, month, day) for year in range(1996, 2051) for month in (3, 10) for day in range(23, 32)]

    hours = [datetime.datetime(*day, hour, 30, tzinfo=datetime.UTC) for day in days for hour in (0, 1, 2, 12)]
    wrong = [hour for hour in hours if hour.astimezone(zone).utcoffset() != hour.astimezone(london).utcoffset()]

    assert wrong == []


@pytest.mark.parametrize(
    "today, expected",
    [
        ("2026-11-21", ("2026-11-01", "2028-11-30")),
        ("2026-12-31", ("2026-12-01", "2028-12-31")),
        ("2027-01-01", ("2027-01-01", "2029-01-31")),
    ],
)
def test_calendar_tells_two_years_and_whole_months(today, expected):
    first, last = window(datetime.date.fromisoformat(today))

    assert (first.isoformat(), last.isoformat()) == expected
