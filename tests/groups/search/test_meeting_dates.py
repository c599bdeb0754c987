"""The days and times that a schedule is found by, against the dates of its pattern."""

import datetime
import random
from dataclasses import MISSING, fields

import pytest

from common.nations import Nation
from groups.choices import ChangeKind, Frequency, Weekday
from groups.models.schedule import OF_CHANGE, change_of
from groups.search.snapshot.meeting_dates import WINDOW, MeetingDates, ScheduleRow
from groups.timetable.changes import Pause
from groups.timetable.columns import columns_of
from groups.timetable.meetings import Slot, Timetable, meetings
from groups.timetable.patterns import KINDS, MonthlyByDate, Pattern, Weekly

FIRST, LAST = datetime.date(2027, 1, 1), datetime.date(2027, 12, 31)
SIX = datetime.time(18)
#: A value for every field that a kind may need.
NEEDED = {"weekday": Weekday.THURSDAY, "ordinals": (1, -1), "day_of_month": 15}
#: Kinds whose dates are on another weekday from one to the next: nobody looks for them by one.
WITHOUT_A_WEEKDAY = {MonthlyByDate}


def row_of(pattern, **others) -> ScheduleRow:
    return ScheduleRow(**(columns_of(pattern) | others), venue_area_code=None, venue_is_hidden=None)


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.is_regular])
def test_weekdays_that_a_pattern_is_found_by_are_those_of_its_dates(kind):
    needed = {field.name: NEEDED[field.name] for field in fields(kind) if field.default is MISSING}
    pattern = kind(**needed, starts_at=SIX)

    times = MeetingDates(FIRST).times((row_of(pattern),))

    weekdays = sorted({day.weekday() for day in pattern.dates(FIRST, LAST)}) if kind not in WITHOUT_A_WEEKDAY else []
    names = [Weekday(weekday).label.lower() for weekday in weekdays]
    assert [name for facet, name in times.term.options if facet == "day"] == names
    assert list(times.together) == [(name, "evening") for name in names]


def test_weekday_left_over_from_another_kind_finds_nothing():
    times = MeetingDates(FIRST).times((row_of(MonthlyByDate(15, starts_at=SIX), weekday=Weekday.MONDAY),))

    assert (times.term.options, times.together) == ((("time", "evening"),), ())


@pytest.mark.parametrize("frequency", [frequency for frequency, kind in KINDS.items() if not kind.is_regular])
def test_schedule_without_dates_is_found_by_no_time_even_if_a_row_has_one(frequency: Frequency):
    times = MeetingDates(FIRST).times((row_of(KINDS[frequency](starts_at=SIX)),))

    assert (times.term.options, times.together, times.term.words) == ((), (), ())


def test_meetings_begin_as_the_patterns_say_whatever_else_a_row_has():
    randomly, today = random.Random(1), datetime.date(2027, 3, 5)
    dates, until = MeetingDates(today), today + WINDOW
    kinds = [kind for kind in KINDS.values() if kind.is_regular]

    def some_day() -> datetime.date | None:
        return randomly.choice([None, today + datetime.timedelta(days=randomly.randint(-60, 70))])

    def some_pattern() -> Pattern:
        kind = randomly.choice(kinds)
        needed = {field.name: NEEDED[field.name] for field in fields(kind) if field.default is MISSING}
        interval = {"interval": randomly.choice([1, 2, 3])} if kind is Weekly else {}
        return kind(
            **needed,
            **interval,
            starts_at=randomly.choice([SIX, datetime.time(10, 30), None]),
            ends_at=randomly.choice([None, datetime.time(20)]),
            first_date=some_day(),
            last_date=some_day(),
            skips_bank_holidays=randomly.choice([True, False]),
            months_off=randomly.choice([(), (4,)]),
            term_time_only=randomly.choice([True, False]),
        )

    for _ in range(400):
        patterns = [some_pattern() for _ in range(randomly.randint(1, 3))]
        nation, venue_code = randomly.choice(list(Nation)), randomly.choice([None, "S12000036"])
        is_paused, pause_until = randomly.choice([True, False]), some_day()
        rows = tuple(row_of(pattern)._replace(venue_area_code=venue_code) for pattern in patterns)

        found = dates.meetings(rows, (), nation, is_paused, pause_until)

        slots = tuple(Slot(pattern, nation=Nation.SCOTLAND if venue_code else nation) for pattern in patterns)
        timetable = Timetable(slots, pause=Pause(None, pause_until) if is_paused else None)
        assert [(begins.date(), begins.timetz().replace(tzinfo=None)) for begins in found] == [
            (meeting.date, meeting.starts_at or datetime.time.max) for meeting in meetings(timetable, today, until)
        ]


def test_meetings_begin_as_the_patterns_say_but_on_the_days_of_changes():
    randomly, today = random.Random(2), datetime.date(2027, 3, 5)
    dates, until = MeetingDates(today), today + WINDOW

    def some_day() -> datetime.date:
        return today + datetime.timedelta(days=randomly.randint(-20, 70))

    def some_change() -> tuple:
        kind, date = randomly.choice(list(ChangeKind)), some_day()
        values = {
            "kind": kind,
            "date": date,
            "until": date + datetime.timedelta(days=randomly.randint(0, 20)) if kind == ChangeKind.OFF_RANGE else None,
            "new_date": some_day() if kind == ChangeKind.MOVED else None,
            "starts_at": randomly.choice([SIX, datetime.time(10, 30), *[None] * (kind != ChangeKind.EXTRA)]),
            "words": "",
        }
        return tuple(values.get(name) for name in OF_CHANGE)

    for _ in range(300):
        patterns = [
            Weekly(Weekday(randomly.randrange(7)), starts_at=SIX, skips_bank_holidays=randomly.choice([True, False])),
            Weekly(Weekday.THURSDAY, interval=2, starts_at=datetime.time(10, 30), first_date=some_day()),
            MonthlyByDate(15, starts_at=None, last_date=some_day()),
        ][: randomly.randint(1, 3)]
        changes = tuple(some_change() for _ in range(randomly.randint(1, 4)))

        found = dates.meetings(tuple(map(row_of, patterns)), changes, Nation.ENGLAND, False, None)

        timetable = Timetable(tuple(map(Slot, patterns)), tuple(change_of(*row) for row in changes))
        expected = {
            (meeting.date, meeting.starts_at or datetime.time.max) for meeting in meetings(timetable, today, until)
        }
        assert [(begins.date(), begins.timetz().replace(tzinfo=None)) for begins in found] == sorted(expected)
