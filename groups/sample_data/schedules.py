"""Schedules of example groups, and changes to them."""

import datetime
import random

from common.nations import Nation
from groups.choices import ChangeKind, Frequency, Stage, Weekday
from groups.models import Schedule, ScheduleChange, SupportGroup, Venue
from groups.timetable.meetings import Timetable, meetings
from groups.timetable.patterns import KINDS, uses_column

from .context import SampleContext
from .texts import load_texts, perhaps, weighted_share

_FREQUENCIES = {
    (Frequency.WEEKLY, 1): 52,
    (Frequency.WEEKLY, 2): 12,
    (Frequency.WEEKLY, 3): 1,
    (Frequency.WEEKLY, 4): 2,
    (Frequency.MONTHLY_BY_WEEKDAY, 1): 20,
    (Frequency.MONTHLY_BY_DATE, 1): 2,
    (Frequency.TO_BE_AGREED, 1): 3,
    (Frequency.ASK, 1): 8,
}
#: A kind without a share of its own has a small one.
_FREQUENCIES |= {(kind, 1): 2 for kind in KINDS if all(kind != frequency for frequency, _ in _FREQUENCIES)}
_WEEKDAYS = dict(zip(Weekday, (15, 18, 20, 18, 12, 11, 6), strict=True))
_ORDINALS = {"1": 20, "2": 18, "3": 14, "4": 8, "-1": 18, "1,3": 12, "2,4": 8, "1,-1": 2}
_STARTS = {(10, 0): 14, (10, 30): 12, (11, 0): 8, (12, 0): 4, (13, 0): 8, (14, 0): 14, (17, 30): 4, (18, 0): 10}
_STARTS |= {(18, 30): 10, (19, 0): 12, (19, 30): 4}
_A_YEAR = datetime.timedelta(days=365)
_MINUTES = {60: 20, 90: 40, 120: 35, 180: 5}


def make_schedules(context: SampleContext, rng: random.Random, group: SupportGroup, venues: list[Venue]) -> None:
    """Queue one to three schedules of a group, and for some groups changes of the first."""
    weekdays = dict(_WEEKDAYS)
    for number in range(weighted_share(rng, {1: 85, 2: 13, 3: 2})):
        schedule = _schedule(context, rng, group, weekdays)
        if schedule.weekday is not None:
            weekdays.pop(Weekday(schedule.weekday), None)
        if number and venues and group.venue and not group.venue.is_confidential:
            schedule.venue = rng.choice(venues)
        context.writer.add(schedule)
        if number == 0 and rng.random() < 0.2 and group.stage == Stage.RUNNING:
            _make_changes(context, rng, schedule, venues)


def _schedule(
    context: SampleContext, rng: random.Random, group: SupportGroup, weekdays: dict[Weekday, int]
) -> Schedule:
    frequency, interval = weighted_share(rng, _FREQUENCIES)
    if group.stage == Stage.FORMING and rng.random() < 0.6:
        frequency, interval = Frequency.TO_BE_AGREED, 1
    schedule = Schedule(group=group, frequency=frequency, interval=interval)
    if not KINDS[frequency].is_regular:
        return schedule
    if uses_column(frequency, "weekday"):
        schedule.weekday = weighted_share(rng, weekdays)
    if uses_column(frequency, "ordinals"):
        schedule.ordinals = weighted_share(rng, _ORDINALS)
    if uses_column(frequency, "day_of_month"):
        schedule.day_of_month = rng.choice([1, 10, 13, 15, 20, 28, 31])
    schedule.starts_at, schedule.ends_at = _times(rng)
    schedule.skips_bank_holidays = rng.random() < (0.6 if schedule.weekday == Weekday.MONDAY else 0.2)
    schedule.term_time_only = rng.random() < 0.05
    schedule.note = perhaps(rng, 0.12, load_texts("visits")["schedule_note"])
    _set_first_and_last_date(context, rng, schedule, group)
    return schedule


def _times(rng: random.Random) -> tuple[datetime.time | None, datetime.time | None]:
    if rng.random() < 0.07:
        return None, None
    starts = datetime.time(*weighted_share(rng, _STARTS))
    ends = datetime.datetime.combine(datetime.date.min, starts) + datetime.timedelta(
        minutes=weighted_share(rng, _MINUTES)
    )
    return starts, None if rng.random() < 0.08 else ends.time()


