"""What was changed here stays where a feed says what it did, and is shown where the feed changes too."""

import pytest

from groups.models import SupportGroup
from organisations.models import Organisation
from tests import factories
from tests.groups.spreadsheets.open_referral.feeds import make_organisation
from tests.groups.spreadsheets.open_referral.imports import ADVICE, WALKERS, imported, outcome, prepare

# What is compared is compared in Python; test_feed_import.py writes on each database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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
