"""Proposals of when and where a group meets on the staff pages: who sees them, what is asked, and what is taken."""

import datetime

import pytest
from model_bakery import baker

from groups.choices import ProposalSource
from groups.feedback.models.proposal import Proposal
from groups.feedback.models.suggestion import Suggestion
from groups.feedback.proposals import decide, propose, reopen
from groups.models import SupportGroup, Venue
from tests.factories import days_ago, make_group, make_schedule, make_venue
from tests.peersupport.html import parse, words
from tests.staff.forms import form_as_it_stands
from tests.staff.people import make_contributor, make_editor, make_manager, sign_in
from tests.staff.test_proposals import page

pytestmark = [pytest.mark.django_db, pytest.mark.one_database("words are read before anything is stored")]


@pytest.fixture
def walkers() -> SupportGroup:
    group = make_group(name="Example walkers", venue=make_venue(name="Example hall", postcode="TA20 1PP"))
    make_schedule(group, starts_at=datetime.time(18), ends_at=datetime.time(20))
    return group


def times(group) -> list[str]:
    return [row.pattern.sentence for row in group.schedules.all()]


def test_answer_to_a_question_takes_it_and_what_is_not_answered_is_left(admin_client, walkers):
    make_venue(name="Mill arts", postcode="TA20 1AA")
    proposed = {"when": "Mondays 7-8.30", "where": "Old mill, TA20 1AA", "cost_note": "£2"}
    proposal = propose(walkers, ProposalSource.LINK, proposed)

    shown = parse(admin_client.get(page(proposal)))
    answers = [radio.get("value") for radio in shown.iterfind(".//fieldset//input[@type='radio']")]
    sent = {"revision": walkers.revision, "answer_when": answers[0], "answer_where": ""}
    refused = admin_client.post(page(proposal), sent | {"_all": "1"})
    admin_client.post(page(proposal), sent | {"_some": "1"})

    proposal.refresh_from_db()
    walkers.refresh_from_db()
    assert [words(legend) for legend in shown.iter("legend")] == [
        "“7-8.30”: 7pm to 8.30pm, or 7am to 8.30am?",
        "Is it a venue that is already here at TA20 1AA?",
    ]
    assert "Choose one of the answers under “Where” first." in refused.text
    assert (proposal.state, proposal.taken, times(walkers)) == ("partly", ["when"], ["Every Monday, 7pm to 8.30pm."])
    assert (walkers.venue.name, walkers.cost_note) == ("Example hall", "")


def test_place_of_a_group_with_a_confidential_venue_is_shown_to_who_may_know_it(admin_client, signed_in, monkeypatch):
    hidden = make_venue(name="Zyx house", address="9 Zyx Street", postcode="TA20 1AA", confidential=True)
    group = make_group(venue=hidden)
    proposal = propose(group, ProposalSource.SUGGESTION, {"where": "Qwv house, 9 Qwv Street, TA20 1AA"}, "And more.")
    # As of a proposal that was made before its venue was confidential.
    proposal.changes["where"]["was"] = "Zyx house\n9 Zyx Street"
    proposal.save()
    contributor = signed_in(group.organisation, make_contributor)

    for_manager, for_contributor = (client.get(page(proposal)).text for client in (admin_client, contributor))
    monkeypatch.setattr("groups.feedback.admin.proposal.nameable_rows", lambda request, rows: rows.none())
    for_others = contributor.get(page(proposal)).text

    assert ["Qwv" in text for text in (for_manager, for_contributor, for_others)] == [True, True, False]
    assert ["Zyx Street" in text for text in (for_manager, for_contributor, for_others)] == [True, True, False]
    assert "The venue of this group is confidential" in for_manager
    assert "And more." in for_others


def test_what_cannot_be_taken_is_done_with_the_note(admin_client, walkers):
    walkers.schedules.update(venue=make_venue(name="Example library"))
    proposal = propose(walkers, ProposalSource.LINK, {"when": "Mondays 7pm"})
    walkers.summary = "Put in by hand."
    walkers.save()

    shown = admin_client.get(page(proposal)).text
    refused = admin_client.post(page(proposal), {"revision": walkers.revision, "_all": "1"})
    admin_client.post(page(proposal), {"revision": walkers.revision, "_all": "1", "note_is_done": "1"})

    proposal.refresh_from_db()
    assert (proposal.state, proposal.taken) == ("accepted", [])
    assert ("Put it in by hand" in shown, "Take all of it" in shown) == (True, False)
    assert "You have not ticked “I have put it in”." in refused.text
    assert times(walkers) == ["Every Thursday, 6pm to 8pm."]


