"""Postcodes among the words of an address, numbers that are no place, and places that are not covered."""

import pytest

from places.choices import LocationKind
from places.location.locate import locate
from places.location.results import LocatedPlace, PlaceChoices, PlaceNotFound

pytestmark = pytest.mark.django_db

NUMBER = "A number alone is not a place. Type a town, such as Margate, or a postcode, such as CT9."


def not_covered(place: str) -> str:
    return f"This directory does not cover {place}. You can still look at online groups."


@pytest.mark.parametrize(
    "typed",
    [
        "CT9 1AE, Margate",
        "ct91ae,margate",
        "CT9 1AE Margate",
        "Margate CT9 1AE",
        "near CT9 1AE",
        "near ct91ae please",
        "CT9 1AE.",
        "CT9 1AE. Margate",
        "postcode: CT9 1AE",
        "Postcode:CT9 1AE",
        "my post code is CT9 1AE",
        "12 High Street, Margate, CT9 1AE, UK",
        "CT9 1AE, Margate, Kent",
        "Margate (CT9 1AE), Kent",
        "Flat B2, 5 High Street, CT9 1AE, Margate",
        "CT9 IAE, Margate",
        "CT9 1 AE, Margate",
        "C.T.9 1AE",
        "ＣＴ９ １ＡＥ, Margate",
    ],
)
def test_whole_postcode_is_found_among_words_and_only_its_sector_is_carried_on(typed):
    assert locate(typed) == locate("CT9 1AE")


@pytest.mark.parametrize(
    "typed, query, kind",
    [
        ("Margate, CT9", "CT9", LocationKind.OUTWARD_CODE),
        ("CT9, Margate", "CT9", LocationKind.OUTWARD_CODE),
        ("near CT9", "CT9", LocationKind.OUTWARD_CODE),
        ("postcode: CT9", "CT9", LocationKind.OUTWARD_CODE),
        ("CT9 1, Margate", "CT9 1", LocationKind.SECTOR),
        ("Flat B2, CT9, Margate", "CT9", LocationKind.OUTWARD_CODE),
    ],
)
def test_part_of_a_postcode_is_found_among_words(typed, query, kind):
    found = locate(typed)

    assert (found.query, found.kind, found.typed_beside) == (query, kind, "")


def test_postcode_wins_over_a_town_that_is_somewhere_else_and_the_answer_says_so():
    found = locate("CT9 1AE, Chard")

    assert (found.query, found.typed_beside) == ("CT9 1", "Chard")
    assert [option.query for option in found.also] == ["Chard"]


@pytest.mark.parametrize(
    "typed", ["CT9 1AE, Ramsgate", "CT9 1AE, Kent", "CT9 1AE, East Kent", "CT9 1AE, Thanet, England"]
)
def test_town_close_by_or_area_around_is_the_same_place(typed):
    assert locate(typed) == locate("CT9 1AE")


@pytest.mark.parametrize(
    "typed, name", [("Chard, ZZ9 9ZZ", "Chard"), ("ZZ9 9ZZ Chard", "Chard"), ("12 High Street, Chard ZZ9 9ZZ", "Chard")]
)
def test_beside_a_postcode_that_does_not_exist_the_town_is_taken_and_the_answer_says_so(typed, name):
    found = locate(typed)

    assert (found.name, found.without_postcode) == (name, True)


def test_among_several_towns_of_the_name_beside_an_unknown_postcode_one_is_to_be_chosen():
    assert isinstance(locate("Newport, ZZ9 9ZZ"), PlaceChoices)


def test_unknown_postcode_beside_no_place_is_said():
    assert locate("near ZZ9 9ZZ").is_unknown_postcode is True


@pytest.mark.parametrize(
    "typed", ["Chard, off the A358", "by the M5, Chard", "Room 101, Chard", "12 High Street, Chard"]
)
def test_number_of_a_road_or_room_is_no_postcode(typed):
    found = locate(typed)

    assert (found.name, found.kind) == ("Chard", LocationKind.TOWN)


# Numbers


@pytest.mark.parametrize(
    "typed",
    [
        "111",
        "999",
        "112",
        "101",
        "1111111",
        "116123",
        "116 123",
        "85258",
        "0800 1111",
        "01843 111 111",
        "1",
        "00",
        "１１１",
        "+44 116123",
    ],
)
def test_number_alone_is_never_a_postcode(typed):
    assert locate(typed) == PlaceNotFound(typed, NUMBER)


@pytest.mark.parametrize("typed", ["ill", "lol", "oil", "III", "Looe", "so1a oaa"])
def test_letters_alone_are_never_a_postcode(typed):
    answer = locate(typed)

    places = (answer, *answer.also) if isinstance(answer, LocatedPlace) else getattr(answer, "suggestions", ())
    assert [place.kind for place in places if place.kind not in (LocationKind.TOWN, LocationKind.AREA)] == []


@pytest.mark.parametrize("typed", ["51.38,1.39", "51.38 1.39"])
def test_position_is_no_number(typed):
    assert locate(typed).kind == LocationKind.POSITION


# Places that are not covered


@pytest.mark.parametrize(
    "typed, place",
    [
        ("Jersey", "Jersey"),
        ("jersey ", "Jersey"),
        ("St Helier", "Jersey"),
        ("Saint Helier, Jersey", "Jersey"),
        ("Jersey, Channel Islands", "Jersey"),
        ("Guernsey", "Guernsey"),
        ("Gurnsey", "Guernsey"),
        ("St. Peter Port", "Guernsey"),
        ("Isle of Man", "the Isle of Man"),
        ("isle of mann", "the Isle of Man"),
        ("IOM", "the Isle of Man"),
        ("The Isle of Man", "the Isle of Man"),
        ("Douglas, Isle of Man", "the Isle of Man"),
        ("Ramsey Isle of Man", "the Isle of Man"),
        ("Sark", "Sark"),
        ("Alderney", "Alderney"),
        ("Channel Islands", "the Channel Islands"),
        ("the channel islands", "the Channel Islands"),
        ("Ireland", "the Republic of Ireland"),
        ("Republic of Ireland", "the Republic of Ireland"),
        ("Éire", "the Republic of Ireland"),
        ("Dublin", "the Republic of Ireland"),
        ("Dublin, Ireland", "the Republic of Ireland"),
        ("Dublin 4", "the Republic of Ireland"),
        ("D02 X285", "the Republic of Ireland"),
        ("Co. Donegal", "the Republic of Ireland"),
    ],
)
def test_place_that_is_not_covered_gets_the_sentence_and_no_other_place(typed, place):
    assert locate(typed) == PlaceNotFound(typed.strip(), not_covered(place))


@pytest.mark.parametrize("name, postcode", [("Jersey", "JE2 3AB"), ("Guernsey", "GY1 1AA"), ("Isle of Man", "IM1 1AA")])
def test_island_gets_the_same_sentence_by_its_name_and_by_its_postcode(name, postcode):
    assert locate(name).reason == locate(postcode).reason == locate(f"{name} {postcode}").reason


@pytest.mark.parametrize(
    "typed, name",
    [
        ("Northern Ireland", "Northern Ireland"),
        ("Belfast, Northern Ireland", "Belfast"),
        ("Belfast, Ireland", "Belfast"),
        ("Newport, Isle of Wight", "Newport, Isle of Wight"),
        ("Jersey Farm", "Jersey Farm"),
        ("Isle of Wight", "Isle of Wight"),
        ("Selsey", "Selsey"),
        ("Douglas", "Douglas"),
    ],
)
def test_place_of_ours_is_found_though_its_name_is_like_one(typed, name):
    assert locate(typed).name == name
