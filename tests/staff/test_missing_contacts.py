"""A group that is public while visitors see nobody to ask: staff read of it, with where to put it right."""

import pytest
from django.urls import reverse

from groups.models import SupportGroup
from organisations.models import Contact, Organisation
from tests.factories import make_contact, make_group
from tests.staff.forms import form_as_it_stands
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_venue_pages import save, sentence

pytestmark = pytest.mark.django_db
said_by_python = pytest.mark.one_database("Python decides what people read")

TOLD = "Everybody can see “Example tea”, and it has no contact that visitors can see."


@said_by_python
def test_public_group_without_a_contact_is_told_of_with_the_link(admin_client):
    group = make_group(name="Example tea")

    messages = sentence(save(admin_client, group, stage_note="New."), "info")

    assert messages == [
        f"{TOLD} <a href='{admin_url(SupportGroup, 'change', group.pk)}#id_contacts'>Choose or add one.</a>"
    ]


@said_by_python
def test_public_group_whose_contact_is_not_released_leads_to_it(admin_client):
    group = make_group(name="Example tea")
    contact = make_contact(organisation=group.organisation, released=False)
    group.contacts.add(contact)

    messages = sentence(save(admin_client, group, stage_note="New."), "info")

    assert messages == [f"{TOLD} <a href='{admin_url(Contact, 'change', contact.pk)}'>Is it to be released?</a>"]


@said_by_python
@pytest.mark.parametrize("state", [{"draft": True}, {"closed": True}, {"ended": True}, {"released": True}])
def test_nothing_is_told_where_nobody_looks_for_a_contact(admin_client, state):
    is_released = state.pop("released", False)
    group = make_group(**state)
    if is_released:
        group.contacts.add(make_contact(organisation=group.organisation))

    assert sentence(save(admin_client, group, stage_note="New."), "info") == []


def test_groups_that_are_published_at_once_are_counted(admin_client):
    groups = [make_group(draft=True) for _ in range(3)]
    groups[0].contacts.add(make_contact(organisation=groups[0].organisation))
    page = reverse("admin:groups_supportgroup_changelist")

    answer = admin_client.post(
        page, {"action": "publish", "_selected_action": [group.pk for group in groups]}, follow=True
    )

    listed = f"{page}?publication__exact=published&amp;wants=contact"
    assert sentence(answer, "info") == [
        f"2 of them have no contact that visitors can see. <a href='{listed}'>See all such groups</a>"
    ]
    assert admin_client.get(listed.replace("&amp;", "&")).context["cl"].result_count == 2


@said_by_python
def test_switchboard_of_an_organisation_is_released_as_it_is_added(admin_client):
    organisation = make_group().organisation
    url = f"{admin_url(Contact, 'add')}?organisation={organisation.pk}"
    form = form_as_it_stands(admin_client.get(url))

    admin_client.post(url, form | {"role_title": "Switchboard", "phone": "01632 960 118", "is_released": "on"})

    contact = Contact.objects.get()
    assert form["organisation"] == str(organisation.pk)
    assert (contact.organisation, contact.is_released, Organisation.objects.count()) == (organisation, True, 1)
