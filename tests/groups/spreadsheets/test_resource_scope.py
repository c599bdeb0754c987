"""Whose rows the sheets of organisations, venues, contacts, roles and training may be about."""

import pytest
from django.test import Client

from groups.models import Venue
from groups.spreadsheets.resources.contacts import CONTACTS
from groups.spreadsheets.resources.offers import ROLES
from groups.spreadsheets.resources.organisations import ORGANISATIONS
from groups.spreadsheets.resources.venues import VENUES
from organisations.models import Organisation
from organisations.permissions import CHANGE, model_permission_page
from tests import factories
from tests.groups.spreadsheets.files import rows_of, wrong_in
from tests.groups.spreadsheets.resource_rows import (
    OTHERS,
    address,
    exported,
    import_rows,
    make_full,
    rows_exported,
    send,
)
from tests.staff.people import make_contributor, sign_in

pytestmark = pytest.mark.django_db

each_resource = pytest.mark.parametrize("resource", OTHERS, ids=lambda resource: resource.key)


@each_resource
def test_contributor_exports_and_does_not_import(ours, resource):
    make_full(resource, ours)
    client = sign_in(Client(), make_contributor(ours))

    answers = [client.get(address(resource, "import")), send(client, resource, {"Name": "One"})]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert client.get(address(resource, "template")).status_code == 200
    assert len(rows_exported(client, resource)) == 1


@each_resource
def test_list_links_to_its_spreadsheets_for_those_who_may(manager, ours, resource):
    contributor = sign_in(Client(), make_contributor(ours))
    pages = [client.get(address(resource, "changelist")).text for client in (manager, contributor)]

    assert [address(resource, "import") in page for page in pages] == [True, False]
    assert [address(resource, "export") in page for page in pages] == [True, True]


@each_resource
def test_chosen_rows_are_exported_by_those_who_see_them_and_no_others(manager, ours, theirs, resource):
    mine, other = make_full(resource, ours), make_full(resource, theirs)
    contributor = sign_in(Client(), make_contributor(ours))
    chosen = {"action": "export_chosen_csv", "_selected_action": [mine.pk]}
    all_of_them = chosen | {"_selected_action": [mine.pk, other.pk]}

    files = [
        rows_of(client.post(address(resource, "changelist"), data).getvalue())
        for client, data in ((manager, chosen), (contributor, all_of_them))
    ]

    seen = [mine, other] if resource is VENUES else [mine]
    assert [{row["Id"] for row in rows} for rows in files] == [
        {str(mine.public_id)},
        {str(row.public_id) for row in seen},
    ]


@pytest.mark.parametrize("resource", [ORGANISATIONS, CONTACTS, ROLES], ids=lambda resource: resource.key)
def test_row_of_another_organisation_is_in_no_file_and_refused_like_one_that_does_not_exist(
    editor, ours, theirs, resource
):
    make_full(resource, ours)
    secret = theirs
    if resource is CONTACTS:
        secret = factories.make_contact(organisation=theirs, role_title="Zyxwvutsecret")
    if resource is ROLES:
        secret = factories.make_role(organisation=theirs, title="Zyxwvutsecret")
    title = "Name" if resource is ORGANISATIONS else "Hours"

    content = exported(editor, resource)
    found = wrong_in(send(editor, resource, {"Id": str(secret.public_id), title: "Mine now"}))

    assert [word for word in ("Zyxwvutsecret", "Somebody Else") if word.encode() in content] == []
    assert [(column, "that you may change" in sentence) for _, column, sentence in found] == [("Id", True)]


@pytest.mark.parametrize(
    "resource, row, column",
    [
        (ORGANISATIONS, {"Name": "Somebody Else", "Summary": "Mine."}, "Name"),
        (ORGANISATIONS, {"Name": "Nobody at all", "Summary": "Mine."}, "Name"),
        (CONTACTS, {"Organisation": "Somebody Else", "Role": "Lead", "Telephone": "01632 960001"}, "Organisation"),
        (CONTACTS, {"Organisation": "Nobody at all", "Role": "Lead", "Telephone": "01632 960001"}, "Organisation"),
    ],
)
def test_editor_adds_nothing_to_another_organisation_and_no_organisation(editor, theirs, resource, row, column):
    assert [title for _, title, _ in wrong_in(send(editor, resource, row))] == [column]


def test_row_is_not_given_to_another_organisation(manager, ours, theirs):
    role = factories.make_role(organisation=ours, title="Mentor")

    found = wrong_in(send(manager, ROLES, {"Id": str(role.public_id), "Organisation": "Somebody Else"}))

    assert [(column, sentence[:30]) for _, column, sentence in found] == [
        ("Organisation", "This belongs to Example Ours. ")
    ]


