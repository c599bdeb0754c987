"""A feed is imported through the pipeline of spreadsheets: shown first, all or nothing, and no local edit unseen."""

import io

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from groups.models import Source, SourceReading, SourceRecord, SupportGroup
from groups.spreadsheets.open_referral.documents import Feed
from groups.spreadsheets.open_referral.feed_import import (
    FeedImport,
    ImportOptions,
    prepare_feed,
    source_name,
    vocabulary,
    write_feed,
)
from groups.spreadsheets.open_referral.report import report
from groups.spreadsheets.open_referral.service_rows import ReadingOptions
from organisations.choices import Publication
from organisations.models import Contact, Organisation
from tests import factories
from tests.groups.spreadsheets.open_referral.feeds import (
    SAMPLES,
    key,
    make_organisation,
    make_place,
    make_schedule,
    make_service,
    page,
    sample,
)

pytestmark = pytest.mark.django_db

WALKERS, TALKERS = make_service(), make_service("Example Talking Group", service_at_locations=None)
ADVICE = make_service("Example Advice Line", description="Advice by phone.", schedules=None, service_at_locations=None)


def feed_of(*services, total: int = 0) -> Feed:
    feed = Feed(total_items=total)
    feed.add(services)
    return feed


def prepare(*services, total: int = 0, agreed_by: str = "", others: bool = False, **options) -> FeedImport:
    reading = ReadingOptions(
        "Example feed", factories.days_ago(0), vocabulary(), agreed_by=agreed_by, leaves_out_others=others
    )
    return prepare_feed(feed_of(*services, total=total), ImportOptions(reading, **options))


def imported(*services, **options) -> FeedImport:
    found = prepare(*services, **options)
    write_feed(found)
    return found


def outcome(found: FeedImport) -> dict[str, object]:
    """What a feed would do, by the names of what it does it to; what it does not do is left out."""
    result = found.result
    all_of_it = {
        "new": [state.group.name for state in result.new],
        "changed": {state.group.name: state.changes for state in result.changed},
        "new organisations": [state.organisation.name for state in result.new_organisations],
        "changed organisations": {state.organisation.name: state.changes for state in result.changed_organisations},
        "gone": [str(entry.record.subject) for entry in found.gone],
        "local": [(edit.title, edit.ours, edit.theirs) for edit in found.local_edits],
    }
    return {name: what for name, what in all_of_it.items() if what}


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


def test_local_edit_stays_where_the_feed_says_what_it_did():
    imported(WALKERS)
    SupportGroup.objects.update(summary="Ours.")

    found = imported(WALKERS | {"fees": "Free"})

    assert outcome(found) == {"changed": {"Example Walking Group": [("Free", "Not said", "Yes")]}}
    assert SupportGroup.objects.get().summary == "Ours."


@pytest.mark.parametrize("overwrites, summary", [(False, "Ours."), (True, "Theirs.")])
def test_local_edit_is_shown_where_the_feed_changes_too_and_stays_unless_theirs_is_chosen(overwrites, summary):
    imported(WALKERS)
    SupportGroup.objects.update(summary="Ours.")

    found = imported(WALKERS | {"description": "Theirs."}, overwrites=overwrites)

    assert outcome(found)["local"] == [("Summary", "Ours.", "Theirs.")]
    assert SupportGroup.objects.get().summary == summary
    assert outcome(prepare(WALKERS | {"description": "Theirs."})) == {}


def test_local_edit_of_an_organisation_stays():
    imported(WALKERS, ADVICE)
    Organisation.objects.update(summary="Ours.")
    renewed = make_organisation(description="Theirs.", website="https://walkers.example/")

    found = imported(WALKERS | {"organization": renewed}, ADVICE | {"organization": renewed})

    organisation = Organisation.objects.get()
    assert (organisation.summary, organisation.website) == ("Ours.", "https://walkers.example/")
    assert outcome(found)["local"] == [("Organisation summary", "Ours.", "Theirs.")]


def test_group_that_was_here_before_the_feed_keeps_what_it_has():
    organisation = factories.make_organisation(name="Example Walkers", summary="")
    factories.make_group(name=WALKERS["name"], organisation=organisation, summary="Ours.", website="")

    found = imported(WALKERS)

    group = SupportGroup.objects.get()
    assert (group.summary, group.website) == ("Ours.", "https://walks.example/")
    assert ("Summary", "Ours.", "We walk and talk.") in outcome(found)["local"]


def test_what_the_feed_no_longer_says_is_emptied():
    imported(WALKERS)

    found = prepare({name: value for name, value in WALKERS.items() if name not in ("url", "schedules")})

    assert outcome(found)["changed"]["Example Walking Group"] == [
        ("When", "Every Thursday, 6.30pm to 8pm.", ""),
        ("Group website", "https://walks.example/", ""),
    ]


def test_service_that_is_changed_in_what_its_organisation_does_is_changed_there():
    imported(WALKERS, ADVICE)

    imported(WALKERS, ADVICE | {"description": "Advice by letter."})

    assert Organisation.objects.get().what_it_does == "Example Advice Line: Advice by letter."


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


def test_source_is_the_one_of_that_name_however_it_is_spelt():
    Source.objects.create(name="Example Council's feed")

    assert (source_name("example councils  feed"), source_name(" Another  feed ")) == (
        "Example Council's feed",
        "Another feed",
    )


def run(*arguments: str) -> list[str]:
    output = io.StringIO()
    call_command("import_open_referral", *arguments, "--source", "Example feed", stdout=output)
    return output.getvalue().splitlines()


def test_command_is_a_dry_run_until_it_is_told_to_write(tmp_path):
    (tmp_path / "feed.json").write_bytes(page(WALKERS, ADVICE))

    dry = run(str(tmp_path))
    assert SupportGroup.objects.exists() is False
    written = run(str(tmp_path), "--write", "--leave-out-others", "--organisation", "Example Walkers=Example Ramblers")

    assert dry == [
        "Services: 2.",
        "New groups, as drafts: 1.",
        "  Example Walking Group",
        "New organisations, as drafts: 1.",
        "  Example Walkers",
        "The same: 0 groups. No group: 1 services.",
        "Left out: 0. Contacts for staff only: 0.",
        "Nothing was written: this is a dry run. Run it again with --write.",
    ]
    assert written[-3:] == [
        "The same: 0 groups. No group: 0 services.",
        "Left out: 1. Contacts for staff only: 0.",
        "Written. Nothing of it is public, and none of it counts as checked.",
    ]
    assert [str(group.organisation) for group in SupportGroup.objects.all()] == ["Example Ramblers"]


@pytest.mark.parametrize(
    "location, sentence",
    [
        (str(SAMPLES / "bad/service_full.json"), "some are refused"),
        (str(SAMPLES / "bad/taxonomy_term.json"), "some are refused"),
        (str(SAMPLES / "bad/api_details.json"), "api_details.json has no list of services. Nothing was written."),
        ("http://127.0.0.1/feed.json", "The host 127.0.0.1 has an address that is not public: 127.0.0.1."),
    ],
)
def test_command_refuses_what_is_no_feed(location, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(location, "--write")
    assert SourceRecord.objects.exists() is False
