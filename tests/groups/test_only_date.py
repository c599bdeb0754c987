"""The one date of a card, where nothing else is to be said of the dates of its group."""

import datetime

import pytest

from groups.cards import _next_times, _times
from groups.choices import ChangeKind, Weekday
from groups.timetable.meetings import LONDON
from tests.factories import days_ago, make_change, make_group, make_schedule, make_venue

# Words in memory of one group's rows, which tests/groups/test_group_reader.py reads on each database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

SIX = datetime.time(18)


@pytest.mark.parametrize(
    "schedules, is_only",
    [
        ([{}], True),
        ([{"term_time_only": True}], True),
        ([{"starts_at": None}], True),
        ([{}, {"weekday": Weekday.MONDAY, "starts_at": SIX}], True),
        # It may be off on that day, or two meet then.
        ([{"skips_bank_holidays": True}], False),
        ([{}, {"term_time_only": True}], False),
    ],
)
def test_card_names_the_one_date_as_among_all_dates(schedules, is_only):
    group = make_group(checked=days_ago(300))
    for fields in schedules:
        make_schedule(group, **{"starts_at": SIX} | fields)
    meeting = group.card_dates().rows[0].meeting
    begins = meeting.starts or datetime.datetime.combine(meeting.date, datetime.time.max, LONDON)

    assert (group.only_date(begins) is not None) == is_only
    assert group.only_date(begins + datetime.timedelta(minutes=1)) is None
    assert _next_times(group, begins) == _times(group, group.card_dates(begins))


def test_card_of_a_group_with_more_to_say_names_no_date_alone():
    changed, paused, elsewhere, withheld = groups = [
        make_group(),
        make_group(paused=True, paused_until=days_ago(-1)),
        make_group(),
        make_group(times_are_withheld=True),
    ]
    for group in groups:
        make_schedule(group, starts_at=SIX, venue=make_venue() if group == elsewhere else None)
    make_change(changed, kind=ChangeKind.OFF, date=days_ago(-90))
    day = next(days_ago(-n) for n in range(7, 14) if days_ago(-n).weekday() == Weekday.THURSDAY)

    begins = datetime.datetime.combine(day, SIX, LONDON)
    assert [group.only_date(begins) for group in (changed, paused, elsewhere, withheld)] == [None] * 4
