"""The filters beside the lists for staff."""

from organisations.models import Organisation
from tests.factories import area, make_organisation
from tests.staff.test_admin_pages import admin_url


def test_listings_are_filtered_by_the_areas_that_overlap_those_they_serve(admin_client):
    served = {"both": ["Thanet", "Swale"], "county": ["Kent"], "nation": ["England"], "none": [], "other": ["Somerset"]}
    for name, areas in served.items():
        make_organisation(name=name, areas=areas)

    assert found_in(admin_client, "Kent") == ["both", "county", "nation"]
    assert found_in(admin_client, "Thanet") == ["both", "county", "nation"]
    assert found_in(admin_client, "Somerset") == ["nation", "other"]


def found_in(client, name: str) -> list[str]:
    page = client.get(admin_url(Organisation, "changelist"), {"area": area(name).pk}).context["cl"]
    return [organisation.name for organisation in page.result_list]
