"""What people type, over the real areas, sectors and towns, and a sample of the real postcodes."""

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from places.choices import LocationKind
from places.location.locate import locate
from places.location.results import LocatedPlace, PlaceChoices, PlaceNotFound
from places.models import Town

pytestmark = pytest.mark.django_db

#: The database is only read, so one transaction serves all the examples.
same_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def places_called(text: str) -> list[str]:
    """The labels that `locate` offers."""
    answer = locate(text)
    assert isinstance(answer, PlaceChoices)
    return [option.label for option in answer.options]


def test_locate_finds_a_town():
    margate = locate("Margate")

    assert margate == LocatedPlace(
        name="Margate",
        kind=LocationKind.TOWN,
        latitude=51.38132,
        longitude=1.38617,
        area=Town.objects.get(name="Margate").district,
        sector="CT9 1",
        outward_code="CT9",
        query="Margate",
        label="Margate, Thanet",
        population=margate.population,
    )
    assert not margate.is_area


def test_locate_finds_an_area():
    thanet = locate("thanet")

    assert (thanet.name, thanet.kind, thanet.area.gss_code) == ("Thanet", LocationKind.AREA, "E07000114")
    assert (thanet.latitude, thanet.longitude, thanet.sector, thanet.outward_code) == (None, None, "", "")
    assert (thanet.query, thanet.label) == ("Thanet", "Thanet (the whole district)")
    assert thanet.is_area


def test_locate_answers_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        locate("Margate").name = "Ramsgate"


@pytest.mark.parametrize(
    "typed,name",
    [
        ("East Kent", "East Kent"),
        ("east cleveland", "East Cleveland"),
        ("Kent", "Kent"),
        ("Somerset", "Somerset"),
        ("North East", "North East"),
        ("Cymru", "Wales"),
        ("Ynys Môn", "Isle of Anglesey"),
        ("ynys mon", "Isle of Anglesey"),
        ("Anglesey", "Isle of Anglesey"),
        ("Rhondda Cynon Taff", "Rhondda Cynon Taf"),
        ("Western Isles", "Na h-Eileanan an Iar"),
        ("County Durham", "County Durham"),
        ("Bournemouth, Christchurch and Poole", "Bournemouth, Christchurch and Poole"),
        ("Northern Ireland", "Northern Ireland"),
    ],
)
def test_locate_finds_areas_by_every_name(typed, name):
    found = locate(typed)

    assert (found.kind, found.name) == (LocationKind.AREA, name)


@pytest.mark.parametrize("typed", ["London", "Greater London", "LONDON, UK"])
def test_locate_takes_london_for_the_region(typed):
    found = locate(typed)

    assert (found.kind, found.area.kind, found.area.name) == (LocationKind.AREA, "region", "London")


@pytest.mark.parametrize(
    "typed,name,district",
    [
        ("Dudley", "Dudley", "Dudley"),
        ("Durham", "Durham", "County Durham"),
        ("Kingston upon Hull", "Kingston upon Hull", "Kingston upon Hull"),
        ("Hull", "Kingston upon Hull", "Kingston upon Hull"),
        ("Abertawe", "Swansea", "Swansea"),
        ("Caerdydd", "Cardiff", "Cardiff"),
        ("Casnewydd", "Newport, Wales", "Newport"),
        ("Belfast", "Belfast", "Belfast"),
        ("Londonderry", "Derry", "Derry City and Strabane"),
        ("Southend", "Southend-on-Sea", "Southend-on-Sea"),
    ],
)
def test_locate_takes_a_name_of_both_town_and_district_for_the_town(typed, name, district):
    found = locate(typed)

    assert (found.kind, found.name, found.area.name) == (LocationKind.TOWN, name, district)


@pytest.mark.parametrize("typed", ["Saint Albans", "st albans", "ST. ALBANS", "  St   Albans. "])
def test_locate_folds_what_is_typed(typed):
    assert locate(typed).area.name == "St. Albans"


def test_locate_offers_places_of_one_name_the_largest_first():
    assert places_called("Newport") == [
        "Newport, Wales",
        "Newport, Isle of Wight",
        "Newport, Telford and Wrekin",
        "Newport, Uttlesford",
        "Newport, East Riding of Yorkshire",
        "Newport, Pembrokeshire",
    ]


def test_locate_offers_an_area_beside_a_place_elsewhere():
    assert places_called("Central") == ["Forth Valley (the whole area)", "Central, Blackpool"]


@pytest.mark.parametrize(
    "typed,label,also",
    [
        (
            "Newcastle",
            "Newcastle upon Tyne, North East",
            ["Newcastle under Lyme, Staffordshire", "Newcastle, Northern Ireland"],
        ),
        ("Stoke", "Stoke-on-Trent, West Midlands", ["Stoke, Cheshire West and Chester"]),
        ("Tunbridge Wells", "Royal Tunbridge Wells, Tunbridge Wells", []),
        ("Aberteifi", "Cardigan, Ceredigion", []),
        ("yr wyddgrug", "Mold, Flintshire", []),
        ("Y FENNI", "Abergavenny, Monmouthshire", []),
        ("Pont-y-pŵl", "Pontypool, Torfaen", []),
        ("Wrecsam", "Wrexham, Wales", []),
        ("Y Bont-faen, Cymru", "Cowbridge, Vale of Glamorgan", []),
    ],
)
def test_locate_takes_another_name_of_a_town_for_that_town_first(typed, label, also):
    found = locate(typed)

    assert (found.label, [other.label for other in found.also]) == (label, also)


