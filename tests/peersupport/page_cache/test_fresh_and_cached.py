"""A cached answer and a fresh one are the same bytes, while edits go on; none lives past its day or a meeting on it."""

import datetime
import gzip
from random import Random
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from common.bounded_cache import CACHE
from groups.choices import Weekday
from peersupport.page_cache.pages import PAGES
from places.models import Area, Town
from tests.factories import make_group, make_organisation, make_schedule, make_venue
from tests.pages.addresses import names_of_pages
from tests.peersupport.content_versions.everything import make_everything
from tests.peersupport.page_cache.fresh_answers import addresses, clock, compare, get, meeting_soon, text, text_now

pytestmark = pytest.mark.django_db
LONDON = ZoneInfo("Europe/London")


def known_addresses() -> list[str]:
    towns = Town.objects.filter(name__in=["Chard", "Margate"])
    return addresses(list(Area.objects.filter(slug__in=("somerset", "kent", "england"))), list(towns))


def fill() -> None:
    make_everything()
    for number in range(5):
        group = make_group(
            name=f"Example {number}",
            organisation=make_organisation(),
            venue=make_venue(town="Chard"),
            areas=["Somerset"],
        )
        make_schedule(group)


def test_cached_page_is_as_a_fresh_one_while_edits_go_on():
    """`python -m tests.faults fresh_answers` asks for 2,000 different addresses of a large directory."""
    # The evening before the day of the meetings.
    with clock(datetime.datetime(2026, 12, 9, 22, tzinfo=LONDON)) as stands:
        fill()
        differing = compare(Random(1).choices(known_addresses(), k=60), stands)

    assert differing == []
    assert CACHE.hits["answer"] > 10


def test_meeting_that_an_edit_adds_is_of_the_same_day():
    """On a Sunday, too: else no meeting that is added begins while its page is cached."""
    with clock(datetime.datetime(2026, 12, 13, 14, tzinfo=LONDON)):
        columns = meeting_soon(Random(1))

    assert (columns["weekday"], abs(columns["starts_at"].hour - 14) <= 2) == (Weekday.SUNDAY, True)


@pytest.fixture
def at(monkeypatch):
    """Sets the time of day of a Thursday in London."""

    def set_time(hour: int, minute: int = 0, day: int = 10) -> None:
        moment = datetime.datetime(2026, 12, day, hour, minute, tzinfo=LONDON).astimezone(datetime.UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_time


def test_page_does_not_live_past_a_beginning_or_an_end_of_a_meeting_or_its_day(at):
    at(9)
    group = make_group(venue=make_venue(town="Chard"))
    near = make_group(name="Example near", venue=make_venue(town="Chard"))
    make_schedule(group, starts_at=datetime.time(10), ends_at=datetime.time(12))
    make_schedule(near, starts_at=datetime.time(11), ends_at=datetime.time(13))
    pages = [
        group.get_absolute_url(),
        group.organisation.get_absolute_url(),
        reverse("groups:area_detail", args=["somerset"]),
        reverse("groups:group_list") + "?area=somerset&sort=soonest",
    ]

    found = []
    for time in ((9,), (9, 59), (10,), (10, 1), (11,), (11, 59), (12,), (12, 1), (23, 59), (0, 1, 11)):
        at(*time)
        found += [(time, address) for address in pages if text(address) != text_now(address)]

    assert found == []


def test_visitor_who_has_a_page_is_answered_with_304_in_one_query_until_it_changes(django_assert_num_queries):
    organisation = make_everything()
    group = organisation.groups.get()
    pages = [group.get_absolute_url(), organisation.get_absolute_url(), reverse("groups:group_list") + "?near=Chard"]
    for address in pages:
        etag = Client().get(address)["ETag"]
        with django_assert_num_queries(1):
            again = Client().get(address, headers={"if-none-match": etag})
        assert (address, again.status_code, again["ETag"], again["Cache-Control"]) == (address, 304, etag, "no-cache")

        group.venue.address_is_confidential = not group.venue.address_is_confidential
        group.venue.save()

        assert Client().get(address, headers={"if-none-match": etag}).status_code == 200


def test_only_pages_that_name_nothing_may_be_stored_by_anybody():
    make_everything()
    stored = {}
    for address in known_addresses():
        stored[address] = Client().get(address)["Cache-Control"].startswith("public, max-age=")

    assert {address for address, is_public in stored.items() if is_public} == {
        reverse("home"),
        reverse("groups:area_list"),
        reverse("help_now"),
    }


def test_what_was_typed_is_not_in_the_cache():
    make_everything()
    odd = ("?near=chard", "?area=kent&q=secretword", "?near=&q=secretword", "?area=secretword", "?day=secretword")
    odd += ("?area=kent&name=secretword",)
    for query in ("?q=secretword", "?near=CT9+1AE", "?list=abcde", *odd):
        text(reverse("groups:group_list") + query)
        text(reverse("groups:area_detail", args=["kent"]) + query)

    assert [key for key in CACHE._entries if key[0] == "answer"] == []
    assert "secretword" not in repr(CACHE._entries)


def test_search_by_chosen_answers_alone_is_cached_whole(django_assert_num_queries):
    make_everything()
    found = {}
    for query in ("", "?area=somerset", "?near=&q=&within=5&day=thursday&joining=just-come", "?area=kent&page=2"):
        first = text(address := reverse("groups:group_list") + query)
        with django_assert_num_queries(1):
            found[query] = text(address) == first

    assert found == dict.fromkeys(found, True)


def test_compressed_and_plain_answers_are_the_same_page():
    address = make_everything().get_absolute_url()

    first, again = get(address), get(address)

    assert first == again
    assert f"200 {gzip.decompress(first).decode()}" == text(address)


def test_every_page_says_what_it_is_to_caches_or_is_a_form():
    forms = {name for name in names_of_pages() if name.endswith(("_report", "_thanks", ":missing", "_suggest"))}

    assert set(names_of_pages()) - PAGES.keys() == forms | {"groups:group_short"}
