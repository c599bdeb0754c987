"""A feed is imported through the pipeline of spreadsheets: shown first, and all or nothing."""

import pytest
from django.core import mail

from groups.models import Source, SourceReading, SourceRecord, SupportGroup
from groups.spreadsheets.open_referral.feed_import import source_name, write_feed
from groups.spreadsheets.open_referral.report import report
from organisations.choices import Publication
from organisations.models import Contact, Organisation
from tests import factories
from tests.groups.spreadsheets.open_referral.feeds import key, make_place, make_schedule, make_service, sample
from tests.groups.spreadsheets.open_referral.imports import ADVICE, TALKERS, WALKERS, imported, outcome, prepare

pytestmark = pytest.mark.django_db


def test_services_become_drafts_with_what_the_feed_says():
    imported(WALKERS, ADVICE)

    [group] = SupportGroup.objects.all()
    assert (group.name, group.summary, group.publication) == ("Example Walking Group", "We walk and talk.", "draft")
    assert (group.venue.name, group.venue.postcode, str(group.venue.town)) == (
        "Example Hall",
        "TA20 1AA",
        "Chard, Somerset",
    )
    assert [schedule.pattern.sentence for schedule in group.schedules.all()] == ["Every Thursday, 6.30pm to 8pm."]
    organisation = group.organisation
    assert (organisation.name, organisation.publication) == ("Example Walkers", Publication.DRAFT)
    # What is no group is said of its organisation.
    assert organisation.what_it_does == "Example Advice Line: Advice by phone."
    records = SourceRecord.objects.values_list("foreign_id", "group", "organisation")
    assert sorted(records) == sorted([(WALKERS["id"], group.pk, None), (ADVICE["id"], None, organisation.pk)])
    assert mail.outbox == []


def test_same_feed_again_changes_nothing():
    imported(WALKERS, TALKERS, ADVICE)
    before = [*SupportGroup.objects.values(), *Organisation.objects.values(), *SourceReading.objects.values()]

    again = imported(WALKERS, TALKERS, ADVICE)

    assert outcome(again) == {}
    assert again.questions == []
    assert [*SupportGroup.objects.values(), *Organisation.objects.values(), *SourceReading.objects.values()] == before


def test_new_changed_and_gone_are_shown_and_nothing_is_deleted():
    imported(WALKERS, TALKERS)
    walkers = WALKERS | {"description": "We walk.", "schedules": [make_schedule(byday="FR")]}
    singers = make_service("Example Singing Group")

    found = imported(walkers, singers)

    assert outcome(found) == {
        "new": ["Example Singing Group"],
        "changed": {
            "Example Walking Group": [
                ("Summary", "We walk and talk.", "We walk."),
                ("When", "Every Thursday, 6.30pm to 8pm.", "Every Friday, 6.30pm to 8pm."),
            ]
        },
        "gone": ["Example Talking Group"],
    }
    assert SupportGroup.objects.get(name="Example Walking Group").summary == "We walk."
    assert SupportGroup.objects.get(name="Example Talking Group").stage == "running"


def test_what_is_gone_ends_on_demand_and_is_not_gone_again():
    imported(WALKERS, TALKERS)
    SupportGroup.objects.filter(name=TALKERS["name"]).update(stage="paused", paused_because="Summer")

    imported(WALKERS, ends_gone=True)

    group = SupportGroup.objects.get(name=TALKERS["name"])
    assert (group.stage, group.ended_on, group.paused_because) == ("ended", factories.days_ago(0), "")
    assert outcome(prepare(WALKERS)) == {}


def test_nothing_is_gone_where_a_feed_lacks_services():
    imported(WALKERS, TALKERS)

    assert outcome(prepare(WALKERS, total=2)) == {}


def test_status_of_the_feed_ends_a_group_that_had_a_break():
    imported(WALKERS | {"status": "temporarily closed"})
    SupportGroup.objects.update(paused_until=factories.days_ago(-30))

    imported(WALKERS | {"status": "defunct"})

    group = SupportGroup.objects.get()
    assert (group.stage, group.paused_until) == ("ended", None)


