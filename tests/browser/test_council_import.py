"""A council's list, and a sheet of venues, are loaded with nothing but a keyboard, on a small screen."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from groups.models import SupportGroup, Venue
from organisations.models import Organisation
from tests import factories
from tests.browser.axe import EVERYTHING, SCRIPT, violations
from tests.browser.layout_checks import PHONE
from tests.browser.navigation import sign_in_browser
from tests.browser.test_keyboard import go_to, press
from tests.groups.spreadsheets.files import IMPORT, csv_file
from tests.groups.spreadsheets.test_council_file import entry
from tests.staff.people import make_manager

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("viewport", [PHONE]),
]

#: Twelve support groups and three services that are none.
LIST = [*(entry(number) for number in range(12)), *(entry(number, "Advice") for number in range(20, 23))]
#: Two have gone, five have changed, three are new.
NEXT = [
    *(entry(number, **{"Day and time": "Fridays 6pm - 7pm"}) for number in range(5)),
    *(entry(number) for number in range(5, 10)),
    *(entry(number, "Advice") for number in range(20, 23)),
    *(entry(number) for number in range(30, 33)),
]


@pytest.fixture
def staff(page, live_server) -> Page:
    """A browser in which a manager has signed in."""
    sign_in_browser(page, live_server.url, make_manager())
    page.emulate_media(reduced_motion="reduce")
    page.add_init_script(SCRIPT)
    return page


def faults(page: Page) -> list[list]:
    return violations(page, EVERYTHING)


def send(page: Page, site: str, rows: list[dict[str, str]]) -> None:
    """Open the page of groups, choose a file, and send it."""
    page.goto(site + IMPORT)
    send_here(page, rows)


def send_here(page: Page, rows: list[dict[str, str]]) -> None:
    """Choose a file, and send it."""
    go_to(page, "Your file:")
    # The window that opens then is the browser's own.
    file = {"name": "council.csv", "mimeType": "text/csv", "buffer": csv_file(*rows)}
    page.locator(":focus").set_input_files(file)
    press(page, "Show what it would change")


def test_council_file_is_loaded_in_one_upload_and_its_next_one_shows_what_has_changed(staff, live_server):
    send(staff, live_server.url, LIST)
    expect(staff.get_by_role("heading", level=1)).to_have_text("What is each column?")
    go_to(staff, "Name of this list:")
    staff.keyboard.type("Example Council directory")
    assert faults(staff) == []
    press(staff, "Show what it would change")
    summary = staff.locator("#preview-heading + p")
    expect(summary).to_have_text("12 new, 0 changed, 0 the same. Nothing is written yet.")
    press(staff, "Yes, import this")
    expect(staff.locator(".messagelist .success")).to_contain_text("Imported: 12 groups added, as drafts")
    assert Organisation.objects.get().what_it_does.count("Example service") == 3

    send(staff, live_server.url, LIST)
    press(staff, "Show what it would change")
    expect(staff.locator("#preview-heading")).to_have_text("Nothing would change")

    send(staff, live_server.url, NEXT)
    press(staff, "Show what it would change")
    expect(summary).to_have_text("3 new, 5 changed, 5 the same. Nothing is written yet.")
    expect(staff.get_by_role("heading", name="Not in this file any more (2)")).to_be_visible()
    assert faults(staff) == []
    press(staff, "Yes, import this")
    expect(staff.locator(".messagelist .success")).to_contain_text("3 groups added, as drafts; 5 groups changed")
    assert SupportGroup.objects.count() == 15
    assert staff.url == live_server.url + reverse("admin:groups_supportgroup_changelist")


def test_sheet_of_venues_is_reached_from_their_list_and_imported(staff, live_server):
    factories.make_venue(name="Example Hall", town="Chard")
    staff.goto(live_server.url + reverse("admin:groups_venue_changelist"))
    press(staff, "IMPORT")
    expect(staff.get_by_role("heading", level=1)).to_have_text("Import venues")
    assert faults(staff) == []
    send_here(staff, [{"Name": "Example Hall", "Town": "Chard", "Getting there": "By bus."}])
    expect(staff.locator("#preview-heading + p")).to_have_text("0 new, 1 changed, 0 the same. Nothing is written yet.")
    assert faults(staff) == []
    press(staff, "Yes, import this")
    expect(staff.locator(".messagelist .success")).to_have_text("Imported: 0 venues added; 1 venue changed.")
    assert Venue.objects.get().getting_there == "By bus."
