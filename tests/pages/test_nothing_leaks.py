"""What must not be public is on no public page, whatever page it is: the sweep reads them all.

Everything hidden is planted in one directory, each thing with a secret of its own, and that is read once.
"""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.bounded_cache import CACHE
from groups.choices import Joining, Weekday
from groups.models import SupportGroup
from groups.search.query import MILES
from tests.factories import (
    make_group,
    make_schedule,
    make_venue,
    town,
)
from tests.pages import hidden_things
from tests.pages.addresses import (
    addresses_and_searches,
    calendars,
    embeds,
    feeds,
    files_of_lists,
    maps,
    open_data,
    posters,
    sitemaps,
)
from tests.pages.hidden_things import PLANTED, secret_of
from tests.pages.sweep import OPENED, SECRET, leaks_in, text_of

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Swept:
    #: The text of each page and file, by its address.
    pages: dict[str, str]
    #: What was planted, by the name of how.
    things: dict[str, Any]

    def leaks(self, plant: Callable[[str], Any], *more: str) -> dict[str, list[str]]:
        """The pages that hold the secret of what was planted, or more that is as secret."""
        return leaks_in(self.pages, secret_of(plant), *more)

    def events_of(self, plant: Callable[[str], Any]) -> list[str]:
        """The events of a group in all calendars."""
        name = self.things[plant.__name__].name
        events = (event for text in self.pages.values() for event in text.split("BEGIN:VEVENT")[1:])
        return [event for event in events if name in event]


def everything_public(*more: str) -> dict[str, str]:
    """All that the public can read: every page, calendar and file, for what is listed when it is asked for."""
    client = Client()
    searches = [
        *addresses_and_searches(),
        *(calendars() + feeds() + embeds() + sitemaps() + maps() + open_data()),
        *(files_of_lists() + posters()),
        *(f"{reverse('groups:group_list')}?near={place}&within=50" for place in ("Chard", "Margate", "TA20")),
        f"{reverse('groups:group_list')}?q={SECRET}",
        f"{reverse('organisations:organisation_list')}?q={SECRET}",
        *(f"/areas/{slug}/{page}" for slug in ("south-west", "thanet", "swale") for page in ("", "week/", "print/")),
        *more,
    ]
    return {address: OPENED.sub("", text_of(client.get(address))) for address in searches}


@pytest.fixture(scope="module")
def swept(django_db_setup, django_db_blocker) -> Swept:
    """All that the public can read of a directory in which everything is planted; afterwards it is empty again."""
    CACHE.clear()
    with django_db_blocker.unblock(), transaction.atomic():
        things = {name: plant(secret_of(plant)) for name, plant in PLANTED.items()}
        public = SupportGroup.objects.published()
        sheets = [
            reverse(f"groups:group_{kind}", args=[group.slug]) for group in public for kind in ("poster", "door_sheet")
        ]
        swept = Swept(everything_public(*sheets), things)
        transaction.set_rollback(True)
    return swept


def test_draft_is_on_no_page(swept):
    assert swept.leaks(hidden_things.draft) == {}


def test_what_belongs_to_a_withdrawn_organisation_is_on_no_page(swept):
    group, role, statuses = swept.things["withdrawn"]

    # The pages of one group and one role are asked for by their own addresses above: they are not there.
    leaks = swept.leaks(hidden_things.withdrawn)
    assert {address for address in leaks if group.slug not in address and role.slug not in address} == set()
    assert statuses == [404, 404, 404, 404]


@pytest.mark.parametrize("plant, end", [(hidden_things.of_a_role, "116"), (hidden_things.of_a_person, "117")])
def test_unreleased_contact_is_on_no_page(swept, plant, end):
    """One that is a person's own is not even named."""
    numbers = [f"{begin}{end}" for begin in ("01632 960 ", "01632960", "07700 900 ", "07700900")]

    assert swept.leaks(plant, *numbers) == {}


def test_staff_note_of_a_released_contact_is_on_no_page(swept):
    """Nor who agreed that it is public."""
    assert swept.leaks(hidden_things.staff_note) == {}


def test_confidential_venue_is_on_no_page(swept):
    venue = swept.things["confidential"]

    assert (
        swept.leaks(hidden_things.confidential, "TA20 1AA", "TA201AA", str(venue.latitude), str(venue.longitude)) == {}
    )


