"""A council's list, as councils write them: services that are no groups, venues without a name, times in doubt."""

import pytest
from django.db import transaction

from groups.choices import Weekday
from groups.models import SupportGroup
from groups.spreadsheets.group_columns import column_titles
from groups.spreadsheets.importer import preview_import, write_import
from groups.spreadsheets.mapping import Mapping
from groups.spreadsheets.reader import SheetRow, read_table
from groups.spreadsheets.scope import ImportScope
from organisations.models import Organisation
from tests.groups.spreadsheets.files import csv_file

pytestmark = pytest.mark.django_db

MAPPING = Mapping(
    {
        "Ref": "Id in that list",
        "Service name": "Name",
        "Provider": "Organisation",
        "Type": "What it is",
        "Description": "Summary",
        "Street": "Address",
        "Post code": "Postcode",
        "Day and time": "When",
    },
    kinds={"Support group": "group", "Advice": "organisation"},
    source="Example Council directory",
)


def entry(number: int, kind: str = "Support group", **changes: str) -> dict[str, str]:
    """One row of the list. Everything in it is made up."""
    row = {
        "Ref": f"EX{number}",
        "Service name": f"Example service {number}",
        "Provider": "Example Friends",
        "Type": kind,
        "Description": f"Tea and talk, table {number}.",
        "Street": f"{number} Example Street",
        "Post code": "TA20 1AA" if number % 2 else "TA20 1PP",
        "Day and time": "Tuesdays 1pm - 3pm",
    }
    return row | changes


LIST = [*(entry(number) for number in range(8)), *(entry(number, "Advice") for number in range(20, 23))]


def sheet(rows: list[dict[str, str]]) -> list[SheetRow]:
    return MAPPING.rows_of(read_table(csv_file(*rows), column_titles()))


def scope() -> ImportScope:
    return ImportScope(SupportGroup.objects.all(), Organisation.objects.in_bulk(), may_add_organisations=True)


def look(rows: list[dict[str, str]]):
    result = preview_import(sheet(rows), scope())
    assert result.errors == {}
    return result


def load(rows: list[dict[str, str]]) -> None:
    digest = look(rows).digest
    with transaction.atomic():
        assert write_import(sheet(rows), scope(), digest).is_written


def test_list_is_loaded_in_one_file_and_sent_again_changes_nothing():
    load(LIST)

    again = look(LIST)
    assert (len(again.states), len(again.organisation_rows), again.changes_anything) == (8, 3, False)


def test_next_file_shows_exactly_what_has_changed_is_new_and_is_gone():
    load(LIST)
    changed = [entry(0, **{"Day and time": "Tuesdays 2pm - 4pm"}), entry(1, Street="9 Other Street")]

    result = look([*changed, *LIST[3:-1], entry(31)])

    assert [state.group.name for state in result.changed] == ["Example service 0", "Example service 1"]
    assert [state.group.name for state in result.new] == ["Example service 31"]
    assert [record.foreign_id for record in result.gone] == ["EX2", "EX22"]


def test_services_that_are_no_groups_are_paragraphs_of_what_their_organisation_does():
    load(LIST)
    load([*LIST[:-1], entry(22, "Advice", Description="Cake.", **{"Day and time": "By appointment"})])

    organisation = Organisation.objects.get()
    assert organisation.what_it_does.split("\n\n") == [
        "Example service 20: Tea and talk, table 20. Tuesdays 1pm - 3pm",
        "Example service 21: Tea and talk, table 21. Tuesdays 1pm - 3pm",
        "Example service 22: Cake. By appointment",
    ]
    # Where one of its services is, is not where the organisation is.
    assert (organisation.address, organisation.postcode, organisation.groups.count()) == ("", "", 8)


def test_service_of_which_nothing_is_said_takes_the_place_of_no_other():
    named = {"Service name": "Tea dance", "Description": "Dancing.", "Day and time": ""}
    load([entry(1, "Advice", **named), entry(2, "Advice", **named | {"Service name": "Tea", "Description": ""})])

    assert Organisation.objects.get().what_it_does == "Tea dance: Dancing.\n\nTea"


def test_venue_without_a_name_is_called_by_its_street():
    load([entry(1)])

    venue = SupportGroup.objects.get().venue
    assert (venue.name, venue.address, venue.postcode) == ("1 Example Street", "", "TA20 1AA")


def test_what_cannot_be_read_in_a_foreign_file_stands_in_the_note_for_staff():
    doubtful = entry(1, **{"Day and time": "Thursdays 10 - 12"})
    load([doubtful])

    group = SupportGroup.objects.get()
    assert (group.schedules.count(), group.staff_note) == (0, "When: Thursdays 10 - 12")
    assert look([doubtful]).changes_anything is False


def test_what_cannot_be_read_in_a_foreign_file_leaves_a_value_that_is_there_and_is_said_once():
    load([entry(1)])
    moved = [entry(1, **{"Day and time": "Thursdays 10 - 12"})]

    [state] = look(moved).states.values()
    load(moved)

    group = SupportGroup.objects.get()
    assert state.remarks == [
        "“When” is put into the note for staff. “10 - 12”: 10am to noon? Write “Every Thursday, 10am to noon.”."
        " Here it stays “Every Tuesday, 1pm to 3pm.”."
    ]
    assert (group.schedules.get().weekday, group.staff_note) == (Weekday.TUESDAY, "When: Thursdays 10 - 12")
    assert look(moved).changes_anything is False


def test_what_cannot_be_read_in_a_file_with_our_titles_is_an_error():
    load([entry(1)])
    row = SheetRow(2, {"Code": SupportGroup.objects.get().code, "When": "Thursdays 10 - 12"})

    assert list(preview_import([row], scope()).errors[2]) == ["When"]
