"""Taking examples away leaves the directory as it was: every table, to the row."""

import datetime

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from groups.choices import ReportPart
from groups.feedback.models.report import Report
from groups.models import DirectoryChange, DirectoryState, SupportGroup, Venue
from groups.sample_data.identity import examples_of
from groups.sample_data.make import make_examples
from groups.sample_data.removal import remove_examples
from organisations.models import Organisation
from tests.factories import make_group, make_venue

TODAY = datetime.date(2026, 11, 21)

pytestmark = pytest.mark.django_db


def rows_of_every_table() -> dict[str, set]:
    """The keys in every table of ours, former versions among them. What search notes of changes goes on counting."""
    return {
        model._meta.label: set(model._base_manager.values_list("pk", flat=True))
        for app in ("organisations", "groups")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model not in (DirectoryChange, DirectoryState)
    }


def test_removal_leaves_every_table_as_it_was(seed_directory):
    make_group(name="Example that somebody typed", venue=make_venue(name="Example hall"))
    before = rows_of_every_table()
    make_examples(120, seed=5, today=TODAY)
    during = rows_of_every_table()

    removed = remove_examples()

    assert removed == 120
    assert len(during["groups.SupportGroup"]) == len(before["groups.SupportGroup"]) + 120
    assert rows_of_every_table() == before


def test_removal_takes_what_editors_and_visitors_added_to_an_example(seed_directory):
    before = rows_of_every_table()
    make_examples(10, seed=5, today=TODAY)
    group = examples_of(SupportGroup).first()
    group.name = "Example with another name"
    group.slug = "example-with-another-name"
    group.save()
    group.organisation.save()
    Report.objects.create(group=group, part=ReportPart.TIME)

    remove_examples()

    assert rows_of_every_table() == before


def test_removal_leaves_no_version_of_an_example_that_an_editor_deleted(seed_directory):
    before = rows_of_every_table()
    make_examples(10, seed=5, today=TODAY)
    examples_of(SupportGroup).first().delete()

    remove_examples()

    assert rows_of_every_table() == before


def test_removal_keeps_an_organisation_that_an_editor_made_real(seed_directory):
    """With a source of its own it is an example no more; its versions stay too."""
    make_examples(10, seed=5, today=TODAY)
    organisation = examples_of(Organisation).first()
    organisation.source_name = "A leaflet"
    organisation.save()

    remove_examples()

    assert Organisation.objects.filter(pk=organisation.pk).exists()
    assert organisation.history.count() == 1
    assert examples_of(SupportGroup).count() == 0


def test_removal_keeps_an_organisation_that_has_a_real_group(seed_directory):
    make_examples(10, seed=5, today=TODAY)
    make_group(name="Chard Talkers", organisation=examples_of(Organisation).first())

    with pytest.raises(CommandError) as refused:
        call_command("make_examples", "--remove")

    assert str(refused.value) == (
        "The group “Chard Talkers” is no example, but its organisation is one. Give it another organisation first. "
        "Nothing was changed."
    )
    assert examples_of(SupportGroup).count() == 10


def test_removal_keeps_a_venue_that_a_real_group_meets_in(seed_directory):
    make_examples(10, seed=5, today=TODAY)
    venue = examples_of(Venue).first()
    make_group(name="Chard Talkers", venue=venue)

    with pytest.raises(CommandError) as refused:
        call_command("make_examples", "--remove")

    assert str(refused.value) == (
        "The group “Chard Talkers” is no example, but its venue is one. Give it another venue first. "
        "Nothing was changed."
    )


def test_command_removes_and_says_how_many(seed_directory, capsys):
    make_examples(10, seed=5, today=TODAY)

    call_command("make_examples", "--remove")

    assert capsys.readouterr().out == "Removed 10 example groups, and all that was theirs.\n"
