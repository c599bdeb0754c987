"""When a group meets, typed in words: read line by line, asked about, or not read."""

import datetime

import pytest

from common.nations import Nation
from groups.in_words.when import dates_of, read_when

TODAY = datetime.date(2026, 12, 1)


@pytest.mark.parametrize(
    "words, sentences",
    [
        (
            "Tuesdays 7pm\n\nthe  last Friday, 10am to noon",
            ["Every Tuesday, from 7pm.", "The last Friday of the month, 10am to noon."],
        ),
        ("Tuesdays at 7pm,\nfrom the old mill", ["Every Tuesday, from 7pm. From the old mill."]),
        ("", []),
    ],
)
def test_words_are_read_line_by_line_or_else_as_one(words, sentences):
    reading = read_when(words, TODAY)

    assert (reading.sentences, reading.question, reading.problem) == (sentences, "", "")


def test_what_was_read_is_read_as_the_same_on_any_day():
    reading = read_when("Every other Tuesday from 8 December 2026, 7pm, bring a friend\nMondays 2pm", TODAY)

    assert read_when(reading.words, datetime.date(2028, 2, 1)).rows == reading.rows
    assert len(reading.rows) == 2


def test_answers_to_a_question_are_whole_texts():
    reading = read_when("Fridays 2pm\nTuesdays 7-8.30\nMondays 10am", TODAY)

    assert (reading.rows, reading.question) == ((), "“7-8.30”: 7pm to 8.30pm, or 7am to 8.30am?")
    assert reading.answers == (
        "Fridays 2pm\nEvery Tuesday, 7pm to 8.30pm.\nMondays 10am",
        "Fridays 2pm\nEvery Tuesday, 7am to 8.30am.\nMondays 10am",
    )


def test_what_names_no_day_is_a_problem_that_names_the_words():
    assert read_when("ask us\nor call", TODAY).problem == "We cannot read “ask us” as a regular time. It names no day."


def test_next_dates_are_told_with_their_time():
    rows = read_when("Every Tuesday, 7pm", TODAY).rows
    now = datetime.datetime(2026, 12, 1, 20, tzinfo=datetime.UTC)

    assert dates_of(rows, Nation.ENGLAND, now)[:2] == ["Tuesday 8 December, 7pm", "Tuesday 15 December, 7pm"]
