"""Where a group meets, typed in words: read with a postcode, and found among the venues that are no secret."""

import pytest

from groups.in_words.where import (
    add_venue,
    area_sentence,
    in_a_line,
    is_at,
    named_venue,
    other_address,
    place_words,
    read_where,
    venues_at,
)
from tests.factories import make_group, make_venue, town


@pytest.mark.parametrize(
    "words, place",
    [
        ("The Guildhall, 4 Fore Street, Chard TA20 1PP", ("The Guildhall", ("4 Fore Street", "Chard"), "TA20 1PP")),
        ("at the old mill\nta201pp\nside door", ("The old mill", ("side door",), "TA20 1PP")),
        ("4 Fore Street, TA20 1PP", ("4 Fore Street", (), "TA20 1PP")),
        ("The Guildhall", None),
        ("TA20 1PP", None),
        ("We moved to the Guildhall TA20 1PP", None),
        ("The big white hall on the corner past the church TA20 1PP", None),
        ("", None),
    ],
)
def test_place_is_read_with_a_postcode_and_a_sentence_is_not(words, place):
    reading = read_where(words)

    assert (reading and (reading.name, reading.address, reading.postcode)) == place
    assert reading is None or read_where(reading.words) == reading


@pytest.mark.django_db
@pytest.mark.one_database("towns are looked up as everywhere")
@pytest.mark.parametrize(
    "words, place, sentence",
    [
        (
            "We meet at the Guildhall, 4 Fore Street, Chard",
            "The Guildhall, 4 Fore Street, Chard",
            "Chard is in Somerset. If you know the postcode, add it.",
        ),
        ("Guildhall, TA20 1PP", "Guildhall, TA20 1PP", "TA20 is in Somerset."),
        ("Guildhall, TA20 9ZZ", "Guildhall, TA20 9ZZ", "We do not know the postcode TA20 9ZZ. Is it right?"),
        ("The Guildhall, Xqzzy", None, None),
        ("The Guildhall, Newport", None, None),
    ],
)
def test_place_is_read_with_a_town_of_one_meaning_and_says_its_area(words, place, sentence):
    reading = read_where(words)

    assert (reading and in_a_line(reading.words)) == place
    assert (reading and area_sentence(reading)) == sentence
    assert reading is None or read_where(reading.words) == reading


@pytest.mark.django_db
@pytest.mark.one_database("rows are compared in Python")
def test_venue_without_a_postcode_is_the_only_one_of_its_name_in_the_town():
    hall = make_venue(name="The Hall", town="Chard", postcode="TA20 1PP")
    make_venue(name="Hall", town="Margate")
    make_venue(name="Hall", town="Chard", confidential=True)
    place = read_where("Hall, Chard")
    only = named_venue(place, venues_at(place))

    make_venue(name="Hall", town="Chard")

    assert (only, named_venue(place, venues_at(place)), len(venues_at(place))) == (hall, None, 2)
    assert [is_at(hall, place), is_at(hall, read_where("Hall, Margate"))] == [True, False]


@pytest.mark.django_db
@pytest.mark.one_database("a row is added as any form adds it")
def test_new_venue_without_a_postcode_is_in_its_town():
    venue = add_venue(read_where("Old mill, 1 Street, Chard"), "")

    assert (venue.name, venue.address, venue.town, venue.postcode) == ("Old mill", "1 Street", town("Chard"), "")


@pytest.mark.django_db
@pytest.mark.one_database("rows are compared in Python")
def test_venue_is_found_by_its_name_and_a_confidential_one_never():
    make_venue(name="The Guildhall", postcode="TA20 1PP", confidential=True)
    arts, hall = (make_venue(name=name, postcode="TA20 1PP", address="4 Fore Street") for name in ("Arts", "Guildhall"))

    place = read_where("GUILDHALL, Fore Street, TA20 1PP")

    assert venues_at(place) == [hall, arts]
    assert named_venue(place, venues_at(place)) == hall
    assert [other_address(hall, place), other_address(hall, read_where("Guildhall, 9 High Street, TA20 1PP"))] == [
        False,
        True,
    ]


@pytest.mark.django_db
@pytest.mark.one_database("a row is added as any form adds it")
@pytest.mark.parametrize("ending, town_name, address", [("Chard", "Chard", ""), ("Xqzzy", None, "Xqzzy")])
def test_new_venue_is_in_the_town_that_its_address_ends_with(ending, town_name, address):
    venue = add_venue(read_where(f"Old mill, {ending}, TA20 1PP"), "")

    assert (venue.town, venue.address, venue.district) == (
        town_name and town(town_name),
        address,
        town("Chard").district,
    )


@pytest.mark.django_db
@pytest.mark.one_database("text is made in Python")
def test_words_of_a_confidential_venue_are_its_town():
    hidden = make_group(venue=make_venue(name="Zyx house", address="9 Zyx Street", confidential=True))
    public = make_group(venue=make_venue(name="Old mill", address="4 Fore Street", postcode="TA20 1PP"))

    assert [place_words(group) for group in (hidden, public)] == ["Chard", "Old mill\n4 Fore Street\nChard\nTA20 1PP"]