def _set_first_and_last_date(
    context: SampleContext, rng: random.Random, schedule: Schedule, group: SupportGroup
) -> None:
    if group.stage == Stage.ENDED and group.ended_on is not None:
        schedule.last_date = group.ended_on
        first = (group.ended_on - context.today).days - 400
    else:
        first = rng.randint(7, 60) if group.stage == Stage.FORMING else -rng.randint(10, 300)
    if schedule.interval > 1 or group.stage == Stage.FORMING or rng.random() < 0.1:
        day = context.today + datetime.timedelta(days=first)
        schedule.first_date = day if schedule.weekday is None else _on_or_after(day, schedule.weekday)
    if schedule.first_date and group.stage == Stage.RUNNING and rng.random() < 0.15:
        # A course of a few weeks, which may be over.
        schedule.last_date = schedule.first_date + datetime.timedelta(weeks=rng.choice([6, 12, 24, 52]))


def _make_changes(context: SampleContext, rng: random.Random, schedule: Schedule, venues: list[Venue]) -> None:
    """Queue one or two changes of different kinds; a confirmation only for a day with a caution."""
    texts = load_texts("visits")
    group = schedule.group
    kinds = [ChangeKind.OFF_RANGE, ChangeKind.EXTRA]
    if schedule.frequency == Frequency.WEEKLY:
        kinds += [ChangeKind.OFF, ChangeKind.MOVED]
    doubtful = _doubtful_days(context, schedule)
    if doubtful:
        kinds += [ChangeKind.ON]
    for number, kind in enumerate(rng.sample(kinds, weighted_share(rng, {1: 7, 2: 3}))):
        change = ScheduleChange(group=group, kind=kind)
        if kind == ChangeKind.OFF_RANGE:
            change.date = rng.choice([context.day(rng, 3, 60), datetime.date(context.today.year, 12, 21)])
            change.until = change.date + datetime.timedelta(days=rng.randint(6, 35))
            change.words = rng.choice(texts["change_range"])
        elif kind == ChangeKind.EXTRA:
            change.date = context.day(rng, 2, 40)
            change.starts_at, change.ends_at = datetime.time(11), datetime.time(13)
            change.words = rng.choice(texts["change_extra"])
        elif kind == ChangeKind.ON:
            change.date = doubtful[0]
            change.words = rng.choice(texts["change_on"])
        else:
            change.date = _meeting_day(context, rng, schedule, number)
            change.words = rng.choice(texts["change_off" if kind == ChangeKind.OFF else "change_moved"])
        if kind == ChangeKind.MOVED:
            _move(rng, change, venues)
        context.writer.add(change)


def _doubtful_days(context: SampleContext, schedule: Schedule) -> list[datetime.date]:
    """Return the meeting days of the next year that carry a caution."""
    slot = schedule.slot(Nation.ENGLAND)
    return [
        meeting.date
        for meeting in meetings(Timetable((slot,)), context.today, context.today + _A_YEAR)
        if meeting.caution
    ]


def _move(rng: random.Random, change: ScheduleChange, venues: list[Venue]) -> None:
    to = rng.choice(["day", "time", "venue"] if venues else ["day", "time"])
    if to == "day":
        change.new_date = change.date + datetime.timedelta(days=rng.randint(1, 3))
    elif to == "time":
        change.starts_at, change.ends_at = datetime.time(15), datetime.time(16, 30)
    else:
        change.venue = rng.choice(venues)


def _meeting_day(context: SampleContext, rng: random.Random, schedule: Schedule, number: int) -> datetime.date:
    """Return an upcoming date of a weekly pattern; different for each `number`."""
    every = datetime.timedelta(weeks=schedule.interval)
    if schedule.first_date is not None:
        day = schedule.first_date
        while day < context.today:
            day += every
    elif schedule.weekday is not None:
        day = _on_or_after(context.today, schedule.weekday)
    else:
        raise ValueError("Only a weekly pattern has such days.")
    return day + every * (number * 4 + rng.randrange(4))


def _on_or_after(day: datetime.date, weekday: int) -> datetime.date:
    return day + datetime.timedelta(days=(weekday - day.weekday()) % 7)