def test_confidential_venue_is_found_at_its_town_and_not_where_it_is(client):
    chard = town("Chard")
    make_group(
        name="Example hidden",
        venue=make_venue(town=chard, at=(chard.latitude + 0.1, chard.longitude), confidential=True),
    )

    page = client.get(reverse("groups:group_list"), {"near": "Chard", "within": "1"}).content.decode()

    assert "Example hidden" in page
    assert "Chard · close by" in page


@pytest.mark.one_database
def test_pages_are_the_same_wherever_in_its_town_a_hidden_venue_stands():
    """However many searches somebody makes, from however many places, they learn nothing: there is nothing in them."""
    moved = []
    for hiding in ({"confidential": True}, {"closed": True}, {"ended": True}):
        hall = {"town": "Chard", "confidential": hiding.pop("confidential", False)}
        first = make_venue(name="Example one", postcode="TA20 1AA", address="1 Street", **hall)
        there = make_venue(
            name="Example two",
            at=(50.95, -2.7),
            address="2 Street",
            getting_there="By bus",
            access_note="A ramp",
            **hall,
        )
        moved.append((make_group(name="Example hidden", venue=first, **hiding), there))
    make_group(name="Example open", town="Ilminster")
    rings = [
        f"{reverse('groups:group_list')}?near={place}&within={miles}"
        for place in ("Chard", "TA20", "Ilminster", "Yeovil")
        for miles in MILES
    ]
    rings += [
        reverse(f"groups:group_{kind}", args=[group.slug]) for group, _ in moved for kind in ("poster", "door_sheet")
    ]

    before = everything_public(*rings)
    for group, there in moved:
        SupportGroup.objects.filter(pk=group.pk).update(venue=there)
    after = everything_public(*rings)

    assert [address for address in after if after[address] != before[address]] == []


def test_closed_group_shows_no_venue_time_or_contact(swept):
    leaks = swept.leaks(hidden_things.closed, "5.43pm", "17:43", "T174300", "01632 960 118", "01632960118")

    assert leaks == {}
    assert swept.events_of(hidden_things.closed) == []


def test_ended_group_shows_no_venue_time_or_contact(swept):
    assert swept.leaks(hidden_things.ended, "5.44pm") == {}


def test_link_to_an_online_meeting_and_note_for_staff_are_on_no_page(swept):
    assert swept.leaks(hidden_things.online) == {}


def test_withheld_times_are_on_no_page(swept):
    assert swept.leaks(hidden_things.withheld, "5.46pm", "T174600", f"Every {hidden_things.withheld_day().label}") == {}
    assert swept.events_of(hidden_things.withheld) == []


def test_confidential_venue_of_one_day_is_on_no_page(swept):
    group, venue = swept.things["one_day"]

    assert swept.leaks(hidden_things.one_day, "TA20 1AA", "TA201AA", str(venue.latitude), str(venue.longitude)) == {}
    assert "At Chard." in swept.pages[group.get_absolute_url()]


@pytest.mark.one_database
def test_nobody_is_told_to_just_come_to_a_hidden_address():
    """It is named where a search offers it, and where two pages explain it; it is said of no group."""
    group = make_group(confidential=True, joining=Joining.JUST_COME, joining_note=f"{SECRET}: say hello.")
    make_schedule(group, weekday=Weekday((timezone.localdate().weekday() + 1) % 7), starts_at=datetime.time(17, 43))

    pages = everything_public(group.get_absolute_url())

    offered = re.compile(r'<label class="choice[^>]*>\s*<input[^>]*value="just-come".*?</label>', re.DOTALL)
    found = leaks_in({address: offered.sub("", text) for address, text in pages.items()}, "Just come along")
    assert set(found) == {reverse("about"), reverse("for_professionals")}
    assert SECRET in pages[group.get_absolute_url()]


def test_quotation_without_leave_is_on_no_page(swept):
    assert swept.leaks(hidden_things.quotation) == {}


def test_what_may_be_read_is_read_by_the_same_sweep(swept):
    """The sweep finds what is there: without this, a sweep of empty pages would be green."""
    group, hall = swept.things["public"], f"{secret_of(hidden_things.public)} Hall"

    leaks = leaks_in(swept.pages, "5.49pm", "01632 960 119", hall)

    assert leaks[group.get_absolute_url()] == ["5.49pm", "01632 960 119", hall]
    assert leaks[reverse("groups:group_calendar", args=[group.slug])] == ["5.49pm", hall]
    assert leaks[reverse("groups:area_week", args=["somerset"])] == ["5.49pm", hall]
    assert len(swept.events_of(hidden_things.public)) > 0
