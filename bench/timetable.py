"""How fast the next eight dates of a whole country's groups are found: `make bench`."""

import datetime
import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peersupport.settings")

from groups.choices import ChangeKind, Weekday
from groups.timetable.changes import Change
from groups.timetable.meetings import LONDON, Slot, Timetable, next_meetings
from groups.timetable.patterns import MonthlyByDate, MonthlyByWeekday, Weekly

GROUPS, DATES = 100_000, 8
NOW = datetime.datetime(2026, 11, 21, 10, 30, tzinfo=LONDON)
SIX, EIGHT = datetime.time(18), datetime.time(20)


def timetable(number: int) -> Timetable:
    """One of a mix such as lists have: most weekly, many monthly, some with a second pattern or with changes."""
    weekday = Weekday(number % 7)
    skips = {"skips_bank_holidays": number % 3 == 0, "starts_at": SIX, "ends_at": EIGHT}
    kind = number % 20
    if kind < 10:
        pattern = Weekly(weekday=weekday, **skips)
    elif kind < 13:
        anchor = datetime.date(2025, 1, 1) + datetime.timedelta(days=number % 300)
        pattern = Weekly(Weekday(anchor.weekday()), 2, first_date=anchor, **skips)
    elif kind < 19:
        ordinals = [(1,), (2,), (3,), (-1,), (1, 3), (2, 4)][number // 20 % 6]
        pattern = MonthlyByWeekday(weekday=weekday, ordinals=ordinals, **skips)
    else:
        pattern = MonthlyByDate(day_of_month=1 + number % 31, **skips)
    slots = (Slot(pattern, number),)
    if number % 10 == 0:
        slots += (Slot(Weekly(weekday=Weekday((number + 2) % 7)), -number),)
    changes = ()
    if number % 5 == 0:
        christmas = Change(ChangeKind.OFF_RANGE, datetime.date(2026, 12, 21), until=datetime.date(2027, 1, 3))
        changes = (christmas, Change(ChangeKind.EXTRA, datetime.date(2026, 12, 5), starts_at=SIX))
    return Timetable(slots, changes)


def main() -> None:
    timetables = [timetable(number) for number in range(GROUPS)]
    began, worked = time.perf_counter(), time.process_time()
    found = sum(len(next_meetings(each, NOW, DATES)) for each in timetables)
    seconds, work = time.perf_counter() - began, time.process_time() - worked
    sys.stdout.write(
        f"The next {DATES} dates of {GROUPS:,} groups: {found:,} dates in {seconds:.2f} s, {work:.2f} s of them"
        f" the processor's own: {GROUPS / work:,.0f} groups per second on one core.\n"
    )


if __name__ == "__main__":
    main()
