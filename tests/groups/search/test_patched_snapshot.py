"""What an edit leaves as it was in the directory in memory; and how many groups one page may ask for."""

import pytest

from groups.models import Topic
from groups.search.snapshot.hot_queries import hidden_by_key
from groups.search.snapshot.snapshot import current_snapshot
from tests.factories import make_group

pytestmark = pytest.mark.django_db


def test_terms_are_read_again_only_when_one_has_changed():
    group = make_group(topics=["Anxiety"])
    terms = current_snapshot().terms
    group.save()
    assert current_snapshot().terms is terms

    Topic.objects.filter(name="Anxiety").update(name="Worry")
    assert "Worry" in current_snapshot().terms["topic"].values()

    Topic.objects.create(name="Sleep", slug="sleep")
    group.save()
    assert "Sleep" in current_snapshot().terms["topic"].values()


def test_page_of_more_groups_than_one_statement_takes_loses_none():
    group = make_group(town="Chard")
    no_groups = range(group.pk + 1, group.pk + 90)

    assert hidden_by_key([*no_groups, group.pk]) == {group.pk: False}
