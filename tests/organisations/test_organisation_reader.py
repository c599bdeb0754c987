"""An organisation that is read by compiled statements has what querysets say is public, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.models import Contact, Organisation
from organisations.organisation_reader import read_page
from tests.factories import make_contact, make_group, make_organisation, make_quotation, make_role, make_training

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
