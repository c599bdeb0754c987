"""One row is enough: the organisation, its contact and its id in another list come with the group."""

import pytest
from django.db import transaction

from groups.models import Source, SourceRecord, SupportGroup
from groups.spreadsheets.importer import preview_import, write_import
from groups.spreadsheets.reader import SheetRow
from groups.spreadsheets.scope import ImportScope
from organisations.models import Contact, Organisation
from tests import factories

pytestmark = pytest.mark.django_db

ROW = {
    "Organisation": "Example Friends",
    "Organisation kind": "Charity",
    "Charity number": "EX 12345",
    "Organisation website": "example.org",
    "Organisation address": "1 Example Street",
    "Organisation postcode": "ta201aa",
    "Name": "Tea and talk",
    "Summary": "Tea, and talk.",
    "Telephone": "01632 960001",
    "E-mail": "tea@example.org",
    "From list": "Example Council",
    "Id in that list": "17",
}


def look(*rows: dict[str, str], manager: bool = True):
    scope = ImportScope(SupportGroup.objects.all(), Organisation.objects.in_bulk(), may_add_organisations=manager)
    return preview_import([SheetRow(number, row) for number, row in enumerate(rows, start=2)], scope)


def load(*rows: dict[str, str]):
    result = look(*rows)
    assert result.errors == {}
    scope = ImportScope(SupportGroup.objects.all(), Organisation.objects.in_bulk(), may_add_organisations=True)
    sheet = [SheetRow(number, row) for number, row in enumerate(rows, start=2)]
    with transaction.atomic():
        written = write_import(sheet, scope, result.digest)
    assert written.is_written
    return written


def test_row_makes_the_organisation_its_contact_and_its_id():
    load(ROW)

    group = SupportGroup.objects.get()
    organisation, contact, record = group.organisation, group.contacts.get(), group.source_records.get()
    assert (organisation.name, organisation.kind, organisation.charity_number) == (
        "Example Friends",
        "charity",
        "EX 12345",
    )
    assert (organisation.website, organisation.address_lines) == (
        "https://example.org",
        ["1 Example Street", "TA20 1AA"],
    )
    assert (organisation.publication, organisation.district.name, organisation.history.count()) == (
        "draft",
        "Somerset",
        1,
    )
    assert (contact.role_title, contact.phone, contact.email, contact.is_released) == (
        "",
        "01632 960001",
        "tea@example.org",
        False,
    )
    assert (record.source.name, record.foreign_id, record.source.last_read_on) == (
        "Example Council",
        "17",
        factories.days_ago(0),
    )


def test_same_row_again_changes_nothing():
    load(ROW)

    assert look(ROW).changes_anything is False


def test_contact_is_public_only_by_the_word_of_somebody():
    load(ROW | {"Contact agreed by": "The office, by phone"})
    released = Contact.objects.get()
    Contact.objects.update(number_checked_on=factories.days_ago(3))
    load(ROW | {"Telephone": "01632 960002"})

    contact = Contact.objects.get()
    assert (released.is_released, released.release_agreed_by) == (True, "The office, by phone")
    assert (released.release_agreed_on, contact.number_checked_on) == (factories.days_ago(0), None)
    assert (contact.pk, contact.phone, contact.is_released, contact.release_agreed_by) == (
        released.pk,
        "01632 960002",
        False,
        "",
    )


def test_number_of_one_organisation_is_one_contact_however_many_groups():
    load(ROW, ROW | {"Name": "Walk", "Id in that list": "18"})

    assert [group.contacts.get() for group in SupportGroup.objects.all()] == [Contact.objects.get()] * 2


@pytest.mark.parametrize(
    "cells",
    [
        {"Organisation": "EXAMPLE FRIENDS"},
        {"Organisation": "Friends of old"},
        {"Organisation": "Friends in another spelling", "Charity number": "ex-12345"},
    ],
    ids=["name", "former name", "number"],
)
def test_organisation_is_found_by_its_names_and_its_number(cells):
    known = factories.make_organisation(
        name="Example Friends", former_names=["Friends of old"], charity_number="EX12345"
    )

    [state] = look({"Name": "Tea", "Summary": "Tea.", **cells}).states.values()

    assert state.group.organisation == known


