"""Schedules of a location are opening hours where all of them are weekly rules with times."""

import pytest

from groups.spreadsheets.open_referral.opening_hours import opening_hours
from tests.groups.spreadsheets.open_referral.feeds import make_schedule

WEEKDAYS = make_schedule(byday="MO,TU,WE", opens_at="09:00", closes_at="17:00")
NIGHT = make_schedule(byday="SA", opens_at="00:00", closes_at="00:00")


def test_rules_and_bank_holidays_are_opening_hours():
    closed = {"id": "1", "description": "Closed on bank holidays"}

    assert opening_hours([WEEKDAYS, NIGHT, closed]) == (
        "Monday to Wednesday, 9am to 5pm\nSaturday, 24 hours\nClosed on bank holidays"
    )


@pytest.mark.parametrize(
    "changes", [{"interval": 2}, {"freq": "MONTHLY"}, {"opens_at": ""}, {"byday": "1MO"}, {"closes_at": "08:00"}]
)
def test_what_is_no_weekly_rule_with_times_is_none(changes):
    assert opening_hours([NIGHT, WEEKDAYS | changes]) == ""
