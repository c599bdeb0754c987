"""Lists to print, as they come from a directory: ordinary groups, and groups that nobody thought of."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial

from groups.choices import Weekday
from groups.printing.document import PrintDocument, PrintEntry, PrintSession, Section
from groups.printing.layouts import LAYOUTS
from groups.printing.pdf.pdf import render_pdf

from .reading import Paper

HELP_NOW = (
    ("In an emergency, call", "999"),
    ("NHS, mental health option, call", "111"),
    ("Samaritans, call", "116 123"),
    ("Shout, text SHOUT to", "85258"),
)
HELP_IN_FOUR_NATIONS = (
    *HELP_NOW[:2],
    ("NHS in Wales, option 2, call", "111"),
    ("NHS 24 in Scotland, mental health hub, call", "111"),
    ("Lifeline in Northern Ireland, call", "0808 808 8000"),
    *HELP_NOW[2:],
)

KINDS = ("Talk and Tea", "Men’s Walk", "Creative Corner", "Hearing Voices", "Bereaved by Suicide", "Garden Friends")
TOWNS = ("Margate CT9 1AB", "Ramsgate CT11 8NA", "Broadstairs CT10 1NE", "Chard TA20 1PP", "Ynys Môn LL77 7LS")
#: What looks like markup, in three languages of it, and letters that look alike in none.
MARKUP = '#eval(1) *bold* _it_ $x^2$ \\n @ref <lab> // no ```raw``` -- it’s "so" ~ & <b> {{ x }} = H'
LONG_PLACE = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch"
LONG_NAME = f"The {LONG_PLACE} and District Monday Evening Peer Support Group for Carers of Older People on Ŵyr Ŷd"


def ordinary(number: int) -> PrintEntry:
    """One of a mix such as lists have: some weekly, some monthly, some online, some with no known day."""
    day, town = Weekday(number % 7), TOWNS[number % 5]
    name = f"{KINDS[number % 6]} {town.split()[0]} {number}"
    weekly = number % 3 > 0
    time, starts_at = ("6.30pm to 8pm", datetime.time(18, 30)) if weekly else ("10am to noon", datetime.time(10))
    code = f"k{number:04d}"
    has_day = number % 10 != 9
    return PrintEntry(
        code=code,
        url=f"https://alongside.example/g/{code}/",
        name=name,
        organisation=("Thanet Mind", "Take Off", "Open Mental Health", "WATCH Project")[number % 4],
        summary=(
            "A friendly group to talk about what is on your mind, run by people who have been there.",
            "We walk by the sea for an hour, and have a cup of tea after it. There is no need to talk.",
        )[number % 2],
        what=("Talking", "Doing", "Talking and doing", "")[number % 4],
        flags=("This group is having a break.",) if number % 13 == 7 else (),
        when=(f"Every {day.label}, {time}" if weekly else f"The first and third {day.label} of the month, {time}",)
        if has_day
        else ("Ask for the days",),
        next_dates=(f"{day.label} {23 + day} November", "Tuesday 1 December: it may be off, so ask first"),
        where=("Online. Ask for the link.",) if number % 11 == 5 else (f"St Peter’s Hall, {number} High Street", town),
        joining=("Just come.",) if number % 2 else ("Contact first.", "Your GP or care coordinator can ask for you."),
        access=("Step-free entrance and accessible toilet", "The ramp is at the side.") if number % 3 else (),
        cost="Free" if number % 4 else "£2, if you can",
        contacts=("Group leader: 01632 960123",)
        if number % 5
        else ("Group leader: 01632 960123, hello.there@thanet-mind.example",),
        checked="Checked on 4 October 2026" if number % 6 else "Not checked yet",
        sessions=(PrintSession(day, starts_at, time, "" if weekly else "first and third of the month"),)
        if has_day
        else (),
    )


BARE = PrintEntry("bare1", "https://alongside.example/g/bare1/", "Only a name", organisation="", summary="", what="")
EXTREME = PrintEntry(
    code="long1",
    url="https://alongside.example/g/long1/",
    name=LONG_NAME[:136],
    organisation="Cymdeithas Iechyd Meddwl Ynys Môn a’r Cylch Cyfyngedig",
    summary=MARKUP,
    what="Talking and doing",
    flags=("This group is having a break.", "Closed to new people for now."),
    when=("Every Monday, 6.30pm to 8pm", "The last Saturday of the month, 10am to noon"),
    next_dates=("Monday 23 November, 6.30pm to 8pm", "Saturday 28 November, 10am to noon"),
    where=(f"Neuadd Goffa Gymunedol {LONG_PLACE}, Ffordd Caergybi", f"{LONG_PLACE} LL61 5UJ"),
    joining=("Contact first.",),
    contacts=(
        "Worker: averyverylongname.ofsomebody.whoworksthere@peer-support.ynysmon.example",
        "https://alongside.example/groups/monday-evening-peer-support-group-for-carers",
    ),
    checked="Not checked yet",
    sessions=(
        PrintSession(Weekday.MONDAY, datetime.time(18, 30), "6.30pm to 8pm"),
        PrintSession(Weekday.SATURDAY, datetime.time(10), "10am to noon", "last of the month"),
        PrintSession(Weekday.WEDNESDAY, None, "ask for the time"),
    ),
)
#: All that can be known of a group, as a careful editor writes it.
KNOWN = PrintEntry(
    code="known",
    url="https://alongside.example/g/known/",
    name="Wellbeing Wednesdays at Newton Abbot",
    organisation="Open Mental Health and Partners in Somerset",
    summary=(
        "A friendly group for anyone who feels low, anxious or alone. We talk for an hour about how the week has been, "
        "and then make something together: paint, clay, a card for somebody. You can listen and say nothing. "
        "People who have been through hard times themselves lead it."
    ),
    what="Talking and doing",
    flags=("This group is having a break.", "It starts again on 6 January 2027."),
    when=(
        "Every second Wednesday, 6.30pm to 8pm, in term time only, not in August.",
        "The first Saturday of the month, 10am to 11.30am.",
    ),
    next_dates=(
        "Wednesday 25 November, 6.30pm to 8pm",
        "Saturday 5 December: it may be off, so ask first",
        "Not on Wednesday 9 December: the hall is closed",
    ),
    where=(
        "Newton Abbot Community and Sports Centre",
        "The Garden Room, second floor, 114 to 116 Old Exeter Road",
        "Newton Abbot TQ12 2NF",
        "Saturday: St Peter’s Hall, 3 High Street, Newton Abbot TQ12 1AA",
        "also online (ask for the link)",
    ),
    joining=(
        "Contact first. Somebody will meet you at the door on your first day.",
        "Open only to people who live in Teignbridge.",
        "Ways in: ask us yourself; your GP or care coordinator can ask for you; a friend can ask for you.",
        "From home: by video, with a telephone number for those without a computer.",
    ),
    access=(
        "Step-free entrance, accessible toilet, hearing loop and parking for disabled people",
        "The lift is behind the kitchen. Ring the bell twice.",
    ),
    cost="£2, if you can; tea and biscuits are free",
    contacts=(
        "Welcome desk: 01632 960123, text 07700 900123, welcome.desk@open-mental-health.example, Mondays 9am to 1pm",
        "Group leader: 01632 960456 (number not checked yet)",
    ),
    checked="Checked on 4 October 2026",
    sessions=(
        PrintSession(Weekday.WEDNESDAY, datetime.time(18, 30), "6.30pm to 8pm", "every second, in term time only"),
        PrintSession(Weekday.SATURDAY, datetime.time(10), "10am to 11.30am", "first of the month"),
    ),
)
#: Little is said of when and where it is, and much of how to join.
ONE_SIDED = replace(
    KNOWN,
    code="sided",
    url="https://alongside.example/g/sided/",
    name="East Midlands Peer Support Online",
    summary="A place to talk with people who have been there too. Nobody gives advice unless you ask.",
    flags=(),
    when=("Every second Tuesday, 6pm to 8pm.",),
    next_dates=("Tuesday 1 December, if it still meets then", "Tuesday 15 December, if it still meets then"),
    where=("Online. Ask for the link.",),
    joining=(
        "Somebody has to refer you. A social prescribing link worker can do that.",
        "Ask any mental health worker you see. If you have none, ask your GP.",
        "Ways to come to it: A social prescribing link worker. Ask at your GP practice for the social prescriber; "
        "After a course. After our six-week course, if you want to go on.",
        "Write to us and we send you the link on the day. You can keep your camera off. You can join by phone if your "
        "internet is slow: ask for the number. Come a few minutes early the first time, so that you know a voice.",
    ),
    cost="Free",
    sessions=(PrintSession(Weekday.TUESDAY, datetime.time(18), "6pm to 8pm", "every second"),),
)
#: Names in Welsh, which has letters and long words of its own.
WELSH_NAMES = (
    "Grŵp Cefnogi Cymheiriaid Penrhyndeudraeth",
    "Cymdeithas Iechyd Meddwl Llanfihangel-y-Creuddyn",
    "Sgwrs a Phaned yn Rhosllannerchrugog",
    "Ŵyr, Ŷd a Gwŷr: dynion yn cerdded o Bontarfynach",
    "Merched yn Cyfarfod ym Mhorth Madog a’r Cylch",
    "Galar: grŵp agored yn Llanarmon Dyffryn Ceiriog",
    "Cwmni Creadigol Ystradgynlais ac Ystalyfera",
)
#: Longer than any page of any layout.
HUGE = PrintEntry(
    code="huge1",
    url="https://alongside.example/g/huge1/",
    name="A group with much to say",
    organisation="Take Off",
    summary="We tell you all there is to know. " * 110,
    what="Doing",
    when=tuple(f"Every {day}, 2pm to 4pm" for day in Weekday.labels),
    where=("The hall",),
    joining=("Come when you like. " * 90,),
    access=tuple(f"There is a ramp at door {number}." for number in range(40)),
    sessions=tuple(PrintSession(day, datetime.time(14), "2pm to 4pm") for day in Weekday),
)


def paper(
    sections: tuple[Section, ...],
    left_out: tuple[str, ...] = (),
    places: tuple[tuple[str, tuple[str, ...]], ...] = (),
    title: str = "Groups in Thanet",
    help_now: tuple[tuple[str, str], ...] = HELP_NOW,
) -> PrintDocument:
    codes = [entry.code for section in sections for entry in section.entries]
    return PrintDocument(
        title=title,
        printed_on=datetime.date(2026, 11, 22),
        good_until=datetime.date(2026, 12, 20),
        url=f"https://alongside.example/lists/?list={'.'.join(codes[:60])}",
        sections=sections,
        left_out=left_out,
        places=places,
        help_now=help_now,
    )


def ordinary_list(count: int) -> PrintDocument:
    """So many ordinary groups in one section without a heading."""
    return paper((Section("", tuple(ordinary(number) for number in range(count))),))


def list_by_day(count: int) -> PrintDocument:
    """So many ordinary groups under the days of the week, as lists of areas have them."""
    entries = [ordinary(number) for number in range(count)]
    return paper(tuple(Section(day.label, tuple(entries[day::7])) for day in Weekday))


def copies(entry: PrintEntry, count: int) -> PrintDocument:
    """So many groups like one, each with its own code and address."""
    codes = [f"c{number:04d}" for number in range(count)]
    entries = (replace(entry, code=code, url=f"https://alongside.example/g/{code}/") for code in codes)
    return paper((Section("", tuple(entries)),))


def welsh_list() -> PrintDocument:
    """Groups with Welsh names."""
    entries = (replace(ordinary(number), name=name) for number, name in enumerate(WELSH_NAMES))
    return paper((Section("", tuple(entries)),))


def area_of_500() -> PrintDocument:
    """The most groups of an area, by day, with the index of places."""
    listed = list_by_day(500)
    codes = [entry.code for entry in listed.entries]
    return replace(listed, places=tuple((town, tuple(codes[number::5])) for number, town in enumerate(TOWNS)))


def odd_list() -> PrintDocument:
    """Under days, with what nobody thought of: the longest names, nothing but a name, more words than a page holds."""
    monday = Section("Monday", (EXTREME, ordinary(0), BARE))
    tuesday = Section("Tuesday", (HUGE, *(ordinary(number) for number in range(1, 7))))
    wednesday = Section("Wednesday", (), also=("A group with much to say: see Tuesday.",))
    return paper(
        (monday, tuesday, wednesday),
        left_out=("Tea and Talk has ended.", "We know no group with the code zzzzz."),
        places=(("Margate", ("k0000", "k0005")), (LONG_PLACE, ("long1", "bare1", "huge1"))),
        title="Talking groups in Llanfair Mathafarn Eithaf and round about, in the evening, for women and for carers",
        help_now=HELP_IN_FOUR_NATIONS,
    )


#: By name, what every layout is held to. "known" knows all that can be known of a group, "bare" a name alone.
LISTS: dict[str, Callable[[], PrintDocument]] = {
    "1": partial(ordinary_list, 1),
    "2": partial(ordinary_list, 2),
    "7": partial(ordinary_list, 7),
    "30": partial(ordinary_list, 30),
    "60 by day": partial(list_by_day, 60),
    "area of 500": area_of_500,
    "longest": partial(copies, EXTREME, 7),
    "Welsh": welsh_list,
    "bare": partial(copies, BARE, 12),
    "known": partial(copies, KNOWN, 7),
    "one-sided": partial(copies, ONE_SIDED, 8),
    "odd": odd_list,
}


@cache
def printed(name: str, layout: str) -> Paper:
    """Return a list of `LISTS` on paper, made once."""
    return Paper(render_pdf(LISTS[name](), LAYOUTS[layout]))
