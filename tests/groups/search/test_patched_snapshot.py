"""What an edit leaves as it was in the directory in memory; and how many groups one page may ask for."""

import pytest

from groups.models import Topic
from groups.search.snapshot.hot_queries import hidden_by_key
from groups.search.snapshot.snapshot import current_snapshot
from organisations.models import Organisation
from tests.factories import make_group, make_organisation

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


def test_organisations_are_found_by_their_words_of_now_in_the_order_of_names():
    for name in ("Example heron", "Example wren", "Example gull"):
        make_organisation(name=name)
    known = current_snapshot().organisations
    assert _names(known.named(["example"])) == ["Example gull", "Example heron", "Example wren"]

    Organisation.objects.filter(name="Example heron").update(publication="draft")
    Organisation.objects.filter(name="Example gull").update(name="Example wren hide")
    make_organisation(name="Example wader", former_names=["Wren watchers"])
    changed = current_snapshot().organisations

    assert [_names(changed.named([word])) for word in ("example", "wren", "gull", "heron")] == [
        ["Example wader", "Example wren", "Example wren hide"],
        ["Example wader", "Example wren", "Example wren hide"],
        [],
        [],
    ]
    assert changed._rows.names.slots("gull") == ()


def _names(keys: list[int]) -> list[str]:
    names = dict(Organisation.objects.values_list("pk", "name"))
    return [names[key] for key in keys]


def test_page_of_more_groups_than_one_statement_takes_loses_none():
    group = make_group(town="Chard")
    no_groups = range(group.pk + 1, group.pk + 90)

    assert hidden_by_key([*no_groups, group.pk]) == {group.pk: False}
