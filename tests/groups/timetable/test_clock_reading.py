"""Times of day at their edges: the first and last that are read, and the first that are not."""

import pytest

from groups.timetable.clock_reading import Unreadable, read_times


@pytest.mark.parametrize(
    "text, part_of_day, times",
    [
        ("noon", "", "12:00"),
        ("midnight", "", "00:00"),
        ("23:59", "", "23:59"),
        ("12.59pm", "", "12:59"),
        # "6.13" is no day of a month.
        ("6.00", "evening", "18:00"),
        ("6.13", "evening", "18:13"),
        ("12.00-13.00", "", "12:00 13:00"),
        ("13.00-1.30pm", "", "13:00 13:30"),
        ("1845-2015 hrs", "", "18:45 20:15"),
        ("12am-1am", "", "00:00 01:00"),
        ("8-noon", "", "08:00 12:00"),
        ("11.59am-noon", "", "11:59 12:00"),
        ("10.00-11.30am", "", "10:00 11:30"),
    ],
)
def test_time_is_read_to_its_edge(text, part_of_day, times):
    read = [f"{time:%H:%M}" for time in read_times(text, part_of_day) if time]

    assert " ".join(read) == times


@pytest.mark.parametrize(
    "text, part_of_day",
    [
        ("24:00", ""),
        ("22:00-24:30", ""),
        ("12.60pm", ""),
        ("0pm", ""),
        ("13pm", ""),
        # The 1st and the 12th of June?
        ("6.01", "evening"),
        ("6.12", "evening"),
        ("7-noon", ""),
        ("7pm-7pm", ""),
        ("12am-1pm", ""),
        # One hour, or thirteen?
        ("01.00-2.00pm", ""),
        ("09.00-10.00pm", ""),
    ],
)
def test_time_beyond_its_edge_is_not_read(text, part_of_day):
    with pytest.raises(Unreadable):
        read_times(text, part_of_day)
