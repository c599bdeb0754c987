"""Whose groups a file may be about: nobody learns or changes anything of another organisation by one."""

import pytest
from django.test import Client

from groups.models import SupportGroup, Venue
from tests import factories
from tests.groups.spreadsheets.files import (
    CONFIRM,
    IMPORT,
    TEMPLATE,
    csv_file,
    exported,
    import_rows,
    rows_of,
    send,
    wrong,
)
from tests.staff.people import make_contributor, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def other(theirs) -> SupportGroup:
    return factories.make_group(name="Secret circle", organisation=theirs, code="bcdfg")


def test_editor_exports_their_own_groups_and_no_others(editor, manager, ours, other):
    factories.make_group(name="Talking", organisation=ours)
    chosen = {"action": "export_chosen_csv", "_selected_action": [other.pk], "select_across": "1"}

    assert [row["Name"] for row in rows_of(exported(editor))] == ["Talking"]
    assert [row["Name"] for row in rows_of(exported(manager))] == ["Talking", "Secret circle"]
    assert [row["Name"] for row in rows_of(editor.post("/staff/groups/supportgroup/", chosen).getvalue())] == [
        "Talking"
    ]


def test_hidden_address_of_an_organisation_is_in_no_file_of_groups_and_stands_after_it_comes_back(
    editor, manager, ours, theirs
):
    for organisation in (ours, theirs):
        organisation.address, organisation.postcode = "1 Zyx Road", "TA20 1PP"
        organisation.save()
    hidden = factories.make_venue(postcode="TA20 1PP", confidential=True)
    factories.make_group(name="Talking", organisation=ours, venue=hidden)
    factories.make_group(name="Walking", organisation=theirs)

    files = [rows_of(exported(client)) for client in (editor, manager)]
    unchanged = send(manager, csv_file(*files[1]))

    titles = ("Name", "Organisation address", "Organisation postcode")
    assert [[tuple(row[title] for title in titles) for row in rows] for rows in files] == [
        [("Talking", "", "")],
        [("Talking", "", ""), ("Walking", "1 Zyx Road", "TA20 1PP")],
    ]
    assert "Nothing would change" in unchanged.text


@pytest.mark.parametrize(
    "row,column",
    [
        ({"Code": "bcdfg", "Cost": "£1"}, "Code"),
        ({"Code": "qqqqq", "Cost": "£1"}, "Code"),
        ({"Organisation": "Somebody Else", "Name": "Secret circle", "Cost": "£1"}, "Organisation"),
        ({"Organisation": "Nobody at all", "Name": "Secret circle", "Cost": "£1"}, "Organisation"),
    ],
)
def test_row_of_another_organisation_is_refused_like_one_that_does_not_exist(editor, other, row, column):
    found = wrong(editor, row)

    assert [(at, title) for at, title, _ in found] == [(2, column)]
    assert "Secret" not in found[0][2]
    assert "Somebody Else" not in found[0][2].replace(row.get("Organisation", ""), "")


def test_public_identity_of_anothers_group_is_refused(editor, other):
    assert [title for _, title, _ in wrong(editor, {"Code": str(other.public_id), "Cost": "£1"})] == ["Code"]


def test_name_of_anothers_group_is_free_for_ones_own(editor, ours, other):
    import_rows(editor, {"Name": "Secret circle", "Summary": "Ours."})

    assert SupportGroup.objects.get(organisation=ours).name == "Secret circle"
    other.refresh_from_db()
    assert other.summary == "An example of a group."


def test_contributor_exports_and_does_not_import(ours):
    factories.make_group(name="Talking", organisation=ours)
    client = sign_in(Client(), make_contributor(ours))

    answers = [client.get(IMPORT), send(client, csv_file({"Name": "One"})), client.post(CONFIRM, {"word": "x"})]

    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert client.get(TEMPLATE).status_code == 200
    assert [row["Name"] for row in rows_of(exported(client))] == ["Talking"]
    assert IMPORT not in client.get("/staff/groups/supportgroup/").text


def test_editor_who_only_proposes_for_another_organisation_changes_nothing_of_it(editor, ours, other, theirs):
    from organisations.models import Editorship

    user = Editorship.objects.get(organisation=ours).user
    Editorship.objects.create(user=user, organisation=theirs, role="contributor")

    assert [title for _, title, _ in wrong(editor, {"Code": "bcdfg", "Cost": "£1"})] == ["Code"]
    assert [row["Name"] for row in rows_of(exported(editor))] == ["Secret circle"]


def test_confidential_venue_is_in_no_file_and_not_changed_by_one(manager, ours):
    venue = factories.make_venue(name="Hidden House", address="9 Hidden Street", confidential=True)
    group = factories.make_group(name="Talking", organisation=ours, venue=venue, online_link="https://meet.example.org")
    content = exported(manager)

    row = rows_of(content)[0]
    found = wrong(manager, {"Code": group.code, "Venue": "Other Hall", "Town": "Chard"})

    assert (row["Venue"], row["Address"], row["Town"], row["Postcode"]) == ("Confidential", "", "", "")
    assert [word for word in ("Hidden", "meet.example.org") if word.encode() in content] == []
    assert "is confidential. Change it on the group's own page." in found[0][2]


def test_editor_is_warned_of_words_that_give_a_confidential_venue_away(editor, ours):
    venue = factories.make_venue(name="Hidden House", address="9 Hidden Street", confidential=True)
    group = factories.make_group(name="Talking", organisation=ours, venue=venue)

    page = import_rows(editor, {"Code": group.code, "Who meets you": "Ann, at the door of Hidden House."})

    assert "is confidential, and “first visit: who meets you” of Talking says “Hidden House”" in page.text


def test_confidential_venue_is_not_found_by_its_name_and_postcode(editor, ours, other):
    venue = factories.make_venue(name="Hidden House", postcode="TA20 1PP", confidential=True)

    import_rows(editor, {"Name": "One", "Summary": "One.", "Venue": "Hidden House", "Postcode": "TA20 1PP"})

    made = SupportGroup.objects.get(organisation=ours).venue
    assert made != venue
    assert Venue.objects.filter(name="Hidden House").count() == 2


def test_contact_of_another_organisation_stays_and_is_not_named(editor, manager, ours, theirs):
    mine, foreign = (factories.make_contact(organisation=each, role_title=f"Lead of {each}") for each in (ours, theirs))
    group = factories.make_group(name="Talking", organisation=ours, contacts=[mine, foreign])

    row = rows_of(exported(manager))[0]
    import_rows(editor, {"Code": group.code, "Contacts": "-"})

    assert row["Contacts"] == "Lead of Example Ours (Questions of any kind)"
    assert list(group.contacts.all()) == [foreign]
