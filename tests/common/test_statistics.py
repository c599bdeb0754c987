"""After a load the database counts its tables again, or it plans by how few rows there were before."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from common.statistics import FEW, analyse
from groups.models import Topic
from tests.common.table_counts import COUNT_TABLES, counting
from tests.factories import make_group

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "command, options",
    [("make_examples", ["--count=1"]), ("make_examples", ["--remove"]), ("load_directory", [])],
)
def test_tables_are_counted_after_a_load(command, options):
    with CaptureQueriesContext(connection) as asked:
        call_command(command, *options)

    assert counting(list(asked)[-3:]) == COUNT_TABLES


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts again by itself.")
@pytest.mark.one_database
def test_small_tables_have_no_statistics_by_which_they_would_be_read_whole_when_they_have_grown():
    make_group()
    Topic.objects.bulk_create(Topic(name=f"Topic {number}", slug=f"topic-{number}") for number in range(FEW))

    analyse()

    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tbl FROM sqlite_stat1")
        counted = {table for (table,) in cursor.fetchall()}
        cursor.execute("EXPLAIN QUERY PLAN SELECT id FROM groups_supportgroup WHERE venue_id = 1")
        [(*_, plan)] = cursor.fetchall()
    assert counted & {"groups_topic", "groups_supportgroup"} == {"groups_topic"}
    assert plan.startswith("SEARCH groups_supportgroup USING COVERING INDEX groups_supportgroup_venue_id_")
