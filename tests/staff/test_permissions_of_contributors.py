"""What a contributor may do: drafts and proposals, never what is public."""

import pytest

from groups.models import SupportGroup
from organisations.choices import Publication
from organisations.models import Contact
from tests.factories import make_contact, make_group
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_editor, sign_in
from tests.staff.test_admin_pages import admin_url
from tests.staff.test_permissions import save

pytestmark = pytest.mark.django_db


def test_contributor_adds_a_draft_whatever_they_post(contributor, mine):
    typed = form_as_it_stands(contributor.get(admin_url(SupportGroup, "add")))

    contributor.post(
        admin_url(SupportGroup, "add"),
        typed
        | {
            "organisation": mine.pk,
            "name": "Example tea",
            "summary": "Tea.",
            "wellbeing": [],
            "publication": Publication.PUBLISHED,
        },
    )

    assert [(group.name, group.publication) for group in SupportGroup.objects.all()] == [("Example tea", "draft")]


def test_contributor_changes_a_draft_and_cannot_publish_it(contributor, mine):
    group = make_group(organisation=mine, draft=True)

    save(contributor, group, name="Example new", publication=Publication.PUBLISHED)
    contributor.post(admin_url(SupportGroup, "changelist"), {"action": "publish", "_selected_action": [group.pk]})

    group.refresh_from_db()
    assert (group.name, group.publication) == ("Example new", Publication.DRAFT)


def test_contributor_of_one_and_editor_of_another_publishes_only_the_other(client, mine, other):
    user = make_editor(mine)
    user.editorships.create(organisation=other, role="contributor")
    group = make_group(organisation=other, draft=True)

    refused = save(sign_in(client, user), group, publication=Publication.PUBLISHED)

    assert list(refused.context["adminform"].form.errors) == ["publication"]
    group.refresh_from_db()
    assert group.publication == Publication.DRAFT


def test_contributor_adds_no_check_and_writes_no_contact(contributor, mine):
    group, contact = make_group(organisation=mine, draft=True), make_contact(organisation=mine)

    save(
        contributor,
        group,
        **{"checks-TOTAL_FORMS": "1", "checks-0-checked_on": "2026-11-20", "checks-0-checked_by": "phone"},
    )
    page = contributor.get(admin_url(Contact, "change", contact.pk))

    assert list(group.checks.all()) == []
    assert (page.context["has_change_permission"], page.context["has_delete_permission"]) == (False, False)


def test_contributor_writes_no_way_in_of_a_published_group(contributor, mine):
    group = make_group(organisation=mine)
    group.routes.create(route="yourself", note="Example note")
    url = admin_url(SupportGroup, "change", group.pk)
    added = {"routes-TOTAL_FORMS": "1", "routes-INITIAL_FORMS": "0", "routes-0-route": "gp", "routes-0-note": "X"}

    contributor.post(url, form_as_it_stands(contributor.get(url)) | added)

    assert [(route.route, route.note) for route in group.routes.all()] == [("yourself", "Example note")]


@pytest.mark.parametrize("lookup, status", [("summary__startswith", 400), ("publication__exact", 200)])
def test_list_is_filtered_by_what_it_offers_and_by_no_other_column(contributor, mine, lookup, status):
    make_group(organisation=mine)

    assert contributor.get(admin_url(SupportGroup, "changelist"), {lookup: "published"}).status_code == status


def test_editor_of_two_organisations_moves_no_group_from_one_to_the_other(client, mine, other):
    group = make_group(organisation=mine)

    save(sign_in(client, make_editor(mine, other)), group, organisation=other.pk, summary="Example tea.")

    group.refresh_from_db()
    assert (group.organisation, group.summary) == (mine, "Example tea.")
