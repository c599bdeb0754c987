"""The history of what editors change: one version for each time it was saved, in sentences, and put back."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.choices import Joining, Stage
from groups.models import JoiningRoute, ScheduleChange, SupportGroup, Topic
from organisations.choices import Publication
from organisations.models import Contact, Organisation, single_revision
from organisations.revisions.diff_text import revision_diffs
from organisations.revisions.restoring import restore_revision
from tests.factories import (
    make_contact,
    make_group,
    make_organisation,
    make_schedule,
    make_terms,
    make_training,
    make_venue,
)
from tests.staff.forms import form_as_it_stands
from tests.staff.test_admin_pages import admin_url

pytestmark = pytest.mark.django_db


@pytest.fixture
def group() -> SupportGroup:
    """A group with a version as it was made, whole."""
    made = make_group(name="Example tea", topics=["Anxiety"], venue=make_venue(name="Example hall"), town=None)
    make_schedule(made, starts_at=datetime.time(14))
    JoiningRoute.objects.create(group=made, route="gp")
    SupportGroup.history.all().delete()
    return SupportGroup.objects.get(pk=made.pk)


def save(client, row, **typed) -> None:
    """Save the page of a row with something typed into it."""
    url = admin_url(type(row), "change", row.pk)
    response = client.post(url, form_as_it_stands(client.get(url)) | typed)
    assert response.status_code == 302, response.context["errors"]


def notice(row) -> list[list[str]]:
    """What each version of a row changed, newest first."""
    return [step.sentences for step in revision_diffs(row.history.all())]


def test_one_edit_is_one_version_with_all_that_it_changed(admin_client, admin_user, group):
    topic = make_terms(Topic, ["Grief"])[0]

    save(
        admin_client,
        group,
        name="Example coffee",
        topics=[topic.pk],
        joining=Joining.JUST_COME,
        meets_online="on",
        **{"schedules-0-weekday": "4", "routes-0-DELETE": "on"},
    )

    newest, oldest = group.history.all()
    assert notice(group) == [
        [
            "Name changed from “Example tea” to “Example coffee”.",
            "Joining changed from “Not said: ask the organisation” to “Just come along”.",
            "Meets online changed from “no” to “yes”.",
            "Topics: added Grief; removed Anxiety.",
            "Schedules, “Every Thursday, from 2pm.”: Weekday changed from “Thursday” to “Friday”.",
            "Routes: removed “Your GP”.",
        ],
        [],
    ]
    assert (newest.history_user, newest.revision) == (admin_user, 1)
    assert (oldest.history_user, oldest.history_change_reason) == (None, "As it stood when its history began")


def test_saving_what_nobody_changed_makes_no_version(admin_client, group):
    save(admin_client, group)

    group.refresh_from_db()
    assert (group.history.count(), group.revision) == (0, 0)


def test_a_check_is_no_change_of_the_listing(admin_client, admin_user, group):
    save(admin_client, group, **{"checks-0-checked_by": "phone"})

    group.refresh_from_db()
    assert (group.history.count(), group.revision) == (0, 0)
    assert [(check.checked_by, check.editor) for check in group.checks.all()] == [("phone", admin_user)]


def test_a_change_of_times_alone_counts_as_a_revision(admin_client, group):
    save(admin_client, group, **{"schedules-0-note": "Ring the bell."})

    group.refresh_from_db()
    assert group.revision == 1
    assert notice(group)[0] == ["Schedules, “Every Thursday, from 2pm.”: Note added: “Ring the bell.”"]


def test_a_version_put_back_says_all_that_it_said(admin_client, group):
    save(
        admin_client,
        group,
        name="Example coffee",
        topics=[],
        venue="",
        stage=Stage.PAUSED,
        publication=Publication.WITHDRAWN,
        slug="another-address",
        **{"schedules-0-DELETE": "on", "routes-0-DELETE": "on"},
    )
    oldest = group.history.last()

    response = admin_client.post(admin_url(SupportGroup, "version", group.pk, oldest.pk))

    assert response.headers["Location"] == admin_url(SupportGroup, "change", group.pk)
    now = SupportGroup.objects.get(pk=group.pk)
    assert (now.name, now.stage, now.venue, now.revision) == ("Example tea", Stage.RUNNING, group.venue, 2)
    assert [topic.name for topic in now.topics.all()] == ["Anxiety"]
    assert [str(schedule) for schedule in now.schedules.all()] == ["Every Thursday, from 2pm."]
    assert [str(route) for route in now.routes.all()] == ["Your GP"]
    # Putting back never shows or hides a listing, nor moves it.
    assert (now.publication, now.slug) == (Publication.WITHDRAWN, "another-address")
    assert now.history.first().history_change_reason.startswith("Put back as it was on ")


def test_a_version_put_back_can_be_taken_back_itself(admin_client, group):
    save(admin_client, group, name="Example coffee")
    before = group.history.first()

    restore_revision(group.history.last())
    restore_revision(before)

    assert SupportGroup.objects.get(pk=group.pk).name == "Example coffee"
    assert [sentences[:1] for sentences in notice(group)] == [
        ["Name changed from “Example tea” to “Example coffee”."],
        ["Name changed from “Example coffee” to “Example tea”."],
        ["Name changed from “Example tea” to “Example coffee”."],
        [],
    ]


def test_what_is_gone_stays_away_when_a_version_is_put_back(admin_client, group):
    ScheduleChange.objects.create(
        group=group, kind="moved", date=datetime.date(2026, 12, 3), venue=make_venue(name="Example library")
    )
    save(admin_client, group, venue="", topics=[], **{"schedule_changes-0-DELETE": "on", "schedules-0-DELETE": "on"})
    group.venue.delete()
    Topic.objects.all().delete()

    lost = restore_revision(group.history.last())

    now = SupportGroup.objects.get(pk=group.pk)
    assert lost == ["Venue: it is not here any more.", "Topics: not all of them are here any more."]
    assert (now.venue, now.topics.count(), now.schedules.count(), now.schedule_changes.count()) == (None, 0, 1, 1)


def test_a_version_that_is_not_allowed_now_is_refused_whole(admin_client):
    first = make_organisation(name="Example house")
    save(admin_client, first, name="Example home", summary="Another summary.")
    make_organisation(name="Example house")

    response = admin_client.post(admin_url(Organisation, "version", first.pk, first.history.last().pk), follow=True)

    refused = [str(message) for message in response.context["messages"] if message.level_tag == "error"]
    assert [sentence.partition(": ")[2] for sentence in refused] == ["An organisation of this name is already listed."]
    first.refresh_from_db()
    assert (first.name, first.summary) == ("Example home", "Another summary.")


def test_history_page_tells_versions_in_sentences_and_opens_each(admin_client, group):
    save(admin_client, group, stage_note="For now.")

    page = admin_client.get(admin_url(SupportGroup, "history", group.pk))
    newest, oldest = group.history.all()

    assert [step.sentences for step in page.context["steps"]] == [["Stage note added: “For now.”"], []]
    assert "Stage note added: “For now.”" in page.text
    version = admin_client.get(admin_url(SupportGroup, "version", group.pk, oldest.pk))
    assert version.context["changes"] == ["Stage note taken away: “For now.”"]
    assert ("Schedules", "Every Thursday, from 2pm.") in version.context["values"]
    assert admin_client.get(admin_url(SupportGroup, "version", group.pk, newest.pk)).context["is_newest"]


def test_history_of_another_listing_is_not_put_back_here(admin_client, group):
    other = make_group()

    response = admin_client.post(admin_url(SupportGroup, "version", other.pk, group.history.first() or 1))

    assert response.status_code == 404


def test_reading_a_version_changes_nothing(admin_client, group, only_selects):
    save(admin_client, group, name="Example coffee")
    admin_client.get(
        admin_url(SupportGroup, "changelist")
    )  # It says that the group was saved, which is forgotten then.

    with only_selects():
        for url in (
            admin_url(SupportGroup, "history", group.pk),
            admin_url(SupportGroup, "version", group.pk, group.history.last().pk),
        ):
            assert admin_client.get(url).status_code == 200


def test_history_needs_leave_to_see_the_listing(client, group, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody", is_staff=True))

    assert client.get(admin_url(SupportGroup, "history", group.pk)).status_code == 404


def test_a_new_group_is_recorded_without_being_asked_for_relations_or_parts():
    organisation = make_organisation()

    with CaptureQueriesContext(connection) as asked:
        group = make_group(organisation=organisation)

    reads = [query["sql"] for query in asked if query["sql"].startswith("SELECT")]
    assert [sql for sql in reads if "groups_supportgroup_" in sql or 'FROM "groups_schedule' in sql] == []
    assert [(version.history_type, version.parts["schedules"]) for version in group.history.all()] == [("+", [])]


def test_a_deleted_contact_leaves_no_address_behind():
    contact = make_contact(email="someone@example.org")
    with single_revision(contact):
        contact.email = "other@example.org"
        contact.save()

    contact.delete()

    assert list(Contact.history.all()) == []


def test_versions_name_the_editor_and_never_their_address(admin_client, admin_user, group):
    admin_user.first_name, admin_user.last_name = "Ann", "Example"
    admin_user.save()
    save(admin_client, group, stage_note="For now.")

    page = admin_client.get(admin_url(SupportGroup, "history", group.pk)).text

    assert "Ann Example" in page
    assert admin_user.email not in page


def test_publishing_from_the_list_makes_a_version_of_each(admin_client):
    draft, public = make_training(draft=True), make_training()
    before = [draft.history.count(), public.history.count()]

    admin_client.post(
        reverse("admin:organisations_training_changelist"),
        {"action": "publish", "_selected_action": [draft.pk, public.pk]},
    )

    draft.refresh_from_db()
    assert draft.is_published
    assert [draft.history.count() - before[0], public.history.count() - before[1]] == [1, 0]
    assert notice(draft)[0] == ["Publication changed from “Draft” to “Published”."]


def test_loading_again_makes_no_version(seed_directory):
    from groups.seed_data.load import load_directory

    count = sum(model.history.count() for model in (Organisation, SupportGroup, Contact))

    load_directory()

    assert sum(model.history.count() for model in (Organisation, SupportGroup, Contact)) == count
    assert SupportGroup.history.count() == SupportGroup.objects.count()
