"""Loading once, and loading again: what is new or untouched is brought up to date, and nothing else."""

import datetime
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.choices import Weekday
from groups.models import Activity, SupportGroup
from groups.seed_data.kinds import VOCABULARIES
from groups.seed_data.load import load_directory
from groups.seed_data.models import Loaded
from groups.seed_data.summary import Summary
from organisations.models import Quotation, Statement


@pytest.mark.django_db
def test_load_loads_every_kind():
    summary = load_directory()

    vocabularies = {kind.model for kind in VOCABULARIES}
    loaded = {model.__name__: number for model, number in summary.loaded.items() if model not in vocabularies}
    assert loaded == {
        "Organisation": 7,
        "Membership": 2,
        "Contact": 3,
        "Resource": 1,
        "Statement": 13,
        "Quotation": 12,
        "EventSeries": 1,
        "Event": 9,
        "PeerRole": 8,
        "Training": 4,
        "SupportGroup": 7,
    }
    assert (summary.changed, summary.left) == (0, 0)


@pytest.mark.django_db
@pytest.mark.one_database("Python counts what was loaded")
def test_command_says_what_it_did_in_one_line():
    message = StringIO()

    call_command("load_directory", stdout=message)
    [line] = message.getvalue().splitlines()

    assert "7 organisations, 2 memberships, 3 contacts, 1 resource," in line
    assert line.endswith("7 groups loaded; 0 changed; 0 left as editors have them.")


def test_second_load_only_reads(seed_directory, only_selects, everything):
    before = everything()

    with only_selects():
        summary = load_directory()

    assert summary == Summary()
    assert str(summary) == "Nothing new to load; 0 changed; 0 left as editors have them."
    assert everything() == before


@pytest.mark.parametrize("count", [1, 3])
def test_second_load_asks_a_fixed_number_of_queries(seed_directory, add, count):
    quotation = '[quotations.{0}]\nwords = "Example {0}"\nattribution = "Member"\npermission = "published"'
    folder = add("watch", "\n".join(quotation.format(number) for number in range(count)))
    load_directory(folder)

    with CaptureQueriesContext(connection) as queries:
        load_directory(folder)

    assert len(queries) == 41


def test_change_of_a_file_reaches_an_untouched_row_and_no_other(thursday_project, change, everything):
    before = everything()

    summary = load_directory(change("watch", "A weekly meet-up in Chard", "A weekly get-together in Chard"))

    changed, after = SupportGroup.objects.get(pk=thursday_project.pk), everything()
    assert summary == Summary(changed=1)
    assert changed.summary == "A weekly get-together in Chard, every Thursday, for members of WATCH."
    assert (changed.slug, changed.code, changed.revision) == (thursday_project.slug, thursday_project.code, 1)
    different = {model: [row["id"] for row in after[model] if row not in before[model]] for model in after}
    assert {model: ids for model, ids in different.items() if ids} == {
        SupportGroup: [changed.pk],
        Loaded: [Loaded.objects.get(key="watch/groups/thursday_project").pk],
    }


def test_change_of_a_file_reaches_schedules_and_links(thursday_project, change):
    route = thursday_project.routes.get()
    change("watch", 'weekday = "Thursday"', 'weekday = "Friday"\nstarts_at = "18:30"')

    summary = load_directory(change("watch", 'joining = "members"', 'joining = "members"\nlanguages = ["English"]'))

    schedule = thursday_project.schedules.get()
    assert summary == Summary(changed=1)
    assert (schedule.weekday, schedule.starts_at) == (Weekday.FRIDAY, datetime.time(18, 30))
    assert [language.name for language in thursday_project.languages.all()] == ["English"]
    assert thursday_project.routes.get() == route


def test_words_taken_out_of_a_file_are_taken_out_of_the_row(thursday_project, change):
    summary = load_directory(change("watch", 'joining_note = "Become a WATCH member and be part of it."\n', ""))

    assert summary == Summary(changed=1)
    assert SupportGroup.objects.get(pk=thursday_project.pk).joining_note == ""


def test_entry_taken_out_of_a_file_stays_listed(thursday_project, folder):
    path = folder / "directory" / "watch.toml"
    path.write_text(path.read_text().partition("[groups.thursday_project]")[0])

    summary = load_directory(folder)

    assert summary == Summary()
    assert SupportGroup.objects.filter(pk=thursday_project.pk).exists()


def test_change_taken_back_is_loaded_again(thursday_project, change):
    load_directory(change("watch", "A weekly meet-up in Chard", "A weekly get-together in Chard"))

    summary = load_directory()

    assert summary == Summary(changed=1)
    assert SupportGroup.objects.get(pk=thursday_project.pk).summary == thursday_project.summary


def test_new_entry_is_loaded_beside_the_rest(seed_directory, add):
    summary = load_directory(add("watch", '[groups.friday]\nname = "WATCH Friday Project"\nsummary = "An example."'))

    assert summary == Summary(loaded=Counter({SupportGroup: 1}))
    assert str(summary) == "1 group loaded; 0 changed; 0 left as editors have them."


def test_entry_with_a_new_short_name_keeps_its_row(thursday_project, folder):
    path = folder / "directory" / "watch.toml"
    path.write_text(path.read_text().replace("groups.thursday_project", "groups.thursdays"))

    summary = load_directory(folder)

    assert summary == Summary()
    assert Loaded.objects.get(key="watch/groups/thursdays").row_id == thursday_project.pk
    assert not Loaded.objects.filter(key="watch/groups/thursday_project").exists()


def test_field_newer_than_the_load_is_no_change_while_it_has_its_default(thursday_project, change):
    loaded = Loaded.objects.get(key="watch/groups/thursday_project")
    del loaded.fingerprint["cost_note"]
    loaded.save()

    summary = load_directory(change("watch", "A weekly meet-up", "A weekly get-together"))

    assert summary == Summary(changed=1)


def test_paragraphs_are_kept_and_wrapped_lines_are_joined(seed_directory, add):
    text = '"""\nOne line\nand its end.\n\n  Another paragraph.\n"""'
    load_directory(add("watch", f'[statements.lines]\ntheme = "how"\nheading = "Lines"\ntext = {text}'))

    assert Statement.objects.get(heading="Lines").text == "One line and its end.\n\nAnother paragraph."


def test_entry_may_have_a_source_of_its_own(seed_directory, add):
    quotation = '[quotations.new]\nwords = "New words"\nattribution = "Member"\nsource = { name = "A leaflet" }'

    load_directory(add("watch", quotation))

    new, old = Quotation.objects.get(words="New words"), Quotation.objects.get(attribution="WATCH member")
    assert (new.source_name, new.source_dated) == ("A leaflet", "")
    assert (old.source_name[:18], old.source_dated) == ("Open Mental Health", "undated")


def test_other_words_of_a_term_can_change(seed_directory, change):
    summary = load_directory(
        change("vocabularies", '"Fishing" = ["angling"]', '"Fishing" = ["angling", "fly fishing"]')
    )

    assert summary == Summary(changed=1)
    assert Activity.objects.get(name="Fishing").other_words == ["angling", "fly fishing"]


@pytest.mark.django_db
def test_load_without_places_says_to_load_places_first(no_places):
    with pytest.raises(CommandError) as refused:
        call_command("load_directory")

    assert str(refused.value) == "There are no places yet for the directory to lie in. Run load_places first."
    assert not Loaded.objects.exists()
