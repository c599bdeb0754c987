"""Maps beside lists, as pictures: the numbers of the list, where anybody may know a group to be."""

import re
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from tests.factories import make_group, make_venue

SVG = "{http://www.w3.org/2000/svg}"
#: Wide enough for borders.
CIRCLE = "/groups/map.svg?near=Margate&within=50"
pytestmark = [pytest.mark.django_db, pytest.mark.one_database("maps are drawn in Python")]


def map_svg(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert (response.status_code, response.headers["Content-Type"]) == (200, "image/svg+xml")
    return ElementTree.fromstring(response.content)


def pins(svg: ElementTree.Element) -> dict[str, bool]:
    """What each pin says, and whether its place is only about right."""
    return {
        " ".join(text.text for text in group.iter(f"{SVG}text")): "about" in group.get("class")
        for group in svg.iter(f"{SVG}g")
        if (group.get("class") or "").startswith("pin")
    }


def path(svg: ElementTree.Element, name: str) -> str:
    """The path of a class; "" for none."""
    return next((row.get("d") for row in svg.iter(f"{SVG}path") if row.get("class") == name), "")


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


def place_of_first_pin(svg: ElementTree.Element) -> str:
    parents = {child: parent for parent in svg.iter() for child in parent}
    pin = next(group for group in svg.iter(f"{SVG}g") if (group.get("class") or "").startswith("pin"))
    return parents[pin].get("transform")


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

    words = {text.text for text in svg.iter(f"{SVG}text")}
    assert {"Ramsgate", "2 miles"} <= words


def test_map_of_an_area_has_land_borders_and_its_outline_and_that_of_a_circle_has_the_circle(client):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    of_area, of_circle = map_svg(client, "/areas/kent/map.svg"), map_svg(client, CIRCLE)

    for svg in (of_area, of_circle):
        assert path(svg, "land").startswith("M")
        assert path(svg, "borders").startswith("M")
    circles = [row.get("r") for row in of_circle.iter(f"{SVG}circle") if row.get("class") == "circle"]
    assert (path(of_area, "edge").startswith("M"), path(of_circle, "edge"), len(circles)) == (True, "", 1)


def test_map_of_northern_ireland_says_where_land_goes_on_beyond_it(client):
    make_group(town="Belfast")

    svg = map_svg(client, "/areas/northern-ireland/map.svg")

    assert list(pins(svg).values()) == [True]
    assert path(svg, "frontier").startswith("M")
    assert path(map_svg(client, "/areas/belfast/map.svg"), "frontier") == ""


def test_groups_of_other_pages_are_dots_and_one_ring_for_each_rough_place(client):
    for number in range(12):
        make_group(name=f"A {number:02}", venue=make_venue(postcode="CT9 1AE"))
    for number in range(3):
        make_group(name=f"B {number}", venue=make_venue(postcode="ME13 7AA"))
        make_group(name=f"C {number}", confidential=True, town="Chard")

    svg = map_svg(client, "/groups/map.svg?area=england")

    [rings] = [group for group in svg.iter(f"{SVG}g") if group.get("class") == "rings"]
    own = [row for row in rings if row.get("r") == "5"]
    assert (path(svg, "dots").count("h0") >= 1, len(own)) == (True, 1)


def test_picture_has_no_links_and_no_names_for_wide_screens(client):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    svg = map_svg(client, "/areas/kent/map.svg")

    assert list(svg.iter(f"{SVG}a")) == []
    assert [row for row in svg.iter() if row.get("class") == "fine"] == []


def test_group_map_costs_few_queries(client, django_assert_max_num_queries):
    for number in range(20):
        make_group(name=f"Group {number:02}", venue=make_venue(postcode="CT9 1AE"))
    client.get("/groups/map.svg?near=Margate")

    with django_assert_max_num_queries(4):
        client.get("/groups/map.svg?near=Margate")
