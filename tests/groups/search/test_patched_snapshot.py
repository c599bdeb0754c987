"""What an edit leaves as it was in the directory in memory; and how many groups one page may ask for."""

import random

import pytest

from groups.models import Topic
from groups.search.snapshot import organisation_names
from groups.search.snapshot.hot_queries import hidden_by_key
from groups.search.snapshot.lookups import words_of_organisation
from groups.search.snapshot.organisation_names import OrganisationNames
from groups.search.snapshot.snapshot import current_snapshot
from organisations.models import Organisation
from tests.factories import days_ago, make_group, make_organisation

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


def test_organisations_after_edits_by_chance_are_those_of_a_fresh_reading():
    rng = random.Random(40)
    words = ["example", "heron", "Wren", "gull", "peer"]
    for number in range(12):
        make_organisation(name=f"{rng.choice(words)} {number}")
    current_snapshot()
    for number in range(12, 60):
        rows = rng.sample([*Organisation.objects.order_by("pk")], rng.choice([1, 1, 3]))
        row, keys = rows[0], [each.pk for each in rows]
        values = {
            "name": f"{rng.choice(words)} {number}",
            "former_names": [rng.choice(words)],
            "summary": f"About {rng.choice(words)}.",
            "publication": rng.choice(["published", "draft"]),
            "ended_on": rng.choice([None, days_ago(9)]),
        }
        name = rng.choice(sorted(values))
        write = rng.choice(["save", "update", "create", "delete"])
        if write == "create":
            make_organisation(name=f"{rng.choice(words)} {number}", draft=rng.random() < 0.3)
        elif write == "delete":
            row.delete()
        elif write == "save" or name == "name":
            setattr(row, name, values[name])
            row.save()
        else:
            Organisation.objects.filter(pk__in=keys).update(**{name: values[name]})
        # Several edits may lie between two searches.
        if rng.random() < 0.7:
            assert _found(current_snapshot().organisations) == _found(OrganisationNames.read(words_of_organisation))


def test_words_are_read_of_the_organisations_that_changed_alone(monkeypatch):
    first, *_ = (make_organisation(name=name) for name in ("Example heron", "Example wren", "Example gull"))
    current_snapshot()
    read = []
    monkeypatch.setattr(
        organisation_names, "words_of_organisation", lambda name: read.append(name) or words_of_organisation(name)
    )

    first.name = "Example wader"
    first.save()
    organisations = current_snapshot().organisations
    assert read == []

    assert _names(organisations.named(["wader"])) == ["Example wader"]
    assert read == ["Example wader"]


def _found(organisations: OrganisationNames) -> list[list[int]]:
    """What is found of some words, in order; and of all, those that have not ended."""
    words = ["example", "heron", "wren", "gull", "peer", "about"]
    everything = Organisation.objects.order_by("pk").values_list("pk", flat=True)
    return [
        *(organisations.named([word]) for word in words),
        *(organisations.with_phrases(((((word, False),),),)) for word in words),
        organisations.not_ended(everything),
    ]


def _names(keys: list[int]) -> list[str]:
    names = dict(Organisation.objects.values_list("pk", "name"))
    return [names[key] for key in keys]


def test_page_of_more_groups_than_one_statement_takes_loses_none():
    group = make_group(town="Chard")
    no_groups = range(group.pk + 1, group.pk + 90)

    assert hidden_by_key([*no_groups, group.pk]) == {group.pk: False}
