"""Lists of staff pages cost what a page costs, however long they are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Topic
from tests.factories import make_group, make_terms
from tests.staff.people import make_manager, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(client):
    return sign_in(client, make_manager())


def asked_by(client, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address)
    assert answer.status_code == 200
    return [query["sql"] for query in queries]


def test_groups_are_sorted_by_their_keys_alone(manager, monkeypatch):
    monkeypatch.setattr("organisations.admin.base.PublicModelAdmin.list_per_page", 1)
    for name in ("Example A", "Example B", "Example C"):
        make_group(name=name)

    sorted_by = [sql for sql in asked_by(manager, "/staff/groups/supportgroup/?p=3") if "OFFSET" in sql]

    assert [("groups_groupcheck" in sql, "summary" in sql) for sql in sorted_by] == [(False, False)]


def test_topics_to_filter_by_are_those_of_groups_and_no_group_is_read_for_each(manager):
    used, _ = make_terms(Topic, ["Grief", "Tides"])
    make_group(topics=[used.name])

    [of_topics] = [sql for sql in asked_by(manager, "/staff/groups/supportgroup/") if 'FROM "groups_topic"' in sql]
    page = manager.get("/staff/groups/supportgroup/").content.decode()

    assert ("EXISTS" in of_topics, "DISTINCT" in of_topics) == (True, False)
    assert [f">{name}</a>" in page.replace("\n", "").replace(" ", "") for name in ("Grief", "Tides")] == [True, False]