def test_locate_keeps_hamlets_behind_a_large_town_of_their_name():
    preston = locate("Preston")

    assert preston.name == preston.label == preston.query == "Preston, Lancashire"
    assert [other.label for other in preston.also] == ["Preston, East Riding of Yorkshire", "Preston, Rutland"]


def test_locate_keeps_a_village_behind_a_nation_of_its_name():
    wales = locate("Wales")

    assert (wales.name, wales.query) == ("Wales", "Wales")
    assert [other.label for other in wales.also] == ["Wales, Rotherham"]


def test_locate_offers_only_the_larger_of_two_places_in_one_district():
    namesakes = Town.objects.filter(name="Dromore").order_by("-population")

    found = locate("Dromore")

    assert len(namesakes) == 2
    assert found.latitude == namesakes[0].latitude


@pytest.mark.parametrize(
    "typed,label",
    [
        ("Newport, Isle of Wight", "Newport, Isle of Wight"),
        ("newport isle of wight", "Newport, Isle of Wight"),
        ("Newport, Wales", "Newport, Wales"),
        ("Newport, Pembrokeshire, Wales, UK", "Newport, Pembrokeshire"),
        ("Newport Sir Benfro", "Newport, Pembrokeshire"),
        ("Gillingham Dorset", "Gillingham, Dorset"),
        ("Bangor, Cymru", "Bangor, Gwynedd"),
        ("Faversham, East Kent", "Faversham, Swale"),
        ("Wales, Rotherham", "Wales, Rotherham"),
        ("Fylde, Lancashire", "Fylde, Lancashire"),
        ("Margate, Kent", "Margate, Thanet"),
        ("Margate UK", "Margate, Thanet"),
        ("12 High Street, Margate, Kent", "Margate, Thanet"),
    ],
)
def test_locate_narrows_by_the_place_it_is_in(typed, label):
    assert locate(typed).label == label


@pytest.mark.parametrize(
    "typed,label",
    [
        ("Gillingham, Kent", "Gillingham, Medway"),
        ("Torquay Devon", "Torquay, Torbay"),
        # Of an area without a position of its own.
        ("Gillingham, East Kent", "Gillingham, Medway"),
    ],
)
def test_locate_takes_a_county_that_a_town_is_no_longer_in(typed, label):
    assert locate(typed).label == label


def test_locate_ignores_an_unknown_place_after_a_comma():
    assert locate("Margate, Atlantis").label == "Margate, Thanet"


def test_locate_says_where_a_place_is_not():
    answer = locate("Margate, Scotland")

    assert answer.reason == (
        "We do not know a place called Margate in Scotland. Perhaps you mean one of these. "
        "Or type a larger town near by, or a postcode."
    )
    assert [suggestion.label for suggestion in answer.suggestions] == [
        "Margate, Thanet",
        "Scotland (the whole nation)",
    ]


@pytest.mark.parametrize(
    "typed", ["Newport", "Central", "Clapham", "Halton", "Newcastle", "Preston", "Wales", "Bangor", "Sutton"]
)
def test_locate_finds_each_choice_again_by_its_query(typed):
    answer = locate(typed)
    options = answer.options if isinstance(answer, PlaceChoices) else (answer, *answer.also)

    for option in options:
        again = locate(option.query)
        assert (again.kind, again.area, again.latitude) == (option.kind, option.area, option.latitude)


@pytest.mark.parametrize(
    "typed,reason",
    [
        ("", "You have not said where. Type a town, such as Margate, or a postcode."),
        (" \t\n\0 ", "You have not said where. Type a town, such as Margate, or a postcode."),
        ("\u202e", "You have not said where. Type a town, such as Margate, or a postcode."),
        ("🙂 ???", "We could not read a place there. Type a town, such as Margate, or a postcode."),
        (
            "x" * 101,
            "That is too long for us to read. Type only a town, such as Margate, or only a postcode.",
        ),
        (
            "Xyzzy",
            "We do not know a place called that. Check the spelling, or try a larger town near by, or a postcode. "
            "Some small villages are not in our list.",
        ),
    ],
)
def test_locate_says_kindly_why_nothing_was_found(typed, reason):
    answer = locate(typed)

    assert isinstance(answer, PlaceNotFound)
    assert answer.reason == reason


def test_locate_gives_back_what_was_typed_without_what_cannot_be_seen():
    assert locate(" Xy\0zzy \u202e town ").text == "Xy zzy town"
    assert locate("x" * 500).text == "x" * 100


def test_locate_understands_names_with_invisible_marks():
    assert locate("\u200eMar\u00adgate\u200f").name == "Margate"


@same_database
@given(st.text(max_size=150))
def test_locate_never_raises(text):
    assert isinstance(locate(text), LocatedPlace | PlaceChoices | PlaceNotFound)


@same_database
@given(st.text(alphabet="01OILBTCNW9 ,.ae", max_size=12))
def test_locate_never_raises_for_what_is_nearly_a_postcode(text):
    assert isinstance(locate(text), LocatedPlace | PlaceChoices | PlaceNotFound)


@pytest.mark.parametrize(
    "typed,queries",
    [("CT9 1AE", 1), ("CT9", 1), ("CT9 1", 2), ("Margate", 3), ("Newport", 3), ("Newport, Wales", 4), ("Hull", 6)],
)
def test_locate_asks_the_database_few_questions(typed, queries, django_assert_num_queries):
    with django_assert_num_queries(queries):
        locate(typed)


def test_locate_only_reads(only_selects):
    with only_selects():
        locate("Newport, Isle of Wight")
