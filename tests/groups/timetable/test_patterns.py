"""The kinds of pattern, against the frequencies and the columns of a schedule."""

import datetime
from typing import get_args

import pytest
from hypothesis import given

from groups.choices import Frequency, Weekday
from groups.timetable.columns import OF_PATTERN, columns_of, pattern_of
from groups.timetable.patterns import KINDS, Ask, MonthlyByDate, Pattern, ToBeAgreed, Weekly, uses_column
from tests.groups.timetable.strategies import patterns

TIMES = {"starts_at": datetime.time(18), "ends_at": datetime.time(20), "last_date": datetime.date(2027, 3, 25)}


def test_every_frequency_is_one_class_of_the_union():
    assert list(KINDS) == list(Frequency)
    assert list(KINDS.values()) == list(get_args(Pattern))


@given(patterns())
def test_columns_of_a_pattern_give_the_same_pattern(pattern):
    columns = columns_of(pattern)

    assert pattern_of(**columns) == pattern
    assert set(columns) == set(OF_PATTERN)


@pytest.mark.parametrize("pattern", [Ask(**TIMES), ToBeAgreed(**TIMES)])
def test_columns_of_a_pattern_without_dates_give_the_same_pattern(pattern):
    assert pattern_of(**columns_of(pattern)) == pattern


def test_columns_that_a_kind_does_not_use_are_ignored():
    columns = columns_of(MonthlyByDate(4)) | {"weekday": Weekday.MONDAY, "ordinals": "1,3"}

    assert pattern_of(**columns) == MonthlyByDate(4)


@pytest.mark.parametrize(
    "pattern, missing", [(Weekly(Weekday.MONDAY), {"weekday": None}), (MonthlyByDate(4), {"day_of_month": None})]
)
def test_row_without_a_column_that_its_kind_needs_is_no_pattern(pattern, missing):
    with pytest.raises(ValueError, match="needs is empty"):
        pattern_of(**(columns_of(pattern) | missing))


@pytest.mark.parametrize(
    "column, frequencies",
    [
        ("weekday", [Frequency.WEEKLY, Frequency.MONTHLY_BY_WEEKDAY]),
        ("interval", [Frequency.WEEKLY]),
        ("ordinals", [Frequency.MONTHLY_BY_WEEKDAY]),
        ("day_of_month", [Frequency.MONTHLY_BY_DATE]),
        ("starts_at", list(Frequency)),
    ],
)
def test_columns_that_a_kind_uses(column, frequencies):
    assert [frequency for frequency in Frequency if uses_column(frequency, column)] == frequencies
