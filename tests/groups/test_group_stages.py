"""The page of a group that is not simply open: closed, being set up, on a break, ended, or several in one."""

import datetime

import pytest

from groups.choices import Joining, Route
from groups.models import JoiningRoute
from tests.factories import days_ago, make_group, make_organisation
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db


def main(client, group):
    return parse(client.get(group.get_absolute_url())).find(".//main")


def test_closed_group_says_so_and_shows_what_is_open_or_forming_near_by(client):
    make_group(name="Open near by", town="Chard")
    make_group(name="Being set up", town="Ilminster", forming=True)
    make_group(name="Closed too", town="Chard", closed=True)
    make_group(name="Far away", town="Loftus")
    closed = make_group(name="Closed", town="Chard", closed=True)

    page = main(client, closed)

    near_by = page.find(".//section[@aria-labelledby='near-by']")
    assert words(page.find(".//p[@class='notice__title']")) == "Closed to new people for now"
    assert [words(title) for title in near_by.iterfind(".//h3")] == ["Open near by", "Being set up"]
    assert words(near_by.find("h2")) == "What is open or being set up near by"
    panel = page.find(".//section[@class='panel next']")
    assert [words(line) for line in panel][:2] == ["Chard", "Closed to new people."]
    assert [words(link) for link in panel.iter("a")] == ["What is open near by", "Send it to somebody"]


def test_closed_group_names_five_groups_near_by_at_the_most(client):
    for _ in range(6):
        make_group(town="Chard")

    near_by = main(client, make_group(town="Chard", closed=True)).find(".//section[@aria-labelledby='near-by']")

    assert len(list(near_by.iterfind(".//h3"))) == 5


def test_closed_group_without_a_place_shows_what_is_open_in_the_area_it_serves(client):
    make_group(name="Thursday", town="Chard")
    make_group(name="Programme", areas=["Somerset"])
    closed = make_group(areas=["Somerset"], closed=True)

    near_by = main(client, closed).find(".//section[@aria-labelledby='near-by']")

    assert [words(title) for title in near_by.iterfind(".//h3")] == ["Programme", "Thursday"]


def test_closed_group_with_nothing_near_by_says_what_to_do(client):
    group = make_group(town="Chard", closed=True, organisation=make_organisation(name="The organisation"))

    empty = main(client, group).find(".//div[@class='empty']")

    assert words(empty.find("h2")) == "Nothing else is listed near by yet"
    assert [words(link) for link in empty.iter("a")] == [
        "See what there is in Somerset",
        "See what there is in South West",
        "See what there is in England",
        "See what else The organisation does",
        "Start a group",
    ]


@pytest.mark.parametrize(
    "fields, message",
    [
        ({}, "They are described together here. Ask which one is near you, and when it meets."),
        ({"closed": True}, "They are described together here."),
    ],
)
def test_group_that_stands_for_several_says_whom_to_ask_unless_it_is_closed(client, fields, message):
    group = make_group(areas=["Somerset"], stands_for_several=True, **fields)

    notice = main(client, group).find(".//div[@class='notice notice--info']")

    assert words(notice) == f"This stands for several groups {message}"


def test_ended_group_does_not_say_how_to_join_it(client):
    group = make_group(town="Chard", ended=True, joining=Joining.JUST_COME)
    JoiningRoute.objects.create(group=group, route=Route.YOURSELF)

    page = main(client, group)

    assert [words(heading) for heading in page.iter("h2")] == [
        "What is it like?",
        "Is this right?",
        "Send it to somebody",
        "Nothing else is listed near by yet",
    ]


def test_ended_group_keeps_its_page_and_says_where_members_went(client):
    group = make_group(
        town="Chard",
        ended=True,
        ended_on=datetime.date(2026, 3, 5),
        where_members_went="They went to the library group.",
    )

    notice = main(client, group).find(".//div[@class='notice notice--warning']")

    assert words(notice) == "This group has ended. It ended on 5 March 2026. They went to the library group."


def test_paused_group_says_since_when_until_when_and_why(client):
    group = make_group(
        town="Chard",
        paused=True,
        paused_since=datetime.date(2026, 7, 1),
        paused_until=datetime.date(2026, 9, 1),
        paused_because="The hall is being painted.",
    )

    notice = main(client, group).find(".//div[@class='notice notice--warning']")

    assert words(notice) == (
        "This group is having a break. The break began on 1 July 2026. It lasts until 1 September 2026. "
        "The hall is being painted."
    )


@pytest.mark.parametrize(
    "checked, sentence",
    [
        (None, "This group was being set up. Nobody has checked yet whether it meets now."),
        (days_ago(3), "This group is being set up. People who want to join in are welcome."),
        (days_ago(250), "This group was being set up. Nobody has checked lately whether it meets now."),
    ],
)
def test_forming_group_is_promoted_only_while_its_check_is_fresh(client, checked, sentence):
    group = make_group(town="Chard", forming=True, checked=checked)

    assert words(main(client, group).find(".//p[@class='notice__title']")) == sentence


def test_note_on_the_stage_of_a_running_group_is_said(client):
    group = make_group(town="Chard", stage_note="More information is coming soon.")

    assert "More information is coming soon." in words(main(client, group))
