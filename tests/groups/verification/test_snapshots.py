"""Behind the link owners read the words of the public page, and which box is wrong."""

import datetime

import pytest

from groups.choices import Frequency
from groups.feedback.models.proposal import Proposal
from groups.verification.answers import propose_end
from groups.verification.forms import change_form_for
from groups.verification.models import AskedListing, CheckRequest
from groups.verification.snapshots import facts_of, snapshot_listings
from tests.factories import (
    days_ago,
    make_contact,
    make_group,
    make_organisation,
    make_role,
    make_schedule,
    make_training,
    make_venue,
)
from tests.groups.verification.test_tokens import as_it_stands, page_of, post
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db


def test_pages_behind_the_link_speak_as_the_public_page_does(client, link, asked):
    listing = parse(client.get(link)).find(".//section[@class='panel']")
    form = parse(client.get(page_of(link, asked, "check_change"))).find(".//main//form")

    facts = [words(term) for term in listing.iter("dt")]
    boxes = [words(label) for label in form.iterfind(".//label[@class='field__label']")]
    assert {"Name", "In a sentence or two", "Who runs it", "How do I join?"} <= {*facts}
    assert boxes == [
        *("When do you meet?", "How often?", "On which day?", "From", "To"),
        *("What is the place called?", "Its address", "Its postcode", "What number can people ring?"),
        *("What email address can people write to?", "Who can people ask?", "What else has changed?"),
        *boxes[12:],
    ]
    assert boxes[12:14] == ["Name", "In a sentence or two"]
    # It is theirs: nobody has to travel there to find out.
    assert "Nobody has checked this listing yet." in words(listing)
    assert "before you travel" not in words(listing)


@pytest.mark.parametrize(
    "typed, message",
    [
        ({"name": ""}, "“Name” is empty. Please fill it in."),
        ({"summary": "a" * 241}, "“In a sentence or two” is too long. Please use 240 letters or fewer."),
        ({"age_from": "ten"}, "We could not read “Youngest age”. Please look at it again."),
        ({"age_from": "-1"}, "We could not read “Youngest age”. Please look at it again."),
        ({"joining": "perhaps"}, "We could not read “How do I join?”. Please look at it again."),
    ],
)
def test_what_is_wrong_with_a_change_names_the_box(client, link, asked, typed, message):
    page = page_of(link, asked, "check_change")

    answer = parse(post(client, page, **as_it_stands(client.get(page)) | typed))

    assert [words(row) for row in answer.iterfind(".//div[@class='error-summary']//li")] == [message]


def test_how_to_join_is_shown_as_people_read_it_with_the_answer_it_was_made_of():
    hidden = make_group(confidential=True, joining="just come")
    public = make_group(venue=make_venue(), joining="just come")

    assert dict(facts_of(public))["How do I join?"] == "Just come along"
    assert dict(facts_of(hidden))["How do I join?"] == (
        "Contact the group first. The group will tell you where to come.\n"
        "You told us “Just come along”. People cannot see the address, so we ask them to contact you first."
    )


def test_times_and_place_are_shown_first_and_contacts_last():
    desk = make_contact(role_title="Desk", email="", phone="01632 960001", text_number="07700 900123")
    group = make_group(venue=make_venue(name="Example hall"), contacts=[desk, make_contact(released=False)])
    make_schedule(group, frequency=Frequency.ASK, note="Ring the bell.")

    facts = facts_of(group)

    assert [label for label, _ in facts[:3]] == ["When", "Where", "Name"]
    assert facts[0] == ("When", "Day and time: ask the organiser. Ring the bell.")
    assert facts[-1] == ("Who can I ask?", "Desk, 01632 960001, 07700 900123")


def test_contacts_of_a_closed_group_are_not_shown():
    groups = [make_group(closed=closed, contacts=[make_contact()]) for closed in (False, True)]

    assert ["Who can I ask?" in dict(facts_of(group)) for group in groups] == [True, False]


@pytest.mark.parametrize(
    "make, relation, ended_on, proposed, note",
    [
        (make_group, "group", "", {"stage": "ended", "where_members_went": "To Example striders."}, ""),
        (make_organisation, "organisation", "", {}, ""),
        (
            make_organisation,
            "organisation",
            "2026-11-01",
            {"what_became_of_it": "To Example striders.", "ended_on": "2026-11-01"},
            "The last day: 2026-11-01. ",
        ),
        (make_role, "role", "2026-11-01", {}, "The last day: 2026-11-01. "),
        (make_training, "training", "", {}, ""),
    ],
)
def test_end_is_proposed_in_the_fields_that_a_listing_has_and_all_of_it_in_the_note(
    make, relation, ended_on, proposed, note
):
    listing = make()
    organisation = listing if relation == "organisation" else listing.organisation
    request = CheckRequest.objects.create(organisation=organisation, sent_on=days_ago(1))
    AskedListing.objects.create(request=request, **{relation: listing})
    [snapshot] = snapshot_listings(request, days_ago(0))
    day = datetime.date.fromisoformat(ended_on) if ended_on else None

    assert propose_end(request, snapshot, snapshot.signed_state, day, "To Example striders.", "", days_ago(0))

    proposal = Proposal.objects.get()
    assert {name: change["proposed"] for name, change in proposal.changes.items()} == proposed
    assert proposal.note == f"It has ended. {note}To Example striders."


def test_address_of_a_website_is_taken_without_its_beginning():
    organisation = make_organisation()
    typed = {name: getattr(organisation, name) for name in organisation.plain_fields}

    form = change_form_for(organisation)(typed | {"website": "house.example"}, instance=organisation)

    assert (form.is_valid(), form.proposed) == (True, {"website": "https://house.example"})
