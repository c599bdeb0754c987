"""The feed of some groups, imported into an empty directory and published, is the same feed but for what is listed."""

import re
from pathlib import Path

import pytest

from groups.models import SourceRecord, SupportGroup, Venue
from groups.open_referral.catalogue import Versions
from groups.open_referral.reader import read_whole
from groups.open_referral.services import Context, encode_service
from groups.spreadsheets.open_referral.documents import Feed
from groups.spreadsheets.open_referral.feed_import import ImportOptions, prepare_feed, vocabulary, write_feed
from groups.spreadsheets.open_referral.service_rows import ReadingOptions
from organisations.choices import Publication
from organisations.models import Contact, Organisation
from tests.factories import days_ago
from tests.groups.open_referral.feed import items, record_of
from tests.groups.open_referral.groups_sent_round import (
    make_groups,
    make_groups_at_other_venues,
    make_groups_that_lose,
)

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

DOCUMENT = Path(__file__).parents[3] / "docs/open-referral.md"
#: Ids, addresses of pages and dates of checks are new after each import.
_MASKED = re.compile(r"(?:^|_)id$|^ur[li]$|^term_uri$|^schedule_link$|^last_modified$|^assur")
#: What the standard cannot carry, as the table of the document names it, by the group that has it: its fields differ.
LOST = {
    "Example lapsed": ("Checks: when, by what means, by whom", {"alert", "status"}),
    "Example mobile": ("A contact with a mobile number", {"contacts", "email", "phones"}),
    "Example elsewhere": (
        "A time at a confidential venue that is not the group's",
        {"schedules", "service_at_locations"},
    ),
    "Example unchecked": ("A contact that has a number alone, which nobody has checked", {"contacts"}),
    "Example ended": ("A group that has ended", None),
}


def records() -> dict[str, dict]:
    """The records of all groups, and of their organisations by themselves but for contacts, by their names."""
    groups = {group.name: masked(record_of(group)) for group in SupportGroup.objects.order_by("name")}
    owners = {group["organization"]["name"] for group in groups.values()}
    organisations = [masked(record) for record in items("/organizations") if record["name"] in owners]
    return groups | {
        f"{record['name']} itself": {name: record[name] for name in record if name not in ("contacts", "email")}
        for record in organisations
    }


def masked(value):
    """A record without ids, addresses and dates of checks, and what is in no order in a set order."""
    if isinstance(value, dict):
        return {name: masked(each) for name, each in value.items() if not _MASKED.search(name)}
    if isinstance(value, list):
        terms = [each for each in value if not _code(each).startswith("checked-")]
        return sorted((masked(each) for each in terms), key=_code)
    return value


def _code(value) -> str:
    return value.get("taxonomy_term", {}).get("code", "") if isinstance(value, dict) else ""


def send_round() -> tuple[dict[str, dict], dict[str, dict]]:
    """The records of all groups, before and after an import into the directory without them, which is published."""
    before = records()
    feed = Feed()
    feed.add([record_of(group) for group in SupportGroup.objects.all()])
    feed.add(items("/organizations"))
    for model in (SupportGroup, Venue, Contact, Organisation):
        model.objects.all().delete()
    reading = ReadingOptions("Example feed", days_ago(0), vocabulary(), agreed_by="They say so.")
    write_feed(prepare_feed(feed, ImportOptions(reading)))
    for model in (SupportGroup, Organisation):
        model.objects.update(publication=Publication.PUBLISHED)
    Contact.objects.exclude(phone="", text_number="").update(number_checked_on=days_ago(0))
    assert SourceRecord.objects.filter(group=None).count() == 0
    return before, records()


def test_groups_of_each_kind_come_back_the_same():
    make_groups()
    make_groups_at_other_venues()

    before, after = send_round()

    assert after == before


def test_what_does_not_come_back_is_what_the_document_lists():
    make_groups_that_lose()

    before, after = send_round()

    groups = {name: record for name, record in before.items() if not name.endswith(" itself")}
    differing = {name: _differing(record, after.get(name)) for name, record in groups.items()}
    assert differing == {name: fields for name, (_, fields) in LOST.items()}
    rows = {line.split("|")[1].strip() for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")}
    assert {row for row, _ in LOST.values()} - rows == set()


def test_record_of_a_group_that_was_read_whole_takes_no_query_more(django_assert_num_queries):
    make_groups()
    make_groups_that_lose()
    versions = Versions()
    context = Context(versions.today, versions.vocabulary, versions.addresses)
    groups = read_whole(SupportGroup.objects.values_list("pk", flat=True))

    with django_assert_num_queries(0):
        found = [encode_service(group, context).name for group in groups.values()]

    assert sorted(found) == sorted(SupportGroup.objects.values_list("name", flat=True))


def _differing(before: dict, after: dict | None) -> set[str] | None:
    """The fields that differ; None if there is no record afterwards."""
    return None if after is None else {name for name in {*before, *after} if before.get(name) != after.get(name)}
