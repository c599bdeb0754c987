"""What a hasty reader would make a meeting of is not read; and no words, however put together, are an error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.timetable.parse import parse
from groups.timetable.readings import Question, Reading
from tests.groups.timetable.notation import TODAY, certain, may_be_noon
from tests.groups.timetable.strategies import EXAMPLES

#: Sentences that are asked about: of each, a hasty reader would make a meeting that there is not.
ASKED = [
    "2pm-4pm (16-18)",
    "Tuesdays 2pm-4pm (16-18)",
    "Friday 18 at 7pm",
    "Mondays 12am-2pm",
    "Mondays 07.00-09.00 pm",
    "Mondays 6-12pm",
    "Mondays 7pm except May Day bank holiday",
    "Mondays 7pm except May half term",
    "Mondays except May Day 7pm",
    "Closed January 1st, Mondays 7pm",
    "Mondays 10-12pm",
    "Mondays 6-12.30pm",
    "Saturday mornings 7-12",
    "Mondays 7pm (Tuesdays 8pm)",
    "Mondays 7pm in May and May",
    "Quarterly: first Tuesday, 2pm",
    "Every, second Saturday 2pm",
    "Mondays 7pm except in August 2027",
    "Mondays 7pm except May 1",
    "Mondays 7pm not 25 December",
    # Ages or hours?
    "Tuesdays 4pm (5-7)",
    "Tuesdays 4pm 5-7",
    "Tuesdays 7pm 16-25",
    "Tuesday evenings (7-9)",
    "(7-9) Tuesday evenings",
    "Saturday mornings 5-11",
    "Mondays 7+",
    "Mondays 7+8pm",
    "Year 7, Thursdays 4pm",
    "Over 6 Mondays, 7pm",
    "Tuesdays 4pm - 11 to 16s and 7",
    # Lengths and numbers of things.
    "Mondays 7pm 1.30 hours",
    "24 hours, 7 days a week",
    "Mondays 7pm for 6 weeks",
    "Mondays 7pm (6 sessions)",
    "Mondays 10am - 2 groups",
    "Mondays, week 1 and 3, 7pm",
    "Mon 10am 1-2-1",
    # Prices without their sign.
    "Thursdays 7pm 2.50",
    "Thursdays, donation 3, 7pm",
    "Mondays, £2 from 7pm",
    # Addresses, lines, doors.
    "Mondays Room 7 - 9pm",
    "Mondays Unit 4-6pm",
    "Tuesdays 2pm - 4 Mill Road",
    "Wednesdays 10am-12 High Street",
    "Wednesdays at 10 Downing Street",
    "Wednesdays 7pm the 7 bus stops outside",
    "Mondays, bus 18 from 6.30pm",
    "Mondays, ring 01632 960014 9am-5pm",
    "Mondays Room 7 - 9pm, Zoom",
    "The Sun, Mondays 7pm",
    # Dates.
    "Friday 8, 7pm",
    "Friday 8 - 10pm",
    "Friday 18 - 7pm",
    "Friday 18.12",
    "Fridays (18.50)",
    "Fridays 0.50",
    "Friday 7.09.27 7pm",
    "Friday 18th June 7pm",
    "First Monday in May 7pm",
    "Mondays March to November 2027, 7pm",
    "Mondays 7pm from 4 January",
    # Another time that is a part of the first, or has its own meaning.
    "Mondays 7pm and 7pm-9pm",
    "Mondays 7pm-9pm and 8pm",
    "Mondays 7pm and 7.30pm",
    "Mondays 7pm, 9pm",
    "Mondays. Tea 6.30pm",
    "Mondays 12.30am",
    "Mondays 7pm, times vary",
    "Twice a week, Mondays 7pm",
    "Mondays 10am-12pm and Thursdays, both 7pm",
    # It may be for good, or until the autumn.
    "Mondays 7pm. The group stops in June.",
    "Mondays 7pm, not during the summer",
    "Tuesdays 7pm, May and June",
    # A course moves by each week that it misses.
    "Mondays 7pm for 6 weeks from 4 January 2027, not on bank holidays",
    "Mondays 7pm. First Monday is a break.",
    "Monday club - Tuesday 7pm",
    "Saturdays 7 to 9 January",
    # Of which days is it said?
    "Mondays 10am-12 and Thursdays 2-4pm, not in August",
    "Mondays and Thursdays (term time)",
    "Mon to Fri 9.30am to 4.30pm (Weds 7pm)",
    "Mon to Fri 9.30am to 4.30pm, Weds 7pm",
    "Mondays 7pm outside term time",
    # A piece of something longer.
    "and Thursdays 7pm",
    "- Friday 9am-5pm",
    "1st Monday and",
    "Mondays,",
    "(Tuesdays 8pm)",
    "Weekly, Tuesdays at 2pm, next on Tuesday 12 January 2027",
    f"Mondays 7pm{' ' * 500}.",
]

_FRAGMENTS = (
    "Monday Mondays Tues Sun the The every Every second 2nd third last first and & , ; : ( ) - . / + to until from at"
    " 7 7pm 18 18+ 9.30 10am-12 7-9pm noon 12am 19:30 1930hrs o'clock evenings morning monthly fortnightly weekly week"
    " weeks of month in not except August May December bank holidays term time only £2 2 hours ages over 50s room floor"
    " tel 01632 960014 5 January 2027 from 2-3 at"
    " half past twice a month bi-monthly alternate months unless if or until starting"
    " next quarterly daily weekdays weekends hall group club ſ ７pm again"
)


@pytest.mark.parametrize("sentence", ASKED)
def test_sentence_with_another_meaning_is_asked_about(sentence):
    assert certain(sentence).patterns == ()


@settings(max_examples=EXAMPLES)
@given(st.lists(st.sampled_from(_FRAGMENTS.split()), min_size=1, max_size=12).map(" ".join))
def test_any_words_are_read_or_asked_about_and_never_an_error(sentence):
    result = parse(sentence, TODAY)

    found = result.choices if isinstance(result, Question) else [result] if isinstance(result, Reading) else []
    for pattern in (pattern for reading in found for pattern in reading.patterns):
        assert may_be_noon(pattern) or certain(pattern.sentence).patterns == (pattern,)
