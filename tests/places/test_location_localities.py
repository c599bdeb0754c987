"""Quarters of cities, hamlets and stations, and which of several places of one name is meant."""

import pytest

from places.choices import LocationKind
from places.location.exact import locate_exactly
from places.location.locate import locate
from places.models import Locality

pytestmark = pytest.mark.django_db


def test_locate_finds_a_locality():
    found, clapham = locate("Clapham"), Locality.objects.get(name="Clapham", within="London")

    assert (found.kind, found.label, found.within) == (LocationKind.TOWN, "Clapham, Lambeth", "London")
    assert (found.latitude, found.longitude, found.area) == (clapham.latitude, clapham.longitude, clapham.district)
    assert (found.sector, found.outward_code) == (clapham.sector.sector, clapham.sector.outward_code)


def test_locate_offers_the_villages_beside_the_quarter_of_a_city():
    assert [place.label for place in locate("Clapham").also] == [
        "Clapham, Bedford",
        "Clapham, Arun",
        "Clapham, North Yorkshire",
        "Clapham, Teignbridge",
    ]


@pytest.mark.parametrize(
    "typed,full_name",
    [
        ("Clapham", "Clapham, Lambeth"),
        ("Margate", "Margate, Thanet"),
        ("Newport, Wales", "Newport, Wales"),
        # A city that bears the name of its district needs no more.
        ("Leeds", "Leeds"),
        ("Stoke", "Stoke-on-Trent, West Midlands"),
        ("CT9 1AE", "CT9 1"),
        ("Kent", "Kent"),
    ],
)
def test_full_name_says_which_place_it_is(typed, full_name):
    assert locate(typed).full_name == full_name


@pytest.mark.parametrize(
    "typed,label",
    [
        # By the town that a locality is a part of, by a larger town near by, and by one over the border.
        ("Ash, Sandwich", "Ash, Dover"),
        ("Ash Canterbury", "Ash, Dover"),
        ("Beeston, Nottingham", "Beeston, Broxtowe"),
        ("Moseley Birmingham", "Moseley, Birmingham"),
        # A larger town said to be in a smaller one some miles away; one that was in Yorkshire.
        ("Sunderland, Durham", "Sunderland, North East"),
        ("Middlesbrough, Yorkshire", "Middlesbrough, North East"),
        ("Glasgow East End", "Glasgow, Scotland"),
        # The wider place first.
        ("London, Clapham", "Clapham, Lambeth"),
        ("Leeds Headingley", "Headingley, Leeds"),
        ("Kent, Margate", "Margate, Thanet"),
        # The quarter that has no row of its own is left out with its house.
        ("12 Acacia Avenue, Chorlton, Manchester", "Chorlton, Manchester"),
    ],
)
def test_locate_narrows_by_a_town(typed, label):
    assert locate(typed).label == label


def test_locate_does_not_take_the_name_of_a_road_for_a_town():
    assert getattr(locate("Ash Street"), "label", "") != "Ash, Somerset"


def test_locate_links_to_the_smaller_of_two_of_one_name_in_a_district_by_its_sector():
    larger = Locality.objects.filter(name="Ash", district__name="Somerset").order_by("-population", "pk").first()
    smaller = Locality.objects.filter(name="Ash", district__name="Somerset").exclude(pk=larger.pk).get()

    found = locate(f"Ash, {smaller.sector.sector}")

    assert (found.latitude, found.label) == (smaller.latitude, "Ash, Somerset")
    assert found.query == f"Ash, {smaller.sector.sector}"


def test_locate_asks_whether_a_misspelt_quarter_is_meant_or_takes_it():
    found = locate("Headingly")

    assert (found.label, found.corrected_from) == ("Headingley, Leeds", "Headingly")


def test_locate_says_that_a_side_of_a_city_is_the_city():
    found = locate("South Manchester")

    assert (found.name, found.corrected_from) == ("Manchester", "South Manchester")


@pytest.mark.parametrize(
    "typed", ["near Margate", "Margate area", "central Margate", "in Margate, Kent", "Margate station"]
)
def test_locate_takes_words_around_a_name_for_no_correction(typed):
    found = locate(typed)

    assert (found.label, found.corrected_from) == ("Margate, Thanet", "")


@pytest.mark.parametrize("typed", ["near", "the area", "city centre", "central park", "near me", "in the"])
def test_locate_finds_nothing_in_words_around_no_name(typed):
    assert locate(typed).suggestions == ()


@pytest.mark.parametrize("typed", ["N1 Ely", "E1 Bow", "12 High Street, Chard", "CT9 1AE, Margate", "A12", "111"])
def test_locate_takes_no_other_text_for_nearly_a_postcode(typed):
    assert "nearly a postcode" not in getattr(locate(typed), "reason", "")


def test_locate_offers_the_sector_before_the_first_half_of_what_is_nearly_a_postcode():
    answer = locate("SE4 2HHX")

    assert answer.reason == ("That is nearly a postcode. Do you mean this part of one? Or check it, and type it again.")
    assert [place.query for place in answer.suggestions] == ["SE4 2", "SE4"]


def test_locate_exactly_finds_only_pieces_that_are_sure(django_assert_num_queries):
    pieces = [
        "art in Margate",
        "art",
        "Margate",
        "Margte",
        "Newport",
        "near Chard",
        "Clapham London",
        "CT9 1AE",
        "SE4 ZZZ",
    ]

    with django_assert_num_queries(5):
        located = locate_exactly(pieces)

    assert {piece: place.label for piece, place in located.items()} == {
        "Margate": "Margate, Thanet",
        "Clapham London": "Clapham, Lambeth",
        "CT9 1AE": "CT9 1, Thanet",
    }


def test_locate_exactly_takes_no_number_for_a_postcode(django_assert_num_queries):
    """Of "im 17": 17 with a letter for its first figure would be L7, in Liverpool."""
    with django_assert_num_queries(0):
        assert locate_exactly(["15", "17", "18 25"]) == {}


def test_locate_exactly_asks_nothing_for_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert locate_exactly(["", "x" * 100]) == {}


@pytest.mark.parametrize(
    "typed,name,districts",
    [
        ("Sussex", "Sussex", 13),
        ("Lanarkshire", "Lanarkshire", 2),
        ("Avon", "Avon", 4),
        ("W Wales", "West Wales", 3),
    ],
)
def test_locate_finds_what_is_one_area_no_longer_as_one(typed, name, districts):
    found = locate(typed)

    assert (found.kind, found.name, found.area.is_listed) == (LocationKind.AREA, name, False)
    assert found.area.parts.count() == districts
