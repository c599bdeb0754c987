"""The sheets of organisations, venues, contacts, roles and training: out, and in again."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Venue
from groups.spreadsheets import reader
from groups.spreadsheets.importer import preview_import
from groups.spreadsheets.models import SheetUpload
from groups.spreadsheets.reader import SheetRow
from groups.spreadsheets.resources.contacts import CONTACTS
from groups.spreadsheets.resources.offers import ROLES, TRAINING
from groups.spreadsheets.resources.organisations import ORGANISATIONS
from groups.spreadsheets.resources.venues import VENUES
from groups.spreadsheets.row_importer import version_text, version_token
from groups.spreadsheets.scope import ImportScope
from organisations.admin.locking import version_of
from organisations.models import Contact, Organisation
from tests import factories
from tests.groups.spreadsheets.resource_rows import (
    OTHERS,
    address,
    import_rows,
    make_full,
    rows_exported,
    say_yes,
    send,
    wrong,
)

pytestmark = pytest.mark.django_db

each_resource = pytest.mark.parametrize("resource", OTHERS, ids=lambda resource: resource.key)
#: A column of text of each resource.
TEXT = {
    ORGANISATIONS: ("Its approach", "approach"),
    VENUES: ("Getting there", "getting_there"),
    CONTACTS: ("Hours", "hours"),
    ROLES: ("Hours", "hours"),
    TRAINING: ("Description", "description"),
}


@each_resource
def test_export_says_something_in_every_column_and_changes_nothing(manager, ours, resource):
    made = make_full(resource, ours)

    rows = rows_exported(manager, resource)
    looked_at = send(manager, resource, *rows)

    row = next(row for row in rows if row["Id"] == str(made.public_id))
    assert [title for title, text in row.items() if not text] == []
    assert list(row) == resource.titles()
    assert "Nothing would change" in looked_at.text
    assert looked_at.context["same_number"] == len(rows)


@each_resource
def test_changed_cell_is_written_with_a_revision_and_an_entry_in_the_log_and_no_letter(manager, ours, resource):
    made = make_full(resource, ours)
    title, name = TEXT[resource]
    links = {field.name: [*getattr(made, field.name).all()] for field in resource.model._meta.many_to_many}
    [row] = [row for row in rows_exported(manager, resource) if row["Id"] == str(made.public_id)]

    page = import_rows(manager, resource, row | {title: "Only now and then."})

    before, version = getattr(made, name), version_text(made)
    made.refresh_from_db()
    newest, *older = made.history.all()
    assert f"1 {resource.noun} changed" in page.text
    assert (getattr(made, name), getattr(newest, name), newest.history_type) == (*["Only now and then."] * 2, "~")
    assert getattr(older[0], name) == before != getattr(made, name)
    assert {name: [*getattr(made, name).all()] for name in links} == links
    assert version_text(made) != version
    assert [str(entry.get_change_message()) for entry in LogEntry.objects.all()] == ["By a spreadsheet."]
    assert mail.outbox == []


@each_resource
def test_row_that_somebody_else_has_changed_since_is_refused_with_what_they_changed(manager, ours, resource):
    made = make_full(resource, ours)
    title, name = TEXT[resource]
    [row] = [row for row in rows_exported(manager, resource) if row["Id"] == str(made.public_id)]
    setattr(made, name, "Theirs.")
    made.save()

    [(column, sentence)] = wrong(send(manager, resource, row | {title: "Mine."}))

    assert column == "Version"
    assert f"Somebody else has changed this {resource.noun} since your file was made." in sentence
    assert "Theirs." in sentence


def test_version_is_a_text_that_no_spreadsheet_takes_for_a_number_and_comes_back(ours):
    venue = factories.make_venue()

    assert version_text(venue).startswith("v")
    assert version_token(version_text(venue)) == version_of(venue)
    assert version_token(version_text(ours)) == version_of(ours)


@pytest.mark.parametrize(
    "resource, row",
    [
        (ORGANISATIONS, {"Name": "Another name", "Charity number": "EX-1", "Summary": "New."}),
        (ORGANISATIONS, {"Name": "example ours", "Summary": "New."}),
        (ORGANISATIONS, {"Charity number": "EX 1", "Summary": "New."}),
        (VENUES, {"Name": "the hall", "Postcode": "ta201pp", "Getting there": "New."}),
        (VENUES, {"Name": "The Hall", "Town": "Chard", "Getting there": "New."}),
        (CONTACTS, {"Organisation": "Example Ours", "Role": "lead", "Hours": "New."}),
        (CONTACTS, {"Organisation": "Example Ours", "Telephone": "01632960 001", "Hours": "New."}),
        (ROLES, {"Organisation": "Example Ours", "Title": "mentor", "Summary": "New."}),
        (TRAINING, {"Organisation": "Example Ours", "Title": "course", "Summary": "New."}),
    ],
)
def test_row_without_an_id_is_found_by_what_it_is_called(manager, ours, resource, row):
    Organisation.objects.filter(pk=ours.pk).update(charity_number="EX1")
    factories.make_venue(name="The Hall", postcode="TA20 1PP")
    factories.make_contact(organisation=ours, role_title="Lead")
    factories.make_contact(organisation=ours, role_title="", phone="01632 960001")
    factories.make_role(organisation=ours, title="Mentor")
    factories.make_training(organisation=ours, title="Course")

    looked_at = send(manager, resource, row)

    assert (looked_at.context["new_number"], looked_at.context["changed_number"]) == (0, 1), looked_at.text


@pytest.mark.parametrize(
    "resource, row, sentence",
    [
        (ORGANISATIONS, {"Name": "Somewhere Else", "Summary": "Tea."}, "1 organisation added, as drafts"),
        (VENUES, {"Name": "The Pier", "Town": "Margate"}, "1 venue added"),
        (CONTACTS, {"Organisation": "Example Ours", "Role": "Lead", "E-mail": "us@example.org"}, "1 contact added"),
        (ROLES, {"Organisation": "Example Ours", "Title": "Mentor", "Summary": "Tea."}, "1 peer role added, as drafts"),
        (
            TRAINING,
            {"Organisation": "Example Ours", "Title": "Start", "Summary": "Tea."},
            "1 training added, as drafts",
        ),
    ],
)
def test_row_that_is_not_there_is_added_with_its_first_revision(manager, ours, resource, row, sentence):
    page = import_rows(manager, resource, row)

    made = resource.model.objects.exclude(pk=ours.pk if resource is ORGANISATIONS else None).get()
    assert sentence in page.text
    assert [version.history_type for version in made.history.all()] == ["+"]
    assert getattr(made, "publication", "draft") == "draft"
    assert not getattr(made, "is_released", False)
    assert getattr(made, "slug", "x") != ""
    assert "Nothing would change" in send(manager, resource, row).text


def test_venue_has_the_place_of_its_postcode_and_says_who_is_there_already(manager):
    factories.make_venue(name="The Hall", postcode="TA20 1PP")

    looked_at = send(manager, VENUES, {"Name": "Guildhall", "Postcode": "TA20 1PP", "Town": "Chard"})
    import_rows(manager, VENUES, {"Name": "Guildhall", "Postcode": "TA20 1PP", "Town": "Chard"})

    assert "“The Hall” is already here at TA20 1PP." in looked_at.text
    venue = Venue.objects.get(name="Guildhall")
    assert (venue.outward_code, venue.district.name, venue.town.name) == ("TA20", "Somerset", "Chard")
    assert venue.latitude is not None


def test_contact_of_one_person_is_public_only_where_somebody_agreed(manager, ours):
    row = {"Organisation": "Example Ours", "Role": "Lead", "Telephone": "01632 960001", "Belongs to one person": "Yes"}

    refused = wrong(send(manager, CONTACTS, row | {"Public": "Yes"}))
    import_rows(manager, CONTACTS, row)
    kept_back = Contact.objects.get().is_released
    import_rows(manager, CONTACTS, row | {"Public": "Yes", "Who agreed": "The lead herself"})

    assert [sentence for _, sentence in refused] == [
        "This belongs to one person. Say who agreed that everybody may see it."
    ]
    contact = Contact.objects.get()
    assert (kept_back, contact.is_released, contact.release_agreed_on is not None) == (False, True, True)


def test_new_number_of_a_contact_counts_as_not_checked(manager, ours):
    contact = factories.make_contact(
        organisation=ours, role_title="Lead", phone="01632 960001", number_checked_on="2026-01-01"
    )

    import_rows(manager, CONTACTS, {"Id": str(contact.public_id), "Telephone": "01632 960002"})

    contact.refresh_from_db()
    assert (contact.phone, contact.number_checked_on) == ("01632 960002", None)


def test_file_goes_to_what_its_titles_say_unless_it_is_chosen(manager, ours):
    row = {"Name": "Guildhall", "Postcode": "TA20 1PP", "Getting there": "By bus."}

    guessed = send(manager, ORGANISATIONS, row)
    chosen = send(manager, ORGANISATIONS, row, chosen=ORGANISATIONS.key)

    assert (guessed.context["title"], guessed.context["new_number"]) == ("Import venues", 1)
    assert address(VENUES, "process_import") in guessed.text
    assert chosen.context["form"].errors["file"] == [
        "In a sheet of organisations we know no column called “Getting there”. Take it out, or call it as the template "
        "does. If the rows are something else, choose what they are."
    ]


def test_file_that_was_looked_at_as_one_thing_is_not_written_as_another(manager, ours):
    looked_at = send(manager, VENUES, {"Name": "Guildhall", "Postcode": "TA20 1PP", "Getting there": "By bus."})
    confirmed = {name: looked_at.context[name] for name in ("word", "mark")}

    answer = manager.post(address(ROLES, "process_import"), confirmed, follow=True)

    assert "This file has waited too long" in answer.text
    assert Venue.objects.count() == 0


def test_long_file_is_looked_at_and_written_by_a_run_as_what_its_titles_say(manager, ours, monkeypatch):
    monkeypatch.setattr(reader, "SHORT_ROWS", 1)
    rows = [{"Name": name, "Town": "Chard", "Getting there": "By bus."} for name in ("Guildhall", "The Pier")]

    looked_at = send(manager, ORGANISATIONS, *rows)
    written = say_yes(manager, looked_at, VENUES)

    assert looked_at.redirect_chain == [(address(ORGANISATIONS, "import_progress"), 302)]
    assert (looked_at.context["title"], looked_at.context["can_be_written"]) == ("Import venues", True)
    assert "Imported: 2 venues added; 0 venues changed." in written.text
    assert address(VENUES, "changelist") in written.text
    assert [*Venue.objects.order_by("name").values_list("name", flat=True)] == ["Guildhall", "The Pier"]


def test_long_file_with_other_titles_than_those_of_what_was_chosen_is_refused(editor, ours, monkeypatch):
    monkeypatch.setattr(reader, "SHORT_ROWS", 0)

    answer = send(editor, VENUES, {"Nonsense": "x", "Name": "y"}, chosen=VENUES.key)

    assert "In a sheet of venues we know no column called “Nonsense”." in answer.text
    assert (Venue.objects.count(), SheetUpload.objects.count()) == (0, 0)


@each_resource
def test_more_rows_cost_no_more_queries(ours, resource):
    owner = {"Organisation": "Example Ours"} if "Organisation" in resource.titles() else {}
    rows = [
        SheetRow(number, owner | {"Name": f"Hall {number}", "Title": f"Hall {number}", "Role": f"Hall {number}"} | rest)
        for number, rest in enumerate([{"Town": "Chard", "Summary": "Tea.", "E-mail": "us@example.org"}] * 3, start=2)
    ]

    def queries(number: int) -> int:
        scope = ImportScope(
            resource.exported(resource.model.objects.all()), Organisation.objects.in_bulk(), may_add_organisations=True
        )
        with CaptureQueriesContext(connection) as asked:
            result = preview_import(rows[:number], scope)
        assert (len(result.new), result.errors) == (number, {})
        return len(asked)

    assert queries(1) == queries(3)
