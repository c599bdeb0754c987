"""What people write, read; and what has more than one meaning, left unread."""

import datetime

import pytest

from groups.choices import Month, Weekday
from groups.timetable.parse import parse
from groups.timetable.patterns import Weekly, needs_a_date

READ = {
    "third Wednesday of each month 7-9pm": ["The third Wednesday of the month, 7pm to 9pm."],
    "alternate Saturdays": ["Every second Saturday. Ask for the time."],
    "Mondays 7pm except Bank Holidays": ["Every Monday, from 7pm, not on bank holidays."],
    "1st & 3rd Tues": ["The first and third Tuesday of the month. Ask for the time."],
    "every other Thursday 10.30am – 12 noon": ["Every second Thursday, 10.30am to noon."],
    "last Fri of the month": ["The last Friday of the month. Ask for the time."],
    "weekly on Wednesdays, 1pm-3pm": ["Every Wednesday, 1pm to 3pm."],
    "first Monday monthly 18:30": ["The first Monday of the month, from 6.30pm."],
    "every Tuesday & Thursday": ["Every Tuesday. Ask for the time.", "Every Thursday. Ask for the time."],
    "WEDS 12-2PM": ["Every Wednesday, noon to 2pm."],
    "Tuesday's at 7.30 p.m.": ["Every Tuesday, from 7.30pm."],
    "Tuesday evenings 7-9": ["Every Tuesday, 7pm to 9pm."],
    "Saturday mornings 10 - 12": ["Every Saturday, 10am to noon."],
    "Sunday afternoon, 2 to 4": ["Every Sunday, 2pm to 4pm."],
    # From the first minute to the last of each part of the day, and over four hours at most.
    "Saturday mornings 7-9": ["Every Saturday, 7am to 9am."],
    "Saturday afternoons 12-4": ["Every Saturday, noon to 4pm."],
    "Tuesday evenings 4-8": ["Every Tuesday, 4pm to 8pm."],
    "Tuesday eve, 4-5": ["Every Tuesday, 4pm to 5pm."],
    "Tuesday nights 5-9": ["Every Tuesday, 5pm to 9pm."],
    "Thursdays 8-1pm": ["Every Thursday, 8am to 1pm."],
    "Thursdays 10-1pm": ["Every Thursday, 10am to 1pm."],
    "Thursdays 10am-12": ["Every Thursday, 10am to noon."],
    "Thursdays 7pm-9": ["Every Thursday, 7pm to 9pm."],
    "Every Wednesday 13:00 - 15:00": ["Every Wednesday, 1pm to 3pm."],
    "Every Wednesday 09:30-11:30": ["Every Wednesday, 9.30am to 11.30am."],
    "Every Wednesday 1300-1500 hrs": ["Every Wednesday, 1pm to 3pm."],
    "We meet every Monday between 6pm and 8pm.": ["Every Monday, 6pm to 8pm."],
    "Mondays at 10am and 2pm": ["Every Monday, from 10am.", "Every Monday, from 2pm."],
    "Mondays 7-8pm and 8-9pm": ["Every Monday, 7pm to 8pm.", "Every Monday, 8pm to 9pm."],
    "Mondays at 7pm and 8pm": ["Every Monday, from 7pm.", "Every Monday, from 8pm."],
    "Every Monday 7pm and every other Tuesday 2pm": ["Every Monday, from 7pm.", "Every second Tuesday, from 2pm."],
    "Mondays 10am-12pm and Thursdays 2-4pm": ["Every Monday, 10am to noon.", "Every Thursday, 2pm to 4pm."],
    "Wed to Fri, 9am-5pm": [
        "Every Wednesday, 9am to 5pm.",
        "Every Thursday, 9am to 5pm.",
        "Every Friday, 9am to 5pm.",
    ],
    "Weekdays 9-5pm": [f"Every {day.label}, 9am to 5pm." for day in list(Weekday)[:5]],
    "Fortnightly on Tuesdays, 7pm": ["Every second Tuesday, from 7pm."],
    "Every two weeks on a Tuesday": ["Every second Tuesday. Ask for the time."],
    "Tuesdays, fortnightly": ["Every second Tuesday. Ask for the time."],
    "Thursday, alternate weeks": ["Every second Thursday. Ask for the time."],
    "Every 3 weeks on a Monday, from noon": ["Every 3 weeks on a Monday, from noon."],
    "Every second Tuesday of the month 6pm": ["The second Tuesday of the month, from 6pm."],
    "Every month on the second Saturday, 2pm": ["The second Saturday of the month, from 2pm."],
    "1st, 3rd and 5th Wednesdays": [
        "The first, third and fifth Wednesday of the month, if there is a fifth. Ask for the time."
    ],
    "15th of each month at 2pm": ["The 15th of every month, from 2pm."],
    "1st and 15th of every month": [
        "The 1st of every month. Ask for the time.",
        "The 15th of every month. Ask for the time.",
    ],
    "Second and last Thursday, 6pm to 8pm, not in August": [
        "The second and last Thursday of the month, 6pm to 8pm, not in August."
    ],
    "Thursdays 7pm, not in the month of May": ["Every Thursday, from 7pm, not in May."],
    "Thursdays 7pm, closed in August and December": ["Every Thursday, from 7pm, not in August or December."],
    "Thursday 7pm-9pm (excluding bank holidays & August)": [
        "Every Thursday, 7pm to 9pm, not in August, not on bank holidays."
    ],
    "Mondays 7pm except bank holiday Mondays": ["Every Monday, from 7pm, not on bank holidays."],
    "every Thursday from 7 January 2027 until 25 March 2027, 6pm": [
        "Every Thursday from 7 January 2027 until 25 March 2027, from 6pm."
    ],
    "Tuesdays, starting Tuesday 5th January 2027": ["Every Tuesday from 5 January 2027. Ask for the time."],
    "Thursdays (term time only)": ["Every Thursday, in term time only. Ask for the time."],
    "Mondays and Tuesdays 4pm, during school term-time": [
        "Every Monday, from 4pm, in term time only.",
        "Every Tuesday, from 4pm, in term time only.",
    ],
    "Wednesdays in school term, 4pm to 5.30pm": ["Every Wednesday, 4pm to 5.30pm, in term time only."],
    "Fridays 1pm-2.30pm (not in the school holidays)": ["Every Friday, 1pm to 2.30pm, in term time only."],
    "Fridays 1pm except bank holidays and in termtime": [
        "Every Friday, from 1pm, not on bank holidays, in term time only."
    ],
    "Fridays, time to be confirmed": ["Every Friday. Ask for the time."],
    "Day and time: ask the organiser.": ["Day and time: ask the organiser."],
    "Day and time: for the members to decide.": ["Day and time: for the members to decide."],
}


