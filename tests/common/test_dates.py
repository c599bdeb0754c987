"""Days in the words people use."""

import datetime

import pytest

from common.dates import format_date_range


@pytest.mark.parametrize(
    "first, last, words",
    [
        (None, None, ""),
        ("2016-07-04", None, "4 July 2016"),
        ("2016-07-04", "2016-07-04", "4 July 2016"),
        ("2016-07-04", "2016-07-08", "4 to 8 July 2016"),
        ("2016-06-30", "2016-07-08", "30 June to 8 July 2016"),
        ("2016-07-04", "2017-07-04", "4 July 2016 to 4 July 2017"),
        ("2015-12-31", "2016-01-01", "31 December 2015 to 1 January 2016"),
    ],
)
def test_date_range_words(first, last, words):
    days = [day and datetime.date.fromisoformat(day) for day in (first, last)]

    assert format_date_range(*days) == words
