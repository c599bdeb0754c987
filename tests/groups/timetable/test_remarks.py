"""What stands beside a day and a time is no second time: ages, lengths, prices, rooms, telephones, dates."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from groups.timetable.readings import Reading
from groups.timetable.remarks import Kind
from tests.groups.timetable.notation import certain, noted
from tests.groups.timetable.strategies import EXAMPLES
from tests.groups.timetable.test_parse import READ
from tests.groups.timetable.test_when_sentences import ROWS

#: Sentences that are read: the patterns, and what is kept as words.
BESIDE = {
    "Mondays 7pm (2 hours)": ("weekly;MO;19:00-", "2 hours."),
    "Tuesdays 7pm (18+)": ("weekly;TU;19:00-", "18+."),
    "Tuesdays 2pm-4pm (16-18s)": ("weekly;TU;14:00-16:00", "16-18s."),
    "Mondays 7pm except May Day": ("weekly;MO;19:00-", "Except May Day."),
    # Lengths.
    "Mondays, 7pm, 2hrs": ("weekly;MO;19:00-", "2hrs."),
    "Mondays 7pm 90 mins": ("weekly;MO;19:00-", "90 mins."),
    "Mondays 7pm (1.5 hrs)": ("weekly;MO;19:00-", "1.5 hrs."),
    "Mondays 7pm, 1½ hours": ("weekly;MO;19:00-", "1½ hours."),
    "Mondays 7pm for two hours": ("weekly;MO;19:00-", "For two hours."),
    "Mondays 7pm - 1hr": ("weekly;MO;19:00-", "1hr."),
    "Mondays 7pm - 2 hours": ("weekly;MO;19:00-", "2 hours."),
    "2hr group Mondays 7pm": ("weekly;MO;19:00-", "2hr."),
    "Mondays 2 hours": ("weekly;MO;-", "2 hours."),
    # Ages.
    "Tuesdays 7pm over 18s": ("weekly;TU;19:00-", "Over 18s."),
    "Tuesdays 7pm for 16-25s": ("weekly;TU;19:00-", "For 16-25s."),
    "Tuesdays 7pm (ages 16 – 25)": ("weekly;TU;19:00-", "Ages 16 - 25."),
    "Tuesdays 4-5pm ages 5 to 11": ("weekly;TU;16:00-17:00", "Ages 5 to 11."),
    "Tuesday evening 5-7 yrs 4pm": ("weekly;TU;16:00-", "5-7 yrs."),
    "50+ Tuesdays 2pm": ("weekly;TU;14:00-", "50+."),
    "Mon 7pm – 18+": ("weekly;MO;19:00-", "18+."),
    "Mondays 7-9 pm 18+": ("weekly;MO;19:00-21:00", "18+."),
    "Over-60s lunch club, Wednesdays 12-2pm": ("weekly;WE;12:00-14:00", "Over-60s lunch club."),
    "Under 5s: Mondays 9.30-11am": ("weekly;MO;09:30-11:00", "Under 5s."),
    "Mon 10am 18 years and over": ("weekly;MO;10:00-", "18 years and over."),
    "Mondays and Thursdays 7pm (50+)": ("weekly;MO;19:00- | weekly;TH;19:00-", "50+."),
    # Prices.
    "Thursdays 7pm £2": ("weekly;TH;19:00-", "£2."),
    "Thursdays £2 7pm": ("weekly;TH;19:00-", "£2."),
    "Thursdays 7pm (£2.50 per session)": ("weekly;TH;19:00-", "£2.50 per session."),
    "Thursdays 7pm - £3-£5": ("weekly;TH;19:00-", "£3-£5."),
    "Thursdays 7pm cost 50p": ("weekly;TH;19:00-", "Cost 50p."),
    "Thursdays 7pm, £2 for 2 hours": ("weekly;TH;19:00-", "£2. For 2 hours."),
    # Rooms, floors, telephones, buses.
    "Wednesdays 10am Room 3": ("weekly;WE;10:00-", "Room 3."),
    "Wednesdays 10am, Unit 4": ("weekly;WE;10:00-", "Unit 4."),
    "3rd floor Wednesdays 10am": ("weekly;WE;10:00-", "3rd floor."),
    "Second Saturday, second floor, 2pm": ("monthly;2;SA;14:00-", "Second floor."),
    "1st and 3rd Monday, ground floor, 7pm": ("monthly;1,3;MO;19:00-", "Ground floor."),
    "Fridays 7pm 07700 900123": ("weekly;FR;19:00-", "07700 900123."),
    "Fridays 7pm, Tel: 020 7946 0018": ("weekly;FR;19:00-", "Tel: 020 7946 0018."),
    "Wednesdays 7pm, bus 18": ("weekly;WE;19:00-", "Bus 18."),
    "Wednesdays 7pm, buses 6 and 7": ("weekly;WE;19:00-", "Buses 6 and 7."),
    # Exceptions and parts of the year.
    "Fridays 7pm (except Good Friday)": ("weekly;FR;19:00-", "Except Good Friday."),
    "Mondays 7pm, no meeting at Easter": ("weekly;MO;19:00-", "No meeting at Easter."),
    "Mondays 7pm except May": ("weekly;MO;19:00-;not=5", ""),
    "Mondays 4pm excluding school holidays": ("weekly;MO;16:00-;term-time", ""),
    "Thursdays (term time only)": ("weekly;TH;-;term-time", ""),
    "Mondays (April to September only) 7pm": ("weekly;MO;19:00-;not=1,2,3,10,11,12", ""),
    "Mondays March to May 7pm": ("weekly;MO;19:00-;not=1,2,6,7,8,9,10,11,12", ""),
    "Mon-Fri 9am-5pm except Wednesdays": (
        "weekly;MO;09:00-17:00 | weekly;TU;09:00-17:00 | weekly;TH;09:00-17:00 | weekly;FR;09:00-17:00",
        "",
    ),
    "Wednesdays 1pm, closed Christmas week": ("weekly;WE;13:00-", "Closed Christmas week."),
    "Mondays 7pm. Please note we do not meet on bank holidays.": ("weekly;MO;19:00-;not=bank-holidays", ""),
    # Ranges of dates and courses.
    "Wednesdays 7pm, 5 to 26 January 2027": ("weekly;WE;19:00-;first=2027-01-06;last=2027-01-26", ""),
    "Wednesdays 6pm for six weeks from 13 January 2027": (
        "weekly;WE;18:00-;first=2027-01-13;last=2027-02-17",
        "For six weeks.",
    ),
    "Weekly from 11 January 2027, 7pm": ("weekly;MO;19:00-;first=2027-01-11", ""),
    # What else is on a day, and days that are names.
    "Mondays 7pm, first Monday is at the park": ("weekly;MO;19:00-", "First Monday is at the park."),
    "The Tuesday Group meets on Wednesdays at 11am": ("weekly;WE;11:00-", "The Tuesday Group."),
    # Times of day, and several.
    "Monday evenings from 7 o'clock": ("weekly;MO;19:00-", ""),
    "Mon 10.00a.m.-12.00p.m.": ("weekly;MO;10:00-12:00", ""),
    "Mondays 18.30-8pm": ("weekly;MO;18:30-20:00", ""),
    "Mondays 10am-12pm, 2pm-4pm": ("weekly;MO;10:00-12:00 | weekly;MO;14:00-16:00", ""),
    "Mondays 7pm + 9pm": ("weekly;MO;19:00- | weekly;MO;21:00-", ""),
    "Every Friday 8 - 10pm": ("weekly;FR;20:00-22:00", ""),
    "Mondays 10am and 2pm. Women only.": ("weekly;MO;10:00- | weekly;MO;14:00-", "Women only."),
    "10am Mondays, 11am Tuesdays": ("weekly;MO;10:00- | weekly;TU;11:00-", ""),
    "Tuesday evenings": ("weekly;TU;-", "In the evening."),
    "15th of each month, women only": ("monthly-date;15;-", "Women only."),
    "Fridays 8 - 10pm": ("weekly;FR;20:00-22:00", ""),
    "Tuesday evenings (2 hours)": ("weekly;TU;-", "In the evening. 2 hours."),
    "Tuesday evenings (18+) 7-9": ("weekly;TU;19:00-21:00", "18+."),
    "Knit and natter: Mondays 10am-12 and Thursdays 2-4pm": (
        "weekly;MO;10:00-12:00 | weekly;TH;14:00-16:00",
        "Knit and natter.",
    ),
    # Other words.
    "Mondays 7pm, max 12 people": ("weekly;MO;19:00-", "Max 12 people."),
    "12 step meeting Mondays 7pm": ("weekly;MO;19:00-", "12 step meeting."),
    "Mondays 7pm Zoom ID 812 3456 7890": ("weekly;MO;19:00-", "Zoom ID 812 3456 7890."),
    "Mondays 7pm, doors 6.30pm": ("weekly;MO;19:00-", "Doors 6.30pm."),
    "Mondays 7pm for 7.30pm": ("weekly;MO;19:30-", "7pm for 7.30pm."),
    "Mondays 7pm. Lunch club Thursdays 12-2pm.": ("weekly;MO;19:00- | weekly;TH;12:00-14:00", "Lunch club."),
    "Wednesdays 6pm, ring the bell at the side door": ("weekly;WE;18:00-", "Ring the bell at the side door."),
    "First Steps, Mondays 7pm": ("weekly;MO;19:00-", "First Steps."),
    "Mondays 7pm, 12-14 High Street, Lewes BN7 2AA": (
        "weekly;MO;19:00-",
        "12-14 High Street. Lewes. BN7 2AA.",
    ),
    "Feeling low? Come along, Mondays 7pm": ("weekly;MO;19:00-", "Feeling low."),
    "Thur 19.30. Speaker first week of the month. Chips.": (
        "weekly;TH;19:30-",
        "Speaker first week of the month. Chips.",
    ),
    "Mondays 7pm. On bank holidays we meet on the Tuesday instead.": (
        "weekly;MO;19:00-;not=bank-holidays",
        "On bank holidays we meet on the Tuesday instead.",
    ),
    "We are a friendly group for anyone who has lost someone. We meet on Mondays at 2pm. There is no charge.": (
        "weekly;MO;14:00-",
        "We are a friendly group for anyone who has lost someone. There is no charge.",
    ),
    "Mondays: art 10am-12pm; Wednesdays: gardening 1pm-3pm": (
        "weekly;MO;10:00-12:00 | weekly;WE;13:00-15:00",
        "Art. Gardening.",
    ),
    "Mondays 10am-12 and Thursdays 2-4pm. Not in August.": (
        "weekly;MO;10:00-12:00;not=8 | weekly;TH;14:00-16:00;not=8",
        "",
    ),
}

#: Words that may be said of some of the days only: all words of the sentence are the note of each.
PARTIAL = [
    "10th and 20th of each month, women only.",
    "Tuesdays 10am and 2pm, women only.",
    "Mondays 10am women only and Tuesdays 10am men only.",
    "Mondays and Tuesdays (women only) 10am.",
    "Women's circle: Mondays 10am; Tuesdays 7pm.",
]


def outline(reading: Reading) -> list[str]:
    return sorted(noted(reading))


@pytest.mark.parametrize("sentence", BESIDE)
def test_what_stands_beside_a_time_is_kept_as_words(sentence):
    patterns, note = BESIDE[sentence]

    reading = certain(sentence)

    assert (outline(reading), reading.note) == (sorted(patterns.split(" | ")), note)


@pytest.mark.parametrize("sentence", PARTIAL)
def test_words_that_may_be_of_some_days_only_are_kept_with_the_whole_sentence(sentence):
    assert {row.note for row in certain(sentence).rows} == {sentence}


@pytest.mark.parametrize(
    "sentence,kind",
    [
        ("Mondays 7pm (18+)", Kind.AGE),
        ("Mondays 7pm (2 hours)", Kind.LENGTH),
        ("Mondays 7pm (£2)", Kind.PRICE),
        ("Mondays 7pm (tel 01632 960014)", Kind.TELEPHONE),
        ("Mondays 7pm, Room 2", Kind.PLACE),
        ("Mondays 7pm, St Anne's Hall", Kind.PLACE),
        ("Mondays 7pm, bus 18", Kind.TRANSPORT),
        ("Mondays 7pm, except Boxing Day", Kind.EXCEPTION),
        ("Mondays 7pm, no need to book", Kind.OTHER),
        ("Mondays 7pm, tea from 6.30pm", Kind.OTHER_TIME),
        ("Mondays 7pm, bring a friend", Kind.WORDS),
        ("Mondays 7pm, upstairs at the Anchor", Kind.PLACE),
        ("Mondays 7pm. The room is upstairs.", Kind.PLACE),
        ("Mondays 7pm; ring us on 01632 960014", Kind.TELEPHONE),
    ],
)
def test_remark_says_what_it_is_about(sentence, kind):
    assert [remark.kind for remark in certain(sentence).remarks] == [kind]


@st.composite
def remarks(draw) -> str:
    """An age, a length, a price or a telephone number, in one of the ways that people write it."""
    low, high = draw(st.integers(0, 30)), draw(st.integers(5, 99))
    hours, minutes = draw(st.integers(1, 8)), draw(st.integers(1, 24)) * 5
    ages = f"{high}+|over {high}s|under {high}|{low}-{high}|{low} to {high}s|ages {low}-{high}|aged {high}"
    more_ages = f"for {low}-{high} year olds|{high} and over|{low}/{high} years|{high}yrs+"
    lengths = f"{hours} hours|{hours}hr|{hours}.5 hrs|{hours}-{hours + 1} hours|{minutes} mins|{hours}h"
    prices = f"£{high}|£{low}.{minutes:02}|£{low}-{high}|{low}.50|{minutes}p|{high} pounds"
    telephones = "01632 960014|tel 01632 960014|07700 900123|020 7946 0018|ext 12|call 0808 808 8000"
    return draw(st.sampled_from("|".join([ages, more_ages, lengths, prices, telephones]).split("|")))


#: Sentences that are read, of this file and of the others.
SENTENCES = [
    sentence for sentence in [*READ, *BESIDE, *(row["sentence"] for row in ROWS)] if certain(sentence).patterns
]


@settings(max_examples=EXAMPLES)
@given(st.sampled_from(SENTENCES), remarks(), st.data())
def test_remark_in_brackets_never_adds_a_pattern_or_changes_one(sentence, remark, data):
    spaces = [place for place, letter in enumerate(sentence) if letter == " "] or [0]
    place = data.draw(st.sampled_from([0, len(sentence), *spaces]))

    reading = certain(f"{sentence[:place]} ({remark}) {sentence[place:]}")

    assert outline(reading) in ([], outline(certain(sentence)))
