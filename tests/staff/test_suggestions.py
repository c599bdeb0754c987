"""What editors make of groups that people tell us of: a draft, or a proposal for a group that we have."""

import pytest
from django.urls import reverse
from model_bakery import baker

from groups.feedback.models.proposal import Proposal
from groups.feedback.models.suggestion import Suggestion
from groups.models import SupportGroup
from tests.factories import area, days_ago, make_group, make_organisation
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_manager, sign_in
from tests.staff.test_proposals import page

pytestmark = pytest.mark.django_db


def test_suggestion_becomes_a_draft_in_one_step(admin_client):
    suggestion = baker.make(
        Suggestion, name="Example walkers", what="We walk. All year.", run_by="Example house", area=area("Somerset")
    )
    typed = form_as_it_stands(admin_client.get(page(suggestion))) | {"_draft": "1"}

    response = admin_client.post(page(suggestion), typed)

    group, suggestion = SupportGroup.objects.get(), Suggestion.objects.get()
    assert response.headers["Location"] == page(group)
    assert (group.name, group.summary, group.publication) == ("Example walkers", "We walk", "draft")
    assert (group.organisation.name, group.organisation.publication) == ("Example house", "draft")
    assert (suggestion.state, suggestion.closed_on, suggestion.group) == ("drafted", days_ago(0), group)


def test_draft_of_a_suggestion_keeps_all_that_was_typed(admin_client):
    typed = {
        "what": "We walk.",
        "when_in_words": "Mondays at 7pm or so,\nunless told otherwise.",
        "where_in_words": "From the old mill.",
        "place": "Chard",
        "run_by": "Example house",
        "how_to_ask": "Ring 01632 960 118.",
    }
    suggestion = baker.make(Suggestion, name="Example walkers", **typed)
    form = form_as_it_stands(admin_client.get(page(suggestion))) | {"_draft": "1"}

    draft = admin_client.post(page(suggestion), form, follow=True)

    group = SupportGroup.objects.get()
    assert (group.what_it_is_like, group.staff_note) == (
        "We walk.",
        "When: Mondays at 7pm or so,\nunless told otherwise.\nWhere: From the old mill.\nPlace: Chard\n"
        "Who runs it: Example house\n"
        "How people can ask: Ring 01632 960 118.",
    )
    assert draft.text.index("How people can ask: Ring 01632 960 118.") < draft.text.index('id="id_name"')


@pytest.mark.parametrize("who", ["manager", "editor"])
def test_suggestion_of_a_group_that_we_have_becomes_a_proposal_in_one_step(client, signed_in, group, who):
    somerset = make_organisation(areas=["Somerset"])
    SupportGroup.objects.filter(pk=group.pk).update(organisation=somerset)
    message = {
        "name": "Example walkers",
        "what": "We walk.",
        "when_in_words": "Mondays at 7pm.",
        "area": area("Somerset"),
    }
    suggestion = baker.make(Suggestion, **message)
    staff = signed_in(somerset) if who == "editor" else sign_in(client, make_manager())
    typed = form_as_it_stands(staff.get(page(suggestion))) | {"_propose": "1"}

    without = staff.post(page(suggestion), typed)
    response = staff.post(page(suggestion), typed | {"group": group.pk})

    proposal, suggestion = Proposal.objects.get(), Suggestion.objects.get()
    assert [without.headers["Location"], response.headers["Location"]] == [page(suggestion), page(proposal)]
    assert (proposal.listing, proposal.source, proposal.suggestion) == (group, "suggestion", suggestion)
    assert proposal.note == "We walk."
    assert proposal.changes == {"when": {"was": "", "proposed": "Mondays at 7pm.", "read": "Every Monday, from 7pm."}}
    assert (suggestion.state, suggestion.closed_on) == ("known", days_ago(0))
    assert staff.get(page(proposal)).status_code == 200


def test_suggestion_names_no_group_that_others_keep(signed_in):
    draft = make_group(name="Example secret plan", draft=True)
    suggestion = baker.make(Suggestion, name="Example", what="We walk.", area=area("Somerset"), group=draft)
    client = signed_in(make_organisation(areas=["Somerset"]))
    opened = client.get(page(suggestion))

    answer = client.post(page(suggestion), form_as_it_stands(opened) | {"_propose": "1"}, follow=True)

    assert ["secret plan" in shown.text for shown in (opened, answer)] == [False, False]
    assert "A proposal was made for those who keep the group" in answer.text
    assert (Proposal.objects.get().listing, Suggestion.objects.get().group) == (draft, draft)


@pytest.mark.parametrize("button, groups, proposals", [("_draft", 2, 0), ("_propose", 1, 1)])
def test_button_of_a_suggestion_that_is_pressed_twice_makes_one_thing(
    admin_client, group, mailoutbox, django_capture_on_commit_callbacks, button, groups, proposals
):
    suggestion = baker.make(Suggestion, name="Example walkers", what="We walk.", email="a@example.org")
    typed = form_as_it_stands(admin_client.get(page(suggestion))) | {button: "1", "group": group.pk}

    with django_capture_on_commit_callbacks(execute=True):
        first, second = (admin_client.post(page(suggestion), typed) for _ in range(2))

    assert (SupportGroup.objects.count(), Proposal.objects.count(), len(mailoutbox)) == (groups, proposals, 1)
    assert (first.headers["Location"] != page(suggestion), second.headers["Location"]) == (True, page(suggestion))
    assert not Suggestion.objects.get().is_open


def test_suggestion_is_seen_by_the_editors_of_its_area_only(signed_in):
    snapshot, elsewhere = make_organisation(areas=["Somerset"]), make_organisation(areas=["Kent"])
    mine, others = (
        baker.make(Suggestion, name=f"Example {name}", what="x", area=area(name)) for name in ("Somerset", "Thanet")
    )
    client = signed_in(snapshot)

    listed = client.get(reverse("admin:groups_suggestion_changelist")).context["cl"].queryset
    typed = form_as_it_stands(client.get(page(mine)))
    not_theirs = client.post(page(mine), typed | {"_draft": "1"})
    taken = client.post(page(mine), typed | {"_draft": "1", "organisation": snapshot.pk})

    assert (list(listed), elsewhere.suggestions.count()) == ([mine], 0)
    assert (client.get(page(others)).status_code, not_theirs.headers["Location"]) == (302, page(mine))
    group = SupportGroup.objects.get()
    assert (taken.headers["Location"], group.organisation) == (page(group), snapshot)
