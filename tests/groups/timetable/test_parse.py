"""What people write, read; and what has more than one meaning, left unread."""

import datetime

import pytest

from groups.choices import Month, Weekday
from groups.timetable.parse import parse
from groups.timetable.patterns import Weekly, needs_a_date
from groups.timetable.readings import Refused
from tests.groups.timetable.notation import TODAY, certain

READ = {
    "third Wednesday of each month 7-9pm": ["The third Wednesday of the month, 7pm to 9pm."],
    "Mondays 7pm except Bank Holidays": ["Every Monday, from 7pm, not on bank holidays."],
    "1st & 3rd Tues": ["The first and third Tuesday of the month. Ask for the time."],
    "every other Thursday from 3 December 2026, 10.30am – 12 noon": [
        "Every second Thursday from 3 December 2026, 10.30am to noon."
    ],
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
    "Mondays 10am-12pm and Thursdays 2-4pm": ["Every Monday, 10am to noon.", "Every Thursday, 2pm to 4pm."],
    "Wed to Fri, 9am-5pm": [
        "Every Wednesday, 9am to 5pm.",
        "Every Thursday, 9am to 5pm.",
        "Every Friday, 9am to 5pm.",
    ],
    "Weekdays 9-5pm": [f"Every {day.label}, 9am to 5pm." for day in list(Weekday)[:5]],
    "Fortnightly on Tuesdays from 1 December 2026, 7pm": ["Every second Tuesday from 1 December 2026, from 7pm."],
    "Every 3 weeks on a Monday from 7 December 2026, from noon": [
        "Every 3 weeks on a Monday from 7 December 2026, from noon."
    ],
    # All but one of the month, and other months.
    "Every Monday except the first Monday of the month": [
        "The second, third, fourth and fifth Monday of the month, if there is a fifth. Ask for the time."
    ],
    "Thursdays 2pm, except the second": [
        "The first, third, fourth and fifth Thursday of the month, if there is a fifth, from 2pm."
    ],
    "Mondays 7pm unless it is a bank holiday": ["Every Monday, from 7pm, not on bank holidays."],
    "Mondays 7pm with the exception of August": ["Every Monday, from 7pm, not in August."],
    "Mondays 7pm. We do not meet in August.": ["Every Monday, from 7pm, not in August."],
    "First Monday (second Monday if a bank holiday), 7pm": [
        "The first Monday of the month, from 7pm, not on bank holidays."
    ],
    "The first Monday and first Thursday of the month, 2pm": [
        "The first Monday of the month, from 2pm.",
        "The first Thursday of the month, from 2pm.",
    ],
    # Times in other words.
    "Tuesday nights, half past seven till nine": ["Every Tuesday, 7.30pm to 9pm."],
    "Thursdays 1300 - 1500": ["Every Thursday, 1pm to 3pm."],
    "Mondays 10:30 to 12:30": ["Every Monday, 10.30am to 12.30pm."],
    "Thursdays 7pm for 7.30pm start, finish 9pm": ["Every Thursday, 7.30pm to 9pm."],
    "Mondays 6pm until late": ["Every Monday, from 6pm."],
    # Several parts, each with its days.
    "7pm to 9pm, Thursdays; 10am to 11.30am, first Saturday of the month": [
        "Every Thursday, 7pm to 9pm.",
        "The first Saturday of the month, 10am to 11.30am.",
    ],
    "Mondays 4pm. Tuesdays 5pm, not in August.": ["Every Monday, from 4pm.", "Every Tuesday, from 5pm, not in August."],
    "Term time only: Mondays 4pm; Tuesdays 5pm": [
        "Every Monday, from 4pm, in term time only.",
        "Every Tuesday, from 5pm, in term time only.",
    ],
    # A byte order mark, a soft hyphen, a no-break space and a zero-width space.
    "\ufeffTue\u00ads\u200bdays\u00a02pm": ["Every Tuesday, from 2pm."],
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
    assert [pattern.sentence for pattern in certain(sentence).patterns] == READ[sentence]


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
    assert certain(sentence).leaves_time_open is is_open


@pytest.mark.parametrize(
    "word, number",
    [("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("eight", 8), ("ten", 10), ("twelve", 12)],
)
def test_number_of_weeks_is_read_as_a_word(word, number):
    [pattern] = certain(f"Every {word} weeks on a Monday from 4 January 2027").patterns

    assert pattern == Weekly(Weekday.MONDAY, number, first_date=datetime.date(2027, 1, 4))


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
        "Mondays 7pm outside term time",
        "Thursdays, not in term time",
        "Thursdays, school holidays only",
        "Every Monday except the last Monday of the month",
        "Wensdays and Fridays 7pm",
        "Ring Anne first, Mondays 7pm",
        "Sun Inn, 7pm",
        "Open day Saturday 10am",
        "The library is open Mondays 9am-5pm. Group meets Tuesdays 2pm.",
        "Call us Monday to Friday 9am-5pm",
        "We do not meet on Mondays. We meet on Tuesdays at 2pm.",
        "Fortnightly: Mondays 2pm; Thursdays 6pm",
        "Mondays 7pm. The group has stopped.",
        "Mondays 7pm, alternating with Brighton",
        "second to last Friday",
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
    assert certain(sentence).patterns == ()


def test_every_second_week_from_a_day_is_counted_from_it():
    [pattern] = certain("Alternate Saturdays from 5 December 2026, 2pm").patterns

    assert not needs_a_date(pattern)
    assert list(pattern.dates(datetime.date(2026, 12, 1), datetime.date(2026, 12, 31))) == [
        datetime.date(2026, 12, 5),
        datetime.date(2026, 12, 19),
    ]


def test_first_date_on_one_of_several_days_begins_each_on_its_own_first_day():
    reading = certain("Mondays and Tuesdays, 7pm, from 5 January 2027")

    assert (
        reading.sentence == "Every Monday from 11 January 2027, from 7pm. Every Tuesday from 5 January 2027, from 7pm."
    )


def test_pattern_that_is_over_before_its_first_day_is_refused():
    refused = parse("Mondays, 7pm, from 5 January 2027 until 8 January 2027", TODAY)

    assert refused == Refused("Mondays, 7pm, from 5 January 2027 until 8 January 2027", "It is over before it begins.")
