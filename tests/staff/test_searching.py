"""What staff type into the search of a list, in whatever spelling, and who finds it."""

import pytest
from django.test import Client

from groups.models import SupportGroup, Venue
from organisations.admin.searching import compact_number, with_spaced_postcode
from organisations.models import Contact, Organisation, single_revision
from tests.factories import make_contact, make_group, make_organisation, make_venue
from tests.staff.people import make_editor, sign_in
from tests.staff.test_admin_pages import admin_url


def found(client, model, term: str) -> list[str]:
    rows = client.get(admin_url(model, "changelist"), {"q": term}).context["cl"].queryset
    return sorted(getattr(row, "name", "") or row.role_title for row in rows)


@pytest.fixture
def tea(db) -> SupportGroup:
    """A group that had another name and another slug, in a venue, with a contact; and another group."""
    make_group(name="Example art", organisation=make_organisation(name="Other house"))
    organisation = make_organisation(name="Example house")
    contact = make_contact(
        organisation=organisation, role_title="Lead", phone="+44 (0)1632 960-118", email="tea@example.org"
    )
    venue = make_venue(name="Example hall", town="Chard", postcode="TA20 1PP")
    tea = make_group(name="Example coffee", organisation=organisation, venue=venue, code="bcdfg", contacts=[contact])
    tea.slug = "example-coffee"
    tea.save()
    with single_revision(tea):
        tea.name, tea.slug = "Example tea", "example-tea"
        tea.save()
    return tea


@pytest.mark.parametrize(
    "term",
    [
        "ta201pp",
        "TA20 1PP",
        "01632960118",
        "+44 1632 960 118",
        "632 960118",
        "TEA@example",
        "BCDFG",
        "Coffee",
        "tea house ta201pp",
        '"example hall" chard',
    ],
)
def test_group_is_found_however_it_is_asked_for(admin_client, tea, term):
    assert found(admin_client, SupportGroup, term) == ["Example tea"]


def test_venue_organisation_and_contact_are_found_however_they_are_asked_for(admin_client, tea):
    assert found(admin_client, Venue, "ta201pp") == ["Example hall"]
    assert found(admin_client, Organisation, "01632 960118") == ["Example house"]
    assert found(admin_client, Organisation, "tea@example.org") == ["Example house"]
    assert found(admin_client, Contact, "(01632) 960118") == ["Lead"]
    assert found(admin_client, Contact, "01632 960119") == []


def test_editor_finds_by_no_contact_that_they_may_not_see(tea):
    ours = make_organisation(name="Ours")
    group = make_group(name="Example walk", organisation=ours, contacts=list(tea.contacts.all()))
    own = make_contact(organisation=ours, phone="01632 960 200")
    group.contacts.add(own)
    editor = sign_in(Client(), make_editor(ours))

    assert found(editor, SupportGroup, "01632 960118") == []
    assert found(editor, SupportGroup, "tea@example.org") == []
    assert found(editor, SupportGroup, "01632960200") == ["Example walk"]


def test_spellings_are_made_one():
    assert [compact_number(text) for text in ("+44 (0)20 7946-0000", "(020) 7946 0000")] == ["02079460000"] * 2
    assert with_spaced_postcode("hall ta201pp chard") == "hall TA20 1PP chard"
    assert with_spaced_postcode("tea") == "tea"
