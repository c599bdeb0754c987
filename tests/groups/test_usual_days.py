"""On which days a group usually meets, wherever that is said. A card names the next of its dates alone."""

import datetime

import pytest

from groups.choices import Weekday
from tests.factories import make_change, make_group, make_schedule

pytestmark = pytest.mark.django_db


def test_group_of_which_only_single_dates_are_known_says_so_on_page_and_paper(client):
    group = make_group(name="Talking", town="Chard")
    assert group.when == ["Day and time: ask the organiser."]
    make_change(group)

    group = type(group).objects.get()
    assert group.when == ["We do not know its usual day."]
    assert "We do not know its usual day." in client.get(group.get_absolute_url()).text
    assert "We do not know its usual day." in client.get(f"/lists/print/?list={group.code}").text
    make_schedule(group)
    assert type(group).objects.get().when == ["Every Thursday. Ask for the time."]


def test_group_that_meets_every_day_is_one_sentence_on_page_paper_and_calendar(client):
    group = make_group(name="Talking", town="Chard")
    for weekday in reversed(Weekday):
        make_schedule(group, weekday=weekday, starts_at=datetime.time(10), ends_at=datetime.time(12))

    addresses = (
        group.get_absolute_url(),
        f"/lists/print/?list={group.code}",
        f"/lists/list.txt?list={group.code}",
        f"{group.get_absolute_url()}calendar.ics",
    )
    texts = {address: client.get(address).content.decode().replace("\\,", ",") for address in addresses}

    assert [address for address in addresses if "Every day, 10am to noon." not in texts[address]] == []
    texts["card"] = client.get("/groups/?near=Chard").text
    assert [name for name, text in texts.items() if "Every Monday" in text] == []
