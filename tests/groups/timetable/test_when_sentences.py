"""380 sentences as charities, councils and fellowships write them, with their readings: none may be read wrongly."""

import csv
from pathlib import Path

import pytest

from tests.groups.timetable.notation import certain, choices, expected, noted


def rows_of(name: str) -> list[dict[str, str]]:
    # Some cells hold characters that do not show, which are their point: nothing is stripped.
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS, MORE = rows_of("when_sentences.csv"), rows_of("more_sentences.csv")
EVERYDAY = rows_of("everyday_sentences.csv")


@pytest.mark.parametrize("row", [*ROWS, *MORE, *EVERYDAY], ids=lambda row: row["sentence"])
def test_sentence_is_read_rightly_or_asked_about(row):
    reading = certain(row["sentence"])

    if reading.patterns:
        assert (row["answer"], noted(reading)) == ("read", expected(row["patterns"]))


@pytest.mark.parametrize(
    "rows,answer,count,read_rightly",
    # A new sentence that is read makes it one more.
    [
        (ROWS, "read", 115, 113),
        (MORE, "read", 75, 70),
        (EVERYDAY, "read", 117, 116),
        (ROWS, "ask", 17, 0),
        (MORE, "ask", 11, 0),
        (EVERYDAY, "ask", 28, 0),
    ],
    ids=[
        "certain",
        "more that are certain",
        "everyday ones that are certain",
        "uncertain",
        "more that are uncertain",
        "everyday ones that are uncertain",
    ],
)
def test_as_many_sentences_are_read_as_were_before(rows, answer, count, read_rightly):
    of_answer = [row["sentence"] for row in rows if row["answer"] == answer]

    assert (len(of_answer), sum(bool(certain(sentence).patterns) for sentence in of_answer)) == (count, read_rightly)


@pytest.mark.parametrize("rows,asked", [(ROWS, 13), (MORE, 6), (EVERYDAY, 15)], ids=["140", "more", "everyday"])
def test_most_uncertain_sentences_are_asked_about_with_readings_to_choose_from(rows, asked):
    """The others are refused."""
    assert sum(bool(choices(row["sentence"])) for row in rows if row["answer"] == "ask") == asked
