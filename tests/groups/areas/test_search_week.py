"""What is on this week among the groups that a search finds: the same days as an area has, and the same filters."""

import datetime

import pytest
from django.http import QueryDict
from django.urls import reverse

from groups.areas.search_week import search_week
from groups.choices import Weekday
from groups.search.forms import GroupSearchForm
from tests.factories import make_change, make_group, make_schedule
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db

WEEK = reverse("groups:group_week")
NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)  # A Saturday.
MORNING, EVENING = datetime.time(10), datetime.time(19)


def week_of(asked: str):
    form = GroupSearchForm(QueryDict(asked))
    return search_week(form.query, form.snapshot, NOON)


def on(asked: str) -> list[tuple[str, str]]:
    """The day and the name of each meeting of the week."""
    return [(day.name, item.group.name) for day in week_of(asked).days for item in day.occasions]


@pytest.fixture
def saturday(monkeypatch) -> None:
    """What is indexed depends on the day, too."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


@pytest.mark.usefixtures("saturday")
def test_group_week_has_every_meeting_of_what_a_search_finds_day_by_day():
    for name, town, weekday in [("Far", "Loftus", 0), ("Near", "Chard", 0), ("Soon", "Chard", 6)]:
        make_schedule(make_group(name=name, town=town), weekday=Weekday(weekday), starts_at=MORNING)
    make_schedule(make_group(name="Closed", town="Chard", closed=True), weekday=Weekday.MONDAY)
    make_change(make_group(name="Later", town="Chard"), date=datetime.date(2026, 11, 28))

    assert on("near=Chard") == [("Sunday 22 November", "Soon"), ("Monday 23 November", "Near")]
    assert len(on("")) == 3


@pytest.mark.usefixtures("saturday")
def test_group_week_has_only_the_meetings_that_fit():
    group = make_group(name="Twice", town="Chard")
    make_schedule(group, weekday=Weekday.MONDAY, starts_at=EVENING)
    make_schedule(group, weekday=Weekday.THURSDAY, starts_at=MORNING)
    make_schedule(group, weekday=Weekday.SUNDAY)

    assert on("day=monday&day=thursday") == [("Monday 23 November", "Twice"), ("Thursday 26 November", "Twice")]
    assert on("time=evening") == [("Monday 23 November", "Twice")]
    assert on("soon=tomorrow") == [("Sunday 22 November", "Twice")]


def test_group_week_of_too_many_says_what_to_do(client, monkeypatch):
    monkeypatch.setattr("groups.areas.search_week.TOO_MANY", 1)
    for _ in range(2):
        make_schedule(make_group(town="Chard"))

    page = parse(client.get(WEEK, {"near": "Chard"}))

    assert words(page.find(".//div[@class='empty']/h2")) == "Too many groups for one page"


@pytest.mark.parametrize(
    "asked, heading",
    [
        ({"near": "Chard"}, "We know of no date in this week"),
        ({"near": "Zzyzxq"}, "We could not find that place"),
        ({"near": "Newport"}, None),
    ],
)
def test_group_week_without_dates_says_why(client, asked, heading):
    page = parse(client.get(WEEK, asked))

    empty = page.find(".//div[@class='empty']/h2")
    assert (None if empty is None else words(empty)) == heading
    assert (page.find(".//section[@aria-labelledby='which-place']") is not None) == (heading is None)


def test_group_week_names_the_place_alone_in_its_title_and_stays_out_of_search_engines(client):
    page = parse(client.get(WEEK, {"near": "Chard", "q": "anxiety", "audience": "women"}))

    assert words(page.find(".//title")) == "Groups near Chard, Somerset: this week | Alongside"
    assert words(page.find(".//h1")) == "Anxiety groups near Chard, Somerset: this week"
    assert page.find(".//meta[@name='robots']").get("content") == "noindex, nofollow"


def test_group_week_has_help_first_where_words_show_danger(client):
    main = parse(client.get(WEEK, {"q": "i want to die", "near": "Chard"})).find(".//main")

    order = [part.get("class", part.tag) for part in main.iter() if isinstance(part.tag, str)]
    assert order.index("panel danger") < order.index("h1") < order.index("views")


def test_list_week_and_map_lead_to_each_other_with_the_same_search(client):
    make_schedule(group := make_group(name="Example", town="Chard"), weekday=Weekday.MONDAY)
    asked = {"near": "ta20 1aa", "day": "monday", "list": group.code, "page": "1"}
    rest = f"?near=TA20+1&day=monday&list={group.code}"
    views = {"List": reverse("groups:group_list"), "Week": WEEK, "Map": reverse("groups:group_list_map")}

    for label, address in views.items():
        page = parse(client.get(address, asked))
        links = page.findall(".//nav[@class='views']/a")

        assert {words(link): link.get("href") for link in links} == {name: at + rest for name, at in views.items()}
        assert [words(link) for link in links if link.get("aria-current") == "page"] == [label]
    assert page.find(".//article//a").get("href") == f"{group.get_absolute_url()}?list={group.code}"