def test_group_that_had_ended_before_it_was_heard_of_is_left_out():
    found = prepare(WALKERS | {"status": "defunct"})

    assert (outcome(found), len(found.result.left_out)) == ({}, 1)


def test_times_that_cannot_be_held_are_left_to_staff_with_a_question():
    found = imported(WALKERS | {"schedules": [make_schedule(count=6, description="Six meetings in spring")]})

    group = SupportGroup.objects.get()
    assert (group.staff_note, group.schedules.count()) == ("When: Six meetings in spring", 0)
    assert [(question.words, question.reason) for question in found.questions] == [
        ("Six meetings in spring", "Its rule is narrower than one of ours can be.")
    ]


def test_place_that_is_not_known_is_a_question_and_the_group_comes_without_it():
    nowhere = make_place(postcode="nowhere")

    found = imported(WALKERS | {"service_at_locations": [nowhere]})

    assert SupportGroup.objects.get().venue is None
    [question] = found.questions
    assert question.words == "Venue: Example Hall; Address: 1 Example Street; Town: Chard; Postcode: nowhere"
    assert question.reason == "“nowhere” does not look like a postcode. One looks like TA20 1AA."


def test_contact_is_for_staff_only_unless_somebody_agreed():
    with_contact = {"email": "us@example.org", "phones": [{"id": key("p"), "number": "+44 1632 960001"}]}

    imported(WALKERS | with_contact)
    closed = [*Contact.objects.values_list("phone", "email", "is_released")]
    imported(WALKERS | with_contact, agreed_by="The council, by letter")

    assert closed == [("01632 960001", "us@example.org", False)]
    contact = Contact.objects.get()
    assert (contact.is_released, contact.release_agreed_by) == (True, "The council, by letter")
    # Not naming anybody the next time takes nothing back.
    assert outcome(prepare(WALKERS | with_contact)) == {}


def test_services_that_break_the_schema_are_refused_and_nothing_is_written():
    found = prepare(WALKERS, *sample("bad/service_list")["contents"])

    assert found.can_be_written is False
    with pytest.raises(ValueError, match="can only be left out"):
        write_feed(found)
    assert report(found)[:4] == [
        "Services: 4.",
        "Refused, because they break the schema: 3.",
        "  name: This is missing. (3: ac148810-d857-441c-9679-408f346de14b, b644a0d2-9e8a-4c33-9390-ae9ee93fc056, "
        "e85f5bb0-62f0-42cc-a08a-0c5c16273090)",
        "  email: This is not a text. (2: ac148810-d857-441c-9679-408f346de14b, e85f5bb0-62f0-42cc-a08a-0c5c16273090)",
    ]


def test_refused_services_are_left_out_on_demand_and_are_not_gone():
    imported(WALKERS, TALKERS)

    found = imported(WALKERS | {"fees": "Free"}, TALKERS | {"url": "no address"}, leaves_out_refused=True)

    assert outcome(found) == {"changed": {"Example Walking Group": [("Free", "Not said", "Yes")]}}


def test_organisation_with_nearly_the_name_of_another_is_asked_about():
    factories.make_organisation(name="Example Walker")

    found = prepare(WALKERS)

    assert [*found.errors] == [1]
    assert found.can_be_written is False
    assert outcome(prepare(WALKERS, leaves_out_refused=True)) == {}


def test_service_that_names_no_organisation_is_refused_even_where_there_is_just_one():
    factories.make_organisation()

    found = prepare({name: value for name, value in WALKERS.items() if name != "organization"})

    assert found.errors == {1: {"Organisation": ["It does not say which organisation runs it."]}}
    assert outcome(found) == {}


def test_address_of_a_new_source_is_noted_without_its_query():
    write_feed(prepare(WALKERS), "https://council.example/oruk?key=secret")

    assert Source.objects.get().url == "https://council.example/oruk"


def test_source_is_the_one_of_that_name_however_it_is_spelt():
    Source.objects.create(name="Example Council's feed")

    assert (source_name("example councils  feed"), source_name(" Another  feed ")) == (
        "Example Council's feed",
        "Another feed",
    )
