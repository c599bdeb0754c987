"""What holds for every pattern there could be, held to an engine that is not ours."""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from common.bank_holidays import bank_holidays
from groups.choices import ChangeKind
from groups.timetable.meetings import LONDON, Meeting, MeetingKind, Slot, Timetable, meetings, next_meetings
from tests.groups.timetable.notation import certain, may_be_noon
from tests.groups.timetable.published import PLACES, publish, read_back
from tests.groups.timetable.rules import dates_by_rule
from tests.groups.timetable.strategies import EXAMPLES, FIRST, LAST, THREE_YEARS, days, nations, patterns, timetables

many, rows = settings(max_examples=EXAMPLES), settings(max_examples=EXAMPLES // 8)


@many
@given(patterns(), nations())
def test_pattern_has_the_same_dates_by_our_arithmetic_by_the_rule_engine_and_in_its_calendar(pattern, nation):
    timetable = Timetable((Slot(pattern, nation=nation),))

    found = [meeting.date for meeting in meetings(timetable, FIRST, LAST)]
    shown = read_back(publish(timetable, FIRST, LAST), FIRST, LAST)

    off = {day for year in range(2026, 2029) for day in bank_holidays(nation, year)}
    by_rule = [day for day in dates_by_rule(pattern, FIRST, LAST) if not (pattern.skips_bank_holidays and day in off)]
    assert found == by_rule
    assert shown == [(day, pattern.starts_at, pattern.ends_at, "Its own room") for day in by_rule]


@rows
@given(timetables())
def test_calendar_of_a_group_shows_its_meetings_and_no_others(timetable):
    shown = read_back(publish(timetable, FIRST, LAST), FIRST, LAST)

    expected = meetings(timetable, FIRST, LAST)
    assert shown == [(row.date, row.starts_at, row.ends_at, PLACES.get(row.venue, "Its own room")) for row in expected]


@many
@given(patterns(is_aligned=True))
def test_pattern_in_words_is_read_as_the_same_pattern(pattern):
    reading = certain(pattern.sentence)
    if may_be_noon(pattern):
        assert reading.patterns == ()
    else:
        assert (reading.patterns, reading.note) == ((pattern,), "")


@given(timetables())
def test_meetings_are_those_of_a_walk_from_day_to_day(timetable):
    """Held to the plainest thing that could be: every day of three years is asked, one after another."""
    expected = [meeting for number in range(THREE_YEARS + 1) for meeting in _of_day(timetable, number)]

    assert meetings(timetable, FIRST, LAST) == expected


@given(timetables(), st.data())
def test_meetings_of_two_ranges_are_those_of_both_together(timetable, data):
    middle = data.draw(days())

    before = meetings(timetable, FIRST, middle)
    after = meetings(timetable, middle + datetime.timedelta(days=1), LAST)

    assert before + after == meetings(timetable, FIRST, LAST)


@given(timetables(), st.data())
def test_next_meetings_are_the_first_that_have_not_begun(timetable, data):
    format_time = datetime.time(*divmod(data.draw(st.integers(0, 1439)), 60))
    now = datetime.datetime.combine(data.draw(days(last=datetime.date(2027, 12, 31))), format_time, LONDON)

    expected = [meeting for meeting in meetings(timetable, FIRST, LAST) if meeting.is_to_come(now)]

    found = next_meetings(timetable, now, 8)
    assert [meeting for meeting in found if meeting.date <= LAST] == expected[:8]


def _of_day(timetable: Timetable, number: int) -> list[Meeting]:
    """The meetings of the one day, by looking at every change and every pattern for it."""
    day = FIRST + datetime.timedelta(days=number)
    if timetable.is_paused(day):
        return []
    found: dict[tuple, Meeting] = {}
    put = [row for row in timetable.changes if (row.new_date or row.date) == day]
    for change in put:
        if change.kind == ChangeKind.EXTRA:
            meeting = Meeting(
                day, change.starts_at, change.ends_at, change.venue, MeetingKind.EXTRA, change.words, change.key
            )
            found.setdefault(meeting.order, meeting)
        for slot in timetable.slots if change.kind == ChangeKind.MOVED else ():
            pattern = slot.pattern
            is_off = any(row.kind == ChangeKind.OFF and row.date == change.date for row in timetable.changes)
            moves = [row for row in timetable.changes if row.kind == ChangeKind.MOVED and row.date == change.date]
            if not is_off and moves[0] is change and change.date in dates_by_rule(pattern, change.date, change.date):
                starts, ends = (
                    (pattern.starts_at, pattern.ends_at)
                    if change.starts_at is None
                    else (change.starts_at, change.ends_at)
                )
                venue = slot.venue if change.venue is None else change.venue
                meeting = Meeting(
                    day, starts, ends, venue, MeetingKind.MOVED, change.words, slot.key, moved_from=change.date
                )
                found.setdefault(meeting.order, meeting)
    for slot in timetable.slots:
        pattern = slot.pattern
        if not pattern.falls_on(day):
            continue
        of_day = [row for row in timetable.changes if row.date == day]
        kinds, is_off = {row.kind for row in of_day}, pattern.skips_bank_holidays and day in _bank_holidays(slot, day)
        if any(row.date <= day <= row.last_day and row.kind == ChangeKind.OFF_RANGE for row in timetable.changes):
            is_off = True
        if kinds & {ChangeKind.OFF, ChangeKind.MOVED} or (is_off and ChangeKind.ON not in kinds):
            continue
        kind = MeetingKind.CONFIRMED if ChangeKind.ON in kinds else MeetingKind.REGULAR
        words = next((row.words for row in of_day if row.kind == ChangeKind.ON), "")
        meeting = Meeting(day, pattern.starts_at, pattern.ends_at, slot.venue, kind, words, slot.key)
        meeting = meeting._replace(term_time_only=pattern.term_time_only)
        found.setdefault(meeting.order, meeting)
    return sorted(found.values(), key=lambda meeting: meeting.order)


def _bank_holidays(slot: Slot, day: datetime.date) -> frozenset[datetime.date]:
    return bank_holidays(slot.nation, day.year)
