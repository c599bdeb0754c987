"""The town of a row is the one at its postcode, and the editor reads where the two do not agree."""

import pytest

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
