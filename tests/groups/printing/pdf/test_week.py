"""A week is one page up to fourteen meetings, and more pages beyond. It has of each meeting what there is room for."""

import datetime
import itertools
from dataclasses import replace

import pytest

from groups.choices import Weekday
from groups.printing.document import PrintDocument, PrintEntry, PrintSession, Section
from groups.printing.fields import CONTACTS, NEXT_DATES, WHERE
from groups.printing.layouts import LAYOUTS
from groups.printing.pdf.pdf import render_pdf
from groups.printing.pdf.week import build_week, shorten, shorten_fact

from . import documents
from .measures import filled, headings_alone, near_the_edge, pages_of_groups, printed_over
from .reading import MM, Paper, letters

#: The margins of a page, in points.
ABOVE, BELOW = 10 * MM, 21.5 * MM
#: How many meetings there are from Monday on: of fourteen on a page, those that take most room.
TWO_A_DAY, ONE_DAY, MANY_AND_FEW = [2] * 7, [14], [8, 1, 1, 1, 1, 1, 1]
#: More than the models allow of everything.
LONGEST = replace(
    documents.EXTREME,
    name=documents.LONG_NAME,
    flags=(
        "This group is having a break.",
        "The break began on 3 October 2026. It lasts until 6 January 2027. The hall is being mended.",
        "This stands for several groups. Ask which one is near you.",
    ),
)


def week_of(entry: PrintEntry, by_day: list[int]) -> PrintDocument:
    """Groups like one, so many on each day from Monday on, each with one meeting."""
    numbers = [(day, number) for day, count in enumerate(by_day) for number in range(count)]
    often = "first, third and last of the month, in term time only" if entry in (LONGEST, documents.KNOWN) else ""
    entries = tuple(
        replace(
            entry,
            code=f"d{day}n{number:02}",
            url=f"https://peer-support.alongside.example/g/d{day}n{number:02}/",
            sessions=(PrintSession(day, datetime.time(9 + number % 12), "10.30am to 11.30am", often),),
        )
        for day, number in numbers
    )
    return documents.paper((Section("", entries),), left_out=("Tea and Talk has ended.",))


def printed_week(listed: PrintDocument) -> Paper:
    return Paper(render_pdf(listed, LAYOUTS["week"]))


def faults_of_a_page(paper: Paper) -> list[object]:
    """What no page of any list may have."""
    return [*printed_over(paper), *near_the_edge(paper), *headings_alone(paper), *days_alone(paper)]


def days_alone(paper: Paper) -> list[str]:
    """The days whose first meeting is not below them or level with them on the same page and in the same column."""
    return [
        day.text
        for day, name in itertools.pairwise(paper.words_read)
        if day.level == "H2" and name.level == "H3" and (day.page != name.page or name.top > day.top + 3)
    ]


def words_of(paper: Paper) -> list[tuple[str, str]]:
    """The headings of the paper, and what is read below each up to the next."""
    rows: list[tuple[str, str]] = []
    for level, runs in paper.parts_read:
        text = " ".join("".join(run.text for run in runs).split())
        if level:
            rows.append((text, ""))
        elif rows:
            rows[-1] = (rows[-1][0], text)
    return rows


@pytest.mark.parametrize("name", documents.LISTS)
def test_no_page_has_words_over_words_or_a_code_or_near_the_edge_or_a_heading_alone(name):
    assert faults_of_a_page(documents.printed(name, "week")) == []


@pytest.mark.parametrize("name", documents.LISTS)
def test_each_meeting_is_on_one_page(name):
    listed = documents.LISTS[name]()
    stands = sum(max(1, len(entry.sessions)) for entry in listed.entries)

    pages = pages_of_groups(documents.printed(name, "week"), listed)

    assert {number: len(on) for number, on in pages.items()} == dict.fromkeys(range(stands), 1)


@pytest.mark.parametrize("name", documents.LISTS)
def test_pages_but_the_last_are_filled_by_two_thirds(name):
    shares = filled(documents.printed(name, "week"), ABOVE, BELOW)

    assert [share for share in shares[:-1] if share < 2 / 3] == []


@pytest.mark.parametrize("count", range(1, 15))
def test_up_to_fourteen_ordinary_meetings_are_one_page(count):
    entries = tuple(entry for number in range(count + 2) if (entry := documents.ordinary(number)).sessions)[:count]
    paper = printed_week(documents.paper((Section("", entries),)))

    assert len(entries) == count
    assert (paper.pages, faults_of_a_page(paper)) == (1, [])


@pytest.mark.parametrize("by_day", [TWO_A_DAY, ONE_DAY, MANY_AND_FEW, [3, 0, 2]], ids=str)
@pytest.mark.parametrize("entry", [documents.BARE, documents.KNOWN, LONGEST], ids=["bare", "known", "longest"])
def test_up_to_fourteen_meetings_are_one_page_in_letters_of_7_and_a_half_points_whatever_is_known(entry, by_day):
    paper = printed_week(week_of(entry, by_day))

    assert (paper.pages, faults_of_a_page(paper)) == (1, [])
    assert min(round(run.size, 1) for run in paper.runs) >= 7.5
    assert sum(level == "H3" for level, _ in paper.parts_read) == sum(by_day)


def test_more_meetings_take_more_pages_and_name_the_day_of_each():
    paper = printed_week(week_of(documents.KNOWN, [3, 3, 2, 2, 2, 2, 1]))

    times = [run.text.partition(",")[0] for run in paper.words_read if "10.30am to 11.30am" in run.text]

    assert (paper.pages, faults_of_a_page(paper)) == (3, [])
    assert [share for share in filled(paper, ABOVE, BELOW)[:-1] if share < 2 / 3] == []
    assert times == [Weekday(day).label for day, count in enumerate([3, 3, 2, 2, 2, 2, 1]) for _ in range(count)]


