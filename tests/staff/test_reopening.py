"""That a group has ended, or is closed to new people, is undone in one press."""

import pytest
from django.test import Client

from groups.choices import Joining, Stage
from groups.models import SupportGroup
from tests.factories import days_ago, make_group
from tests.staff.people import make_contributor, sign_in
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_venue_pages import save, sentence

pytestmark = pytest.mark.django_db


def reopen(client, group):
    return client.post(admin_url(SupportGroup, "reopen", group.pk), follow=True)


def test_end_of_a_group_is_undone_in_one_press(admin_client):
    group = make_group(name="Example tea", forming=True)
    save(admin_client, group, stage=Stage.ENDED, ended_on=days_ago(1).isoformat(), where_members_went="Home.")
    save(admin_client, group, summary="Another sentence.")
    page = admin_client.get(admin_url(SupportGroup, "change", group.pk))

    undone = reopen(admin_client, group)

    group.refresh_from_db()
    assert f'formaction="{admin_url(SupportGroup, "reopen", group.pk)}"' in page.text
    assert (group.stage, group.ended_on, group.where_members_went) == (Stage.FORMING, None, "")
    assert (group.summary, group.revision) == ("Another sentence.", 3)
    assert sentence(undone, "success") == [
        "“Example tea” is as it was before. Read its page: is all of it still right?"
    ]
    assert "put that back" not in undone.text


def test_group_that_was_closed_to_new_people_is_open_as_before(admin_client):
    group = make_group(joining=Joining.CONTACT_FIRST, joining_note="Ring first.")
    save(admin_client, group, joining=Joining.CLOSED, joining_note="Full.")

    reopen(admin_client, group)

    group.refresh_from_db()
    assert (group.joining, group.joining_note) == (Joining.CONTACT_FIRST, "Ring first.")


def test_nobody_reopens_what_is_open_or_what_they_only_propose_for(admin_client):
    group = make_group(ended=True, ended_on=days_ago(1))
    contributor = sign_in(Client(), make_contributor(group.organisation))

    statuses = [
        reopen(contributor, group).status_code,
        admin_client.get(admin_url(SupportGroup, "reopen", group.pk)).status_code,
    ]
    never_open = sentence(reopen(admin_client, group), "warning")

    group.refresh_from_db()
    assert (statuses, group.stage) == ([403, 302], Stage.ENDED)
    assert never_open == [f"Nothing was changed: “{group.name}” is open."]
