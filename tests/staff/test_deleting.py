"""Deleting: an editor is told in words what goes, what stays without it, and what must change first."""

import pytest
from django.contrib import admin
from django.urls import reverse

from groups.models import SupportGroup, Topic, Venue
from organisations.choices import Publication
from organisations.models import Event, EventSeries, Organisation, PeerRole
from tests import factories
from tests.peersupport.html import parse, with_id, words

pytestmark = pytest.mark.django_db

LISTINGS = [factories.make_group, factories.make_organisation, factories.make_role, factories.make_training]
#: What each kind says to somebody who would delete it.
KEPT = dict.fromkeys(LISTINGS, "Only a draft can be deleted, by its editors.") | {
    factories.make_group: "A group is never deleted: its code stands on printed lists"
}


def delete_url(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_delete", args=[row.pk])


def listing_url(row, page: str) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{page}", args=[row.pk])


def delete_selected(client, *rows):
    """The answer to deleting rows in their list, after being asked."""
    chosen = {"action": "delete_selected", admin.helpers.ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
    address = reverse(f"admin:{rows[0]._meta.app_label}_{rows[0]._meta.model_name}_changelist")
    return client.post(address, {**chosen, "post": "yes"})


def sentences(response) -> list[str]:
    """What the page says, paragraph by paragraph and line by line."""
    page = with_id(parse(response), "content-main")
    return [words(line) for line in page.iter() if line.tag in ("p", "li")]


def test_deleting_a_word_says_how_many_groups_have_it_and_that_they_stay(admin_client):
    groups = [factories.make_group(topics=["Example topic"]) for _ in range(2)]
    topic = Topic.objects.get(name="Example topic")

    asked = admin_client.get(delete_url(topic))
    done = admin_client.post(delete_url(topic), {"post": "yes"})

    assert sentences(asked) == [
        "Delete Example topic for good?",
        "This is what else changes:",
        "2 groups have it. They stay, without it.",
    ]
    assert done.status_code == 302
    assert [list(group.topics.all()) for group in SupportGroup.objects.order_by("pk")] == [[] for _ in groups]


def test_deleting_a_word_that_nothing_has_says_that_nothing_else_changes(admin_client):
    topic = factories.make_terms(Topic, ["Example topic"])[0]

    asked = admin_client.get(delete_url(topic))

    assert sentences(asked) == ["Delete Example topic for good?", "Nothing else changes."]


def test_venue_in_use_is_not_deleted_and_names_the_groups_that_need_it(admin_client):
    group = factories.make_group(name="Example tea", venue=factories.make_venue(name="Example hall", postcode=""))

    asked = admin_client.get(delete_url(group.venue))
    admin_client.post(delete_url(group.venue), {"post": "yes"})

    assert sentences(asked) == [
        "Example hall cannot be deleted while something else needs it. Change these first:",
        "Group: Example tea",
        "Go back to it",
    ]
    assert list(Venue.objects.all()) == [group.venue]


def test_of_many_that_need_it_some_are_named_and_the_rest_counted(admin_client):
    venue = factories.make_venue()
    for number in range(13):
        factories.make_group(name=f"Example {number:02}", venue=venue)

    asked = admin_client.get(delete_url(venue))

    assert sentences(asked)[1:-1] == [f"Group: Example {number:02}" for number in range(10)] + ["And 3 more"]


def test_what_the_account_may_not_see_is_counted_and_not_named(admin_client, monkeypatch):
    group = factories.make_group(name="Example secret", venue=factories.make_venue(name="Example hall", postcode=""))
    monkeypatch.setattr(admin.site._registry[SupportGroup], "has_view_permission", lambda *_: False)

    asked = admin_client.get(delete_url(group.venue))

    assert sentences(asked)[1] == "1 that your account may not see"
    assert "Example secret" not in asked.text


def test_rows_that_go_with_an_organisation_are_named(admin_client):
    organisation = factories.make_organisation(name="Example house", draft=True)
    factories.make_contact(organisation=organisation, role_title="Welcome desk")
    EventSeries.objects.create(organisation=organisation, name="Example week")

    asked = admin_client.get(delete_url(organisation))

    assert sentences(asked) == [
        "Delete Example house for good?",
        "This is what else changes:",
        "Contact: Welcome desk, Example house",
        "Event series: Example week",
    ]


@pytest.mark.parametrize("make", LISTINGS)
@pytest.mark.parametrize("publication", [Publication.PUBLISHED, Publication.WITHDRAWN])
def test_listing_that_was_public_is_not_deleted_even_by_a_manager(admin_client, make, publication):
    """Its address was public, and lasts: nobody who kept it finds an empty page."""
    listing = make(publication=publication)

    page = admin_client.get(listing_url(listing, "change"))
    asked, posted = admin_client.get(delete_url(listing)), admin_client.post(delete_url(listing), {"post": "yes"})
    in_the_list = delete_selected(admin_client, listing)

    assert [answer.status_code for answer in (page, asked, posted)] == [200, 403, 403]
    assert delete_url(listing) not in page.text
    assert KEPT[make] in asked.text
    assert in_the_list.status_code in (302, 403)
    assert list(type(listing).objects.all()) == [listing]


@pytest.mark.parametrize("make", [make for make in LISTINGS if make != factories.make_group])
def test_draft_of_a_listing_is_deleted(admin_client, make):
    item, other = make(draft=True), make(draft=True)

    page = admin_client.get(listing_url(item, "change"))
    posted = admin_client.post(delete_url(item), {"post": "yes"})
    in_the_list = delete_selected(admin_client, other)

    assert delete_url(item) in page.text
    assert [posted.status_code, in_the_list.status_code] == [302, 302]
    assert not type(item).objects.filter(pk__in=[item.pk, other.pk]).exists()


def test_listing_that_was_public_keeps_drafts_chosen_with_it_and_its_organisation(admin_client):
    organisation = factories.make_organisation(draft=True)
    public = factories.make_role(organisation=organisation)
    draft = factories.make_role(organisation=organisation, draft=True)

    delete_selected(admin_client, public, draft)
    posted = admin_client.post(delete_url(organisation), {"post": "yes"})

    assert posted.status_code in (200, 403)
    assert set(PeerRole.objects.all()) == {public, draft}
    assert list(Organisation.objects.all()) == [organisation]


def test_nothing_goes_that_the_account_may_not_delete(admin_client, monkeypatch):
    organisation = factories.make_organisation(name="Example house", draft=True)
    factories.make_event(organisation=organisation)
    monkeypatch.setattr(admin.site._registry[Event], "has_delete_permission", lambda *_: False)

    asked = admin_client.get(delete_url(organisation))
    posted = admin_client.post(delete_url(organisation), {"post": "yes"})

    assert sentences(asked)[0] == (
        "Example house cannot be deleted. With it would go what your account may not delete: event."
    )
    assert posted.status_code == 403
    assert Event.objects.count() == 1


def test_several_words_are_deleted_at_once_after_saying_what_changes(admin_client):
    factories.make_group(topics=["Example one", "Example two"])
    topics = Topic.objects.filter(name__startswith="Example").order_by("name")
    chosen = {"action": "delete_selected", admin.helpers.ACTION_CHECKBOX_NAME: [topic.pk for topic in topics]}
    address = reverse("admin:groups_topic_changelist")

    asked = admin_client.post(address, chosen)
    admin_client.post(address, {**chosen, "post": "yes"})

    assert sentences(asked) == [
        "Delete these for good?",
        "Topic: Example one",
        "Topic: Example two",
        "What else changes: 1 group has it. It stays, without it.",
        "1 group has it. It stays, without it.",
    ]
    assert not Topic.objects.filter(name__startswith="Example").exists()
