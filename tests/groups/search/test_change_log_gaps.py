"""What changed between two versions is known only if the log holds every change between them."""

import pytest

from groups.models import DirectoryChange
from groups.search.snapshot.change_log import note_change
from groups.search.snapshot.changes import ChangeSet, changes_between

pytestmark = pytest.mark.django_db


@pytest.fixture
def versions() -> list[tuple[int, str]]:
    """The versions after each of three changes, of the groups 1, 2 and 3."""
    for key in (1, 2, 3):
        note_change([key])
    return [*DirectoryChange.objects.order_by("number").values_list("number", "token")][-3:]


def test_changes_since_a_version_are_those_of_all_later_ones(versions):
    first, second, third = versions

    assert changes_between(first, third) == ChangeSet(frozenset({2, 3}))
    assert changes_between(second, third) == ChangeSet(frozenset({3}))


@pytest.mark.parametrize("missing", [0, 1, 2], ids=["that of the snapshot", "one between", "the last"])
def test_log_without_one_of_the_changes_is_not_trusted(versions, missing):
    """As after a commit out of turn, a restored backup or a cut of the log: what the lost one changed is not known."""
    DirectoryChange.objects.filter(number=versions[missing][0]).delete()

    assert changes_between(versions[0], versions[2]) is None


def test_version_of_another_history_is_not_trusted(versions):
    """After a restored backup the same numbers may stand for other changes."""
    first, _, third = versions

    assert changes_between((first[0], "another"), third) is None
    assert changes_between(first, (third[0], "another")) is None
    assert changes_between(third, first) is None
