"""The dates on cards and on a group's own page, and how sure they sound."""

import datetime

import pytest
from django.utils import timezone

from groups.choices import ChangeKind, Weekday
from groups.timetable import day_name
from places.nations import Nation
from tests.factories import days_ago, make_change, make_group, make_schedule, make_venue
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
SIX = datetime.time(18)


def rows(group) -> list[str]:
    return [row.words for row in group.next_dates(NOW, 2)]


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

    assert group.next_dates(NOW) == []
    assert group.next_date is None


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
    make_change(group, kind=ChangeKind.OFF, date=days[2], words="The hall is let.")

    page = parse(client.get(group.get_absolute_url()))

    panel = page.find(".//aside/section")
    today = timezone.localdate()
    times = [time.get("datetime") for time in panel.iterfind(".//ul/li/time")]
    assert times == [day.isoformat() for day in days if day != days[2]]
    assert f"No meeting on {day_name(days[2], today)}. The hall is let." in words(panel)
    assert "These are its dates, if it still meets then. Please ask before you travel." in words(panel)


def test_group_detail_says_once_to_ask_for_a_time_that_nobody_knows(client):
    group = make_group(town="Chard")
    make_schedule(group)

    panel = parse(client.get(group.get_absolute_url())).find(".//aside/section")

    assert [words(one).count("ask for the time") for one in panel.iterfind(".//ul/li")] == [0] * 8
    read_out = [words(one) for one in panel.iterfind("p") if one.get("aria-hidden") is None]
    assert read_out[1] == "Ask for the time."


def test_card_says_the_next_date(client):
    group = make_group(name="Talking", town="Chard", checked=days_ago(3))
    make_schedule(group, weekday=Weekday((timezone.localdate().weekday() + 1) % 7), starts_at=SIX)

    page = parse(client.get("/groups/?near=Chard"))

    facts = {words(row.find("dt")): words(row.find("dd")) for row in page.iterfind(".//article//dl/div")}
    assert facts["Next"] == f"{day_name(days_ago(-1), timezone.localdate())}, 6pm."
