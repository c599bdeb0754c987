"""Other support than groups in an area: what is in memory is what plain queries say, and an edit changes it at once."""

import random
from itertools import pairwise

import pytest
from django.db.models import Exists, OuterRef
from django.utils import timezone

from groups.areas.other_support import cached_support
from groups.areas.support_table import support_table
from groups.models import SupportGroup
from groups.search.snapshot.hot_queries import one_state
from groups.search.snapshot.snapshot import current_snapshot
from organisations.models import Organisation, PeerRole
from tests.factories import area, days_ago, make_check, make_group, make_organisation, make_role
from tests.peersupport.html import parse_text, words

pytestmark = pytest.mark.django_db

AREAS = ["Kent", "Thanet", "Swale", "East Kent", "England", "Somerset", "South East", "Leeds"]


def by_plain_queries(name: str) -> tuple[list[int], list[int]]:
    """Return the keys of the roles, and of the organisations without a listed group, that serve an area."""
    today = timezone.localdate()
    roles = PeerRole.objects.listed(today).giving_support().serving(area(name))
    groups = SupportGroup.objects.listed(today).filter(organisation=OuterRef("pk"))
    organisations = Organisation.objects.published().not_ended().serving(area(name)).exclude(Exists(groups))
    return list(roles.values_list("pk", flat=True)), list(organisations.values_list("pk", flat=True))


def in_memory(name: str) -> tuple[list[int], list[int]]:
    snapshot, pk = current_snapshot(), area(name).pk
    table = support_table(snapshot)
    return table.roles(pk, 100), table.organisations(pk, snapshot, 100)


def shown(name: str) -> str:
    html = cached_support(area(name), current_snapshot()).html
    return words(parse_text(html)) if html else ""


def test_table_says_what_plain_queries_say():
    rng = random.Random(19)
    for number in range(24):
        served = rng.sample(AREAS, rng.choice([0, 1, 1, 2]))
        ended, draft = rng.choice([None, None, days_ago(9)]), rng.random() < 0.2
        organisation = make_organisation(name=f"{number:02}", areas=served, ended_on=ended, draft=draft)
        if rng.random() < 0.5:
            checked = rng.choice([None, days_ago(1), days_ago(900)])
            make_role(
                organisation=organisation,
                title=rng.choice("ABC"),
                areas=rng.sample(AREAS, 1),
                one_to_one=rng.choice(["yes", "no"]),
                draft=rng.random() < 0.2,
                checked=checked,
            )
        if rng.random() < 0.4:
            stage, checked = rng.choice(["running", "ended"]), rng.choice([None, days_ago(900)])
            make_group(organisation=organisation, town="Chard", stage=stage, checked=checked)

    assert {name: in_memory(name) for name in AREAS} == {name: by_plain_queries(name) for name in AREAS}
    assert sum(len(keys) for name in AREAS for keys in in_memory(name)) > 20


def test_organisation_is_one_to_ask_while_it_has_no_listed_group():
    organisation = make_organisation(name="Example trust", areas=["Kent"])
    other = make_organisation(name="Example other", areas=["Kent"])
    assert ("Example trust" in shown("Kent"), "Example other" in shown("Kent")) == (True, True)

    group = make_group(organisation=organisation, town="Margate")
    assert ("Example trust" in shown("Kent"), "Example other" in shown("Kent")) == (False, True)

    make_group(organisation=other, town="Margate")
    assert shown("Kent") == ""

    SupportGroup.objects.filter(pk=group.pk).update(publication="draft")
    assert "Example trust" in shown("Kent")


def test_changed_role_and_renamed_organisation_are_shown_at_once():
    role = make_role(title="Mentor", organisation=make_organisation(), areas=["Kent"], one_to_one="yes")
    assert "Mentor" in shown("Kent")

    PeerRole.objects.filter(pk=role.pk).update(title="Peer worker")
    Organisation.objects.filter(pk=role.organisation_id).update(name="Example renamed")
    assert ("Peer worker" in shown("Kent"), "Example renamed" in shown("Kent")) == (True, True)

    Organisation.objects.filter(pk=role.organisation_id).update(publication="withdrawn")
    assert shown("Kent") == ""


def test_edit_of_a_group_makes_nothing_of_it_again(django_assert_num_queries):
    make_role(organisation=make_organisation(), areas=["Kent"], one_to_one="yes")
    group = make_group(town="Margate")
    shown("Kent")

    group.summary = "Changed."
    group.save()
    place, snapshot = area("Kent"), current_snapshot()

    # The versions alone.
    with django_assert_num_queries(1), one_state():
        assert cached_support(place, snapshot).html


def test_role_that_serves_two_areas_is_read_once(django_assert_num_queries):
    make_role(title="Mentor", organisation=make_organisation(), areas=["Kent", "Somerset"], one_to_one="yes")
    place, snapshot = area("Somerset"), current_snapshot()
    assert "Mentor" in shown("Kent")

    # The versions alone.
    with django_assert_num_queries(1), one_state():
        assert "Mentor" in cached_support(place, snapshot).html


def test_table_after_a_change_takes_over_what_is_of_tables_that_nobody_has_written():
    first, other = (make_organisation(name=name, areas=["Kent"]) for name in ("Example heron", "Example wren"))
    for organisation in (first, other):
        role = make_role(title="Mentor", organisation=organisation, areas=["Kent"], one_to_one="yes")
    tables = [support_table(current_snapshot())]
    for change in (
        lambda: Organisation.objects.filter(pk=first.pk).update(name="Example yaffle"),
        lambda: first.areas_served.set([area("Leeds")]),
        lambda: make_check(role, days_ago(900)),
        lambda: Organisation.objects.filter(pk=first.pk).update(ended_on=days_ago(9)),
    ):
        change()
        with one_state():
            tables.append(support_table(current_snapshot()))
            assert [in_memory(name) for name in AREAS] == [by_plain_queries(name) for name in AREAS]

    taken_over = [
        (table.served[1] is before.served[1], table.listed_roles is before.listed_roles)
        for before, table in pairwise(tables)
    ]
    assert taken_over == [(True, True), (False, True), (True, False), (True, True)]
