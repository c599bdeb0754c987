"""The columns of the sheets of each resource, without a row."""

import pytest

from common.text import fold
from groups.spreadsheets.resources.groups import GROUPS
from groups.spreadsheets.resources.offers import ROLES, TRAINING
from groups.spreadsheets.resources.registry import RESOURCES, guess_resource
from groups.spreadsheets.resources.venues import VENUES
from groups.spreadsheets.row_importer import version_token
from tests.groups.spreadsheets.resource_rows import OTHERS

#: What no sheet has: what is looked up, of the record, or set on a page alone.
NO_COLUMNS = {
    *("id", "created_at", "updated_at", "slug", "revision", "staff_note", "number_checked_on"),
    *("district", "latitude", "longitude", "outward_code", "position_is_by_hand", "position_reason"),
    *("address_is_confidential", "networks"),
}


@pytest.mark.parametrize("resource", OTHERS, ids=lambda resource: resource.key)
def test_every_field_of_a_model_is_a_column_of_its_sheet(resource):
    fields = {field.name for field in (*resource.model._meta.fields, *resource.model._meta.many_to_many)}
    columns = [column.name for column in resource.columns()]

    assert fields - {*columns} - NO_COLUMNS == set()
    assert {*columns} - fields - {"version"} == set()


def test_title_is_spelt_alike_in_all_sheets_and_once_in_each():
    spelt = {}
    for resource in RESOURCES:
        titles = resource.titles()
        assert len(titles) == len({fold(title) for title in titles})
        for title in titles:
            assert spelt.setdefault(fold(title), title) == title


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.key)
def test_file_is_taken_for_what_its_titles_are_of_on_the_page_of_any_other(resource):
    assert {guess_resource(resource.titles(), own, RESOURCES).key for own in RESOURCES} == {resource.key}


@pytest.mark.parametrize(
    "titles, own, guessed",
    [
        (["Organisation", "Title", "Summary"], TRAINING, TRAINING),
        (["Organisation", "Title", "Summary"], ROLES, ROLES),
        (["Name", "Postcode", "Town"], GROUPS, GROUPS),
        (["Name", "Postcode", "Town"], VENUES, VENUES),
        (["Service", "Provider", "Post code", "Name"], GROUPS, GROUPS),
    ],
)
def test_titles_of_several_sheets_are_those_of_the_page(titles, own, guessed):
    assert guess_resource(titles, own, RESOURCES).key == guessed.key


@pytest.mark.parametrize("text", ["", "7", "x", "v", "vzz", "v" + "f" * 40])
def test_version_that_is_none_of_ours_is_left_as_it_is(text):
    assert version_token(text) == text
