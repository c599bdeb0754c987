"""What has several meanings is a question with their readings; what cannot be stored is refused with the words."""

import pytest

from groups.timetable.parse import parse
from groups.timetable.readings import Question, Refused
from tests.groups.timetable.notation import TODAY

#: What is asked of a sentence, and the readings to choose from. It is read on Sunday 29 November 2026.
QUESTIONS = {
    "Mondays 7-8.30": (
        "“7-8.30”: 7pm to 8.30pm, or 7am to 8.30am?",
        ["Every Monday, 7pm to 8.30pm.", "Every Monday, 7am to 8.30am."],
    ),
    "Every Sunday at 11": ("“at 11”: 11am, or 11pm?", ["Every Sunday, from 11am.", "Every Sunday, from 11pm."]),
    "Wednesdays 2-4": ("“2-4”: 2pm to 4pm?", ["Every Wednesday, 2pm to 4pm."]),
    "Tuesdays at 1": ("“at 1”: 1pm?", ["Every Tuesday, from 1pm."]),
    "Fridays 14.30pm": ("“14.30pm”: 2.30pm?", ["Every Friday, from 2.30pm."]),
    "Thursdays 8pm-6.30pm": ("“8pm-6.30pm”: 6.30pm to 8pm?", ["Every Thursday, 6.30pm to 8pm."]),
    "Saturdays 5-12pm": (
        "“5-12pm”: 5pm (until midnight), or 5am to noon?",
        ["Every Saturday, from 5pm. Note: Until midnight.", "Every Saturday, 5am to noon."],
    ),
    "alternate Saturdays, 2pm": (
        "“alternate Saturdays, 2pm”: on which Saturdays, Saturday 5 December, or Saturday 12 December?",
        [
            "Every second Saturday from 5 December 2026, from 2pm.",
            "Every second Saturday from 12 December 2026, from 2pm.",
        ],
    ),
    "Every Monday 7pm and every other Tuesday 2pm": (
        "“Every Monday 7pm and every other Tuesday 2pm”: on which Tuesdays, Tuesday 1 December, or Tuesday 8 December?",
        [
            "Every Monday, from 7pm. Every second Tuesday from 1 December 2026, from 2pm.",
            "Every Monday, from 7pm. Every second Tuesday from 8 December 2026, from 2pm.",
        ],
    ),
    "fortnightly Monday from 5 Jan 2027, 7pm": (
        "Tuesday 5 January 2027 is no Monday: from Monday 4 January, or Monday 11 January?",
        [
            "Every second Monday from 4 January 2027, from 7pm.",
            "Every second Monday from 11 January 2027, from 7pm.",
        ],
    ),
    "Mondays from 5 January 2027, 7pm": (
        "5 January 2027 is a Tuesday. Do you mean from Monday 11 January, or Tuesdays?",
        ["Every Monday from 11 January 2027, from 7pm.", "Every Tuesday from 5 January 2027, from 7pm."],
    ),
    "First Monday of the month, 7pm, from 5 January 2027": (
        "5 January 2027 is a Tuesday. Do you mean from Monday 1 February, or Tuesdays?",
        [
            "The first Monday of the month from 1 February 2027, from 7pm.",
            "The first Tuesday of the month from 5 January 2027, from 7pm.",
        ],
    ),
    "Mondays and Thursdays, 7pm, from 5 January 2027": (
        "5 January 2027 is a Tuesday. Do you mean from Thursday 7 January?",
        ["Every Monday from 11 January 2027, from 7pm. Every Thursday from 7 January 2027, from 7pm."],
    ),
    "every second Tuesday, 7pm": (
        "“every second”: the second of the month, or every other week?",
        [
            "The second Tuesday of the month, from 7pm.",
            "Every second Tuesday from 1 December 2026, from 7pm.",
            "Every second Tuesday from 8 December 2026, from 7pm.",
        ],
    ),
    "Every third Monday at 11am": (
        "“Every third”: the third of the month, or every 3 weeks?",
        [
            "The third Monday of the month, from 11am.",
            *(
                f"Every 3 weeks on a Monday from {day} 2026, from 11am."
                for day in ("30 November", "7 December", "14 December")
            ),
        ],
    ),
    "Every third Monday at 11am from 7 December 2026": (
        "“Every third”: the third of the month, or every 3 weeks?",
        [
            "The third Monday of the month from 7 December 2026, from 11am.",
            "Every 3 weeks on a Monday from 7 December 2026, from 11am.",
        ],
    ),
    "first Tuesday of every other month, 7pm": (
        "“of every other month”: in which months?",
        [
            "The first Tuesday of the month, from 7pm, not in February, April, June, August, October or December.",
            "The first Tuesday of the month, from 7pm, not in January, March, May, July, September or November.",
        ],
    ),
    "Twice a month on Tuesdays, 1pm": (
        "“Twice a month”: which ones in the month?",
        [
            "The first and third Tuesday of the month, from 1pm.",
            "The second and fourth Tuesday of the month, from 1pm.",
        ],
    ),
    "monthly on a Tuesday, 7pm": (
        "Which Tuesday of the month?",
        [f"The {which} Tuesday of the month, from 7pm." for which in ("first", "second", "third", "fourth", "last")],
    ),
    "Wensdays 7pm": ("“Wensdays”: Wednesdays?", ["Every Wednesday, from 7pm."]),
    "Tuesdays 7pm; most Fridays 2pm": (
        "“most”: every time, with a note to ask first?",
        ["Every Tuesday, from 7pm. Every Friday, from 2pm. Note: Most Fridays 2pm. Ask first."],
    ),
    "Summer months only: Tuesdays 6pm": (
        "Which months are summer?",
        [
            f"Every Tuesday, from 6pm, not in {months}."
            for months in (
                "January, February, March, October, November or December",
                "January, February, March, April, October, November or December",
                "January, February, March, April, May, September, October, November or December",
            )
        ],
    ),
    "Mondays 7pm from 14 April to 30 June": (
        "“from 14 April to 30 June”: until 2027, and not in every year?",
        ["Every Monday from 19 April 2027 until 30 June 2027, from 7pm."],
    ),
    "Mondays 7pm, 9pm": (
        "“7pm, 9pm”: two meetings, or one from 7pm to 9pm?",
        ["Every Monday, from 7pm. Every Monday, from 9pm.", "Every Monday, 7pm to 9pm."],
    ),
    "Tuesday or Thursday, 7pm": (
        "“or Thursday”: on both days?",
        ["Every Tuesday, from 7pm. Every Thursday, from 7pm."],
    ),
    "The first Monday and Thursday of the month, 2pm": (
        "“first Monday and Thursday”: the first Thursday too?",
        ["The first Monday of the month, from 2pm. The first Thursday of the month, from 2pm."],
    ),
    "Mondays; Thursdays 7pm": (
        "“Mondays”: at what time? If nobody knows, add “time to be confirmed”.",
        [
            "Every Monday. Ask for the time. Every Thursday, from 7pm.",
            "Every Monday, from 7pm. Every Thursday, from 7pm.",
        ],
    ),
}


@pytest.mark.parametrize("sentence", QUESTIONS)
def test_schedule_with_several_meanings_is_a_question_with_its_readings(sentence):
    question = parse(sentence, TODAY)

    assert isinstance(question, Question)
    assert (question.text, [choice.sentence for choice in question.choices]) == QUESTIONS[sentence]


@pytest.mark.parametrize(
    "sentence,words,reason",
    [
        ("Contact us", "Contact us", "It names no day."),
        ("Fortnigtly on Wensdays", "Fortnigtly on Wensdays", "Is “Fortnigtly” misspelt?"),
        ("Mondays 7pm, on hold", "hold", "“hold” may change when it meets."),
        ("Tuesdays 7pm; some Fridays 2pm", "some Fridays 2pm", "“some Fridays 2pm” may change when it meets."),
        ("1st Monday and", "1st Monday and", "It may mean several things, or no regular time."),
    ],
)
def test_schedule_that_is_refused_says_the_words_and_why(sentence, words, reason):
    assert parse(sentence, TODAY) == Refused(words, reason)
