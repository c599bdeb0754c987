"""What an area counts and names, at its edges: once, of its own part only, and never itself."""

import pytest

from groups.areas.counts import area_counts
from groups.areas.page import AreaPage, area_page
from groups.search.snapshot.snapshot import current_snapshot
from places.choices import AreaKind
from places.models import Area, AreaPart
from tests.factories import area, days_ago, make_group, make_organisation
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db


def counts() -> dict[str, str]:
    """The sentence of every area that has anything, by its name."""
    names = dict(Area.objects.values_list("pk", "name"))
    return {names[pk]: count.sentence for pk, count in area_counts(current_snapshot()).items()}


def current(name: str) -> AreaPage:
    return area_page(area(name))


def test_group_that_meets_somewhere_and_serves_an_area_counts_once():
    make_group(town="Margate", areas=["East Kent"])

    assert set(counts().values()) == {"1 group"}


def test_programme_for_one_part_of_a_district_does_not_count_in_an_area_that_holds_another():
    sheppey = Area.objects.create(name="Example Sheppey", slug="example-sheppey", kind=AreaKind.INFORMAL)
    AreaPart.objects.create(area=sheppey, district=area("Swale"), outward_code="ME12")
    make_group(areas=["Example Sheppey"], stands_for_several=True)

    found = counts()

    assert found["Swale"] == "1 group for the whole area"
    assert "East Kent" not in found


def test_area_page_does_not_name_its_own_area_as_near_by():
    make_group(town="Margate")

    assert current("Thanet").near_by == []


def test_area_page_does_not_send_anybody_to_an_organisation_that_has_ended(client):
    make_organisation(name="Example over", areas=["Thanet"], ended_on=days_ago(1))
    make_organisation(name="Example still here", areas=["Thanet"])

    main = parse(client.get(area("Thanet").get_absolute_url())).find(".//main")

    assert [words(link) for link in main.iter("a") if words(link).startswith("Example")] == ["Example still here"]
