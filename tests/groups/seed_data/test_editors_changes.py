"""What editors did stays as they left it, whatever the files say."""

import datetime
import hashlib
import json

import pytest

from groups.choices import Frequency
from groups.models import Language, SupportGroup, Topic
from groups.seed_data.kinds import KINDS
from groups.seed_data.load import load_directory
from groups.seed_data.models import Loaded
from groups.seed_data.summary import Summary
from groups.seed_data.values import current_values
from organisations.choices import Publication
from organisations.models import Contact, Membership, Organisation, Quotation, Statement
from tests.factories import days_ago, make_check, make_organisation


def _edit_a_word(group: SupportGroup) -> None:
    group.what_it_is_like = "Tea, and a walk."
    group.save()


def _withdraw(group: SupportGroup) -> None:
    group.publication = Publication.WITHDRAWN
    group.save()


def _rename_its_address(group: SupportGroup) -> None:
    group.slug = "thursdays-in-chard"
    group.save()


def _set_a_time(group: SupportGroup) -> None:
    group.schedules.update(starts_at=datetime.time(10))


def _add_a_schedule(group: SupportGroup) -> None:
    group.schedules.create(frequency=Frequency.ASK)


def _take_away_its_route(group: SupportGroup) -> None:
    group.routes.all().delete()


def _take_away_its_contact(group: SupportGroup) -> None:
    group.contacts.clear()


def _add_a_topic(group: SupportGroup) -> None:
    group.topics.add(Topic.objects.get(name="Loneliness"))


@pytest.mark.parametrize(
    "edit",
    [
        _edit_a_word,
        _withdraw,
        _rename_its_address,
        _set_a_time,
        _add_a_schedule,
        _take_away_its_route,
        _take_away_its_contact,
        _add_a_topic,
    ],
)
def test_editors_change_stays_when_the_file_changes_too(thursday_project, change, everything, edit):
    edit(thursday_project)
    edited, message = everything(), []

    summary = load_directory(change("watch", "A weekly meet-up", "A weekly get-together"), say=message.append)

    assert summary == Summary(left=1)
    assert everything() == edited
    assert message == [
        "watch.toml, [groups.thursday_project] has changed, and so has “WATCH Thursday Project”: "
        "left as editors have it."
    ]


def test_editors_change_is_counted_and_needs_no_line_while_the_file_is_the_same(thursday_project):
    _edit_a_word(thursday_project)
    message = []

    summary = load_directory(say=message.append)

    assert (summary, message) == (Summary(left=1), [])


def test_contact_that_was_released_stays_so(seed_directory, change):
    lead = Contact.objects.get(role_title="Peer Engagement Lead")
    lead.is_released = True
    lead.save()

    summary = load_directory(change("watch", "who helps new groups now", "who helps new groups"))

    assert summary == Summary(left=1)
    assert Contact.objects.get(pk=lead.pk).is_released is True


def test_checked_listing_is_not_rewritten(thursday_project, change):
    make_check(thursday_project, on=days_ago(1))

    summary = load_directory(change("watch", "A weekly meet-up", "A weekly get-together"))

    assert summary == Summary(left=1)
    assert SupportGroup.objects.get(pk=thursday_project.pk).summary == thursday_project.summary


def test_what_was_deleted_does_not_come_back(thursday_project):
    thursday_project.delete()
    Quotation.objects.all().delete()
    Language.objects.get(name="Polish").delete()

    summary = load_directory()

    assert summary == Summary(left=1 + 12 + 1)
    assert (SupportGroup.objects.count(), Quotation.objects.count()) == (6, 0)
    assert not Language.objects.filter(name="Polish").exists()


def test_what_belongs_to_a_deleted_organisation_is_not_loaded(seed_directory, add):
    Organisation.objects.get(name="Live Well Kent").delete()
    statement = '[statements.new]\ntheme = "how"\nheading = "New"\ntext = "An example."'

    summary = load_directory(add("live_well_kent", statement))

    assert summary == Summary(left=3)
    assert (Organisation.objects.count(), Membership.objects.count()) == (6, 1)
    assert not Statement.objects.filter(heading="New").exists()


def test_group_with_a_deleted_contact_and_term_is_loaded_without_them(seed_directory, add):
    Contact.objects.get(email="info@watchproject.org.uk").delete()
    Topic.objects.get(name="Loneliness").delete()
    group = (
        '[groups.new]\nname = "New"\nsummary = "An example."\ncontacts = ["office"]\ntopics = ["Loneliness", "Stress"]'
    )

    load_directory(add("watch", group))

    new = SupportGroup.objects.get(name="New")
    assert (list(new.contacts.all()), [topic.name for topic in new.topics.all()]) == ([], ["Stress"])


def test_term_that_was_renamed_is_still_meant(seed_directory, add):
    Topic.objects.filter(name="Loneliness").update(name="Feeling lonely")

    load_directory(add("watch", '[groups.new]\nname = "New"\nsummary = "An example."\ntopics = ["Loneliness"]'))

    assert [topic.name for topic in SupportGroup.objects.get(name="New").topics.all()] == ["Feeling lonely"]


@pytest.mark.django_db
def test_organisation_that_an_editor_listed_first_is_the_editors():
    mine = make_organisation(name="WATCH", summary="Mine.")

    summary = load_directory()

    mine.refresh_from_db()
    assert (mine.summary, mine.revision, summary.left) == ("Mine.", 0, 1)
    assert [group.name for group in mine.groups.all()] == ["WATCH Thursday Project"]
    assert load_directory() == Summary(left=1)


def test_schedule_that_was_loaded_before_it_could_be_in_term_time_is_still_as_written(thursday_project):
    """A column that is newer than what was kept of a row is no editor's change of it."""
    loaded = Loaded.objects.get(key="watch/groups/thursday_project")
    rows = [
        {name: value for name, value in row.items() if name != "term_time_only"}
        for row in current_values(KINDS[-1], thursday_project).children["schedules"]
    ]
    before = hashlib.sha256(json.dumps(rows, default=str, sort_keys=True).encode()).hexdigest()[:20]

    assert rows
    assert loaded.fingerprint["schedules"] == before


def test_term_time_that_an_editor_ticked_stays(thursday_project, change):
    thursday_project.schedules.update(term_time_only=True)

    assert load_directory(change("watch", "A weekly meet-up", "A weekly get-together")) == Summary(left=1)
    assert thursday_project.schedules.get().term_time_only


def test_file_can_say_that_a_group_meets_in_term_time_only(thursday_project, change):
    ticked = change("watch", 'frequency = "weekly"', 'frequency = "weekly"\nterm_time_only = true')

    load_directory(ticked)

    assert "in term time only" in thursday_project.schedules.get().sentence
