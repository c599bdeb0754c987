"""Two editors of one page: what one of them changed is kept, what both changed is asked about."""

import datetime

import pytest
from django import forms
from django.http import QueryDict

from groups.models import Schedule, SupportGroup, Topic
from organisations.admin.merging import merge_fields
from organisations.models import Organisation, single_revision
from tests.factories import make_contact, make_group, make_schedule, make_terms
from tests.staff.forms import form_as_it_stands
from tests.staff.test_admin_pages import admin_url

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.one_database("Python compares forms; test_edit_conflicts.py saves on each"),
]


@pytest.fixture
def group() -> SupportGroup:
    group = make_group(name="Example tea", topics=["Anxiety"], stage_note="Old.")
    make_schedule(group, weekday=1, starts_at=datetime.time(14))
    make_schedule(group, weekday=3, starts_at=datetime.time(15))
    # The versions of what was made in pieces, which no page does.
    SupportGroup.history.all().delete()
    return SupportGroup.objects.get(pk=group.pk)


def opened(client, group) -> dict:
    return form_as_it_stands(client.get(admin_url(SupportGroup, "change", group.pk)))


def save(client, group, typed):
    return client.post(admin_url(SupportGroup, "change", group.pk), typed)


def both_changed(response) -> list[tuple[str, str]]:
    forms = [response.context["adminform"].form.conflict.merge]
    forms += [
        inline.formset.merge for inline in response.context["inline_admin_formsets"] if hasattr(inline.formset, "merge")
    ]
    return [(each.label, each.theirs) for merge in forms for each in merge.both]


def test_fields_that_one_of_two_changed_are_both_kept(admin_client, group):
    grief, panic = make_terms(Topic, ["Grief", "Panic"])
    anxiety = group.topics.get()
    page = opened(admin_client, group)
    save(
        admin_client,
        group,
        page | {"joining_note": "First.\r\nSecond.", "topics": [anxiety.pk, grief.pk], "meets_online": "on"},
    )

    response = save(admin_client, group, page | {"stage_note": "Second.", "topics": [panic.pk]})

    group.refresh_from_db()
    messages = [str(message) for message in admin_client.get("/staff/").context["messages"]]
    assert response.status_code == 302
    assert (group.joining_note, group.meets_online, group.stage_note) == ("First.\r\nSecond.", True, "Second.")
    assert set(group.topics.all()) == {grief, panic}
    assert [message for message in messages if message.startswith("Somebody else")] == [
        "Somebody else saved “Example tea” while you were editing. What they changed is kept: Meets online; More "
        "about joining; Topics."
    ]
    assert (group.revision, group.history.count()) == (2, 3)


def test_field_that_both_changed_is_asked_about_and_nothing_else_is_lost(admin_client, group):
    page = opened(admin_client, group)
    save(admin_client, group, page | {"stage_note": "First.", "joining_note": "First."})

    asked = save(admin_client, group, page | {"stage_note": "Second.", "cost_note": "£2"})
    again = form_as_it_stands(asked)
    group.refresh_from_db()
    before = group.stage_note
    answered = save(admin_client, group, again)

    group.refresh_from_db()
    assert both_changed(asked) == [("Stage note", "First.")]
    assert '<a href="#id_stage_note">Stage note</a>: First.' in asked.text
    assert "Stage note changed from “Old.” to “First.”" in asked.text
    assert (before, answered.status_code) == ("First.", 302)
    assert (group.stage_note, group.joining_note, group.cost_note) == ("Second.", "First.", "£2")


def test_rows_that_one_of_two_changed_are_both_kept(admin_client, group):
    page = opened(admin_client, group)
    save(admin_client, group, page | {"schedules-0-note": "First.", "schedules-1-starts_at": "16:00"})

    save(admin_client, group, page | {"schedules-1-note": "Second."})

    assert list(group.schedules.order_by("weekday").values_list("note", "starts_at")) == [
        ("First.", datetime.time(14)),
        ("Second.", datetime.time(16)),
    ]


def test_row_that_one_deleted_comes_back_only_where_the_other_changed_it(admin_client, group):
    page = opened(admin_client, group)
    save(admin_client, group, page | {"schedules-0-DELETE": "on", "schedules-1-DELETE": "on"})

    asked = save(admin_client, group, page | {"schedules-1-note": "Second."})
    save(admin_client, group, form_as_it_stands(asked))

    assert both_changed(asked) == [("Schedules, “Every Thursday, from 3pm.”", "taken away")]
    assert list(Schedule.objects.values_list("weekday", "note")) == [(3, "Second.")]


def test_row_that_both_changed_is_asked_about(admin_client, group):
    page = opened(admin_client, group)
    save(admin_client, group, page | {"schedules-0-note": "First.", "schedules-1-note": "First."})

    asked = save(admin_client, group, page | {"schedules-0-note": "Second.", "schedules-1-DELETE": "on"})

    assert both_changed(asked) == [
        ("Schedules, “Every Tuesday, from 2pm.”: Note", "First."),
        ("Schedules, “Every Thursday, from 3pm.”", "Every Thursday, from 3pm. First."),
    ]
    assert [schedule.note for schedule in group.schedules.all()] == ["First.", "First."]


def test_page_whose_first_version_is_not_known_is_not_merged(admin_client, group):
    page = opened(admin_client, group)
    with single_revision(group):
        group.stage_note = "First."
        group.save()
    group.history.all().delete()

    asked = save(admin_client, group, page | {"cost_note": "£2"})

    group.refresh_from_db()
    assert asked.context["adminform"].form.conflict.merge is None
    assert "We cannot say what they changed." in asked.text
    assert (group.stage_note, group.cost_note) == ("First.", "")


def test_line_breaks_of_a_browser_are_no_change():
    data = QueryDict("note=One%0D%0Atwo&is_free=on", mutable=True)
    boxes = {"note": forms.CharField(required=False), "is_free": forms.BooleanField(required=False)}

    merged = merge_fields(data, boxes, "", {"note": "One\ntwo", "is_free": True}, {"note": "New", "is_free": False})

    assert merged == (["note", "is_free"], [])
    assert data.dict() == {"note": "New"}


def test_contact_below_an_organisation_says_what_the_other_wrote(admin_client):
    contact = make_contact(hours="Old.", phone="01632 960 118")
    url = admin_url(Organisation, "change", contact.organisation_id)
    page = form_as_it_stands(admin_client.get(url))
    admin_client.post(url, page | {"contacts-0-hours": "First.", "contacts-0-staff_note": "First."})

    asked = admin_client.post(url, page | {"contacts-0-hours": "Second."})
    admin_client.post(url, form_as_it_stands(asked))

    contact.refresh_from_db()
    assert "Hours: they wrote “First.”." in asked.text
    assert (contact.hours, contact.staff_note) == ("Second.", "First.")