@pytest.mark.parametrize("sentence", READ)
def test_schedule_is_read(sentence):
    assert [pattern.sentence for pattern in parse(sentence).patterns] == READ[sentence]


@pytest.mark.parametrize(
    "sentence, is_open",
    [
        ("Mondays", True),
        ("Mondays 7pm", False),
        ("Mondays, time to be confirmed", False),
        ("Day and time: ask the organiser.", False),
    ],
)
def test_schedule_leaves_its_time_open_that_neither_says_it_nor_to_ask_for_it(sentence, is_open):
    assert parse(sentence).leaves_time_open is is_open


@pytest.mark.parametrize(
    "word, number",
    [("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("eight", 8), ("ten", 10), ("twelve", 12)],
)
def test_number_of_weeks_is_read_as_a_word(word, number):
    assert parse(f"Every {word} weeks on a Monday").patterns == (Weekly(Weekday.MONDAY, number),)


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "Contact us",
        "7-9pm",
        "weekly",
        "monthly",
        # Morning or evening?
        "Mondays 7-9",
        "Wednesdays 10-12",
        "Every Sunday at 11",
        "Thursdays 7:00-9:00",
        "Tuesday evenings (7-9)",
        "Saturday mornings 6-8",
        "Saturday afternoons 6-7",
        "Tuesday mornings, evenings",
        # Which one, or which weeks?
        "monthly on a Tuesday",
        "once a month on Thursdays",
        "twice a month on Tuesdays",
        "bi-weekly on Tuesdays",
        "every third Monday",
        "every fourth Friday 7pm",
        "first Monday and Thursday of the month",
        "Thursday 3rd of each month",
        "Fortnightly: Monday 2pm and Thursday 6pm",
        "1st Tuesday and 3rd Thursday 7pm",
        "1st Tuesday 2pm and Thursday 6pm",
        "every 2nd Sunday",
        "Tuesdays or Thursdays 7pm",
        "2pm on Saturdays, weekly on Sundays",
        "First Tuesday of the month, 15th of each month",
        # What no pattern can hold.
        "First Thursday of every other month",
        "Every two months on a Friday",
        # Which of the two in term time?
        "Mondays 7pm, and Wednesdays 4pm in term time",
        "Mondays 7pm in June and July, Wednesdays 4pm",
        "Mondays 7pm from 4 January 2027, Wednesdays 4pm",
        "Mondays 7pm until 29 March 2027, Wednesdays 4pm",
        "Tuesday evenings and Saturdays",
        "First of the month, 2nd Monday 7pm",
        "Monday to Monday 7pm",
        "Mondays 23:00 and 23:30",
        "1st Tuesday, weekly, 7pm",
        "Tuesdays 7pm, except Mondays",
        "Tuesdays 10am and 2pm, women only",
        "Thursdays, not in term time",
        "Thursdays, school holidays only",
        "Every Monday except the first Monday of the month",
        "second to last Friday",
        "the last day of the month",
        "Mondays 6pm until late",
        "Thursday 14 November",
        "Every Thursday in May",
        "Fridays except bank holiday Mondays",
        "usually Mondays 7pm",
        "Monday 7pm to 6pm",
        "Mondays 13pm",
        "Mondays 25:00",
        "Mondays 6pm, weeks",
        "the 3rd at 6pm",
        "every 2 weeks on the 3rd at 2pm",
        "weekly on the 5th at 7pm",
        "Mondays 7.75pm",
        "Tuesday mornings 7pm-9pm",
        "Tuesdays 7pm-midnight",
        "Friday to Monday 7pm",
        "32nd of each month",
        "6th Monday of the month",
        "Every 13 weeks on a Monday",
        "every second week on Mondays and Thursdays",
        "Tuesdays, starting Monday 5th January 2027",
        "Tuesdays, starting 30 February 2027",
        "Tuesdays from 7 January 2027 until 6 January 2027",
        f"Mondays, not in {', '.join(month.label for month in Month)}",
    ],
)
def test_schedule_that_is_not_certain_is_not_read(sentence):
    assert parse(sentence).patterns == ()


def test_every_second_week_without_a_day_needs_one_and_has_no_dates_until_then():
    [pattern] = parse("alternate Saturdays").patterns

    assert pattern == Weekly(interval=2, weekday=Weekday.SATURDAY)
    assert needs_a_date(pattern)
    assert list(pattern.dates(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))) == []


def test_every_second_week_from_a_day_is_counted_from_it():
    [pattern] = parse("Alternate Saturdays from 5 December 2026, 2pm").patterns

    assert not needs_a_date(pattern)
    assert list(pattern.dates(datetime.date(2026, 12, 1), datetime.date(2026, 12, 31))) == [
        datetime.date(2026, 12, 5),
        datetime.date(2026, 12, 19),
    ]
