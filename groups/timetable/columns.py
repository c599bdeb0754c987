"""The columns in which a schedule stores its pattern, and the pattern of such columns."""

import datetime
from typing import TypedDict, TypeVar, assert_never

from ..choices import Frequency, Weekday
from .patterns import Ask, MonthlyByDate, MonthlyByWeekday, Pattern, ToBeAgreed, Weekly
from .sentences import ORDINALS

T = TypeVar("T")
#: The columns of a pattern, in the order of the arguments of `pattern_of`.
OF_PATTERN = (
    "frequency",
    "interval",
    "weekday",
    "ordinals",
    "day_of_month",
    "starts_at",
    "ends_at",
    "first_date",
    "last_date",
    "skips_bank_holidays",
    "months_off",
    "term_time_only",
)


class _SharedColumns(TypedDict):
    starts_at: datetime.time | None
    ends_at: datetime.time | None
    first_date: datetime.date | None
    last_date: datetime.date | None
    skips_bank_holidays: bool
    term_time_only: bool


class PatternColumns(_SharedColumns):
    """The columns `OF_PATTERN` by name."""

    frequency: Frequency
    interval: int
    weekday: Weekday | None
    ordinals: str
    day_of_month: int | None
    months_off: str


def pattern_of(
    frequency: str,
    interval: int,
    weekday: int | None,
    ordinals: str,
    day_of_month: int | None,
    starts_at: datetime.time | None,
    ends_at: datetime.time | None,
    first_date: datetime.date | None,
    last_date: datetime.date | None,
    skips_bank_holidays: bool,
    months_off: str,
    term_time_only: bool,
) -> Pattern:
    """Return a pattern from the columns `OF_PATTERN` of a row, without a model instance.

    Columns that the kind does not use are ignored. Raises `ValueError` if one that it needs is empty.
    """
    shared: _SharedColumns = {
        "starts_at": starts_at,
        "ends_at": ends_at,
        "first_date": first_date,
        "last_date": last_date,
        "skips_bank_holidays": skips_bank_holidays,
        "term_time_only": term_time_only,
    }
    months = tuple(sorted(_numbers(months_off)))
    kind = Frequency(frequency)
    match kind:
        case Frequency.WEEKLY:
            return Weekly(Weekday(_required(weekday)), interval, months_off=months, **shared)
        case Frequency.MONTHLY_BY_WEEKDAY:
            in_order = tuple(sorted(_numbers(_required(ordinals)), key=list(ORDINALS).index))
            return MonthlyByWeekday(Weekday(_required(weekday)), in_order, months_off=months, **shared)
        case Frequency.MONTHLY_BY_DATE:
            return MonthlyByDate(_required(day_of_month), months_off=months, **shared)
        case Frequency.TO_BE_AGREED:
            return ToBeAgreed(months_off=months, **shared)
        case Frequency.ASK:
            return Ask(months_off=months, **shared)
    assert_never(kind)


def columns_of(pattern: Pattern) -> PatternColumns:
    """Return the columns `OF_PATTERN` of a pattern, from which `pattern_of` makes the same pattern."""
    columns: PatternColumns = {
        "frequency": pattern.frequency,
        "interval": 1,
        "weekday": None,
        "ordinals": "",
        "day_of_month": None,
        "starts_at": pattern.starts_at,
        "ends_at": pattern.ends_at,
        "first_date": pattern.first_date,
        "last_date": pattern.last_date,
        "skips_bank_holidays": pattern.skips_bank_holidays,
        "months_off": ",".join(map(str, pattern.months_off)),
        "term_time_only": pattern.term_time_only,
    }
    match pattern:
        case Weekly():
            columns["weekday"], columns["interval"] = pattern.weekday, pattern.interval
        case MonthlyByWeekday():
            columns["weekday"] = pattern.weekday
            columns["ordinals"] = ",".join(map(str, pattern.ordinals))
        case MonthlyByDate():
            columns["day_of_month"] = pattern.day_of_month
        case ToBeAgreed() | Ask():
            pass
        case _:
            assert_never(pattern)
    return columns


def _required(value: T | None) -> T:
    if value is None or value == "":
        raise ValueError("A column that this kind of pattern needs is empty.")
    return value


def _numbers(text: str) -> set[int]:
    return {int(number) for number in text.split(",") if number}
