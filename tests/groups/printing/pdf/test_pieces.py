"""What is made of words before they are set: what stays on one line, and in which part of a day a group stands."""

import datetime
from dataclasses import replace

import pytest

from groups.choices import Weekday
from groups.printing.document import PrintSession, Section
from groups.printing.pdf.serialise import NO_BREAK, clean
from groups.printing.pdf.week import build_bands

from . import documents


@pytest.mark.parametrize("together", ["TA20 1PP", "M1 1AE", "01632 960 123", "0808 808 8000", "4 October"])
def test_no_line_ends_within_a_postcode_a_number_or_a_date(together):
    assert clean(f"So it is: {together}, as they say.") == f"So it is: {together.replace(' ', NO_BREAK)}, as they say."


@pytest.mark.parametrize(
    "starts_at, part",
    [
        ("11:59", "Morning"),
        ("12:00", "Afternoon"),
        ("16:59", "Afternoon"),
        ("17:00", "Evening"),
        (None, "Ask for the time"),
    ],
)
def test_evening_begins_at_five_and_the_afternoon_at_noon(starts_at, part):
    time = datetime.time.fromisoformat(starts_at) if starts_at else None
    entry = replace(documents.BARE, sessions=(PrintSession(Weekday.MONDAY, time, "then", ""),))

    [band] = build_bands(documents.paper((Section("", (entry,)),)))

    assert (band.name, [len(day) for day in band.days]) == (part, [1, 0, 0, 0, 0, 0, 0])
