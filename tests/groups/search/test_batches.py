"""Groups are read in batches: by a range of keys, or each by its own."""

import pytest

from groups.search.snapshot.group_rows import IN_CLAUSE_LIMIT
from groups.search.snapshot.loader import BATCH_SIZE, MOST_APART, batch_size


@pytest.mark.parametrize("apart, size", [(1, BATCH_SIZE), (MOST_APART, BATCH_SIZE), (MOST_APART + 1, IN_CLAUSE_LIMIT)])
def test_groups_far_apart_are_read_without_those_between(apart, size):
    assert batch_size([*range(7, 7 + 1000 * apart, apart)]) == size


def test_no_groups_have_a_batch_size_too():
    assert batch_size([]) == IN_CLAUSE_LIMIT
