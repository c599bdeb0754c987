"""140 sentences as charities and councils write them, with their right readings: none may be read wrongly."""

import csv
from pathlib import Path

import pytest

from groups.timetable.parse import parse
from groups.timetable.patterns import needs_a_date
from groups.timetable.readings import Reading
from tests.groups.timetable.notation import expected, noted

# Some cells hold characters that do not show, which are their point: nothing is stripped.
with (Path(__file__).parent / "when_sentences.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))

#: How many of the 115 that have a certain reading are read. A new sentence that is read makes it one more.
READ_RIGHTLY = 92


def is_certain(reading: Reading) -> bool:
    """Whether nobody is asked anything: the sentence is read, and no date is wanted."""
    return bool(reading.patterns) and not any(map(needs_a_date, reading.patterns))


@pytest.mark.parametrize("row", ROWS, ids=[row["sentence"] for row in ROWS])
def test_sentence_is_read_rightly_or_asked_about(row):
    reading = parse(row["sentence"])

    if is_certain(reading):
        assert (row["answer"], noted(reading)) == ("read", expected(row["patterns"]))


def test_as_many_sentences_are_read_as_were_before():
    right = [row for row in ROWS if is_certain(parse(row["sentence"]))]

    assert (len(ROWS), len(right)) == (140, READ_RIGHTLY)


def test_fortnightly_group_without_a_date_is_read_as_far_as_it_is_certain():
    [row] = [row for row in ROWS if row["answer"] == "ask" and row["patterns"]]

    assert noted(parse(row["sentence"])) == expected(row["patterns"])
