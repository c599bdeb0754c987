"""A search on a map: the page on which pins lead to cards."""

import pytest
from django.urls import reverse

from groups.search.snapshot import snapshot as snapshots
from tests.factories import make_group, make_venue, town
from tests.peersupport.html import parse as parse_page
from tests.peersupport.html import words

MAP = reverse("groups:group_list_map")
# Drawn in memory of rows that other tests read on each database.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def parse(response):
    """The page, its map without a namespace."""
    page = parse_page(response)
    for row in page.iter():
        row.tag = row.tag.rpartition("}")[2] if isinstance(row.tag, str) else row.tag
    return page


def drawing(page):
    return page.find(".//svg[@class='drawing']")


def pin_links(page) -> list[tuple[str, str, str]]:
    """(what a pin says, where it leads, what it is called)."""
    links = drawing(page).iter("a")
    return [("".join(link.itertext()).strip(), link.get("href"), link.get("aria-label")) for link in links]


def test_each_pin_is_a_link_to_the_card_with_its_number(client):
    near = make_group(name="Near & <dear>", venue=make_venue(postcode="CT9 1AE"))
    far = make_group(name="Farther", venue=make_venue(postcode="ME13 7AA"))

    page = parse(client.get(MAP, {"near": "CT9 1AE", "within": "50"}))

    assert pin_links(page) == [
        ("1", f"#g-{near.code}", "1, Near & <dear>"),
        ("2", f"#g-{far.code}", "2, Farther"),
    ]
    cards = page.findall(".//ol//article")
    assert [card.get("id") for card in cards] == [f"g-{near.code}", f"g-{far.code}"]


def test_rough_place_has_one_dashed_pin_with_a_link_for_each_of_its_groups(client):
    for name in ("One", "Two"):
        make_group(name=name, confidential=True, town="Chard")
    make_group(name="Three", venue=make_venue(postcode="TA20 1AA"))

    page = parse(client.get(MAP, {"near": "Chard"}))

    pins = [pin for pin in drawing(page).iter("g") if (pin.get("class") or "").startswith("pin")]
    rough = [pin for pin in pins if "about" in pin.get("class")]
    assert (len(pins), [len(list(pin.iter("a"))) for pin in rough]) == (2, [2])
    assert "A dashed edge: only the town or the district is said." in words(page.find(".//figcaption"))


def test_page_says_what_is_on_the_map_and_leads_to_the_same_list(client):
    for number in range(14):
        make_group(name=f"Group {number:02}", venue=make_venue(postcode="CT9 1AE"), joining="just come")

    page = parse(client.get(MAP, {"near": "Margate", "joining": "just-come", "page": "2"}))

    assert words(page.find(".//title")).startswith("Groups near Margate, Thanet, on a map, page 2 |")
    assert words(page.find(".//figcaption")).startswith(
        "The numbers are those of the list. The dots are 12 other groups."
    )
    assert page.find(".//ol[@start='13']") is not None
    address = reverse("groups:group_list")
    assert [link.get("href") for link in page.iter("a") if words(link) == "List"] == [
        f"{address}?near=Margate&joining=just-come"
    ]


def test_page_is_for_no_search_engine_and_needs_no_inline_style(client):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    page = parse(client.get(MAP, {"near": "Margate"}))

    assert page.find(".//meta[@name='robots']").get("content") == "noindex"
    assert [row.tag for row in page.iter() if row.get("style") or row.tag == "style"] == []


def test_search_of_no_place_shows_where_all_of_it_is(client):
    make_group(name="East", venue=make_venue(postcode="CT9 1AE"))
    make_group(name="West", venue=make_venue(postcode="TA20 1AA"))

    page = parse(client.get(MAP))

    assert sorted(name for _, _, name in pin_links(page)) == ["1, East", "2, West"]
    assert drawing(page).find(".//path[@class='edge']") is None


def test_more_than_two_hundred_others_are_counted_in_squares(client, monkeypatch):
    monkeypatch.setattr("places.maps.dots.MOST_DOTS", 2)
    for number in range(15):
        make_group(name=f"Group {number:02}", venue=make_venue(postcode="CT9 1AE" if number < 12 else "ME13 7AA"))

    page = parse(client.get(MAP, {"area": "kent"}))

    [squares] = [group for group in drawing(page).iter("g") if group.get("class") == "squares"]
    assert [text.text for text in squares.iter("text")] == ["3"]
    assert "The pale squares count all others: 3 groups." in words(page.find(".//figcaption"))


def test_group_without_a_place_is_on_the_list_and_not_on_the_map(client):
    make_group(name="Online", online=True, meets_in_person=False)

    page = parse(client.get(MAP))

    assert (pin_links(page), len(page.findall(".//article"))) == ([], 1)


def test_nothing_found_has_no_map_and_leads_to_what_may_help(client):
    page = parse(client.get(MAP, {"near": "Margate"}))

    assert page.find(".//figure") is None
    assert "See what may help" in words(page.find(".//main"))


def test_place_that_may_be_one_of_several_is_asked_for(client):
    page = parse(client.get(MAP, {"near": "Newport"}))

    links = page.findall(".//section[@aria-labelledby='which-place']//a")
    assert len(links) > 2
    assert drawing(page) is None


def test_words_of_danger_bring_help_before_the_map(client):
    make_group(venue=make_venue(postcode="CT9 1AE"))

    text = words(parse(client.get(MAP, {"near": "Margate", "q": "i want to die"})).find(".//main"))

    assert "116 123" in text.partition("Groups near Margate")[0]


def test_while_a_newer_snapshot_is_made_only_pins_that_were_asked_about_are_shown(client, settings, monkeypatch):
    for number in range(14):
        make_group(name=f"Group {number:02}", venue=make_venue(postcode="CT9 1AE"))
    client.get(MAP, {"area": "kent"})
    stale = snapshots.replace(snapshots.current_snapshot(), is_current=False)
    monkeypatch.setattr("groups.search.forms.current_snapshot", lambda: stale)

    page = parse(client.get(MAP, {"area": "kent"}))

    assert len(pin_links(page)) == 12
    assert "other groups" not in words(page.find(".//figcaption"))


def test_map_of_a_wide_circle_shows_its_busy_middle_and_of_a_spread_one_all_of_it(client):
    margate = town("Margate")
    make_group(venue=make_venue(at=(margate.latitude, margate.longitude + 0.01)))

    def radius() -> float:
        page = parse(client.get(MAP, {"near": "Margate", "within": "10"}))
        return float(next(row.get("r") for row in page.iter("circle") if row.get("class") == "circle"))

    busy = radius()
    make_group(venue=make_venue(at=(margate.latitude, margate.longitude - 0.15)))

    assert busy > 320
    assert 100 < radius() < 160
