"""Choosing by keyboard in a box that finds as you type: Enter chooses what was typed, and nothing else."""

import time

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from groups.models import SupportGroup
from organisations.models import Editorship
from tests.browser.navigation import sign_in_browser
from tests.factories import area, make_group, make_organisation
from tests.staff.people import make_editor, make_manager

# What a box finds, and what is written, other tests of these pages read on both databases.
pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(page, live_server) -> Page:
    """A browser in which a manager has signed in."""
    sign_in_browser(page, live_server.url, make_manager())
    return page


@pytest.fixture
def take_off():
    """An organisation, and others that speak of it and stand before it in the alphabet."""
    make_organisation(name="A Take Off for all")
    make_organisation(name="Live Well Kent", summary="Together with Take Off.")
    make_organisation(name="Take Off Too")
    return make_organisation(name="Take Off")


def type_and_enter(page: Page, field: str, typed: str) -> None:
    """Open a box, type, and press Enter at once, as somebody does who knows the name."""
    page.locator(f"#{field} + .select2").click()
    expect(page.locator(".select2-container--open .select2-results__option--highlighted")).to_have_count(1)
    page.keyboard.type(typed)
    page.keyboard.press("Enter")


def chosen(page: Page, field: str):
    return page.locator(f"#{field} + .select2 .select2-selection__rendered")


@pytest.mark.parametrize("delay", [0, 1], ids=["quick", "slow"])
def test_name_and_enter_choose_the_organisation_of_that_name(staff, live_server, take_off, delay):
    editor = make_editor()
    staff.goto(live_server.url + reverse("admin:auth_user_change", args=[editor.pk]))
    staff.get_by_text("Add another Organisation").click()
    staff.route("**/autocomplete/**", lambda route: (time.sleep(delay), route.continue_()))

    type_and_enter(staff, "id_editorships-0-organisation", "Take Off")

    expect(chosen(staff, "id_editorships-0-organisation")).to_have_attribute("title", "Take Off")
    staff.get_by_role("button", name="Save", exact=True).click()
    expect(staff.locator(".messagelist")).to_contain_text("“Take Off”")
    assert [row.organisation for row in Editorship.objects.all()] == [take_off]


def test_what_is_chosen_already_does_not_come_before_what_is_typed(staff, live_server, take_off):
    group = make_group(organisation=make_organisation(name="Take Off Kent"))
    staff.goto(live_server.url + reverse("admin:groups_supportgroup_change", args=[group.pk]))

    type_and_enter(staff, "id_organisation", "take off")

    expect(chosen(staff, "id_organisation")).to_have_attribute("title", "Take Off")


def test_name_that_is_nowhere_and_enter_choose_nothing(staff, live_server, take_off):
    staff.goto(live_server.url + reverse("admin:groups_supportgroup_add"))

    type_and_enter(staff, "id_organisation", "Zebra")

    expect(staff.locator(".select2-results__message")).to_have_text("No results found")
    expect(chosen(staff, "id_organisation")).to_have_text("")


def test_box_for_several_takes_each_name_with_enter(staff, live_server):
    group = make_group()
    staff.goto(live_server.url + reverse("admin:groups_supportgroup_change", args=[group.pk]))

    staff.get_by_role("heading", name="More about where").click()
    for name in ("Kent", "East Kent"):
        type_and_enter(staff, "id_areas_served", name)
        expect(
            staff.locator("#id_areas_served + .select2 .select2-selection__choice", has_text=name).first
        ).to_be_visible()
    staff.get_by_role("button", name="Save and continue editing").click()
    expect(staff.locator(".messagelist .success")).to_be_visible()

    assert set(SupportGroup.objects.get().areas_served.all()) == {area("Kent"), area("East Kent")}


def test_contact_that_is_added_from_a_group_belongs_to_its_organisation(staff, live_server, take_off):
    group = make_group(organisation=take_off)
    staff.goto(live_server.url + reverse("admin:groups_supportgroup_change", args=[group.pk]))

    with staff.expect_popup() as opened:
        staff.locator("#add_id_contacts").click()

    expect(chosen(opened.value, "id_organisation")).to_have_attribute("title", "Take Off")
