"""Saving a page of the admin as it stands: nothing breaks, and nothing changes."""

import datetime

import pytest
from django.contrib import admin
from django.forms.models import model_to_dict

from common.models import OutgoingEmail
from groups.feedback.models.proposal import Proposal
from groups.models import JoiningRoute, SupportGroup
from places.admin import ReadOnly
from tests import factories
from tests.staff.forms import form_as_it_stands
from tests.staff.test_admin_pages import OURS, ROWS, admin_url, each_model

pytestmark = pytest.mark.django_db


#: Models whose page is no form: a proposal is decided there, and a letter is only looked at.
NO_FORM = {Proposal, OutgoingEmail}


@each_model([item for item in OURS if not isinstance(admin.site._registry[item], ReadOnly) and item not in NO_FORM])
def test_admin_saves_a_page_as_it_stands(admin_client, model):
    row = model.objects.get(pk=ROWS[model]().pk)
    before = model_to_dict(row)
    url = admin_url(model, "change", row.pk)

    response = admin_client.post(url, form_as_it_stands(admin_client.get(url)))

    assert (response.status_code, response.headers.get("Location")) == (302, admin_url(model, "changelist"))
    assert model_to_dict(model.objects.get(pk=row.pk)) == before


def test_admin_saves_a_group_with_its_times_routes_and_checks(admin_client):
    group = factories.make_group(
        venue=factories.make_venue(), topics=["Anxiety"], areas=["East Kent"], checked=factories.days_ago(3)
    )
    factories.make_schedule(group, starts_at=datetime.time(18, 30), ends_at=datetime.time(20))
    JoiningRoute.objects.create(group=group, route="gp")
    url = admin_url(SupportGroup, "change", group.pk)
    typed = {"name": "Example by another name", "schedules-0-note": "Ring the bell."}

    response = admin_client.post(url, form_as_it_stands(admin_client.get(url)) | typed)

    assert response.status_code == 302
    group = SupportGroup.objects.get(pk=group.pk)
    assert (group.name, group.revision) == ("Example by another name", 1)
    assert [str(schedule) for schedule in group.schedules.all()] == ["Every Thursday, 6.30pm to 8pm. Ring the bell."]
    assert [group.topics.count(), group.areas_served.count(), group.routes.count(), group.checks.count()] == [1] * 4
