"""A file of Open Referral UK that staff send is read as rows of our columns."""

import json

import pytest

from groups.models import SupportGroup
from groups.spreadsheets.group_columns import column_titles
from groups.spreadsheets.reader import BadSheet, read_table
from organisations.models import Organisation
from tests.groups.spreadsheets.files import say_yes, send
from tests.groups.spreadsheets.open_referral.feeds import SAMPLES, make_service, page
from tests.groups.spreadsheets.test_mapping import map_columns

ONE, TWO = make_service(), make_service("Example Advice Line", email="advice@example.org")


@pytest.mark.parametrize(
    "content", [page(ONE, TWO), json.dumps([ONE, TWO]).encode(), f"{json.dumps(ONE)}\n{json.dumps(TWO)}".encode()]
)
def test_services_of_a_file_are_rows_of_our_columns(content):
    table = read_table(content, column_titles())

    rows = [dict(zip(table.titles, cells, strict=True)) for _, cells in table.rows]
    assert {*table.titles} <= {*column_titles()}
    assert [(row["Name"], row["What it is"], row["When"]) for row in rows] == [
        ("Example Walking Group", "Group", "Every Thursday, 6.30pm to 8pm."),
        ("Example Advice Line", "Organisation", "Every Thursday, 6.30pm to 8pm."),
    ]


def test_file_with_services_that_break_the_schema_is_refused_with_the_reasons():
    with pytest.raises(BadSheet) as failure:
        read_table((SAMPLES / "bad/service_full.json").read_bytes(), column_titles())

    assert str(failure.value) == (
        "1 of its 1 services break Open Referral UK 3.0. email: “email-example_com”: This is no e-mail address. "
        "url: “example/counselling”: This is no address with a scheme."
    )


@pytest.mark.one_database("the pipeline behind the page is tried on both")
def test_staff_send_a_file_of_services_and_say_what_the_list_is_called(manager):
    columns = send(manager, page(ONE, TWO), "services.json")

    say_yes(manager, map_columns(manager, columns, source="Example council"))

    [group] = SupportGroup.objects.all()
    assert (group.name, group.source_records.get().source.name) == ("Example Walking Group", "Example council")
    assert Organisation.objects.get().what_it_does.startswith("Example Advice Line: We walk and talk.")
