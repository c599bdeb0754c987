"""Areas and searches with too many groups for a page or a file: that is answered from counts in memory."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.search.snapshot.snapshot import current_snapshot
from tests.factories import make_group, make_schedule

pytestmark = pytest.mark.django_db


@pytest.fixture
def too_many(monkeypatch):
    """Two groups in East Kent, where one is the most."""
    for limit in ("printing.selection.MOST_OF_AREA", "areas.whats_on.TOO_MANY", "areas.search_week.TOO_MANY"):
        monkeypatch.setattr(f"groups.{limit}", 1)
    for _ in range(2):
        make_schedule(make_group(town="Margate"))
    current_snapshot()


@pytest.mark.parametrize(
    "address, status",
    [
        ("/areas/east-kent/print/", 200),
        ("/areas/east-kent/print/list.pdf", 302),
        ("/areas/east-kent/print/list.csv", 302),
        ("/areas/east-kent/print/list.ics", 302),
        ("/areas/east-kent/week/", 200),
        ("/areas/east-kent/calendar.ics", 200),
        ("/groups/week/?near=Margate", 200),
    ],
)
@pytest.mark.usefixtures("too_many")
def test_too_many_groups_are_counted_and_none_is_read(client, address, status):
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)

    of_groups = [query["sql"] for query in queries if "groups_supportgroup" in query["sql"]]
    assert (answer.status_code, of_groups) == (status, [])
