"""What a file does, row by row, before it is a page."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from groups.models import SupportGroup
from groups.spreadsheets.importer import preview_import, write_import
from groups.spreadsheets.loading import GroupLoader
from groups.spreadsheets.reader import SheetRow
from groups.spreadsheets.scope import ImportScope
from organisations.models import Organisation
from tests import factories
from tests.common.table_counts import COUNT_TABLES, counting
from tests.groups.spreadsheets.files import EXPORT

pytestmark = pytest.mark.django_db


@pytest.fixture
def scope(ours) -> ImportScope:
    return ImportScope(SupportGroup.objects.all(), Organisation.objects.in_bulk())


def test_states_and_errors_are_found_by_the_number_of_their_row(ours, scope):
    same, other = (factories.make_group(name=name, organisation=ours, cost_note="£1") for name in ("One", "Two"))
    rows = [
        SheetRow(2, {"Code": same.code, "Cost": "£1"}),
        SheetRow(3, {"Code": other.code, "Cost": "£2"}),
        SheetRow(7, {"Name": "Three", "Summary": "Tea.", "Age from": "old", "Age to": "12"}),
        SheetRow(9, {"Name": "Four", "Summary": "Tea.", "In person": "yes"}),
    ]

    result = preview_import(rows, scope)

    found = {number: (state.group.name, state.is_new, len(state.changes)) for number, state in result.states.items()}
    assert found == {2: ("One", False, 0), 3: ("Two", False, 1), 9: ("Four", True, 2)}
    assert {number: list(errors) for number, errors in result.errors.items()} == {7: ["Age from"]}
    assert [state.number for state in result.to_write] == [3, 9]


def test_what_an_import_finds_out_is_in_the_state_and_not_on_the_group(ours, scope):
    group = factories.make_group(name="One", organisation=ours, topics=["Grief"])
    factories.make_schedule(group)
    row = SheetRow(2, {"Code": group.code, "Topics": "-", "When": "Fridays, 7pm"})

    [state] = preview_import([row], scope).states.values()

    assert set(vars(state.group)) == set(vars(GroupLoader().load(SupportGroup.objects.all())[0]))
    assert [topic.name for topic in state.previous.links["topics"]] == ["Grief"]
    assert state.relations.links["topics"] == []
    assert [schedule.weekday for schedule in state.relations.schedules] == [4]


@pytest.mark.parametrize("confirmed, is_written", [(True, True), (False, False)])
def test_file_is_written_only_where_it_does_what_was_confirmed(ours, scope, confirmed, is_written):
    group = factories.make_group(name="One", organisation=ours, cost_note="£1")
    rows = [SheetRow(2, {"Code": group.code, "Cost": "£2"})]
    digest = preview_import(rows, scope).digest

    with transaction.atomic():
        result = write_import(rows, scope, digest if confirmed else "another")

    group.refresh_from_db()
    assert (result.is_written, group.cost_note) == (is_written, "£2" if is_written else "£1")


@pytest.mark.parametrize("new, counts", [(1, []), (2, COUNT_TABLES)])
def test_tables_are_counted_after_an_import_of_many(
    ours, scope, new, counts, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("groups.spreadsheets.importer.MANY", 2)
    rows = [
        SheetRow(number, {"Name": f"Group {number}", "Summary": "Tea.", "In person": "yes"}) for number in range(new)
    ]
    digest = preview_import(rows, scope).digest

    with CaptureQueriesContext(connection) as asked, django_capture_on_commit_callbacks(execute=True):
        write_import(rows, scope, digest)

    assert counting(asked) == counts


def test_export_with_a_filter_that_there_is_not_goes_back_to_the_list(manager):
    answer = manager.get(EXPORT, {"nonsense": "1"})

    assert answer.headers["Location"] == "/staff/groups/supportgroup/?e=1"
