"""What a page costs: the same number of queries with one row and with twenty, written down."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.choices import Weekday
from groups.models import SupportGroup
from organisations.models import Statement
from tests.factories import (
    make_change,
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

# No page asks which database it reads, so the ORM makes the same queries on each. Others ask pages on both.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(autouse=True)
def no_whole_answers(monkeypatch):
    """Each page is made: one that is cached whole costs one query, whatever is on it."""
    monkeypatch.setattr("peersupport.page_cache.middleware._key", lambda request: None)


def fill(rows: int) -> None:
    """So many of everything that a list can hold, each with all that a row can show."""
    for number in range(rows):
        organisation = make_organisation(areas=["Somerset", "Kent"])
        contact = make_contact(organisation=organisation, purpose="starting a group")
        make_contact(organisation=organisation, purpose="joining", role_title="Another")
        group = make_group(
            organisation=organisation,
            venue=make_venue(town="Chard"),
            areas=["Somerset", "Kent"],
            topics=["Anxiety"],
            contacts=[contact],
            forming=number % 2 == 0,
        )
        make_schedule(group, weekday=Weekday.MONDAY)
        make_schedule(group, weekday=Weekday.FRIDAY, venue=make_venue(town="Ilminster"))
        make_change(group, venue=make_venue(town="Chard"))
        make_group(organisation=organisation, areas=["Somerset"], stands_for_several=True, forming=True)
        make_group(organisation=organisation, online=True)
        make_role(organisation=organisation, areas=["Somerset"], support_route="contact us", contacts=[contact])
        make_training(organisation=organisation, areas=["Somerset"], kind="starting a group", contacts=[contact])
        make_event(organisation=organisation)
        make_quotation(organisation=organisation, explains_peer_support=True)
        Statement.objects.create(
            organisation=organisation, theme="what", heading="A", text="A.", explains_peer_support=True
        )
        make_organisation(areas=["Somerset"])


#: The queries of each list page, by its address. Every page but those about the site asks first for the state of the
#: database. The dates of an area ask first which groups, and then for them: of too many, none is read whole. The week
#: of an informal area also asks in which nation its districts are.
COSTS = {
    reverse("home"): 1,
    reverse("groups:group_list"): 2,
    reverse("groups:group_list") + "?near=Chard": 2,
    reverse("groups:group_list") + "?area=somerset&q=anxiety": 2,
    reverse("groups:group_week") + "?near=Chard": 5,
    reverse("groups:area_list"): 1,
    reverse("groups:area_detail", args=["somerset"]): 3,
    reverse("groups:area_detail", args=["east-kent"]): 3,
    reverse("groups:area_week", args=["somerset"]): 7,
    reverse("groups:area_week", args=["east-kent"]): 8,
    reverse("groups:area_calendar", args=["somerset"]): 7,
    reverse("groups:area_print", args=["somerset"]): 9,
    reverse("groups:area_print", args=["east-kent"]): 11,
    reverse("groups:area_file", args=["somerset", "csv"]): 9,
    reverse("groups:area_file", args=["somerset", "ics"]): 9,
    reverse("groups:start_a_group"): 8,
    reverse("groups:start_a_group") + "?near=Chard": 14,
    reverse("groups:start_a_group_contacts"): 2,
    reverse("groups:start_a_group_contacts") + "?near=Chard": 6,
    reverse("organisations:organisation_list"): 4,
    reverse("organisations:organisation_list") + "?q=example": 4,
    reverse("organisations:role_list"): 5,
    reverse("organisations:role_list") + "?near=Chard": 9,
    reverse("organisations:training_list"): 6,
    reverse("organisations:training_list") + "?near=Chard": 12,
    reverse("organisations:event_list"): 3,
    reverse("organisations:peer_support"): 3,
}


@pytest.mark.parametrize("rows", [1, 20])
def test_list_page_costs_the_same_for_one_row_and_for_twenty(client, rows):
    fill(rows)
    costs = {}
    for address in COSTS:
        # The directory is read again after a change, and each card drawn once: the first request pays, no other does.
        client.get(address)

        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)

        assert (address, response.status_code) == (address, 200)
        costs[address] = len(asked)

    assert costs == COSTS


@pytest.mark.parametrize("rows", [1, 20])
def test_list_on_paper_costs_the_same_for_one_of_each_and_for_twenty(client, django_assert_num_queries, rows):
    fill(rows)
    codes = ",".join(SupportGroup.objects.values_list("code", flat=True)[:60])

    # Seven for the groups, three for the title, and, for a page, the state of the database.
    for address, kind, queries in (("list_own", [], 11), ("list_print", [], 11), ("list_file", ["ics"], 10)):
        with django_assert_num_queries(queries):
            response = client.get(reverse(f"groups:{address}", args=kind), {"list": codes})

        assert (address, response.status_code) == (address, 200)


@pytest.mark.parametrize("rows", [1, 20])
def test_organisation_detail_costs_the_same_for_one_of_each_and_for_twenty(client, django_assert_num_queries, rows):
    organisation = make_organisation(areas=["Kent"])
    contact = make_contact(organisation=organisation)
    for number in range(rows):
        make_group(organisation=organisation, town="Chard", contacts=[contact], areas=["Kent"])
        make_role(organisation=organisation, contacts=[contact])
        make_training(organisation=organisation, contacts=[contact])
        make_event(organisation=organisation)
        make_quotation(organisation=organisation)
        make_contact(organisation=organisation, role_title=f"Role {number}")
        organisation.network_links.create(network=make_organisation())
        organisation.member_links.create(member=make_organisation())

    with django_assert_num_queries(17):
        response = client.get(organisation.get_absolute_url())

    assert response.status_code == 200


@pytest.mark.parametrize("rows", [1, 20])
def test_group_detail_costs_the_same_for_one_of_each_and_for_twenty(client, django_assert_num_queries, rows):
    organisation = make_organisation()
    contacts = [make_contact(organisation=organisation, role_title=f"Role {number}") for number in range(rows)]
    names = [f"Term {number}" for number in range(rows)]
    group = make_group(
        organisation=organisation,
        venue=make_venue(town="Chard"),
        contacts=contacts,
        topics=names,
        activities=names,
        audiences=names,
        areas=["Kent", "Somerset"][:rows],
    )
    for _ in range(rows):
        make_schedule(group)
        make_group(town="Chard", areas=["Kent"])
    # The directory is read again after a change, and each card drawn once: the first request pays.
    client.get(group.get_absolute_url())

    with django_assert_num_queries(9):
        response = client.get(group.get_absolute_url())

    assert response.status_code == 200
