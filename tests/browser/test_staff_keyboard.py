"""What a manager does in a month, with nothing but a keyboard, on a small screen: nothing is in the way."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from model_bakery import baker
from playwright.sync_api import Page, expect

from groups.choices import ReportPart, Stage
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.report import Report
from groups.models import EmbedHost, ImportRun, SheetUpload, SupportGroup, Venue
from tests.browser.axe import EVERYTHING, SCRIPT, violations
from tests.browser.layout_checks import PHONE
from tests.browser.navigation import sign_in_browser
from tests.browser.test_keyboard import go_to, press
from tests.factories import make_contact, make_group, make_organisation, make_schedule, make_venue
from tests.staff.people import make_manager

pytestmark = [
    pytest.mark.one_database,
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize("viewport", [PHONE]),
]


@pytest.fixture
def staff(page, live_server) -> Page:
    """A browser in which a manager has signed in."""
    sign_in_browser(page, live_server.url, make_manager("ann", first_name="Ann"))
    page.emulate_media(reduced_motion="reduce")
    page.context.add_init_script(SCRIPT)
    return page


@pytest.fixture
def group() -> SupportGroup:
    organisation = make_organisation(name="Example house")
    contact = make_contact(organisation=organisation, phone="01632 960001")
    group = make_group(
        name="Example walkers", organisation=organisation, contacts=[contact], venue=make_venue(name="Example hall")
    )
    make_schedule(group)
    return group


def is_well(page: Page) -> None:
    """The page has no fault that axe finds, and is no wider than the screen."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert (page.url, violations(page, EVERYTHING), width) == (page.url, [], PHONE["width"])


def message(page: Page, kind: str = "success"):
    return page.locator(f".messagelist .{kind}")


def test_keyboard_finds_a_group_by_telephone_checks_it_ends_it_and_takes_that_back(staff, live_server, group):
    make_group(name="Example talkers")
    staff.goto(live_server.url + reverse("admin:index"))
    is_well(staff)
    press(staff, "Groups")
    go_to(staff, "Search")
    staff.keyboard.type("(01632) 960 001")
    with staff.expect_navigation():
        staff.keyboard.press("Enter")
    assert staff.locator("#result_list tbody tr").count() == 1
    is_well(staff)
    press(staff, "Example walkers")
    is_well(staff)
    press(staff, "Checked by phone")
    expect(message(staff).first).to_have_text("“Example walkers” is checked by phone: all still right.")

    staff.goto(live_server.url + reverse("admin:groups_supportgroup_change", args=[group.pk]))
    go_to(staff, "Stage:")
    staff.keyboard.type("Ended")
    press(staff, "Save and continue editing")
    group.refresh_from_db()
    assert group.stage == Stage.ENDED
    press(staff, "Undo: put that back")
    expect(message(staff)).to_be_visible()
    is_well(staff)

    group.refresh_from_db()
    assert (group.stage, group.checks.count()) == (Stage.RUNNING, 1)


def test_keyboard_merges_two_venues_and_undoes_it(staff, live_server, group):
    other = make_venue(name="Example Hall, Chard")
    make_group(name="Example talkers", venue=other)
    staff.goto(live_server.url + reverse("admin:groups_venue_changelist"))
    for _ in range(2):
        go_to(staff, "Select this object for an action…")
        staff.keyboard.press("Space")
    go_to(staff, "Action:…")
    staff.keyboard.type("Merge")
    press(staff, "Go")
    expect(staff.get_by_role("heading", level=1)).to_have_text("Merge 2 venues into one")
    is_well(staff)
    press(staff, "Merge: 2 become 1")
    expect(message(staff)).to_contain_text("are one now. You can undo it in its history.")
    assert Venue.objects.count() == 1
    press(staff, "HISTORY")
    is_well(staff)
    press(staff, "Undo: 2 as before")
    expect(message(staff)).to_contain_text("are as they were before.")
    assert sorted(Venue.objects.values_list("name", flat=True)) == ["Example Hall, Chard", "Example hall"]


def test_keyboard_takes_one_part_of_a_proposal_and_answers_a_report(staff, live_server, group):
    changes = {"cost_note": {"was": "", "proposed": "£2"}, "what_it_is_like": {"was": "", "proposed": "Buy now."}}
    baker.make(Proposal, group=group, source="link", changes=changes)
    baker.make(Report, group=group, part=ReportPart.TIME, what_is_right="It is at 7pm now.")
    staff.goto(live_server.url + reverse("admin:groups_proposal_changelist"))
    press(staff, "Example walkers…")
    is_well(staff)
    go_to(staff, "Take this")
    go_to(staff, "Take this")
    staff.keyboard.press("Space")
    press(staff, "Take what is ticked")
    group.refresh_from_db()
    assert [group.cost_note, group.what_it_is_like] == ["£2", ""]

    staff.goto(live_server.url + reverse("admin:groups_report_changelist"))
    press(staff, "Example walkers…")
    is_well(staff)
    press(staff, "Make a proposal of it")
    is_well(staff)
    go_to(staff, "I have put it in")
    staff.keyboard.press("Space")
    press(staff, "Done: it is put in")
    expect(message(staff)).to_be_visible()
    assert [each.state for each in Proposal.objects.order_by("pk")] == ["partly", "accepted"]


def test_keyboard_lets_a_council_show_our_list_on_its_pages(staff, live_server):
    staff.goto(live_server.url + reverse("admin:groups_embedhost_add"))
    is_well(staff)
    go_to(staff, "Host:")
    staff.keyboard.type("www.example.gov.uk")
    press(staff, "Save")
    assert EmbedHost.objects.get().host == "www.example.gov.uk"


def test_keyboard_adds_a_contact_in_a_window_of_its_own(staff, live_server, group):
    staff.goto(live_server.url + reverse("admin:groups_supportgroup_change", args=[group.pk]))
    go_to(staff, "Contacts:")
    go_to(staff, "Add another contact")
    with staff.expect_popup() as opened:
        staff.keyboard.press("Enter")
    window = opened.value
    window.wait_for_url("**/contact/add/**")
    window.set_viewport_size(PHONE)
    # axe holds on to the empty document that a new window begins with.
    window.reload()
    is_well(window)
    go_to(window, "Telephone:")
    window.keyboard.type("01632 960002")
    go_to(window, "Save")
    with window.expect_event("close"):
        window.keyboard.press("Enter")
    press(staff, "Save and continue editing")
    assert [contact.phone for contact in group.contacts.order_by("pk")] == ["01632 960001", "01632 960002"]


def test_keyboard_looks_again_at_a_long_import_stops_it_and_exports(staff, live_server, group):
    ImportRun.begin(SheetUpload.store(User.objects.get(), b"It is read by nobody."))
    staff.goto(live_server.url + reverse("admin:groups_supportgroup_import_progress"))
    is_well(staff)
    press(staff, "Look again")
    press(staff, "Stop")
    is_well(staff)
    assert ImportRun.objects.count() == 0

    staff.goto(live_server.url + reverse("admin:groups_supportgroup_changelist"))
    press(staff, "EXPORT THESE")
    is_well(staff)
    go_to(staff, "Excel workbook")
    staff.keyboard.press("ArrowDown")
    go_to(staff, "Export")
    with staff.expect_download() as download:
        staff.keyboard.press("Enter")
    assert "Example walkers" in download.value.path().read_text()
    expect(staff.locator("#export-progress [role=status]")).to_have_text("Done: all of your file is sent.")
    is_well(staff)
    press(staff, "How far is your file?")
    is_well(staff)
    expect(staff.locator("#export-progress label")).to_have_text("1 of 1 groups")
