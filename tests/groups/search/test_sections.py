"""The page of results: sections under headings, cards of groups on a break, and the meeting that a card names."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from groups.choices import Weekday
from tests.factories import area, days_ago, make_change, make_group, make_schedule
from tests.groups.search.test_service import near, results, titles
from tests.peersupport.html import parse, with_id, words

# Search runs in memory. That it is loaded alike from each database, test_loader.py and test_against_reference.py hold.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NINE = datetime.time(9)


def outline(client, address: str) -> list[tuple[str, str]]:
    """The headings in the main list, with their level."""
    page = with_id(parse(client.get(address)), "results")
    return [(element.tag, words(element)) for element in page.iter() if element.tag in {"h2", "h3", "h4"}]


def make_running_and_paused() -> None:
    make_group(name="Running", town="Chard")
    make_group(name="Paused", town="Chard", paused=True)


def test_results_have_headings_above_sections_and_titles_one_level_below(client):
    make_running_and_paused()

    assert outline(client, reverse("groups:group_list")) == [
        ("h2", "Running"),
        ("h2", "On a break (1)"),
        ("h3", "Paused"),
    ]
    assert outline(client, reverse("groups:area_detail", args=["somerset"])) == [
        ("h3", "Running"),
        ("h2", "On a break (1)"),
        ("h3", "Paused"),
    ]


def test_chosen_order_has_no_headings(client):
    make_running_and_paused()

    assert outline(client, f"{reverse('groups:group_list')}?sort=name") == [("h2", "Paused"), ("h2", "Running")]


def test_numbers_of_the_map_go_on_below_a_heading(client):
    make_running_and_paused()

    page = with_id(parse(client.get(f"{reverse('groups:group_list')}?near=Chard")), "results")

    assert [part.get("start") for part in page.iter("ol")] == ["1", "2"]


def test_blocks_beside_the_results_are_not_in_the_main_list(client):
    make_group(name="Here", town="Chard")
    make_group(name="At home", online=True)

    page = parse(client.get(f"{reverse('groups:group_list')}?near=Chard"))

    assert [words(title) for title in with_id(page, "results").iterfind(".//article/h2")] == ["Here"]
    assert "At home" in words(page)


def test_card_of_a_group_on_a_break_is_two_lines(client):
    group = make_group(name="Paused", town="Chard", paused=True)
    make_schedule(group, weekday=Weekday.WEDNESDAY)

    [card] = with_id(parse(client.get(reverse("groups:group_list"))), "results").iter("article")

    assert [words(line) for line in card] == ["Paused", "Ask when it is back. Chard"]


@pytest.mark.parametrize(
    "until, meets, back",
    [
        (datetime.date(2027, 1, 4), False, "Back on 5 January 2027."),
        (datetime.date(2027, 1, 4), True, "Back on 6 January 2027."),
        (datetime.date(2026, 11, 20), True, "Ask when it is back."),
        (None, True, "Ask when it is back."),
    ],
)
def test_group_on_a_break_is_back_at_its_first_meeting_or_the_day_after(monkeypatch, until, meets, back):
    now = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    group = make_group(paused=True, paused_until=until)
    if meets:
        make_schedule(group, weekday=Weekday.WEDNESDAY)

    assert group.back == back


def test_running_group_is_not_back():
    assert make_group().back == ""


def test_card_names_the_next_meeting_that_fits_the_search():
    today = timezone.localdate()
    group = make_group()
    for days in (1, 2):
        make_schedule(group, weekday=Weekday((today.weekday() + days) % 7), starts_at=NINE)
    fits = today + datetime.timedelta(days=2)

    [any_day] = results().cards
    [that_day] = results(day=(Weekday(fits.weekday()).label.lower(),)).cards

    tomorrow = today + datetime.timedelta(days=1)
    assert [f'datetime="{day}"' in any_day.html.times for day in (tomorrow, fits)] == [True, False]
    assert [f'datetime="{day}"' in that_day.html.times for day in (tomorrow, fits)] == [False, True]


def test_facet_of_how_soon_counts_and_filters_by_one_meeting(monkeypatch):
    now = datetime.datetime(2026, 11, 28, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)
    for name, date, starts_at in (
        ("This morning", 28, NINE),
        ("This evening", 28, datetime.time(19)),
        ("Some time today", 28, None),
        ("Tomorrow", 29, NINE),
        ("Monday", 30, NINE),
    ):
        make_change(make_group(name=name), date=datetime.date(2026, 11, date), starts_at=starts_at)

    def soon(*options: str, **asked) -> list[str]:
        return titles(results(soon=options, now=now, **asked).cards)

    assert soon("today") == ["This evening", "Some time today"]
    assert soon("today", time=("evening",)) == ["This evening"]
    assert soon("tomorrow", time=("evening",)) == []
    assert soon("weekend") == ["This evening", "Some time today", "Tomorrow"]
    assert soon("today", "tomorrow") == ["This evening", "Some time today", "Tomorrow"]
    assert soon("this week", day=("monday",)) == ["Monday"]
    assert results(now=now).counts["soon"] == {"today": 2, "tomorrow": 1, "weekend": 3, "this week": 4}


def test_groups_from_home_are_online_only_first_then_soonest_then_general():
    make_group(name="In person too", online=True, meets_in_person=True)
    make_change(make_group(name="Later", online=True), date=days_ago(-3))
    make_change(make_group(name="Particular", online=True, topics=["Anxiety"]), date=days_ago(-2))
    make_change(make_group(name="General", online=True), date=days_ago(-2))

    assert titles(results(**near("Chard")).online) == ["General", "Particular", "Later"]


def test_groups_from_home_that_are_equally_good_vary_by_area_and_never_by_visit():
    for number in range(6):
        make_group(name=f"{number}", online=True)
    places = [area(name) for name in ("Kent", "Somerset", "Thanet", "Swale")]

    shown = [tuple(titles(results(area=place).online)) for place in places]

    assert shown == [tuple(titles(results(area=place).online)) for place in places]
    assert [len(row) for row in shown] == [3] * 4
    assert len({*shown}) == len({place.pk % 6 for place in places}) > 1
