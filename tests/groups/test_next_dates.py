"""The dates on cards and on a group's own page, and how sure they sound."""

import datetime

import pytest
from django.utils import timezone

from common.nations import Nation
from groups.choices import ChangeKind, Frequency, Weekday
from groups.timetable.cautions import day_caution
from groups.timetable.meetings import LONDON
from groups.timetable.sentences import format_day
from tests.factories import days_ago, make_change, make_group, make_schedule, make_venue
from tests.peersupport.html import parse, words

# Words in memory of one group's rows, which tests/groups/test_group_reader.py reads on each database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
SIX = datetime.time(18)


def rows(group) -> list[str]:
    return [row.words for row in group.dates_to_come(NOW, 2).rows]


@pytest.mark.parametrize(
    "fields, checked, words_said",
    [
        ({}, 3, "Thursday 26 November, 6pm."),
        ({}, 200, "Thursday 26 November, 6pm."),
        ({}, 300, "Thursday 26 November, 6pm, if it still meets then."),
        ({}, 500, "Thursday 26 November, 6pm, if it still meets then."),
        ({}, None, "Thursday 26 November, 6pm, if it still meets then."),
        ({"forming": True}, 3, "Thursday 26 November, 6pm, if it has started by then."),
        (
            {"paused": True, "paused_until": datetime.date(2026, 11, 30)},
            3,
            "Thursday 3 December, 6pm, if it is back by then.",
        ),
    ],
)
def test_next_date_is_as_certain_as_the_last_check(fields, checked, words_said):
    group = make_group(town="Chard", checked=checked and days_ago(checked), **fields)
    make_schedule(group, starts_at=SIX)

    assert rows(group)[0] == words_said


def test_next_date_without_a_time_says_to_ask():
    group = make_group(town="Chard", checked=days_ago(3))
    make_schedule(group)

    assert rows(group)[0] == "Thursday 26 November, ask for the time."


@pytest.mark.parametrize(
    "starts_at, fields, begins",
    [
        (SIX, {}, datetime.datetime(2026, 11, 26, 18, tzinfo=LONDON)),
        (None, {}, None),
        (SIX, {"closed": True}, None),
    ],
)
def test_next_beginning_is_of_a_meeting_whose_time_is_known_and_public(starts_at, fields, begins):
    group = make_group(town="Chard", checked=days_ago(3), **fields)
    make_schedule(group, starts_at=starts_at)

    assert group.next_beginning(NOW) == begins


def test_next_dates_say_what_is_different():
    group = make_group(town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=SIX)
    library = make_venue(name="The library", town="Chard")
    make_change(group, kind=ChangeKind.MOVED, date=datetime.date(2026, 11, 26), new_date=datetime.date(2026, 11, 25))
    make_change(group, date=datetime.date(2026, 11, 28), venue=library, words="A talk.")

    assert rows(group) == [
        "Wednesday 25 November, 6pm. Instead of Thursday 26 November.",
        "Saturday 28 November, ask for the time. An extra date. At The library, Chard. A talk.",
    ]


@pytest.mark.parametrize("field", ["closed", "ended", "times_are_withheld", "stands_for_several", "paused"])
def test_group_whose_dates_must_not_be_known_has_none(field):
    group = make_group(town="Chard", **{field: True})
    make_schedule(group)
    make_change(group)

    dates = [group.dates_to_come(NOW, 2), group.page_dates(NOW), group.card_dates()]
    assert [each.lines for each in dates] == [[], [], []]


@pytest.mark.parametrize(
    "where, nation",
    [
        ({"town": "Chard"}, Nation.ENGLAND),
        ({"town": "Newport, Newport"}, Nation.WALES),
        ({"areas": ["Wales"]}, Nation.WALES),
        ({"areas": ["Scotland"]}, Nation.SCOTLAND),
        ({"areas": ["Wales", "Scotland"]}, Nation.ENGLAND),
        ({"areas": ["East Kent"]}, Nation.ENGLAND),
        ({"online": True}, Nation.ENGLAND),
    ],
)
def test_group_keeps_the_bank_holidays_of_its_nation(where, nation):
    assert make_group(**where).holiday_nation == nation


def test_pattern_at_a_venue_in_another_nation_keeps_the_bank_holidays_there():
    group = make_group(town="Chard")
    make_schedule(group, venue=make_venue(town="Newport, Newport"))

    assert [slot.nation for slot in group.timetable.slots] == [Nation.WALES]


