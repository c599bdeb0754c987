"""What the directory starts with: roles and no people, everything published, nothing checked, nobody's number."""

import hashlib
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from groups.models import Audience, GroupCheck, SupportGroup
from groups.seed_data.files import DATA
from organisations.choices import Permission
from organisations.models import (
    Contact,
    Organisation,
    OrganisationCheck,
    PeerRole,
    PeerRoleCheck,
    Quotation,
    Training,
    TrainingCheck,
)

#: The first 16 digits of the SHA-256 of each forename and surname of the people whom the sources speak of, in lower
#: case: so that their names are not here either. The authors of publications are cited, and are not among them.
PEOPLE = frozenset(
    [
        "12a303c224c250d0",
        "19ea4ac2e1a53b12",
        "24633337667d5f9b",
        "31f6410360d73372",
        "34550715062af006",
        "3fb22a5597fb91ee",
        "53bf39c1126ef64f",
        "5572d1e9c14e0645",
        "588ad3aed6d4a194",
        "5cfa64f41f9f63e2",
        "61bffea9215f6516",
        "620ee0653f57a3a2",
        "6a0ac0fd972c325d",
        "6c738efde95df4b5",
        "70b5bdb210f523e8",
        "79fe4c43a919209a",
        "802bef38518911cb",
        "8d6aa946308a9f31",
        "9058aa3ff37e12d0",
        "919e680ee460849a",
        "953cf0bee5107a5c",
        "972964b66bdfe6b5",
        "9d60a53f3114d72c",
        "a8e10c933d212895",
        "b025079c90813d46",
        "b1efc77a39364d74",
        "b2bb89e7bc3865b9",
        "b90d33f2b12789d3",
        "cab6b959431f0cf4",
        "cd879f74c6ffe6e4",
        "d0bd3cab2080dc8b",
        "d93feaf8c84752d0",
        "f08fcc7db8e128f4",
        "fc881aa34d44660e",
    ]
)


def _texts(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text of a file, with the words that lead to it."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield where, key
            yield from _texts(each, f"{where}/{key}")
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, where)


def _is_a_persons(word: str) -> bool:
    return hashlib.sha256(word.encode()).hexdigest()[:16] in PEOPLE


def test_no_person_of_the_sources_is_named_in_any_file():
    named = [
        (where, text)
        for path in sorted(DATA.rglob("*.toml"))
        for where, text in _texts(tomllib.loads(path.read_text()), path.stem)
        if any(_is_a_persons(word) for word in re.findall(r"\w+", text.casefold()))
    ]

    # A mailbox may carry a name. It is for staff only: see the next test but one.
    assert [where for where, _ in named] == ["watch/contacts/peer_engagement_lead/email"]


def test_no_person_of_the_sources_is_named_in_any_comment():
    comments = " ".join(
        line.partition("#")[2] for path in sorted(DATA.rglob("*.toml")) for line in path.read_text().splitlines()
    )

    assert [word for word in re.findall(r"\w+", comments.casefold()) if _is_a_persons(word)] == []


def test_contacts_of_one_person_are_for_staff_only(seed_directory):
    contacts = Contact.objects.order_by("role_title").values_list("role_title", "is_released", "number_checked_on")

    assert list(contacts) == [
        ("Peer Engagement Lead", False, None),
        ("Peer Support Co-ordinator", False, None),
        ("WATCH office", True, None),
    ]


def test_everything_is_published_with_a_source_and_not_yet_checked(seed_directory):
    listings = [
        listing for model in (Organisation, PeerRole, SupportGroup, Training) for listing in model.objects.all()
    ]

    assert {listing.publication for listing in listings} == {"published"}
    assert [listing for listing in listings if not (listing.source_name and listing.source_dated)] == []
    assert {listing.freshness.label for listing in listings} == {"Not yet checked"}
    assert [check.objects.count() for check in (GroupCheck, OrganisationCheck, PeerRoleCheck, TrainingCheck)] == [
        0,
        0,
        0,
        0,
    ]


def test_no_website_and_no_charity_number_is_invented(seed_directory):
    assert set(Organisation.objects.values_list("website", "charity_number")) == {("", "")}


def test_no_mention_became_an_audience(seed_directory):
    assert list(Audience.objects.exclude(groups=None)) == []


def test_every_quotation_has_its_publication_on_record(seed_directory):
    assert set(Quotation.objects.values_list("permission", flat=True)) == {Permission.PUBLISHED}
