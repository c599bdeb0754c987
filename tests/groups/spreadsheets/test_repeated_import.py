"""A file that was just imported changes nothing when it is sent again, whatever the spelling of its cells."""

from collections.abc import Callable

import pytest

from groups.models import SupportGroup, Venue
from groups.spreadsheets.addresses import is_same_address, with_line
from groups.spreadsheets.group_columns import column_titles
from groups.spreadsheets.importer import preview_import, write_import
from groups.spreadsheets.reader import SheetRow
from groups.spreadsheets.resources.groups import GROUPS
from groups.spreadsheets.scope import ImportScope
from organisations.models import Organisation
from tests import factories

#: Ways in which one person writes what another has written.
SPELLINGS: dict[str, Callable[[str], str]] = {
    "capitals": str.upper,
    "small letters": str.lower,
    "without commas": lambda text: text.replace(",", " "),
    "one line": lambda text: ", ".join(text.split("\n")),
    "saints in full": lambda text: text.replace("St ", "Saint "),
    "streets in short": lambda text: text.replace("Street", "St.").replace("Road", "Rd"),
    "postcode without space": lambda text: text.replace("TA20 1PP", "ta201pp"),
    "town alone": lambda text: text.partition(", Somerset")[0],
}
#: As a council writes: towns without districts, in the address too, and a quarter that is no town of ours.
COUNCIL = [
    {"Name": "One", "Venue": "St Mary's Hall", "Address": "1 Fore Street, Chard", "Town": "Chard"},
    {"Name": "Two", "Venue": "Saint Marys hall", "Address": "1 Fore St.", "Town": "CHARD", "Code": "new"},
    {"Name": "Three", "Venue": "The Barn", "Address": "Back Lane", "Town": "Combe Nowhere"},
    {"Name": "Four", "Venue": "The Mill", "Town": "Margate"},
    {"Name": "Four", "Venue": "Other Mill", "Town": "Chard, Sussex", "Code": "new"},
]


@pytest.fixture
def scope(db) -> ImportScope:
    factories.make_organisation(name="Example Ours")
    return ImportScope(SupportGroup.objects.all(), Organisation.objects.in_bulk())


def sheet(*cells: dict[str, str]) -> list[SheetRow]:
    return [SheetRow(number, row) for number, row in enumerate(cells, start=2)]


def council_sheet() -> list[SheetRow]:
    common = {"Organisation": "Example Ours", "Summary": "An example.", "Postcode": "ta201pp"}
    return sheet(*({**row, **common} for row in COUNCIL))


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_export_in_another_spelling_changes_no_venue(scope, spelling):
    organisation = next(iter(scope.organisations.values()))
    for name, address in (("St Mary's Hall", "1 Fore Street\nBack door"), ("The Old Mill", "2 Mill Road, Chard")):
        venue = factories.make_venue(name=name, address=address, postcode="TA20 1PP")
        factories.make_group(organisation=organisation, venue=venue)
    factories.make_group(organisation=organisation, town="Chard")
    respell, titles = SPELLINGS[spelling], ("Venue", "Address", "Town", "Postcode")
    exported = [
        dict(zip(column_titles(), row, strict=True)) for row in GROUPS.export_rows(SupportGroup.objects.order_by("pk"))
    ]

    result = preview_import(sheet(*(row | {title: respell(row[title]) for title in titles} for row in exported)), scope)

    assert (result.errors, result.to_write, len(result.states)) == ({}, [], 3)


@pytest.mark.django_db
def test_sheet_of_a_council_is_written_once(scope):
    first = write_import(council_sheet(), scope, preview_import(council_sheet(), scope).digest)
    venues = list(Venue.objects.order_by("name").values_list("name", "address", "town__name", "district__name"))

    again = preview_import(council_sheet(), scope)

    assert (first.errors, first.is_written, len(first.new)) == ({}, True, 5)
    assert venues == [
        ("Other Mill", "", "Chard", "Somerset"),
        ("St Mary's Hall", "1 Fore Street, Chard", "Chard", "Somerset"),
        ("The Barn", "Back Lane\nCombe Nowhere", None, "Somerset"),
        ("The Mill", "Margate", None, "Somerset"),
    ]
    assert (again.errors, again.to_write, len(again.states)) == ({}, [], 5)
    assert SupportGroup.objects.count() == 5


@pytest.mark.parametrize(
    "given,known,is_same",
    [
        ("1, high STREET", "1 High St", True),
        ("1 High Street, Sale, M33 1AA", "1 High Street", True),
        ("Sale", "", True),
        ("St. John's, Park Rd", "Saint Johns\nPark Road", True),
        ("11 High Street", "1 High Street", False),
        ("1 High Street", "1 High Road", False),
        ("Sale Road", "", False),
    ],
)
def test_addresses_are_compared_by_what_they_say(given, known, is_same):
    assert is_same_address(given, known, ["Sale", "M33 1AA"]) == is_same


def test_line_is_added_to_an_address_once():
    assert with_line("1 High Street", "Combe") == "1 High Street\nCombe"
    assert with_line("1 High Street, combe", "Combe") == "1 High Street, combe"
    assert with_line("", "Combe") == "Combe"
