"""What comes next, as the hours pass: a year of them, through both clock changes, held to the computed truth."""

import datetime

import pytest

from groups.choices import ChangeKind, Weekday
from groups.search.index.document import Document, Keys
from groups.search.index.index import Index
from groups.search.index.types import IndexQuery
from groups.search.snapshot.meeting_dates import WINDOW
from groups.timetable.changes import Change
from groups.timetable.meetings import LONDON, Slot, Timetable, meetings, next_meetings
from groups.timetable.patterns import MonthlyByDate, MonthlyByWeekday, Weekly

YEAR = datetime.date(2026, 1, 1)
HOUR = datetime.timedelta(hours=1)

TIMETABLES = [
    Timetable((Slot(Weekly(weekday=Weekday.THURSDAY, starts_at=datetime.time(18, 30))),)),
    Timetable((Slot(Weekly(weekday=Weekday.SUNDAY, starts_at=datetime.time(1, 30))),)),
    Timetable((Slot(Weekly(weekday=Weekday.SUNDAY)),)),
    Timetable(
        (
            Slot(
                Weekly(
                    interval=2,
                    weekday=Weekday.MONDAY,
                    starts_at=datetime.time(10),
                    first_date=datetime.date(2026, 1, 5),
                    skips_bank_holidays=True,
                )
            ),
        )
    ),
    Timetable(
        (Slot(MonthlyByWeekday(weekday=Weekday.FRIDAY, ordinals=(1, -1))),),
        changes=(Change(kind=ChangeKind.OFF_RANGE, date=datetime.date(2026, 7, 20), until=datetime.date(2026, 9, 4)),),
    ),
    Timetable((Slot(MonthlyByDate(day_of_month=31, starts_at=datetime.time(19))),)),
    Timetable(),
]


def begins(meeting) -> datetime.datetime:
    return meeting.starts or datetime.datetime.combine(meeting.date, datetime.time.max, LONDON)


def index_of(today: datetime.date) -> Index:
    """An index of one group for each timetable, as it is made on a day."""
    return Index(
        [
            (
                Document(
                    pk=pk,
                    name_key=str(pk),
                    point=None,
                    is_about=False,
                    is_hidden=False,
                    is_closed=False,
                    is_from_home=False,
                    checked_on=today,
                    meetings=tuple(map(begins, meetings(timetable, today, today + WINDOW))),
                ),
                Keys(),
            )
            for pk, timetable in enumerate(TIMETABLES)
        ],
        today,
    )


@pytest.mark.parametrize("first", [YEAR + datetime.timedelta(days=days) for days in range(0, 365, 73)])
def test_soonest_and_this_week_are_right_at_every_hour_of_the_year(first):
    hour = datetime.datetime.combine(first, datetime.time(), LONDON).astimezone(datetime.UTC)
    until = hour + datetime.timedelta(days=73)
    index = None
    while hour < until:
        today = hour.astimezone(LONDON).date()
        if index is None or index.today != today:
            index = index_of(today)

        answer = index.search(IndexQuery(sort="soonest"), hour)
        this_week = index.search(IndexQuery(choices={"soon": ("this week",)}), hour)

        last = today + WINDOW
        truth = {pk: next_meetings(timetable, hour, 1) for pk, timetable in enumerate(TIMETABLES)}
        known = {pk: begins(found[0]) for pk, found in truth.items() if found and found[0].date <= last}
        never = datetime.datetime.max.replace(tzinfo=datetime.UTC)
        assert [pk for pk, _ in answer.matches] == sorted(truth, key=lambda pk: (known.get(pk, never), str(pk)))
        assert {pk: index.document(pk).next_after(hour) for pk in truth} == {pk: known.get(pk) for pk in truth}
        soon = {pk for pk, found in truth.items() if found and found[0].date <= today + datetime.timedelta(days=6)}
        assert {pk for pk, _ in this_week.matches} == soon
        assert answer.counts["soon"] == {"this week": len(soon)}
        hour += HOUR
