"""Loading localities, and the other names of places."""

import pytest

from places.loading.gazetteer import load_gazetteer
from places.loading.localities import LocalityRow, estimate_population
from places.loading.sources import Sources
from places.models import Area, Locality, Town
from tests.places.conftest import FILES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_places")]


def row(**fields) -> LocalityRow:
    plain = {"name": "Oldtown", "within": "", "latitude": 52.0, "longitude": -1.0, "stops": 10}
    return LocalityRow(**plain | {"district": "E07000114", "kind": "locality", "source": "naptan"} | fields)


def aliases_of(area: str) -> list[str]:
    return Area.objects.get(name=area).aliases


def test_load_gazetteer_loads_localities_with_district_and_sector(folder):
    load_gazetteer(Sources(folder()))

    assert set(Locality.objects.values_list("name", "folded_name", "within", "district__name", "sector__sector")) == {
        ("Cliftonville", "cliftonville", "Margate", "Thanet", "CT9 1"),
        ("Ospringe", "ospringe", "Faversham", "Swale", "ME13 7"),
        ("Old Town", "old town", "Margate", "Thanet", "CT9 1"),
        ("Westgate Halt", "westgate halt", "", "Thanet", "CT9 1"),
    }


def test_load_gazetteer_replaces_localities_only_for_a_file_that_they_depend_on(folder):
    load_gazetteer(Sources(folder()))
    before = set(Locality.objects.values_list("pk", flat=True))

    load_gazetteer(Sources(folder({"informal_areas.csv": FILES["informal_areas.csv"].replace("all of it", "it all")})))
    after_other_change = set(Locality.objects.values_list("pk", flat=True))
    lines = FILES["localities.csv"].splitlines(keepends=True)
    load_gazetteer(Sources(folder({"localities.csv": "".join(lines[:3])})))

    assert after_other_change == before
    assert set(Locality.objects.values_list("name", flat=True)) == {"Cliftonville", "Ospringe"}


def test_load_gazetteer_gives_a_locality_the_nearest_sector_of_the_postcodes_loaded_last(folder, tmp_path):
    def sector() -> str:
        return Locality.objects.get(name="Cliftonville").sector.sector

    load_gazetteer(Sources(folder()))
    newer = tmp_path / "newer.csv"
    newer.write_text(FILES["postcodes.csv"] + "CT9 2AA,51.3890,1.4050,E07000114\n")
    sectors = [sector()]
    load_gazetteer(Sources(folder(), given_postcodes=newer))
    sectors.append(sector())
    load_gazetteer(Sources(folder({"postcodes.csv": FILES["postcodes.csv"].replace("51.3890", "51.3889")})))
    sectors.append(sector())

    assert sectors == ["CT9 1", "CT9 2", "CT9 1"]


def test_load_gazetteer_gives_an_alias_to_the_town_area_or_locality_that_it_means(folder):
    load_gazetteer(Sources(folder()))

    assert Town.objects.get(name="Margate").aliases == ["Mar Gate", "Margit"]
    assert aliases_of("Swale") == ["Swale district"]
    assert aliases_of("Far Kent") == ["Far Kt"]
    assert Locality.objects.get(name="Cliftonville").folded_aliases == "|clifty|"


def test_load_gazetteer_makes_an_unlisted_area_of_an_alias_of_several(folder):
    load_gazetteer(Sources(folder()))

    area = Area.objects.get(name="Two of Kent")

    assert (area.is_informal, area.is_listed, area.what_it_covers) == (True, False, "the districts of Swale and Thanet")
    assert set(area.parts.values_list("district__name", flat=True)) == {"Swale", "Thanet"}
    assert not Area.objects.listed().filter(pk=area.pk).exists()


def test_load_gazetteer_calls_an_area_by_its_longest_english_name_that_is_no_abbreviation(folder):
    aliases = "alias,meaning,area_gss_code,note\n" + "".join(
        f"{alias},Swale; Thanet,E07000113;E07000114,old\n"
        for alias in ("N Kt", "County Kentish", "Kentish", "Cant Cymru")
    )

    load_gazetteer(Sources(folder({"place_aliases.csv": aliases})))

    assert Area.objects.get(is_listed=False).names == ["Kentish", "N Kt", "County Kentish", "Cant Cymru"]


def test_load_gazetteer_takes_the_name_of_such_an_area_from_other_areas(folder):
    load_gazetteer(Sources(folder({"aliases.csv": "area,other_name\nThanet,Two of Kent\n"})))

    assert aliases_of("Thanet") == []


def test_load_gazetteer_takes_a_meaning_over_the_border_of_its_district(folder):
    aliases = FILES["place_aliases.csv"].replace("Margit,Margate,E07000114", "Margit,Margate,E07000113")

    load_gazetteer(Sources(folder({"place_aliases.csv": aliases})))

    assert "Margit" in Town.objects.get(name="Margate").aliases


@pytest.mark.parametrize(
    "fields,city,people",
    [
        # A village by its stops; a quarter of a city, where a stop serves more people.
        ({}, 0, 1_500),
        ({"within": "Nottingham"}, 300_000, 3_000),
        # A station is a point.
        ({"kind": "station", "stops": 1}, 0, 1_500),
        # Where the bus stops are not known, and in rows that were added by hand.
        ({"within": "London", "district": "E09000022"}, 9_000_000, 25_000),
        ({"within": "Manchester", "district": "E08000003", "stops": 2}, 500_000, 8_000),
        ({"within": "Brighton", "stops": None, "source": "hand"}, 100_000, 8_000),
        ({"district": "E08000032", "stops": 2}, 0, 1_500),
    ],
)
def test_estimate_population_puts_quarters_of_cities_before_villages(fields, city, people):
    assert estimate_population(row(**fields), city) == people
