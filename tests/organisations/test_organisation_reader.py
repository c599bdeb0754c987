"""An organisation that is read by compiled statements has what querysets say is public, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from organisations.models import Contact, Event, EventSeries, Organisation
from organisations.organisation_reader import read_events, read_groups, read_page
from tests.factories import (
    days_ago,
    make_contact,
    make_event,
    make_group,
    make_organisation,
    make_quotation,
    make_role,
    make_schedule,
    make_training,
    make_venue,
)

pytestmark = pytest.mark.django_db


def test_page_has_what_is_public_of_an_organisation_and_asks_for_nothing_more():
    organisation, other = make_organisation(areas=["Kent", "Somerset"]), make_organisation()
    shown, hidden = (make_contact(organisation=organisation, role_title=title) for title in ("Worker", "Host"))
    make_group(organisation=organisation, contacts=[hidden], closed=True)
    role, _ = (make_role(organisation=organisation, draft=draft) for draft in (False, True))
    training = make_training(organisation=organisation, areas=["Kent"], contacts=[shown])
    make_training(organisation=organisation, draft=True)
    quotation = make_quotation(organisation=organisation)
    organisation.network_links.create(network=other)
    organisation.network_links.create(network=make_organisation(draft=True))
    organisation.member_links.create(member=other)
    make_contact(organisation=other)

    found = read_page(organisation.slug)

    with CaptureQueriesContext(connection) as asked:
        assert list(found.contacts.all()) == [shown]
        assert [area.name for area in found.areas_served.all()] == ["Kent", "Somerset"]
        assert [list(found.roles.all()), list(found.quotations.all())] == [[role], [quotation]]
        assert [(each, list(each.contacts.all())) for each in found.trainings.all()] == [(training, [shown])]
        assert [area.name for each in found.trainings.all() for area in each.areas_served.all()] == ["Kent"]
        assert [link.network for link in found.network_links.all()] == [other]
        assert [link.member for link in found.member_links.all()] == [other]
        assert {row.organisation for row in (*found.contacts.all(), *found.roles.all())} == {organisation}
    assert len(asked) == 0
    assert hidden in Contact.objects.filter(organisation=organisation)
    assert found.__dict__.keys() >= {field.attname for field in Organisation._meta.concrete_fields}


def test_page_of_an_organisation_that_is_not_published_is_not_read():
    assert read_page(make_organisation(draft=True).slug) is None


def test_groups_are_those_that_lists_show_by_name_with_what_cards_show():
    organisation, today = make_organisation(), timezone.localdate()
    second = make_group(name="Example B", organisation=organisation, venue=make_venue(town="Chard"), areas=["Kent"])
    first = make_group(name="Example A", organisation=organisation, checked=days_ago(400))
    schedule = make_schedule(second)
    make_group(organisation=organisation, checked=days_ago(500))
    make_group(organisation=organisation, draft=True)
    make_group(organisation=organisation, stage="ended")
    make_group()
    assert list(organisation.groups.listed(today)) == [first, second]

    with CaptureQueriesContext(connection) as asked:
        found = read_groups(organisation, today)
        assert found == [first, second]
        assert [list(found[1].schedules.all()), [area.name for area in found[1].areas_served.all()]] == [
            [schedule],
            ["Kent"],
        ]
        assert [found[0].last_checked_on, found[1].place_name] == [days_ago(400), "Chard"]
    assert len(asked) == 3  # None has a change of its dates.


def test_groups_of_an_organisation_that_is_not_published_are_not_read():
    organisation = make_organisation(draft=True)
    make_group(organisation=organisation)

    assert read_groups(organisation, timezone.localdate()) == []


def test_events_are_those_to_come_first_and_none_costs_no_query():
    organisation, today = make_organisation(), timezone.localdate()
    past = make_event(organisation=organisation, starts_on=days_ago(3))
    coming = make_event(organisation=organisation)
    make_event()

    assert [(event, event.past) for event in read_events(read_page(organisation.slug), today)] == [
        (coming, 0),
        (past, 1),
    ]
    without = read_page(make_organisation().slug)
    with CaptureQueriesContext(connection) as asked:
        assert read_events(without, today) == []
    assert len(asked) == 0


def test_events_are_in_the_order_of_their_queryset():
    organisation, today = make_organisation(), timezone.localdate()
    old, new = (
        EventSeries.objects.create(organisation=organisation, name=f"Series {days}", starts_on=days_ago(days))
        for days in (90, 30)
    )
    for days, fields in [
        *[(-9, {}), (-2, {"series": new}), (-2, {}), (5, {}), (40, {}), (90, {"series": old})],
        *[(20, {"series": old}), (25, {"series": new}), (3, {"ends_on": days_ago(-1)})],
    ]:
        make_event(organisation=organisation, starts_on=days_ago(days), **fields)

    found = [(event.pk, event.past) for event in read_events(read_page(organisation.slug), today)]

    expected = Event.objects.filter(organisation=organisation).upcoming_first(today)
    assert found == [(event.pk, event.past) for event in expected]
