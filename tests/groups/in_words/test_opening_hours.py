"""Opening hours in the words that people type."""

import datetime

import pytest

from groups.in_words.opening_hours import UnreadableHours, read_opening_hours

TODAY = datetime.date(2026, 11, 29)
WEEK = "Monday to Friday, 9am to 5pm"

READ = {
    "Mon to Fri 9am to 5pm, Sat 10 to 1": f"{WEEK}\nSaturday, 10am to 1pm",
    "Open Mon-Fri 9-5": WEEK,
    "Weekdays 09:00-17:00, closed weekends and bank holidays": f"{WEEK}\nClosed on bank holidays",
    "Mon-Fri 9am-5pm\nSat 10am-4pm\nSun closed": f"{WEEK}\nSaturday, 10am to 4pm",
    "We are open 10am - 4pm Tuesday to Saturday": "Tuesday to Saturday, 10am to 4pm",
    "Every day except Sunday, 6pm-12am": "Monday to Saturday, 6pm to midnight",
    "24/7": "Every day, 24 hours",
    "Mon, Wed and Fri 10am-12 noon and 1pm-4pm": "Monday, Wednesday and Friday, 10am to noon and 1pm to 4pm",
}
_WRITE = " Write days and times, for example “Monday to Friday, 9am to 5pm; Saturday, 10am to 1pm”."
REFUSED = {
    "Fri and Sat 6pm to 2am": (
        "“6pm to 2am”: 2am to 6pm? If it closes after midnight, write that as hours of the next day: “Friday, 6pm to "
        "midnight; Saturday, midnight to 2am”."
    ),
    "Monday 7-9": f"“7-9”: 7pm to 9pm, or 7am to 9am?{_WRITE}",
    "Mondays": f"Say when it opens and when it closes.{_WRITE}",
    "First Monday, 9am to 5pm": f"“The first Monday of the month, 9am to 5pm.” is not the same every week.{_WRITE}",
    "Monday 9am-5pm, ring the bell": f"“Ring the bell.” is no day or time.{_WRITE}",
    "Mon-Sun 9am-5pm, closed Sundays": "This says both that it is open on a Sunday and that it is closed.",
    "closed Sunday": f"This says no hours.{_WRITE}",
}


@pytest.mark.parametrize("words", READ)
def test_opening_hours_are_read_and_read_again_as_the_same(words):
    text = read_opening_hours(words, TODAY).text

    assert (text, read_opening_hours(text, TODAY).text) == (READ[words], READ[words])


@pytest.mark.parametrize("words", REFUSED)
def test_words_that_are_no_opening_hours_are_refused_with_what_to_write(words):
    with pytest.raises(UnreadableHours) as refused:
        read_opening_hours(words, TODAY)

    assert str(refused.value) == REFUSED[words]