def test_confidential_venue_is_in_no_file_and_neither_found_nor_changed_by_one(manager, editor, ours):
    hidden = factories.make_venue(name="Zyxwvutsecret House", postcode="TA20 1PP", confidential=True)
    factories.make_group(organisation=ours, venue=hidden)

    files = [exported(client, VENUES, kind) for client in (manager, editor) for kind in ("csv", "xlsx")]
    refused = wrong_in(send(manager, VENUES, {"Id": str(hidden.public_id), "Name": "Found"}))
    import_rows(manager, VENUES, {"Name": "Zyxwvutsecret House", "Postcode": "TA20 1PP", "Getting there": "By bus."})

    assert [b"Zyxwvutsecret" in file for file in files] == [False] * 4
    assert len(rows_exported(manager, VENUES)) == 1
    assert [column for _, column, _ in refused] == ["Id"]
    hidden.refresh_from_db()
    assert (hidden.name, hidden.getting_there) == ("Zyxwvutsecret House", "")


def test_hidden_address_of_an_organisation_is_in_no_file_and_not_changed_by_one(manager, ours, theirs):
    for organisation in (ours, theirs):
        organisation.address, organisation.postcode, organisation.town = (
            "1 Zyx Road",
            "TA20 1PP",
            factories.town("Chard"),
        )
        organisation.save()
    hidden = factories.make_venue(postcode="TA20 1PP", confidential=True)
    factories.make_group(organisation=ours, venue=hidden)

    rows = rows_exported(manager, ORGANISATIONS)
    unchanged = send(manager, ORGANISATIONS, *rows)
    found = wrong_in(send(manager, ORGANISATIONS, {"Id": str(ours.public_id), "Postcode": "TA20 1PP", "Town": "Chard"}))

    assert [[row[title] for title in ("Address", "Postcode", "Town")] for row in rows] == [
        ["", "", ""],
        ["1 Zyx Road", "TA20 1PP", "Chard, Somerset"],
    ]
    assert "Nothing would change" in unchanged.text
    assert [column for _, column, _ in found] == ["Postcode", "Town"]


def test_editor_changes_a_venue_where_only_their_own_groups_meet(editor, ours, theirs):
    mine, shared, foreign = (factories.make_venue(name=name) for name in ("Mine", "Shared", "Foreign"))
    for organisation, venue in ((ours, mine), (ours, shared), (theirs, shared), (theirs, foreign)):
        factories.make_group(organisation=organisation, venue=venue)
    rows = rows_exported(editor, VENUES)

    unchanged = send(editor, VENUES, *rows)
    found = wrong_in(send(editor, VENUES, *(row | {"Getting there": "By bus."} for row in rows)))
    import_rows(editor, VENUES, next(row for row in rows if row["Name"] == "Mine") | {"Getting there": "By bus."})

    assert "Nothing would change" in unchanged.text
    assert [rows[number - 2]["Name"] for number, _, _ in found] == ["Foreign", "Shared"]
    assert {*Venue.objects.exclude(getting_there="").values_list("name", flat=True)} == {"Mine"}


def test_venues_that_a_sheet_may_change_are_those_that_their_pages_may(editor, ours, theirs, rf):
    from organisations.models import Editorship

    mine, shared, foreign = (factories.make_venue(name=name) for name in ("Mine", "Shared", "Foreign"))
    for organisation, venue in ((ours, mine), (ours, shared), (theirs, shared), (theirs, foreign)):
        factories.make_group(organisation=organisation, venue=venue)
    import_rows(editor, VENUES, {"Name": "Added", "Town": "Chard"})
    page, request = model_permission_page(Venue), rf.get("/")
    request.user = Editorship.objects.get(organisation=ours).user
    may_change = VENUES.scope(request, page).may_change

    venues = {venue.name: (may_change(venue), page.may(request, CHANGE, venue)) for venue in Venue.objects.all()}

    assert venues == {
        "Mine": (True, True),
        "Shared": (False, False),
        "Foreign": (False, False),
        "Added": (True, True),
    }


def test_manager_adds_organisations_and_an_editor_changes_their_own(manager, editor, ours):
    import_rows(editor, ORGANISATIONS, {"Summary": "Tea and talk."})
    import_rows(manager, ORGANISATIONS, {"Name": "Example New", "Summary": "Walks."})

    assert [*Organisation.objects.order_by("name").values_list("name", "summary", "publication")] == [
        ("Example New", "Walks.", "draft"),
        ("Example Ours", "Tea and talk.", "published"),
    ]


def test_contact_that_only_staff_see_is_in_the_sheet_of_its_own_editors_alone(editor, manager, theirs):
    factories.make_contact(organisation=theirs, role_title="Lead", phone="01632 960999", released=False)

    assert [b"01632 960999" in exported(client, CONTACTS) for client in (editor, manager)] == [False, True]


def test_contacts_of_others_and_plain_ones_stay_with_a_role_and_are_not_named(manager, ours, theirs):
    lead, foreign = (factories.make_contact(organisation=each, role_title=f"Lead of {each}") for each in (ours, theirs))
    plain = factories.make_contact(organisation=ours, role_title="", phone="01632 960999")
    role = factories.make_role(organisation=ours, contacts=[lead, foreign, plain])

    [row] = rows_exported(manager, ROLES)
    import_rows(manager, ROLES, {"Id": str(role.public_id), "Contacts": "-"})

    assert row["Contacts"] == "Lead of Example Ours (Questions of any kind)"
    assert {*role.contacts.all()} == {foreign, plain}
