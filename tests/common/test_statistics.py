"""After a load the database counts its tables again, or it plans by how few rows there were before."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "command, options",
    [("make_examples", ["--count=1"]), ("make_examples", ["--remove"]), ("load_directory", [])],
)
def test_tables_are_counted_after_a_load(command, options):
    with CaptureQueriesContext(connection) as asked:
        call_command(command, *options)

    assert [query["sql"] for query in asked][-1] == "ANALYZE"
