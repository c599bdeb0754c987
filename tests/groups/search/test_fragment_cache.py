"""Fragments of results are shown again while they would be the same, and hold nothing that was typed."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from common.bounded_cache import CACHE
from groups.choices import Weekday
from groups.models import SupportGroup
from groups.search import fragment_cache
from groups.search.forms import GroupSearchForm
from groups.search.fragment_cache import cache_key
from tests.factories import make_group, make_schedule, make_venue

pytestmark = pytest.mark.django_db
NEAR_CHARD = "?near=chard"
MONDAY_9AM = datetime.datetime(2026, 12, 14, 9, tzinfo=ZoneInfo("Europe/London")).astimezone(datetime.UTC)


def text(query: str = NEAR_CHARD) -> str:
    return Client().get(reverse("groups:group_list") + query).content.decode()


def fresh_text(query: str = NEAR_CHARD) -> str:
    """The page as it is made with nothing cached."""
    CACHE.clear()
    return text(query)


@pytest.fixture
def draws(monkeypatch) -> list[str]:
    """The words of each search whose fragments are drawn."""
    found: list[str] = []
    render = fragment_cache.render_fragments

    def counted(form, *rest):
        found.append(form.query.title)
        return render(form, *rest)

    monkeypatch.setattr(fragment_cache, "render_fragments", counted)
    return found


@pytest.fixture
def in_chard() -> list[SupportGroup]:
    """Enough of a choice that nothing else is suggested."""
    groups = [make_group(name=f"Example {number}", venue=make_venue(town="Chard")) for number in range(4)]
    for group in groups:
        make_schedule(group, weekday=Weekday.MONDAY, starts_at=datetime.time(11), ends_at=datetime.time(12))
    return groups


def test_only_names_of_places_and_chosen_answers_are_a_key():
    make_group(venue=make_venue(town="Chard", postcode="TA20 1PP"))
    cached = ["", "near=Chard", "near=chard&q=&within=25", "near=Somerset", "area=somerset", "day=monday&sort=name"]
    others = ["q=anxiety", "near=Chard&q=art", "near=art+in+Chard", "near=TA20+1PP", "near=TA20+1", "near=TA20"]
    others += ["near=50.87,-2.96", "near=Chrad", "near=Newport", "near=Xyzzy", "near=Chard&list=bcd23"]
    others += ["q=TA20+1PP", "near=Chard&q=want+to+die", "near=Chard&page=x"]

    keys = {query: cache_key(GroupSearchForm(QueryDict(query))) for query in cached + others}

    assert {query for query, key in keys.items() if key is not None} == set(cached)
    # Of an address only the town is understood.
    same = ["near=CHARD&q=", "near=9+Chard+Road,+Chard"]
    assert {cache_key(GroupSearchForm(QueryDict(query))) for query in same} == {keys["near=Chard"]}


def test_nothing_typed_is_in_the_cache():
    make_group(name="Secretword", venue=make_venue(town="Chard", postcode="TA20 1PP"))

    for query in ("?q=secretword", "?near=TA20+1PP", "?near=Chard&q=secretword", "?near=TA20+1PP&day=monday"):
        text(query)

    entries = repr([key for key in CACHE._entries if key[0] != "card"])
    assert [word for word in ("secretword", "TA20 1", "'results'") if word in entries] == []


def test_fragments_are_drawn_once_for_all_ways_to_type_a_place(draws, in_chard):
    first, again = text("?near=chard"), text("?near=Chard&q=")

    assert draws == ["Groups near Chard, Somerset"]
    assert first.replace('value="chard"', 'value="Chard"') == again


def test_edit_draws_again_only_the_pages_that_it_changes(draws, in_chard):
    elsewhere = make_group(name="Example far off", venue=make_venue(town="Margate"))
    before = text()
    SupportGroup.objects.filter(pk=elsewhere.pk).update(summary="Example that nobody near Chard sees")
    assert (text(), len(draws)) == (before, 1)

    SupportGroup.objects.filter(pk=in_chard[0].pk).update(summary="Example that is new")

    assert "Example that is new" in text()
    assert (text() == fresh_text(), len(draws)) == (True, 3)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE groups_supportgroup SET publication = 'draft' WHERE id = %s",
        "UPDATE groups_venue SET address_is_confidential = true WHERE id IN"
        " (SELECT venue_id FROM groups_supportgroup WHERE id = %s)",
    ],
    ids=["withdrawn", "confidential"],
)
def test_what_may_not_be_shown_is_not_though_no_version_says_so(monkeypatch, in_chard, change):
    monkeypatch.setattr(fragment_cache, "_versions", lambda: ())
    shown = in_chard[0].name
    assert shown in text()

    with connection.cursor() as cursor:
        cursor.execute(change, [in_chard[0].pk])

    assert shown not in text()


def test_what_raw_sql_withdrew_and_put_back_is_shown_again(in_chard):
    before = text()
    for publication in ("draft", "published"):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE groups_supportgroup SET publication = %s", [publication])
        last = text()

    assert last == before


def test_page_is_drawn_again_when_a_meeting_on_it_has_begun(monkeypatch, draws, in_chard):
    def set_time(minutes: int) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: MONDAY_9AM + datetime.timedelta(minutes=minutes))

    elsewhere = make_group(venue=make_venue(town="Margate"))
    make_schedule(elsewhere, weekday=Weekday.MONDAY, starts_at=datetime.time(10), ends_at=datetime.time(11))
    found = []
    for minutes in (0, 59, 61, 119, 121):
        set_time(minutes)
        found.append((text(), len(draws)))

    # At ten one begins that is not on the page.
    assert [count for _, count in found] == [1, 1, 1, 1, 2]
    assert found[-1][0] == fresh_text() != found[0][0]
