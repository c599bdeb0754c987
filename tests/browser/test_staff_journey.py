"""An editor's half hour, in a real browser: from signing in to a group that anybody can find, and back again."""

from base64 import b32decode

import pytest
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import totp
from playwright.sync_api import Page, expect

from groups.models import SupportGroup
from tests.browser.navigation import follow, press
from tests.staff.people import PASSWORD, make_manager

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def choose(page: Page, field: str, typed: str, option: str) -> None:
    """Type into a box that finds as you type, and take what it found."""
    page.locator(f"#{field} + .select2").click()
    page.locator(".select2-container--open .select2-search__field").fill(typed)
    page.locator(".select2-results__option", has_text=option).first.click()


def save(page: Page) -> None:
    press(page, "Save and continue editing")
    expect(page.locator(".messagelist .success")).to_be_visible()


def test_an_editor_adds_a_group_publishes_it_and_puts_an_older_version_back(page, live_server):
    make_manager("ann", first_name="Ann")

    # Sign in.
    page.goto(live_server.url + reverse("admin:index"))
    page.get_by_label("E-mail address").fill("Ann@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")

    # Set up the second factor, with the key as somebody types it into a telephone.
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up your second factor")
    key = b32decode(page.locator(".staff-key + p .staff-code").inner_text().replace(" ", ""))
    page.get_by_role("textbox", name="Code").fill(f"{totp(key):06}")
    press(page, "Set it up")
    expect(page.locator(".staff-codes li")).to_have_count(10)
    follow(page.get_by_role("link", name="I have kept them"))

    # Add an organisation.
    follow(page.locator("#content .model-organisation .addlink"))
    page.locator("#id_name").fill("Example house")
    page.get_by_label("Summary:").fill("An example of an organisation.")
    page.get_by_label("Publication:").select_option("published")
    save(page)

    # Add a venue by postcode: where it is is looked up.
    page.goto(live_server.url + reverse("admin:groups_venue_add"))
    page.locator("#id_name").fill("Example hall")
    page.get_by_label("Postcode:").fill("ta201aa")
    save(page)
    assert page.get_by_label("Postcode:").input_value() == "TA20 1AA"
    position = page.locator(".field-position .readonly").inner_text()
    assert position == "Somerset (50.8807, -2.9560); from the postcode TA20 1AA"

    # Add a group with two regular times, from the venue's own page.
    follow(page.get_by_role("link", name="Add a group that meets here"))
    choose(page, "id_organisation", "Example", "Example house")
    page.locator("#id_name").fill("Example tea")
    page.get_by_label("Summary:").fill("Tea, and somebody to talk to.")
    page.get_by_text("Add another Regular time").click()
    page.locator("#id_schedules-0-weekday").select_option("Thursday")
    page.locator("#id_schedules-0-starts_at").fill("14:00")
    page.get_by_text("Add another Regular time").click()
    page.locator("#id_schedules-1-frequency").select_option("monthly by weekday")
    page.locator("#id_schedules-1-weekday").select_option("Monday")
    page.locator("#id_schedules-1-ordinals").get_by_label("First").check()
    page.locator("#id_schedules-1-ordinals").get_by_label("Last").check()
    page.locator("#id_checks-0-checked_by").select_option("phone")
    save(page)

    # See the sentences that people read, and the dates that follow from them.
    sentences = ["Every Thursday, from 2pm.", "The first and last Monday of the month. Ask for the time."]
    assert page.locator(".staff-sentences li").all_inner_texts() == sentences
    group = SupportGroup.objects.get()
    assert page.locator(".staff-dates li").all_inner_texts() == [
        row.words for row in group.dates_to_come(timezone.now(), 6).rows
    ]
    assert page.locator(".staff-state").inner_text().startswith("Draft. Only staff can see it.")

    # Publish, and view it on the site.
    page.get_by_label("Publication:").select_option("published")
    save(page)
    follow(page.get_by_role("link", name="View on site"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Example tea")
    page.go_back()

    # Edit, and see the history in sentences.
    page.locator("#id_name").fill("Example coffee")
    page.locator("#id_schedules-1-DELETE").check()
    save(page)
    follow(page.get_by_role("link", name="History"))
    newest = page.locator(".staff-history > li").first
    expect(newest.locator("li")).to_have_text(
        [
            "Name changed from “Example tea” to “Example coffee”.",
            "Schedules: removed “The first and last Monday of the month. Ask for the time.”",
        ]
    )
    expect(newest.locator("p")).to_have_text("Ann.")

    # Put the version before it back.
    follow(page.locator(".staff-history > li h2 a").nth(1))
    press(page, "Put it back")
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert page.locator("#id_name").input_value() == "Example tea"
    assert page.locator(".staff-sentences li").all_inner_texts() == sentences
    group.refresh_from_db()
    assert (group.is_published, group.revision) == (True, 3)
    assert [check.checked_on for check in group.checks.all()] == [timezone.localdate()]
