"""Where a row may be about several rows of ours, the dry run leads to the page that merges them."""

import pytest
from django.urls import reverse
from django.utils.html import format_html

from groups.spreadsheets.merge_links import without_links
from groups.spreadsheets.resources.contacts import CONTACTS
from groups.spreadsheets.resources.offers import ROLES
from groups.spreadsheets.resources.organisations import ORGANISATIONS
from groups.spreadsheets.resources.venues import VENUES
from organisations.choices import Purpose
from tests import factories
from tests.groups.spreadsheets.files import csv_file
from tests.groups.spreadsheets.files import send as send_groups
from tests.groups.spreadsheets.resource_rows import send

pytestmark = pytest.mark.django_db


def merge_link(*rows) -> str:
    """The address of the page that merges rows, as it stands in HTML."""
    page = reverse(f"admin:{rows[0]._meta.app_label}_{rows[0]._meta.model_name}_merge")
    return f'href="{page}?{"&amp;".join(f"row={row.pk}" for row in rows)}"'


def offered(client, looked_at, rows) -> tuple[bool, bool]:
    """Whether the dry run links to the page that merges rows, and whether that page lets the user in."""
    link = merge_link(*rows)
    address = link.removeprefix('href="').removesuffix('"').replace("&amp;", "&")
    return link in looked_at.text, client.get(address).status_code == 200


def test_groups_of_one_name_are_offered_to_be_merged(editor, ours):
    groups = [factories.make_group(name="Talk & tea", organisation=ours) for _ in range(2)]

    looked_at = send_groups(editor, csv_file({"Organisation": "Example Ours", "Name": "Talk & tea", "Cost": "£1"}))

    assert offered(editor, looked_at, groups) == (True, True)
    assert "Merge “Talk &amp; tea” and “Talk &amp; tea”, if they are one" in looked_at.text


def test_organisations_of_one_name_are_offered_to_managers(manager):
    both = [factories.make_organisation(name=name, former_names=["Kick Off"]) for name in ("Example A", "Example B")]

    of_groups = send_groups(manager, csv_file({"Organisation": "Kick Off", "Name": "Talk"}))
    of_organisations = send(manager, ORGANISATIONS, {"Name": "Kick Off", "Summary": "New."})

    assert [offered(manager, page, both) for page in (of_groups, of_organisations)] == [(True, True)] * 2


def test_contacts_of_one_number_are_offered_to_be_merged_and_roles_of_one_title_are_not(editor, ours):
    contacts = [
        factories.make_contact(organisation=ours, role_title="", phone="01632 960001", purpose=purpose)
        for purpose in (Purpose.GENERAL, Purpose.JOINING)
    ]
    for title in ("Mentor", "MENTOR"):
        factories.make_role(organisation=ours, title=title)

    row = {"Organisation": "Example Ours"}
    of_contacts = send(editor, CONTACTS, row | {"Telephone": "01632 960001", "Hours": "Now."})
    of_roles = send(editor, ROLES, row | {"Title": "Mentor", "Summary": "New."})

    assert offered(editor, of_contacts, contacts) == (True, True)
    assert ("has 2 of these" in of_roles.text, "/merge/" in of_roles.text) == (True, False)


@pytest.mark.parametrize("who,uses,expected", [("manager", 0, True), ("editor", 2, True), ("editor", 1, False)])
def test_venues_of_nearly_one_name_at_a_postcode_are_offered_to_who_may_merge_them(request, ours, who, uses, expected):
    client = request.getfixturevalue(who)
    venues = [factories.make_venue(name=name, postcode="TA20 1PP") for name in ("Hall", "The Hall")]
    for venue in venues[:uses]:
        factories.make_group(organisation=ours, venue=venue)

    looked_at = send(client, VENUES, {"Name": "Library", "Postcode": "TA20 1PP"})

    assert offered(client, looked_at, venues) == (expected, expected)


def test_report_of_a_command_has_the_words_without_the_link():
    sentence = format_html('{} <a class="staff-link" href="{}">Merge them</a>', "One & <two>.", "/merge/")

    assert [without_links(each) for each in (sentence, "1 < 2 <a b")] == ["One & <two>.", "1 < 2 <a b"]
