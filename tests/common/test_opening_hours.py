"""Opening hours: one text for one week, what is open at a moment in London, and what search engines read."""

import datetime

import pytest

from common.opening_hours import OpeningHours, OpenPeriod, stored_hours

UTC = datetime.UTC
WEEK = "Monday to Friday, 9am to 5pm\nSaturday, 10am to 1pm"
#: A Monday in winter, and one in summer.
WINTER, SUMMER = datetime.date(2027, 1, 11), datetime.date(2027, 6, 14)


def at(day: datetime.date, hour: int, minute: int = 0) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time(hour, minute), UTC)


@pytest.mark.parametrize(
    "text",
    [
        WEEK,
        "Every day, 24 hours",
        "Every day, 6pm to midnight\nClosed on bank holidays",
        "Monday and Tuesday, 9.30am to noon and 1pm to 5pm\nThursday, 1pm to 5pm",
        "Monday, Wednesday and Friday, 10am to noon",
        "Friday, 6pm to midnight\nSaturday, midnight to 2am",
    ],
)
def test_stored_text_is_read_as_what_it_is_written_from(text):
    assert OpeningHours.of_text(text).text == text


@pytest.mark.parametrize(
    "text",
    [
        "Mondays",
        "Mon, 9am to 5pm",
        "Monday, 5pm to 9am",
        "Monday, 9am to 5pm and 4pm to 6pm",
        "Friday to Monday, 9am to 5pm",
        "Tuesday, 9am to 5pm\nMonday, 9am to 5pm",
        "Closed on bank holidays",
    ],
)
def test_text_in_another_form_is_no_opening_hours(text):
    assert stored_hours(text) is None


@pytest.mark.parametrize(
    "text, moment, closes",
    [
        (WEEK, at(WINTER, 8, 59), ""),
        (WEEK, at(WINTER, 9), "5pm"),
        (WEEK, at(WINTER, 17), ""),
        # In summer it is an hour later in London.
        (WEEK, at(SUMMER, 8), "5pm"),
        (WEEK, at(SUMMER, 16), ""),
        (WEEK, at(WINTER + datetime.timedelta(6), 12), ""),
        ("Every day, 6pm to midnight", at(WINTER, 23, 59), "midnight"),
        # New Year's Day, and a day that is a bank holiday in Scotland alone.
        (WEEK, at(datetime.date(2027, 1, 1), 12), ""),
        (WEEK, at(datetime.date(2027, 11, 30), 12), ""),
    ],
)
def test_place_is_open_in_the_time_of_london_and_on_no_bank_holiday_for_certain(text, moment, closes):
    assert OpeningHours.of_text(text).open_until(moment) == closes


@pytest.mark.parametrize(
    "moment, change", [(at(SUMMER, 6), at(SUMMER, 8)), (at(SUMMER, 8), at(SUMMER, 16)), (at(SUMMER, 16), None)]
)
def test_next_change_is_when_it_opens_or_closes_next_on_that_day(moment, change):
    assert OpeningHours.of_text(WEEK).next_change(moment) == change


def test_specifications_are_those_of_schema_org():
    hours = OpeningHours((OpenPeriod(6, 0, 1440), OpenPeriod(0, 1080, 1440)))
    day = {"@type": "OpeningHoursSpecification"}

    assert hours.specifications == [
        day | {"dayOfWeek": "https://schema.org/Monday", "opens": "18:00", "closes": "00:00"},
        day | {"dayOfWeek": "https://schema.org/Sunday", "opens": "00:00", "closes": "23:59"},
    ]
