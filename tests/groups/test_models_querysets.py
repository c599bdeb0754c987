"""The words of the groups' queryset: each leaves in what it names, and nothing else."""

import datetime

import pytest

from groups.models import SupportGroup
from tests.factories import make_group, make_organisation

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 11, 21)
LAST_DAY_LISTED, FIRST_DAY_LAPSED = datetime.date(2025, 8, 21), datetime.date(2025, 8, 20)


def test_listed_leaves_out_drafts_ended_and_lapsed_ones_and_those_of_unpublished_organisations():
    listed = [make_group(), make_group(checked=LAST_DAY_LISTED), make_group(closed=True), make_group(paused=True)]
    make_group(draft=True)
    make_group(publication="withdrawn")
    make_group(ended=True)
    make_group(checked=FIRST_DAY_LAPSED)
    make_group(organisation=make_organisation(draft=True))

    assert list(SupportGroup.objects.listed(TODAY).order_by("pk")) == listed


def test_groups_of_an_organisation_are_asked_for_in_the_same_words():
    organisation = make_organisation()
    group = make_group(organisation=organisation)
    make_group(organisation=organisation, draft=True)
    make_group()

    assert list(organisation.groups.listed(TODAY)) == [group]


def test_ordered_for_display_puts_running_ones_first_then_by_section_and_by_name():
    make_group(name="Closed, checked", closed=True, checked=TODAY)
    make_group(name="C, unchecked")
    make_group(name="A, paused", paused=True)
    make_group(name="B, forming", forming=True)
    make_group(name="B, checked", checked=TODAY)
    make_group(name="A, checked", checked=TODAY)
    make_group(name="A, overdue", checked=datetime.date(2026, 2, 20))

    in_order = SupportGroup.objects.ordered_for_display(TODAY).values_list("name", flat=True)

    assert list(in_order) == [
        "A, checked",
        "B, checked",
        "C, unchecked",
        "B, forming",
        "A, paused",
        "A, overdue",
        "Closed, checked",
    ]


def test_forming_leaves_in_those_being_set_up():
    forming = make_group(forming=True)
    make_group()

    assert list(SupportGroup.objects.forming()) == [forming]


def test_group_that_draws_the_code_of_another_is_given_one_of_its_own():
    first = make_group()

    second = make_group(code=first.code)

    assert SupportGroup.objects.get(code=first.code) == first
    assert SupportGroup.objects.exclude(code=first.code).get() == second


def test_group_code_is_given_once():
    group = make_group()
    code = group.code

    group.name = "Example of another name"
    group.save()

    group.refresh_from_db()
    assert group.code == code
