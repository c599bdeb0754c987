"""The staff pages in a real browser: nobody is kept out by how they use a computer, and a phone is wide enough."""

import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from groups.models import JoiningRoute
from organisations.models import one_version
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_pages import RULES
from tests.factories import days_ago, make_check, make_contact, make_group, make_organisation, make_schedule, make_venue
from tests.staff.people import make_manager, sign_in

#: Without reading style sheets by itself: for that axe adds a style, which the policy refuses as it should.
_OPTIONS = RULES | {"preload": False}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(page, live_server, client):
    """A browser in which an editor has signed in."""
    sign_in(client, make_manager())
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    return page


@pytest.fixture
def addresses() -> list[str]:
    """The kinds of page that staff see, each of things with much in them."""
    organisation = make_organisation(name="Example house")
    contact = make_contact(organisation=organisation, phone="01632 960001")
    group = make_group(
        organisation=organisation, contacts=[contact], areas=["Kent"], topics=["Anxiety"], confidential=True
    )
    make_schedule(group, starts_at=datetime.time(14), venue=make_venue())
    JoiningRoute.objects.create(group=group, route="gp")
    make_check(group, days_ago(3))
    with one_version(group):
        group.stage_note = "For now."
        group.save()
    row, version = [group.pk], group.history.last().pk
    return [
        reverse("admin:index"),
        reverse("admin:second_factor_set_up"),
        reverse("admin:recovery_codes"),
        reverse("admin:auth_user_add"),
        reverse("admin:groups_supportgroup_changelist"),
        reverse("admin:groups_supportgroup_add"),
        reverse("admin:groups_supportgroup_change", args=row),
        reverse("admin:groups_supportgroup_history", args=row),
        reverse("admin:groups_supportgroup_version", args=[*row, version]),
        reverse("admin:organisations_organisation_change", args=[organisation.pk]),
        reverse("admin:groups_venue_change", args=[group.venue_id]),
        reverse("admin:groups_venue_close", args=[group.venue_id]),
    ]


def test_no_page_for_staff_keeps_anybody_out_or_scrolls_sideways(staff, live_server, addresses):
    found = {}
    for address in addresses:
        for viewport in (PHONE, DESKTOP):
            staff.set_viewport_size(viewport)
            staff.goto(live_server.url + address)
            staff.wait_for_load_state("load")
            violations = Axe().run(staff, options=_OPTIONS).response["violations"]
            faults = [(one["id"], [node["html"][:120] for node in one["nodes"]]) for one in violations]
            width = staff.evaluate("document.documentElement.scrollWidth")
            found[address, viewport["width"]] = faults + ([("too wide", width)] if width > viewport["width"] else [])

    assert {address: faults for address, faults in found.items() if faults} == {}
