"""Factories make valid things, and nothing that was not asked for."""

import pytest

from groups.models import SupportGroup
from organisations.choices import Freshness
from tests import factories

pytestmark = pytest.mark.django_db

MAKERS = {
    "organisation": factories.make_organisation,
    "organisation, draft": lambda: factories.make_organisation(draft=True),
    "group": factories.make_group,
    "group, closed": lambda: factories.make_group(closed=True),
    "group, forming": lambda: factories.make_group(forming=True),
    "group, paused": lambda: factories.make_group(paused=True),
    "group, ended": lambda: factories.make_group(ended=True),
    "group, confidential": lambda: factories.make_group(confidential=True),
    "group, online": lambda: factories.make_group(online=True),
    "group in Chard": lambda: factories.make_group(town="Chard"),
    "group for East Kent": lambda: factories.make_group(areas=["East Kent"]),
    "group about anxiety": lambda: factories.make_group(topics=["Anxiety"], activities=["Art"], audiences=["Men"]),
    "venue": factories.make_venue,
    "schedule": lambda: factories.make_schedule(factories.make_group()),
    "contact": factories.make_contact,
    "role": factories.make_role,
    "training": factories.make_training,
    "event": factories.make_event,
    "quotation": factories.make_quotation,
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_factory_makes_something_valid(make):
    thing = make()

    thing.full_clean()


def test_make_group_makes_one_published_group_that_nobody_has_checked():
    group = factories.make_group()

    assert list(SupportGroup.objects.published()) == [group]
    assert group.freshness.value == Freshness.UNCHECKED
    assert (group.venue, group.town, list(group.schedules.all()), list(group.contacts.all())) == (None, None, [], [])


def test_make_group_checked_on_a_day_has_one_check():
    day = factories.days_ago(30)

    group = factories.make_group(checked=day)

    assert [check.checked_on for check in group.checks.all()] == [day]


def test_confidential_group_does_not_stand_where_its_town_does():
    group = factories.make_group(confidential=True)

    assert (group.venue.latitude, group.venue.longitude) != (group.venue.town.latitude, group.venue.town.longitude)
