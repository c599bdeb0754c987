"""The command that imports a feed: a dry run until it is told to write."""

import io

import pytest
from django.core.management import CommandError, call_command

from groups.models import SourceRecord, SupportGroup
from tests.groups.spreadsheets.open_referral.feeds import SAMPLES, page
from tests.groups.spreadsheets.open_referral.imports import ADVICE, WALKERS

# What is compared is compared in Python; test_feed_import.py writes on each database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


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
        "New venues: 1.",
        "  Example Hall, TA20 1AA",
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
