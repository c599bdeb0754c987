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
HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)

#: Whether a date is what an option of "how soon" says, on a day.
DATES = {
    "today": lambda date, today: date == today,
    "tomorrow": lambda date, today: date == today + DAY,
    "weekend": lambda date, today: date.isocalendar()[:2] == today.isocalendar()[:2] and date.isoweekday() > 5,
    "this week": lambda date, today: date <= today + 6 * DAY,
}

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
                    is_forming=False,
                    is_paused=False,
                    meets_in_person=True,
                    particulars=0,
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
        soon = {
            option: {match.pk for match in index.search(IndexQuery(choices={"soon": (option,)}), hour).matches}
            for option in DATES
        }

        last = today + WINDOW
        truth = {pk: next_meetings(timetable, hour, 1) for pk, timetable in enumerate(TIMETABLES)}
        known = {pk: begins(found[0]) for pk, found in truth.items() if found and found[0].date <= last}
        never = datetime.datetime.max.replace(tzinfo=datetime.UTC)
        assert [match.pk for match in answer.matches] == sorted(truth, key=lambda pk: (known.get(pk, never), str(pk)))
        assert {match.pk: match.begins for match in answer.matches} == {pk: known.get(pk) for pk in truth}
        week_to_come = {
            pk: [meeting.date for meeting in next_meetings(timetable, hour, 9)]
            for pk, timetable in enumerate(TIMETABLES)
        }
        on_a_date = {
            option: {pk for pk, dates in week_to_come.items() if any(is_on(date, today) for date in dates)}
            for option, is_on in DATES.items()
        }
        assert soon == on_a_date
        assert answer.counts["soon"] == {option: len(groups) for option, groups in on_a_date.items()}
        hour += HOUR