def test_group_detail_lists_the_next_eight_dates_and_the_days_off(client):
    group = make_group(town="Chard")
    make_schedule(group, weekday=Weekday((timezone.localdate().weekday() + 1) % 7), starts_at=SIX)
    days = [days_ago(-1 - 7 * number) for number in range(9)]
    later = days_ago(-1 - 7 * 20)
    make_change(group, kind=ChangeKind.OFF, date=later, words="A day out.")
    make_change(group, kind=ChangeKind.OFF, date=days[2], words="The hall is let.")

    page = parse(client.get(group.get_absolute_url()))

    panel, fold = page.find(".//section[@class='panel next']"), page.find(".//aside/details")
    today = timezone.localdate()
    times = [time.get("datetime") for time in (*panel.iterfind("h2/time"), *fold.iterfind("ul/li/time"))]
    assert times == [day.isoformat() for day in days if day != days[2]]
    assert words(fold.find("summary")) == "Seven more dates"
    assert words(panel.find("h2")).endswith(", from 6pm, if it still meets then")
    assert f"No meeting on {format_day(days[2], today)}. The hall is let." in words(panel)
    assert f"No meeting on {format_day(later, today)}. A day out." in words(panel)
    assert "These are its dates, if it still meets then. Please ask before you travel." in words(fold)


def test_group_detail_says_once_to_ask_for_a_time_that_nobody_knows(client):
    group = make_group(town="Chard")
    make_schedule(group)

    fold = parse(client.get(group.get_absolute_url())).find(".//aside/details")

    assert [words(item).count("ask for the time") for item in fold.iterfind("ul/li")] == [0] * 7
    assert [words(item) for item in fold.iterfind("p")][-1] == "Ask for the time."


def test_card_says_the_next_date(client):
    group = make_group(name="Talking", town="Chard", checked=days_ago(3))
    make_schedule(group, weekday=Weekday((timezone.localdate().weekday() + 1) % 7), starts_at=SIX)

    page = parse(client.get("/groups/?near=Chard"))

    facts = {words(row.find("dt")): row.find("dd") for row in page.iterfind(".//article//dl/div")}
    tomorrow = days_ago(-1)
    day = short(format_day(tomorrow, timezone.localdate()))
    assert words(facts["Next"]) == ", ".join(filter(None, [day, "6pm", day_caution(tomorrow)]))
    assert words(facts["Next"].find("b")) == f"{day}, 6pm"
    assert facts["Next"].find(".//time").get("datetime") == tomorrow.isoformat()


@pytest.mark.parametrize(
    "fields, checked, caution",
    [
        ({}, 300, "if it still meets then"),
        ({}, None, "if it still meets then"),
        ({"forming": True}, 3, "if it has started by then"),
    ],
)
def test_card_says_what_is_uncertain_of_its_date(client, fields, checked, caution):
    group = make_group(town="Chard", checked=checked and days_ago(checked), **fields)
    make_change(group, date=days_ago(-1), starts_at=SIX, words="A talk.")

    assert next_on_card(client) == [
        f"{short(format_day(days_ago(-1), timezone.localdate()))}, 6pm, {caution}. An extra date. A talk."
    ]


def test_card_without_a_date_says_when_it_usually_meets(client):
    make_schedule(make_group(town="Chard"), frequency=Frequency.ASK, weekday=None)

    assert facts_on_card(client)["When"] == ["Day and time: ask the organiser."]


def short(day: str) -> str:
    """A day as a card has it: "Thu 26 November"."""
    weekday, _, date = day.partition(" ")
    return f"{weekday[:3]} {date}"


def at_christmas(group, **fields):
    """A pattern whose next date is Christmas Day, whatever day it is today."""
    months = ",".join(map(str, range(1, 12)))
    fields = {"frequency": Frequency.MONTHLY_BY_DATE, "day_of_month": 25, "starts_at": SIX} | fields
    return make_schedule(group, weekday=None, months_off=months, **fields)


def next_christmas(today) -> datetime.date:
    return datetime.date(today.year + (today > datetime.date(today.year, 12, 25)), 12, 25)


