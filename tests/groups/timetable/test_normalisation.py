"""Symbols, hours in words and numeric dates are made plain before a sentence is read."""

import pytest

from groups.timetable.normalisation import hours_in_digits, tidy

PLAIN = {
    "\U0001f499 Mondays \U0001f499 7pm \u2013 8pm \u2615\ufe0f": "Mondays, 7pm - 8pm",
    "Every Tuesday\n6pm \u2022 High Street.\nAll welcome": "Every Tuesday, 6pm, High Street. All welcome",
    "Thurs\u00addays 5\u202fpm\u200b": "Thursdays 5 pm",
    "from 14/01/2027, 3/2/27, January 13th 2027": "from 14 January 2027, 3 February 2027, 13 January 2027",
    "24/7, 14/13/2027, 1/2": "24/7, 14/13/2027, 1/2",
    "7-30pm, 7-9pm, 1-3 (pm)": "7.30pm, 7-9pm, 1-3pm",
    "half six till eight, quarter to seven": "6.30 till 8, 6.45",
    "between two and four, from ten till twelve": "between 2 and 4, from 10 till 12",
    # Ten minutes before, or from ten on.
    "from ten to twelve": "from ten to twelve",
    "bi weekly on Monday, Sat am": "bi-weekly on Monday, Sat morning",
    "Biweekly, Mondays 7pm": "fortnightly, Mondays 7pm",
    "half term, half eight hours": "half term, half eight hours",
    "@7, kim@7.org": "at 7, kim@7.org",
}


@pytest.mark.parametrize("text", PLAIN)
def test_text_is_made_plain(text):
    assert hours_in_digits(tidy(text)) == PLAIN[text]
