"""Pages of long lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from common.pagination import PER_PAGE, KeysFirstPaginator
from organisations.models import Organisation
from tests.factories import make_group, make_organisation

pytestmark = pytest.mark.django_db


def test_keys_of_a_page_are_sorted_alone_and_then_its_rows_are_read():
    for number in range(PER_PAGE + 2):
        make_organisation(name=f"Example {number:02}")
    make_group(organisation=Organisation.objects.get(name="Example 21"))
    rows = Organisation.objects.published().for_cards(timezone.localdate())

    with CaptureQueriesContext(connection) as queries:
        page = KeysFirstPaginator(rows, PER_PAGE).page(2)
        found = [(row.name, row.group_count) for row in page]

    [_, keys, read, _] = [query["sql"] for query in queries]
    assert found == [("Example 20", 0), ("Example 21", 1)]
    assert ("OFFSET" in keys, "summary" in keys, "groups_supportgroup" in keys) == (True, False, False)
    assert ("OFFSET" in read, "summary" in read, "groups_supportgroup" in read) == (False, True, True)