@pytest.mark.parametrize(
    "fields, checked, words_said",
    [
        ({}, 3, "Thursday 24 December, 6pm, ask first: it is Christmas Eve."),
        ({}, None, "Thursday 24 December, 6pm, if it still meets then, ask first: it is Christmas Eve."),
        ({"term_time_only": True}, 3, "Thursday 24 December, 6pm, ask first: it is Christmas Eve."),
    ],
)
def test_date_at_christmas_says_to_ask_first_however_fresh_the_check(fields, checked, words_said):
    group = make_group(town="Chard", checked=checked and days_ago(checked))
    make_schedule(group, starts_at=SIX, **fields)

    [row] = group.dates_to_come(datetime.datetime(2026, 12, 23, 12, tzinfo=LONDON), 1).rows

    assert row.words == words_said


def test_dates_in_term_time_say_to_ask_until_the_group_has_spoken_of_the_day():
    group = make_group(town="Chard", checked=days_ago(3))
    make_schedule(group, starts_at=SIX, term_time_only=True)
    make_change(group, kind=ChangeKind.ON, date=datetime.date(2026, 12, 3), words="The last before the holidays.")

    assert group.when == ["Every Thursday, from 6pm, in term time only."]
    assert rows(group) == [
        "Thursday 26 November, 6pm, term time only: ask whether it is on.",
        "Thursday 3 December, 6pm. The last before the holidays.",
    ]


def test_card_and_page_say_to_ask_first_on_christmas_day(client):
    group = make_group(name="Talking", town="Chard", checked=days_ago(3))
    at_christmas(group)

    today = timezone.localdate()
    message = f"{format_day(next_christmas(today), today)}, 6pm, ask first: it is Christmas Day."
    on_card = short(message).removesuffix(".")
    assert next_on_card(client) == [on_card]
    page = parse(client.get(group.get_absolute_url()))
    first = [words(line) for line in page.find(".//section[@class='panel next']")][:2]
    times = [words(line) for line in page.iterfind(".//aside/details/ul/li")]
    assert first == [message.partition(", ask")[0].replace("6pm", "from 6pm"), "Ask first: it is Christmas Day."]
    assert all("ask first: it is Christmas Day" in line for line in times)

    make_change(group, kind=ChangeKind.ON, date=next_christmas(today))

    assert next_on_card(client) == [on_card.replace(", ask first: it is Christmas Day", "")]


def test_card_and_page_say_that_the_last_meetings_are_off(client):
    group = make_group(name="Talking", town="Chard", checked=days_ago(3))
    tomorrow, last = days_ago(-1), days_ago(-8)
    make_schedule(group, weekday=Weekday(tomorrow.weekday()), starts_at=SIX, last_date=last)
    make_change(group, kind=ChangeKind.OFF, date=last, words="The hall is let.")
    today = timezone.localdate()
    off = f"No meeting on {format_day(last, today)}. The hall is let."

    assert next_on_card(client)[1:] == [off]
    panel = parse(client.get(group.get_absolute_url())).find(".//section[@class='panel next']")
    assert off in words(panel)

    make_change(group, kind=ChangeKind.OFF, date=tomorrow)

    none = ["We know of no more meetings. Please ask the group."]
    assert next_on_card(client) == [f"No meeting on {format_day(tomorrow, today)}.", off, *none]
    page = parse(client.get(group.get_absolute_url()))
    assert [words(line) for line in page.find(".//section[@class='panel next']")][1:4] == next_on_card(client)
    assert page.find(".//aside/details") is None


def test_card_announces_days_off_for_the_next_fifteen_days(client):
    """Beside a meeting before them."""
    group = make_group(name="Talking", town="Chard", checked=days_ago(3))
    make_schedule(group, weekday=Weekday(days_ago(-1).weekday()), starts_at=SIX)
    make_change(group, kind=ChangeKind.OFF_RANGE, date=days_ago(-15), until=days_ago(-25), words="The hall is let.")
    today = timezone.localdate()
    message = (
        f"No meetings from {format_day(days_ago(-15), today)} to {format_day(days_ago(-25), today)}. The hall is let."
    )

    assert next_on_card(client)[1:] == [message]

    group.schedule_changes.update(date=days_ago(-16))
    group.save()

    assert next_on_card(client)[1:] == []


def next_on_card(client) -> list[str]:
    return facts_on_card(client)["Next"]


def facts_on_card(client) -> dict[str, list[str]]:
    page = parse(client.get("/groups/?near=Chard"))
    return {words(row.find("dt")): [words(line) for line in row.iterfind("dd")] for row in page.iterfind(".//dl/div")}