def test_fewer_meetings_are_in_larger_letters():
    sizes = {
        name: {round(run.size, 1) for run in documents.printed(name, "week").words_read if "More at" in run.text}
        for name in ("1", "7", "known")
    }

    assert sizes == {"1": {12}, "7": {9}, "known": {7.5}}


def test_days_are_in_order_with_their_meetings_by_the_clock_and_unknown_days_and_times_last():
    times = {"late": datetime.time(19), "early": datetime.time(9), "unknown": None}
    entries = tuple(
        replace(documents.BARE, code=name, name=f"{name} {day}", sessions=(PrintSession(day, time, "then"),))
        for day in (Weekday.SUNDAY, Weekday.MONDAY)
        for name, time in times.items()
    )

    week = build_week(documents.paper((Section("", (documents.BARE, *entries)),)))

    order = [(day.name, [meeting[0].name for meeting in day.meetings]) for day in week.days]
    assert order == [
        ("Monday", ["early 0", "late 0", "unknown 0"]),
        ("Sunday", ["early 6", "late 6", "unknown 6"]),
        ("Other days", ["Only a name"]),
    ]


def test_all_that_is_known_of_a_group_is_on_the_page_where_there_is_room():
    entry = documents.ordinary(1)
    read = letters("".join(text for _, text in words_of(printed_week(documents.ordinary_list(2)))))
    several = [entry.next_dates, entry.where, entry.joining, entry.access, entry.contacts]
    wanted = [entry.organisation, entry.summary, entry.what, entry.cost, entry.checked, "alongside.example/g/k0001"]
    wanted += ["6.30pm to 8pm, every week", *(line for lines in several for line in lines)]

    assert [piece for piece in wanted if letters(piece) not in read] == []


@pytest.mark.parametrize("name", ["7", "14", "30"])
def test_meeting_has_time_place_date_joining_contact_and_address_however_many_there_are(name):
    listed = documents.ordinary_list(int(name))
    by_name = dict(words_of(printed_week(listed)))

    for entry in listed.entries:
        [time] = [f"{session.time}{session.how_often}" for session in entry.sessions] or ["Ask for the days"]
        pieces = [time, *entry.flags, *entry.next_dates, *entry.where, *entry.joining, *entry.contacts, entry.code]
        read = letters(by_name[entry.name])
        assert [piece for piece in pieces if letters(piece) not in read] == [], entry.name


def test_group_stands_at_each_of_its_meetings_with_the_place_of_that_day_and_its_facts_once():
    rows = words_of(printed_week(documents.paper((Section("", (documents.KNOWN,)),))))

    assert [heading for heading, _ in rows[1:]] == ["Wednesday", documents.KNOWN.name, "Saturday", documents.KNOWN.name]
    wednesday, saturday = rows[2][1], rows[4][1]
    assert ["St Peter’s Hall" in wednesday, "TQ12 2NF" in wednesday, "Welcome desk" in wednesday] == [False, True, True]
    assert letters(saturday) == letters(
        "10am to 11.30am, first of the month. This group is having a break. It starts again on 6 January 2027. "
        "Where St Peter’s Hall, 3 High Street, Newton Abbot TQ12 1AA, also online (ask for the link). "
        "See Wednesday for more."
    )


def test_place_of_a_day_with_two_meetings_is_not_guessed():
    sessions = tuple(PrintSession(Weekday.SATURDAY, datetime.time(hour), "then") for hour in (10, 14))
    week = build_week(documents.paper((Section("", (replace(documents.KNOWN, sessions=sessions),)),)))

    [first, second] = [dict(meeting[0].facts) for meeting in week.days[0].meetings]

    assert first[WHERE] == second[WHERE] == WHERE.text(documents.KNOWN)
    assert week.days[0].meetings[1][0].see == "See its other time for more"


@pytest.mark.parametrize(
    "text, most, short",
    [
        ("Tea and Talk", 12, "Tea and Talk"),
        ("Tea and Talk", 0, "Tea and Talk"),
        ("Tea and Talk in Margate", 15, "Tea and Talk…"),
        ("Call Ann on 01632 960 123", 22, "Call Ann on…"),
        ("The Llanfairpwllgwyngyll", 12, "The Llanfai…"),
    ],
)
def test_texts_are_cut_between_words_but_not_within_numbers(text, most, short):
    assert shorten(text, most) == short


@pytest.mark.parametrize(
    "fact, lines, short",
    [
        (WHERE, ("St Peter’s Hall", "The Garden Room", "Margate CT9 1AB"), "St Peter’s Hall, The…, CT9 1AB"),
        (WHERE, ("Hall", "Margate CT9 1AB", "Saturday: elsewhere"), "Hall, Margate CT9 1AB"),
        (CONTACTS, ("Ann: averylongname@of-a-place.example", "Ben: 01632 960123, Monday"), "Ben: 01632 960123, Monday"),
        (CONTACTS, ("Ben: 01632 960123, ben@of-a-place.example",), "Ben: 01632 960123"),
        (NEXT_DATES, ("Monday 3 May", "Monday 10 May", "Not on 17 May."), "Monday 3 May. Not on 17 May."),
    ],
)
def test_short_facts_have_the_postcode_a_whole_way_to_ask_and_the_days_off(fact, lines, short):
    assert shorten_fact(fact, lines, 30) == short
