"""The staff pages in a real browser: nobody is kept out by how they use a computer, and a phone is wide enough."""

import datetime

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from groups.models import JoiningRoute, SupportGroup
from organisations.models import single_revision
from tests.browser import axe
from tests.browser.layout_checks import DESKTOP, DRAWN, LOWEST, PHONE, SCRIPTS, faults_of_use
from tests.browser.navigation import sign_in_browser
from tests.browser.staff_addresses import of_everything
from tests.browser.staff_steps import steps
from tests.factories import (
    days_ago,
    make_check,
    make_contact,
    make_group,
    make_organisation,
    make_schedule,
    make_venue,
)
from tests.staff.people import make_manager

#: Of each kind of page one or two: of a model with much in it, with little, of accounts, of official data.
KINDS = [
    *("index", "password_change", "password_reset", "recovery_codes", "second_factor_set_up", "not_found"),
    *(f"groups_supportgroup-{page}" for page in ("list", "change", "history", "version", "delete")),
    *(f"groups_supportgroup-{page}" for page in ("import", "export", "template")),
    *(f"groups_venue-{page}" for page in ("change", "close", "delete")),
    *(f"groups_topic-{page}" for page in ("list", "add", "change", "history", "delete")),
    *("organisations_organisation-change", "organisations_contact-change"),
    *(f"auth_user-{page}" for page in ("list", "add", "change")),
    *("places_area-change", "places_area-delete", "places_postcode-change"),
]
#: A page of each sort, which are built alike: asked for motion, colours and a small window too.
OF_EACH_SORT = {"index", "groups_supportgroup-list", "groups_supportgroup-change", "groups_venue-close"}

pytestmark = [pytest.mark.browser, pytest.mark.one_database, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(page, live_server):
    """A browser in which a manager has signed in, for whom there is most to see."""
    page.add_init_script(SCRIPTS)
    sign_in_browser(page, live_server.url, make_manager())
    return page


@pytest.fixture
def group() -> SupportGroup:
    """A group of which much is said, with a version before this one."""
    organisation = make_organisation(name="Example house")
    contact = make_contact(organisation=organisation, phone="01632 960001")
    group = make_group(
        organisation=organisation, contacts=[contact], areas=["Kent"], topics=["Anxiety"], confidential=True
    )
    make_schedule(group, starts_at=datetime.time(14), venue=make_venue())
    JoiningRoute.objects.create(group=group, route="gp")
    make_check(group, days_ago(3))
    with single_revision(group):
        group.stage_note = "For now."
        group.save()
    return group


def faults(page: Page) -> dict[int, list]:
    """What axe finds on a page, and whether it scrolls sideways; on a desk only what hangs on width and colour."""
    found = {}
    for viewport, rules in ((PHONE, axe.EVERYTHING), (DESKTOP, DRAWN)):
        page.set_viewport_size(viewport)
        found[viewport["width"]] = axe.violations(page, rules)
        if low := page.evaluate("least => look.tooLow(least)", LOWEST):
            found[viewport["width"]].append(["too low", low])
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport["width"]:
            found[viewport["width"]].append(["too wide", width])
    return {width: each for width, each in found.items() if each}


def test_no_page_for_staff_keeps_anybody_out_or_scrolls_sideways(staff, live_server, group):
    found = {}
    addresses = dict(of_everything())
    for kind in KINDS:
        staff.goto(live_server.url + addresses[kind])
        found[kind] = faults(staff)
        if kind in OF_EACH_SORT:
            found[f"{kind} in use"] = {name: each for name, each in faults_of_use(staff) if each}
            staff.emulate_media(reduced_motion="no-preference")
    for step in steps(staff, live_server.url, group):
        found[step] = faults(staff)

    assert {page: each for page, each in found.items() if each} == {}


def test_style_guide_shows_nothing_that_keeps_anybody_out(staff, live_server):
    """Parts stand there again and again, each with the heading that it has where it belongs, and menus twice."""
    staff.goto(live_server.url + reverse("styleguide"))

    found = [fault for each in faults(staff).values() for fault in each]

    assert staff.get_by_role("heading", level=1).inner_text() == "Style guide"
    assert [fault for fault in found if fault[0] not in ("heading-order", "landmark-unique")] == []


def test_columns_of_the_list_of_groups_fit_a_desk(staff, live_server, group):
    staff.set_viewport_size(DESKTOP)
    staff.goto(live_server.url + reverse("admin:groups_supportgroup_changelist"))

    hidden = staff.evaluate(
        "(box => box.scrollWidth - box.clientWidth)(document.querySelector('#changelist .results'))"
    )

    assert hidden == 0


def test_a_phone_hides_no_column_of_a_list_and_no_end_of_a_box(staff, live_server, group):
    """What is too wide for its frame is cut there without the page as a whole being too wide."""
    staff.set_viewport_size(PHONE)
    addresses = {
        "list": reverse("admin:groups_supportgroup_changelist"),
        "group": reverse("admin:groups_supportgroup_change", args=[group.pk]),
        "organisation": reverse("admin:organisations_organisation_change", args=[group.organisation_id]),
    }
    framed, hidden = {}, {}
    for name, address in addresses.items():
        staff.goto(live_server.url + address)
        cut = staff.locator(".results, .inline-related").evaluate_all(
            "boxes => boxes.map(box => box.scrollWidth - box.clientWidth)"
        )
        framed[name], hidden[name] = len(cut) > 0, max(cut)

    assert framed == dict.fromkeys(addresses, True)
    assert hidden == dict.fromkeys(addresses, 0)
