"""Maps beside lists: the numbers of the list, where anybody may know a group to be."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from places.density_grid import cells
from places.models import GroundTile, Postcode
from tests.factories import make_group, make_venue

SVG = "{http://www.w3.org/2000/svg}"
pytestmark = pytest.mark.django_db


def map_svg(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/svg+xml")
    return ElementTree.fromstring(response.content)


def pins(svg: ElementTree.Element) -> dict[str, bool]:
    """What each pin says, and whether its place is only about right."""
    return {
        " ".join(text.text for text in group.findall(f"{SVG}text")): "about" in group.get("class")
        for group in svg.findall(f"{SVG}g")
        if group.get("class").startswith("pin")
    }


def test_group_map_has_the_numbers_of_the_page(client):
    make_group(name="Nearest", venue=make_venue(postcode="CT9 1AE"))
    make_group(name="Farther", venue=make_venue(postcode="ME13 7AA"))

    page = client.get(reverse("groups:group_list"), {"near": "CT9 1AE", "within": "50"})
    address = re.search(r'src="(/groups/map\.svg[^"]*)"', page.content.decode())[1].replace("&amp;", "&")

    assert address == "/groups/map.svg?near=CT9+1&within=50"
    names = [name for name in ("Nearest", "Farther") if name in page.content.decode()]
    assert names == ["Nearest", "Farther"]
    assert pins(map_svg(client, address)) == {"1": False, "2": False}


def test_group_map_of_a_second_page_goes_on_counting(client):
    for number in range(13):
        make_group(name=f"Group {number:02}", venue=make_venue(postcode="CT9 1AE"))

    assert pins(map_svg(client, "/groups/map.svg?near=Margate&page=2")) == {"13": False}
    assert (
        '<ol class="card-list card-list--numbered" start="13" id="results">'
        in client.get("/groups/?near=Margate&page=2").content.decode()
    )


def test_map_shows_a_confidential_venue_as_its_town(client):
    secret = make_group(confidential=True, town="Chard")
    hidden = map_svg(client, "/areas/somerset/map.svg")
    secret.venue.address_is_confidential = False
    secret.venue.save()
    shown = map_svg(client, "/areas/somerset/map.svg")

    assert (pins(hidden), pins(shown)) == ({"1": True}, {"1": False})
    assert place_of_first_pin(hidden) != place_of_first_pin(shown)


def place_of_first_pin(svg: ElementTree.Element) -> tuple[str, str]:
    box = next(group.find(f"{SVG}rect") for group in svg.findall(f"{SVG}g") if group.get("class").startswith("pin"))
    return box.get("x"), box.get("y")


def test_area_map_is_not_there_where_nothing_meets(client):
    assert client.get(reverse("groups:area_map", args=["thanet"])).status_code == 404
    assert b"map.svg" not in client.get(reverse("groups:area_detail", args=["thanet"])).content


def test_group_map_is_not_offered_for_no_place_in_particular(client):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    assert b"map.svg" not in client.get("/groups/").content
    assert client.get("/groups/map.svg").status_code == 404


def test_group_map_shows_where_was_asked_for_even_where_nothing_is(client):
    make_group(venue=make_venue(postcode="ME13 7AA"))

    svg = map_svg(client, "/groups/map.svg?near=CT9+1&within=50")

    [circle] = [row for row in svg.iter(f"{SVG}circle") if row.get("class") == "here"]
    assert (0 < float(circle.get("cx")) < 360, 0 < float(circle.get("cy")) < 320) == (True, True)


def test_map_may_have_a_style_of_its_own_and_nothing_else(client):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    response = client.get("/groups/map.svg?near=Margate")

    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert not re.search(rb"https?://(?!www\.w3\.org)", response.content)


def test_map_names_towns_and_says_its_scale(client):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    svg = map_svg(client, "/areas/thanet/map.svg")

    assert b"where people live" in client.get("/areas/thanet/").content
    words = {text.text for text in svg.iter(f"{SVG}text")}
    assert {"Ramsgate", "2 miles"} <= words


def test_map_stands_on_the_postcodes_round_about(client):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    svg = map_svg(client, "/groups/map.svg?near=Margate")

    dots = sum(path.get("d").count("h0") for path in svg.iter(f"{SVG}path") if path.get("d").startswith("m"))
    assert dots > 20
    assert GroundTile.objects.filter(level=0).exists()
    assert Postcode.objects.count() == _counted()


def _counted() -> int:
    tiles = GroundTile.objects.filter(level=3).values_list("row", "column", "counts")
    return sum(count for _, _, count in cells(tiles))


def test_area_map_of_northern_ireland_has_towns_and_no_ground(client):
    make_group(town="Belfast")

    svg = map_svg(client, "/areas/northern-ireland/map.svg")

    page = client.get("/areas/northern-ireland/").content
    assert (b"The numbers are those of the list." in page, b"where people live" in page) == (True, False)
    assert list(pins(svg).values()) == [True]
    assert [path for path in svg.iter(f"{SVG}path") if path.get("stroke-width")] == []


def test_group_map_costs_few_queries(client, django_assert_max_num_queries):
    for number in range(20):
        make_group(name=f"Group {number:02}", venue=make_venue(postcode="CT9 1AE"))
    client.get("/groups/map.svg?near=Margate")

    with django_assert_max_num_queries(4):
        client.get("/groups/map.svg?near=Margate")
