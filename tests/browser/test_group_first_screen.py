"""A group's page on the first screen of an old phone: when, where, how to join, and what to press right below."""

import datetime

import pytest
from django.utils import timezone

from groups.choices import Joining, Weekday
from groups.models import AccessFeature
from tests.factories import days_ago, make_contact, make_group, make_organisation, make_schedule, make_terms, make_venue

pytestmark = [pytest.mark.browser, pytest.mark.one_database]

OLD_PHONE = {"width": 320, "height": 568}
DESK = {"width": 1280, "height": 900}
#: The room of each element by a name: left, top, right, bottom.
ROOM = """names => Object.fromEntries(names.map(name => {
    const {left, top, right, bottom} = document.querySelector(name).getBoundingClientRect();
    return [name, [left, top, right, bottom].map(Math.round)];
}))"""
DATE, PLACE, JOINING, BUTTON = ".next__date", ".next__place", ".next__joining", ".next .button"
WIDE, NARROW, FOLD = ".detail-layout__body", ".detail-layout__more", ".detail-layout__more details"


@pytest.fixture
def group():
    organisation = make_organisation(name="The Lamp House, Ramsgate", areas=["Thanet"])
    venue = make_venue(name="Community Centre", town="Margate", postcode="CT9 1AE", getting_there="The bus stops here.")
    venue.access_features.set(make_terms(AccessFeature, ["Hearing loop", "Step-free entrance"]))
    group = make_group(
        name="Broadstairs Good Company",
        focus="talking",
        led_by="facilitated",
        organisation=organisation,
        venue=venue,
        joining=Joining.JUST_COME,
        is_free="yes",
        checked=days_ago(3),
        who_meets_you="Somebody with a yellow badge meets you at the door.",
        what_it_is_like="Cards, quizzes and a proper chat.",
        contacts=[make_contact(organisation=organisation, phone="01632 960634", number_checked_on=days_ago(3))],
    )
    tomorrow = Weekday((timezone.localdate().weekday() + 1) % 7)
    make_schedule(group, weekday=tomorrow, starts_at=datetime.time(12), ends_at=datetime.time(14))
    return group


@pytest.mark.parametrize("viewport", [OLD_PHONE])
def test_first_screen_of_a_group_has_all_that_one_needs_to_go(page, live_server, group):
    page.goto(live_server.url + group.get_absolute_url())

    room = page.evaluate(ROOM, [DATE, PLACE, JOINING, BUTTON])
    # In the order of the page, with nothing else of it between how to join and the first button.
    tops = [room[name][1] for name in (DATE, PLACE, JOINING, BUTTON)]
    assert tops == sorted(tops)
    assert [name for name in (DATE, PLACE, JOINING) if room[name][3] > OLD_PHONE["height"]] == []
    assert room[BUTTON][1] - room[JOINING][3] <= 16
    assert page.locator(BUTTON).first.get_attribute("href") == "tel:01632960634"
    headings = page.locator("main h2").all_inner_texts()
    assert headings[1:3] == ["What happens when I arrive?", "What is it like?"]
    assert page.locator("details[open]").count() == 0

    page.set_viewport_size(DESK)
    room = page.evaluate(ROOM, [DATE, PLACE, JOINING, BUTTON, WIDE, NARROW, FOLD])
    assert [name for name in (DATE, PLACE, JOINING, BUTTON, FOLD) if room[name][3] > DESK["height"]] == []
    assert room[WIDE][1] == room[NARROW][1]
    assert room[WIDE][2] <= room[NARROW][0]
    assert room[WIDE][2] - room[WIDE][0] > 2 * (room[NARROW][2] - room[NARROW][0])
    buttons = page.evaluate("() => [...document.querySelectorAll('.next .button')].map(button => button.offsetTop)")
    assert (len(buttons), len(set(buttons))) == (5, 1)
