"""The town of a row is the one at its postcode, and the editor reads where the two do not agree."""

import pytest
from django.utils.html import strip_tags

from groups.models import SupportGroup, Venue
from groups.spreadsheets.importer import preview_import
from groups.spreadsheets.reader import SheetRow
from groups.spreadsheets.scope import ImportScope
from organisations.models import Organisation
from places.models import Postcode
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_manchester() -> Postcode:
    district = factories.area("Manchester")
    return Postcode.objects.create(postcode="M219JG", latitude=53.4417, longitude=-2.2773, district=district)


def looked_at(postcode: str, town: str) -> tuple[str, list[str]]:
    """The place of the new venue of one row, and what the editor reads."""
    factories.make_organisation(name="Example Ours")
    cells = {"Name": "One", "Summary": "One.", "Venue": "The Hall", "Postcode": postcode, "Town": town}
    scope = ImportScope(SupportGroup.objects.all(), Organisation.objects.in_bulk())
    result = preview_import([SheetRow(2, cells)], scope)
    assert result.errors == {}
    [venue] = result.new_venues
    return str(venue.town or venue.district), [remark for _, remark in result.remarks]


@pytest.mark.parametrize(
    "town,place,remarks",
    [
        (
            "Chorlton",
            "Chorlton cum Hardy, Manchester",
            ["“Chorlton” is “Chorlton cum Hardy, Manchester” in our list, by its postcode."],
        ),
        ("Manchester", "Manchester, Manchester", []),
        (
            "Sale",
            "Sale, Trafford",
            ["M21 9JG is in Manchester, and Sale in Trafford, about 2 miles away. Is one of the two wrong?"],
        ),
        (
            "Nowhere in Manchester",
            "Manchester",
            [
                "We do not know a town “Nowhere in Manchester”. We took the place of its postcode: M21 9JG is in "
                "Manchester."
            ],
        ),
        (
            "Margate",
            "Manchester",
            [
                "M21 9JG is in Manchester, and Margate in Thanet, about 210 miles away. We took the place of its "
                "postcode: M21 9JG is in Manchester."
            ],
        ),
    ],
)
def test_town_is_the_one_at_the_postcode(at_manchester, town, place, remarks):
    assert looked_at("M21 9JG", town) == (place, remarks)


def test_page_of_a_venue_says_where_town_and_postcode_disagree(manager, at_manchester):
    fields = {"name": "The Hall", "town": factories.town("Sale").pk, "postcode": "M21 9JG"}

    page = manager.post("/staff/groups/venue/add/", fields, follow=True)

    assert Venue.objects.get().name == "The Hall"
    assert [str(message) for message in page.context["messages"]][0] == (
        "M21 9JG is in Manchester, and Sale in Trafford, about 2 miles away. Is one of the two wrong? Searches go by "
        "the postcode; visitors read the town."
    )


def test_new_venue_where_there_is_one_already_is_asked_about(manager):
    factories.make_organisation(name="Example Ours")
    factories.make_venue(name="The Guildhall", postcode="TA20 1PP")
    factories.make_venue(name="Secret house", postcode="TA20 1PP", confidential=True)
    cells = {"Summary": "One.", "Postcode": "ta20 1pp"}
    names = ("Guildhall Arts", "the guildhall", "Guildhall Cafe")
    rows = [SheetRow(row, cells | {"Name": f"Group {row}", "Venue": name}) for row, name in enumerate(names, start=2)]

    result = preview_import(rows, ImportScope(SupportGroup.objects.all(), Organisation.objects.in_bulk()))
    fields = {"name": "Town house", "postcode": "ta201pp"}
    saved = manager.post("/staff/groups/venue/add/", fields, follow=True)

    assert result.errors == {}
    assert result.remarks == [
        (2, "“The Guildhall” is already here at TA20 1PP. If that is the same place, write its name instead."),
        (
            4,
            "“The Guildhall” and “Guildhall Arts” are already here at TA20 1PP. If that is the same place, write its "
            "name instead.",
        ),
    ]
    message = next(str(each) for each in saved.context["messages"] if each.level_tag == "info")
    assert strip_tags(message) == (
        "Already here at TA20 1PP: Secret houseThe Guildhall If it is the same place, choose that one for its groups, "
        "or merge them."
    )
    assert Venue.objects.filter(name="Town house").exists()
