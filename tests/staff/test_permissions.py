"""Who may do what: an editor what their organisations keep, a contributor less, and nothing by Django's own tables."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import AnonymousUser, Permission
from django.urls import reverse
from django.utils import timezone

from groups.choices import Weekday
from groups.models import SupportGroup, Venue
from organisations.admin import PublicModelAdmin
from organisations.admin.permissions import nameable_rows
from organisations.choices import Publication
from organisations.models import Contact
from organisations.permissions import model_permission_page, permissions_of
from tests.factories import make_contact, make_group, make_schedule, make_venue
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_editor, make_manager, sign_in
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_venue_pages import sentence

pytestmark = pytest.mark.django_db


def save(client, row, **typed):
    url = admin_url(type(row), "change", row.pk)
    return client.post(url, form_as_it_stands(client.get(url)) | typed, follow=True)


def test_rights_come_from_editorships_and_never_from_permission_rows(mine):
    editor, lone = make_editor(mine), make_editor()
    for user in (editor, lone):
        user.user_permissions.set(Permission.objects.all())

    asked = ["groups.change_supportgroup", "groups.view_topic", "groups.change_topic", "auth.view_user"]
    assert [editor.has_perm(permission) for permission in asked] == [True, True, False, False]
    assert [lone.has_perm(permission) for permission in asked] == [False] * 4
    assert (editor.has_module_perms("groups"), editor.has_module_perms("auth")) == (True, False)
    assert lone.has_module_perms("groups") is False


def test_rights_are_none_for_those_who_are_not_on_the_staff(mine):
    gone = make_manager(is_active=False)
    outside = make_editor(mine)
    outside.is_staff = False

    assert [permissions_of(user).keeps for user in (gone, outside, AnonymousUser())] == [frozenset()] * 3
    assert [permissions_of(user).is_manager for user in (gone, outside, AnonymousUser())] == [False] * 3


@pytest.mark.parametrize("is_verified", [True, False])
def test_superuser_has_rights_only_with_a_verified_second_factor(rf, is_verified):
    group = make_group()
    request = rf.get("/staff/")
    request.user = make_manager()
    request.user.is_verified = lambda: is_verified

    pages = [page for page in admin.site._registry.values() if isinstance(page, PublicModelAdmin)]
    seen = {may for page in pages for may in (page.has_module_permission(request), page.has_view_permission(request))}
    page = model_permission_page(SupportGroup)
    of_groups = [page.has_add_permission(request), page.has_change_permission(request, group)]

    rights = permissions_of(request.user)
    assert (rights.is_manager, rights.keeps) == (is_verified, frozenset())
    assert (seen, of_groups) == ({is_verified}, [is_verified] * 2)
    assert list(page.get_queryset(request)) == [group] * is_verified


def test_editorships_of_an_unverified_superuser_count_for_nothing(mine):
    """Who becomes a manager may have been an editor; nobody gets in as that by leaving out the code."""
    user = make_editor(mine, is_superuser=True)
    user.is_verified = lambda: False

    assert (permissions_of(user).keeps, permissions_of(user).is_manager) == (frozenset(), False)


# What an editor does


def test_editor_changes_and_publishes_a_group_of_their_own(editor, mine):
    group = make_group(organisation=mine, draft=True)

    save(editor, group, name="Example new", publication=Publication.PUBLISHED)

    group.refresh_from_db()
    assert (group.name, group.publication) == ("Example new", Publication.PUBLISHED)


def test_editor_cannot_give_a_group_to_another_organisation_nor_take_one(editor, mine, other):
    group, theirs = make_group(organisation=mine), make_group(organisation=other)

    save(editor, group, organisation=other.pk)
    response = editor.post(admin_url(SupportGroup, "change", theirs.pk), {"organisation": mine.pk, "name": "Taken"})

    rows = SupportGroup.objects.values_list("pk", "organisation", "name")
    assert set(rows) == {(group.pk, mine.pk, group.name), (theirs.pk, other.pk, theirs.name)}
    assert (response.status_code, response.headers["Location"]) == (302, reverse("admin:index"))


def test_editor_adds_nothing_to_another_organisation(editor, mine, other):
    typed = form_as_it_stands(editor.get(admin_url(Contact, "add")))

    refused = editor.post(
        admin_url(Contact, "add"),
        typed | {"organisation": other.pk, "role_title": "Example", "email": "hello@example.org"},
    )

    assert list(refused.context["adminform"].form.errors) == ["organisation"]
    assert list(Contact.objects.all()) == []


def test_editor_chooses_no_hidden_venue_and_no_contact_of_another_organisation(editor, mine, other):
    group = make_group(organisation=mine)
    hidden = make_group(organisation=other, confidential=True).venue
    contact = make_contact(organisation=other)

    refused = save(editor, group, venue=hidden.pk, contacts=[contact.pk])

    assert set(refused.context["adminform"].form.errors) == {"venue", "contacts"}


def test_contact_of_another_organisation_that_a_manager_chose_stays(editor, mine, other):
    contact = make_contact(organisation=other)
    group = make_group(organisation=mine, contacts=[contact])

    save(editor, group, name="Example new")

    group.refresh_from_db()
    assert (group.name, list(group.contacts.all())) == ("Example new", [contact])


def test_editor_publishes_only_their_own_from_the_list(editor, mine, other):
    own, theirs = make_group(organisation=mine, draft=True), make_group(organisation=other, draft=True)

    editor.post(admin_url(SupportGroup, "changelist"), {"action": "publish", "_selected_action": [own.pk, theirs.pk]})

    assert list(SupportGroup.objects.published()) == [own]


def test_editor_takes_a_time_off_a_group_of_their_own(editor, mine):
    group = make_group(organisation=mine)
    _, left = (make_schedule(group, weekday=weekday) for weekday in (Weekday.MONDAY, Weekday.FRIDAY))

    save(editor, group, **{"schedules-0-DELETE": "on"})

    assert list(group.schedules.all()) == [left]


def test_editor_says_on_the_page_of_their_organisation_that_it_was_checked(editor, mine):
    save(editor, mine, **{"checks-0-checked_by": "phone"})

    assert list(mine.checks.values_list("checked_by", "editor__editorships__organisation")) == [("phone", mine.pk)]


# Contacts that are a person's own


def test_contact_of_a_person_is_released_with_who_agreed_today(editor, mine):
    contact = make_contact(organisation=mine, released=False, belongs_to_person=True)

    refused = save(editor, contact, is_released="on")
    save(editor, contact, is_released="on", release_agreed_by="She herself, by phone")

    assert refused.context["adminform"].form.non_field_errors() == [
        "This belongs to one person. Say who agreed that everybody may see it."
    ]
    contact.refresh_from_db()
    assert (contact.is_released, contact.release_agreed_on) == (True, timezone.localdate())
    assert contact.history.first().release_agreed_by == "She herself, by phone"


def test_contact_is_released_by_no_contributor(contributor, mine):
    contact = make_contact(organisation=mine, released=False, belongs_to_person=True)
    ticked = {"is_released": "on", "release_agreed_by": "Me", "role_title": "Mine", "purpose": contact.purpose}

    alone = contributor.post(admin_url(Contact, "change", contact.pk), ticked)
    rows = {"contacts-TOTAL_FORMS": "1", "contacts-INITIAL_FORMS": "1", "contacts-0-id": contact.pk}
    save(contributor, mine, **rows, **{f"contacts-0-{name}": value for name, value in ticked.items()})

    contact.refresh_from_db()
    assert (alone.status_code, contact.is_released, contact.role_title != "Mine") == (403, False, True)


# Venues belong to who uses them


def test_venue_is_changed_by_its_only_users_and_read_by_all_while_it_is_public(editor, mine, other):
    own, shared, theirs = make_venue(), make_venue(), make_venue()
    for organisation, venue in ((mine, own), (mine, shared), (other, shared), (other, theirs)):
        make_group(organisation=organisation, venue=venue)

    pages = [editor.get(admin_url(Venue, "change", venue.pk)) for venue in (own, shared, theirs)]

    assert [page.context["has_change_permission"] for page in pages] == [True, False, False]
    assert [page.status_code for page in pages] == [200, 200, 200]
    assert editor.get(admin_url(Venue, "close", shared.pk)).status_code == 403


def test_hidden_venue_is_seen_by_its_users_and_by_who_has_just_added_it(client, mine, other):
    theirs = make_group(organisation=other, confidential=True).venue
    adds, reads = sign_in(client, make_editor(mine)), make_editor(mine)
    typed = form_as_it_stands(adds.get(admin_url(Venue, "add")))
    town = make_venue().town
    adds.post(
        admin_url(Venue, "add"), typed | {"name": "Example refuge", "town": town.pk, "address_is_confidential": "on"}
    )
    added = Venue.objects.get(name="Example refuge")
    listed = {venue.pk for venue in adds.get(admin_url(Venue, "changelist")).context["cl"].queryset}

    group = make_group(organisation=mine)
    save(adds, group, venue=added.pk)

    assert added.pk in listed
    assert theirs.pk not in listed
    group.refresh_from_db()
    assert group.venue == added
    sign_in(client, reads)
    assert client.get(admin_url(Venue, "change", added.pk)).status_code == 200


# What a contributor does


def test_version_is_not_put_back_by_who_only_proposes(contributor, mine):
    group = make_group(organisation=mine)
    version = group.history.first()

    refused = contributor.post(admin_url(SupportGroup, "version", group.pk, version.pk))

    assert (refused.status_code, group.history.count()) == (403, 1)


def test_version_that_names_a_hidden_venue_is_neither_read_nor_put_back(editor, mine, other):
    hidden = make_group(organisation=other, confidential=True).venue
    group = make_group(organisation=mine, town="Chard", venue=hidden)
    version = group.history.first()
    group.venue = None
    group.save()

    history = editor.get(admin_url(SupportGroup, "history", group.pk))
    page = editor.get(admin_url(SupportGroup, "version", group.pk, version.pk))
    refused = editor.post(admin_url(SupportGroup, "version", group.pk, version.pk), follow=True)

    assert [hidden.name in response.text for response in (history, page, refused)] == [False] * 3
    assert len(sentence(refused, "error")) == 1
    group.refresh_from_db()
    assert group.venue is None


def test_versions_from_when_a_group_was_another_organisations_are_not_read(editor, mine, other):
    group = make_group(organisation=other, name="Example before")
    group.name, group.organisation = "Example after", mine
    group.save()

    history = editor.get(admin_url(SupportGroup, "history", group.pk))

    assert (group.history.count(), "Example before" in history.text) == (2, False)


def test_history_names_what_its_reader_may_see_and_nothing_else(rf, mine, other):
    request = rf.get("/staff/")
    request.user = make_editor(mine)
    group, _ = make_group(organisation=mine), make_group(organisation=other, draft=True)

    nameable = [nameable_rows(request, model.objects.all()) for model in (SupportGroup, LogEntry)]

    assert [list(rows) for rows in nameable] == [[group], []]
