"""What is on in an area, day by day."""

import datetime

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from common.dates import format_date_range
from groups.areas.request import read_week
from groups.areas.whats_on import week_page
from groups.choices import ChangeKind, Weekday
from groups.models import SupportGroup
from groups.timetable.sentences import format_day
from places.models import Area
from tests.factories import days_ago, make_change, make_group, make_schedule, make_venue
from tests.peersupport.html import parse, parse_text, words

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)  # A Saturday.


def on(week, number: int) -> list[tuple[str, str]]:
    """What is on on a day of the week: times and names."""
    return [(item.row.time, item.group.name) for item in week.days[number].occasions]


def somerset(asked: str | None = None, now: datetime.datetime = NOON):
    return week_page(Area.objects.get(slug="somerset"), read_week(QueryDict(f"week={asked or ''}")), now)


def test_area_week_has_the_days_in_order_and_the_clock_with_unknown_times_last():
    for name, weekday, hour in [("Evening", 0, 19), ("Any time", 0, None), ("Morning", 0, 10), ("Saturday", 5, 14)]:
        starts_at = None if hour is None else datetime.time(hour)
        make_schedule(make_group(name=name, town="Chard"), weekday=Weekday(weekday), starts_at=starts_at)

    week = somerset()

    assert [day.name for day in week.days][:3] == ["Saturday 21 November", "Sunday 22 November", "Monday 23 November"]
    assert on(week, 0) == [("from 2pm", "Saturday")]
    assert on(week, 1) == []
    assert on(week, 2) == [("from 10am", "Morning"), ("from 7pm", "Evening"), ("ask for the time", "Any time")]


def test_area_week_leaves_out_what_has_begun_and_what_must_not_be_known():
    for name, hour, fields in [
        ("Begun", 11, {}),
        ("To come", 13, {}),
        ("Closed", 13, {"closed": True}),
        ("Ended", 13, {"ended": True}),
        ("Withheld", 13, {"times_are_withheld": True}),
        ("Several", 13, {"stands_for_several": True}),
        ("Draft", 13, {"draft": True}),
        ("Lapsed", 13, {"checked": NOON.date() - datetime.timedelta(days=500)}),
        ("Paused", 13, {"paused": True}),
    ]:
        make_schedule(
            make_group(name=name, town="Chard", **fields), weekday=Weekday.SATURDAY, starts_at=datetime.time(hour)
        )
    make_schedule(make_group(name="Elsewhere", town="Loftus"), weekday=Weekday.SATURDAY)

    assert on(somerset(), 0) == [("from 1pm", "To come")]


@pytest.mark.parametrize(
    "asked, number, first, before, after",
    [
        (None, 1, "2026-11-21", None, 2),
        ("2", 2, "2026-11-28", 1, 3),
        ("8", 8, "2027-01-09", 7, None),
        ("99", 8, "2027-01-09", 7, None),
        ("0", 1, "2026-11-21", None, 2),
        ("last", 1, "2026-11-21", None, 2),
    ],
)
def test_area_week_is_one_of_the_next_eight(asked, number, first, before, after):
    week = somerset(asked)

    assert (week.number, week.first.isoformat(), week.before, week.after) == (number, first, before, after)


@pytest.mark.parametrize("week", [1, 2])
def test_area_week_says_its_dates_once_above_its_days(client, week):
    page = parse(client.get(reverse("groups:area_week", args=["somerset"]), {"week": week}))

    above = words(page.find(".//h1")) + words(page.find(".//p[@class='under-title']"))
    first = timezone.localdate() + datetime.timedelta(days=7 * (week - 1))
    assert above.count(format_date_range(first, first + datetime.timedelta(days=6))) == 1


def test_area_week_says_where_and_what_is_different(client):
    group = make_group(name="Talking", venue=make_venue(name="The hall", town="Chard"), checked=days_ago(3))
    tomorrow = days_ago(-1)
    make_change(group, date=tomorrow, venue=make_venue(name="The library", town="Chard"), words="A talk.")

    page = parse(client.get(reverse("groups:area_week", args=["somerset"])))

    section = page.find(".//section[@aria-labelledby='day-2']")
    assert words(section.find("h2")) == format_day(tomorrow, timezone.localdate())
    assert words(section.find(".//dl")) == (
        "TimeAsk for the time. An extra date. At The library, Chard. A talk. "
        "WhereThe library, Chard JoiningNot said: ask the organisation"
    )


def test_area_week_says_to_ask_first_at_christmas_and_in_term_time():
    for name, weekday, fields in [
        ("Eve", Weekday.THURSDAY, {}),
        ("Sure", Weekday.SATURDAY, {}),
        ("Term", Weekday.MONDAY, {"term_time_only": True}),
    ]:
        group = make_group(name=name, town="Chard", checked=days_ago(3))
        make_schedule(group, weekday=weekday, **fields)
    make_change(SupportGroup.objects.get(name="Sure"), kind=ChangeKind.ON, date=datetime.date(2026, 12, 26))

    week = somerset(now=datetime.datetime(2026, 12, 22, 12, tzinfo=datetime.UTC))

    occasions = [
        words(parse_text(render_to_string("components/occasion.html", {"one": item})).find(".//dl/div/dd"))
        for day in week.days
        for item in day.occasions
    ]
    assert occasions == [
        "Ask for the time, ask first: it is Christmas Eve.",
        "Ask for the time.",
        "Ask for the time, term time only: ask whether it is on.",
    ]


def test_area_week_with_nothing_says_what_to_do(client):
    page = parse(client.get(reverse("groups:area_week", args=["somerset"])))

    assert words(page.find(".//div[@class='empty']/h2")) == "We know of no date in this week"


def test_area_week_of_an_area_that_is_too_big_leads_to_smaller_ones(client, monkeypatch):
    monkeypatch.setattr("groups.areas.whats_on.TOO_MANY", 1)
    for _ in range(2):
        make_schedule(make_group(town="Chard"))

    page = parse(client.get(reverse("groups:area_week", args=["england"])))

    links = [link.get("href") for link in page.iterfind(".//ul[@class='place-list']//a")]
    assert words(page.find(".//div[@class='empty']/h2")) == "Too many groups for one page"
    assert reverse("groups:area_week", args=["south-west"]) in links