@pytest.mark.parametrize(
    "cells, title, words",
    [
        ({"Organisation": "Old name"}, "Organisation", ("Example One (EX1)", "Example Two (example-two)")),
        ({"Organisation": "Example Two", "Charity number": "EX1"}, "Charity number", ("Example One", "Example Two")),
        ({"Organisation": "Examples One"}, "Organisation", ("Did you mean “Example One”?", "new: Examples One")),
    ],
)
def test_organisation_that_may_be_another_is_asked_about_with_its_candidates(cells, title, words):
    factories.make_organisation(name="Example One", former_names=["Old name"], charity_number="EX1")
    factories.make_organisation(name="Example Two", former_names=["Old name"])

    errors = look({"Name": "Tea", "Summary": "Tea.", **cells}).errors[2]

    assert list(errors) == [title]
    assert [word for word in words if word not in errors[title][0]] == []


def test_new_before_a_name_adds_an_organisation_that_is_nearly_another():
    factories.make_organisation(name="Example One")

    load({"Organisation": "new: Examples One", "Name": "Tea", "Summary": "Tea."})

    assert SupportGroup.objects.get().organisation.name == "Examples One"


def test_only_managers_add_organisations():
    factories.make_organisation(name="Example One")
    factories.make_organisation(name="Example Two")

    errors = look(ROW, manager=False).errors[2]

    assert errors["Organisation"][0].startswith("You may add groups to no organisation called “Example Friends”.")


def test_two_rows_that_say_two_things_of_one_organisation_are_asked_about():
    errors = look(ROW, ROW | {"Name": "Walk", "Id in that list": "18", "Organisation kind": "Network"}).errors

    assert list(errors) == [3]
    assert errors[3]["Organisation kind"] == [
        "Row 2 says “Charity” of Example Friends. It cannot be both: take one out."
    ]


def test_next_file_of_a_list_finds_what_changed_what_is_new_and_what_is_gone():
    second, third = ({"Name": name, "Id in that list": name} for name in ("Walk", "Sing"))
    load(ROW, ROW | second)

    result = look(ROW | {"Name": "Tea and cake"}, ROW | third)

    assert [(state.group.name, state.changes) for state in result.changed] == [
        ("Tea and cake", [("Name", "Tea and talk", "Tea and cake")])
    ]
    assert [state.group.name for state in result.new] == ["Sing"]
    assert [record.subject.name for record in result.gone] == ["Walk"]


def test_group_that_has_ended_is_gone_no_more():
    load(ROW)
    SupportGroup.objects.update(stage="ended")

    assert look(ROW | {"Id in that list": "18", "Name": "Walk"}).gone == []


def test_entries_of_one_name_differ_by_their_ids():
    load(ROW, ROW | {"Id in that list": "18"})

    assert SourceRecord.objects.count() == SupportGroup.objects.count() == 2
    assert look(ROW | {"Id in that list": "19"}, ROW).new[0].group.name == "Tea and talk"


@pytest.mark.parametrize(
    "cells, title",
    [
        ({"Id in that list": ""}, "Id in that list"),
        ({"From list": ""}, "From list"),
        ({"E-mail": "nothing"}, "E-mail"),
        ({"Telephone": "ask"}, "Telephone"),
        ({"Telephone": "", "E-mail": "", "Contact agreed by": "All"}, "Contact agreed by"),
        ({"Organisation postcode": "nowhere"}, "Organisation postcode"),
        ({"What it is": "a bus"}, "What it is"),
    ],
)
def test_cell_that_cannot_be_read_is_said_at_its_column(cells, title):
    assert list(look(ROW | cells).errors[2]) == [title]


def test_row_that_is_no_group_becomes_an_organisation_or_nothing():
    counselling = ROW | {"What it is": "Organisation", "Name": "Quiet room", "What it is like": "Counselling."}
    loaded = load(counselling, ROW | {"What it is": "Leave it out", "Id in that list": "18"})

    organisation = Organisation.objects.get()
    assert (loaded.left_out, SupportGroup.objects.count()) == ([3], 0)
    assert (organisation.name, organisation.summary, organisation.what_it_does) == (
        "Example Friends",
        "",
        "Quiet room: Tea, and talk. Counselling.",
    )
    assert (organisation.contacts.get().phone, organisation.source_records.get().foreign_id) == ("01632 960001", "17")
    assert Source.objects.count() == 1
    assert look(counselling).changes_anything is False


def test_change_of_an_organisation_is_no_change_of_its_group():
    load(ROW)
    result = load(ROW | {"Organisation website": "https://example.org/new", "Telephone": "01632 960009"})

    group = SupportGroup.objects.get()
    assert (group.revision, group.history.count(), group.organisation.revision) == (0, 1, 1)
    assert [state.changes for state in result.changed_organisations] == [
        [("Organisation website", "https://example.org", "https://example.org/new")]
    ]
