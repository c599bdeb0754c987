"""Dates of our own feed that are not as usual, read back from schedules without a rule and from the alert."""

import datetime

from groups.spreadsheets.feed_dates import FeedDate
from groups.spreadsheets.open_referral.single_dates import single_dates
from tests.groups.spreadsheets.open_referral.feeds import make_place, make_schedule, make_service

_DAY = {"valid_from": "2026-12-20", "valid_to": "2026-12-20", "freq": ""}


def test_extra_date_has_its_times_and_words():
    schedule = make_schedule(**_DAY, notes="A quiz.")

    assert single_dates(make_service(schedules=[schedule])) == (
        [
            FeedDate(
                "extra",
                datetime.date(2026, 12, 20),
                starts_at=datetime.time(18, 30),
                ends_at=datetime.time(20, 0),
                words="A quiz.",
            )
        ],
        [],
    )


def test_date_at_another_place_has_it():
    places = [make_place(), make_place("Example Mill")]
    schedule = make_schedule(**_DAY, service_at_location_id=places[1]["id"])

    dates, others = single_dates(make_service(schedules=[schedule], service_at_locations=places))

    assert ([date.place for date in dates], others) == (["Example Mill, TA20 1AA"], [])


def test_date_at_a_place_without_an_address_is_left_to_be_asked_about():
    places = [make_place(), make_place("Chard", addresses=[])]
    schedule = make_schedule(**_DAY, service_at_location_id=places[1]["id"])
    alert = "On 20 December 2026, not on 19 December 2026."

    found = single_dates(make_service(schedules=[schedule], service_at_locations=places, alert=alert))

    assert found == ([], [schedule])


def test_words_of_a_date_end_where_the_next_begins():
    alert = "Soon. No meeting on 7 December 2026. A fair. No meetings from 23 December 2026 to 2 January 2027."

    dates, _ = single_dates(make_service(schedules=[], alert=alert))

    assert dates == [
        FeedDate("off", datetime.date(2026, 12, 7), words="A fair."),
        FeedDate("off for a range", datetime.date(2026, 12, 23), until=datetime.date(2027, 1, 2)),
    ]


def test_date_at_a_place_that_is_not_said_is_left_to_be_asked_about():
    schedule = make_schedule(**_DAY, opens_at="", closes_at="")

    found = single_dates(make_service(schedules=[schedule], alert="Another time or place on 20 December 2026."))

    assert found == ([], [schedule])