def test_contributor_proposes_times_and_a_place_as_fields(signed_in, walkers):
    mill = make_venue(name="Old mill", postcode="TA20 1AA")
    client = signed_in(walkers.organisation, make_contributor)
    typed = {"when_in_words": "Mondays 7pm", "venue": mill.pk}

    client.post(page(walkers), form_as_it_stands(client.get(page(walkers))) | typed)

    proposal = Proposal.objects.get()
    assert {name: change["read"] for name, change in proposal.changes.items()} == {
        "when": "Every Monday, from 7pm.",
        "where": "Old mill\nChard\nTA20 1AA",
    }
    assert (proposal.note, times(walkers)) == ("", ["Every Thursday, 6pm to 8pm."])


def test_confidential_venue_that_a_contributor_chooses_is_no_field(signed_in, walkers):
    hidden = make_venue(name="Zyx house", postcode="TA20 1AA", confidential=True)
    make_group(organisation=walkers.organisation, venue=hidden)
    client = signed_in(walkers.organisation, make_contributor)

    client.post(page(walkers), form_as_it_stands(client.get(page(walkers))) | {"venue": hidden.pk})

    proposal = Proposal.objects.get()
    assert (proposal.changes, proposal.note) == ({}, f"Venue: confidential venue, number {hidden.pk}")


def test_earlier_decision_names_what_was_taken(admin_client, admin_user, walkers):
    proposal = propose(walkers, ProposalSource.LINK, {"when": "Mondays 7pm"})
    decide(proposal, ["when"], editor=admin_user, today=days_ago(0), revision=walkers.revision)
    reopen(proposal, editor=admin_user, today=days_ago(0))

    assert "Taken (When)" in admin_client.get(page(proposal)).text


@pytest.mark.parametrize("is_read", [True, False])
def test_draft_of_a_suggestion_has_its_times_and_its_venue(admin_client, is_read):
    """Also of one from before words were read as they came."""
    read = {"when_read": "Every Monday, from 7pm.", "where_read": "Old mill\nChard\nTA20 1AA"} if is_read else {}
    typed = {"when_in_words": "Mondays 7pm", "where_in_words": "Old mill, Chard, TA20 1AA"}
    suggestion = baker.make(Suggestion, name="Example walkers", what="We walk.", **typed, **read)

    admin_client.post(page(suggestion), form_as_it_stands(admin_client.get(page(suggestion))) | {"_draft": "1"})

    group = SupportGroup.objects.get()
    assert (times(group), str(group.venue), group.venue.town.name) == (
        ["Every Monday, from 7pm."],
        "Old mill, TA20 1AA",
        "Chard",
    )
    assert group.staff_note == ""


def test_draft_is_at_no_venue_where_another_one_may_be_meant(admin_client):
    make_venue(name="Mill arts", postcode="TA20 1AA")
    suggestion = baker.make(Suggestion, name="Example walkers", what="We walk.", where_in_words="Old mill, TA20 1AA")

    admin_client.post(page(suggestion), form_as_it_stands(admin_client.get(page(suggestion))) | {"_draft": "1"})

    group = SupportGroup.objects.get()
    assert (group.venue, group.staff_note, Venue.objects.count()) == (None, "Where: Old mill, TA20 1AA", 1)


def test_words_that_an_editor_changes_are_read_again(admin_client):
    suggestion = baker.make(Suggestion, name="Example walkers", what="We walk.", when_in_words="Mondays or so")
    typed = form_as_it_stands(admin_client.get(page(suggestion))) | {"when_in_words": "Mondays 7pm", "_save": "1"}

    admin_client.post(page(suggestion), typed)

    suggestion.refresh_from_db()
    assert suggestion.when_read == "Every Monday, from 7pm."


def test_confidential_venue_that_a_contributor_proposes_is_named_to_those_alone_who_may_know_it(client, walkers):
    refuge = make_venue(name="Example refuge", postcode="TA20 1AA", confidential=True)
    theirs = make_group(venue=refuge)
    editor = make_editor(walkers.organisation)
    sign_in(client, make_contributor(walkers.organisation, theirs.organisation))
    client.post(page(walkers), form_as_it_stands(client.get(page(walkers))) | {"venue": refuge.pk})
    proposal = Proposal.objects.get()

    pages = {user: sign_in(client, user).get(page(proposal)).text for user in (editor, make_manager())}

    assert proposal.note == f"Venue: confidential venue, number {refuge.pk}"
    named = [("Example refuge" in text, "TA20 1AA" in text) for text in pages.values()]
    assert named == [(False, False), (True, True)]
