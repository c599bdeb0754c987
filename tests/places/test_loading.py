import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from places.choices import AreaKind
from places.loading.gazetteer import load_gazetteer
from places.loading.sources import Sources
from places.models import Area, AreaPart, GazetteerLoad, Postcode, PostcodeSector, Town
from tests.places.conftest import FILES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("no_places")]

BROADSTAIRS = FILES["postcodes.csv"] + "CT10 1AA,51.3600,1.4400,E07000114\nCT10 1AB,51.3620,1.4420,E07000114\n"


def parts_of(name: str) -> set[tuple[str, str]]:
    return set(AreaPart.objects.filter(area__name=name).values_list("district__name", "outward_code"))


def test_load_gazetteer_loads_every_row(folder):
    lines = []

    loaded = load_gazetteer(Sources(folder()), say=lines.append)

    assert loaded is True
    assert lines == [
        "Areas: 7 (7 new, 0 changed).",
        "Postcodes: 5.",
        "Postcode sectors: 2 (2 new, 0 changed).",
        "Towns: 4 (4 new, 0 changed).",
        "Localities: 4.",
        "Informal areas: 3 (3 new, 0 changed).",
    ]
    assert list(Postcode.objects.values_list("postcode", "latitude", "longitude", "district__name"))[0] == (
        "CT91AA",
        51.389,
        1.383,
        "Thanet",
    )


def test_load_gazetteer_makes_a_tree_of_the_official_areas(folder):
    load_gazetteer(Sources(folder()))

    thanet = Area.objects.get(name="Thanet")
    assert thanet.path == "E92000001/E12000008/E10000016/E07000114"
    assert thanet.parent.name == "Kent"
    assert thanet.slug == "thanet"
    assert thanet.names == ["Thanet", "Isle of Thanet"]
    assert [area.name for area in Area.objects.ancestors_of(thanet)] == ["England", "South East", "Kent", "Thanet"]
    assert [area.name for area in Area.objects.within(thanet.parent)] == ["Swale", "Thanet"]


def test_load_gazetteer_lists_the_districts_of_every_area(folder):
    load_gazetteer(Sources(folder()))

    assert parts_of("England") == parts_of("Kent") == {("Swale", ""), ("Thanet", "")}
    assert parts_of("Thanet") == {("Thanet", "")}


def test_load_gazetteer_makes_northern_ireland_part_of_itself(folder):
    load_gazetteer(Sources(folder()))

    assert parts_of("Northern Ireland") == {("Belfast", ""), ("Northern Ireland", "")}


def test_load_gazetteer_expands_informal_areas(folder):
    load_gazetteer(Sources(folder()))

    assert parts_of("Far Kent") == {("Thanet", ""), ("Swale", "ME13")}
    assert parts_of("All Kent") == {("Swale", ""), ("Thanet", "")}


def test_load_gazetteer_says_what_an_informal_area_covers(folder):
    informal = FILES["informal_areas.csv"] + "Coast,E07000113 E07000114,,\nBoth,E10000016 N09000003,,\n"

    load_gazetteer(Sources(folder({"informal_areas.csv": informal})))

    assert dict(Area.objects.informal().values_list("name", "what_it_covers")) == {
        "All Kent": "all of it",
        "Both": "the county of Kent and the district of Belfast",
        "Coast": "the districts of Swale and Thanet",
        "Far Kent": "the district of Thanet and places whose postcodes begin ME13",
        "Two of Kent": "the districts of Swale and Thanet",
    }


def test_load_gazetteer_gives_towns_their_nearest_sector(folder):
    load_gazetteer(Sources(folder()))

    assert set(Town.objects.values_list("name", "sector__sector", "district__name")) == {
        ("Margate", "CT9 1", "Thanet"),
        ("Faversham", "ME13 7", "Swale"),
        ("Belfast", None, "Belfast"),
        ("Bangor", None, "Northern Ireland"),
    }


def test_load_gazetteer_skips_the_same_files(folder):
    load_gazetteer(Sources(folder()))

    with CaptureQueriesContext(connection) as queries:
        loaded = load_gazetteer(Sources(folder()))

    assert loaded is False
    assert len(queries) == 1


def test_load_gazetteer_touches_only_what_changed(folder):
    load_gazetteer(Sources(folder()))
    before = {area.gss_code or area.name: area for area in Area.objects.all()}
    areas = FILES["areas.csv"].replace("Thanet,,", "Thanet,Tanatus,")

    load_gazetteer(Sources(folder({"areas.csv": areas})))

    after = {area.gss_code or area.name: area for area in Area.objects.all()}
    assert [code for code in after if after[code].updated_at != before[code].updated_at] == ["E07000114"]
    thanet = after["E07000114"]
    assert thanet.name_cy == "Tanatus"
    assert (thanet.pk, thanet.public_id, thanet.slug, thanet.created_at) == (
        before["E07000114"].pk,
        before["E07000114"].public_id,
        "thanet",
        before["E07000114"].created_at,
    )


def test_load_gazetteer_changes_a_town_in_place(folder):
    load_gazetteer(Sources(folder()))
    before = {town.geonames_id: town for town in Town.objects.all()}

    load_gazetteer(Sources(folder({"places.csv": FILES["places.csv"].replace("61223", "61500")})))

    after = {town.geonames_id: town for town in Town.objects.all()}
    assert [number for number in after if after[number].updated_at != before[number].updated_at] == [2643044]
    assert after[2643044].population == 61500
    assert (after[2643044].pk, after[2643044].public_id) == (before[2643044].pk, before[2643044].public_id)


def test_load_gazetteer_changes_a_sector_in_place(folder):
    load_gazetteer(Sources(folder()))
    before = PostcodeSector.objects.get(sector="CT9 1").pk
    sectors = FILES["postcode_sectors.csv"].replace("51.3875", "51.3999")

    load_gazetteer(Sources(folder({"postcode_sectors.csv": sectors})))

    assert PostcodeSector.objects.get(sector="CT9 1").latitude == 51.3999
    assert Town.objects.get(name="Margate").sector_id == before


def test_load_gazetteer_removes_a_sector_that_is_no_more(folder):
    load_gazetteer(Sources(folder()))
    sectors = FILES["postcode_sectors.csv"].replace("CT9 1,", "CT9 2,")

    load_gazetteer(Sources(folder({"postcode_sectors.csv": sectors})), every_postcode=False)

    # CT9 1 is not in the sector file now, but its postcodes are in the postcode file, so it is made from them.
    assert list(PostcodeSector.objects.values_list("sector", flat=True)) == ["CT9 1", "CT9 2", "ME13 7"]

    postcodes = FILES["postcodes.csv"].replace("CT9 1", "CT9 2")
    load_gazetteer(Sources(folder({"postcode_sectors.csv": sectors, "postcodes.csv": postcodes})))

    assert list(PostcodeSector.objects.values_list("sector", flat=True)) == ["CT9 2", "ME13 7"]
    assert Town.objects.get(name="Margate").sector.sector == "CT9 2"


def test_load_gazetteer_keeps_what_an_editor_added(folder):
    load_gazetteer(Sources(folder()))
    thanet = Area.objects.get(name="Thanet")
    thanet.aliases.append("Planet Thanet")
    thanet.save()
    own = Area.objects.create(name="Our patch", slug="our-patch", kind=AreaKind.INFORMAL)
    own.parts.create(district=thanet)

    load_gazetteer(Sources(folder({"aliases.csv": FILES["aliases.csv"] + "Thanet,Tanatus\n"})))

    thanet.refresh_from_db()
    assert thanet.aliases == ["Isle of Thanet", "Planet Thanet", "Tanatus"]
    assert parts_of("Our patch") == {("Thanet", "")}


def test_load_gazetteer_gives_towns_their_other_names(folder):
    load_gazetteer(Sources(folder()))

    margate = Town.objects.get(name="Margate")

    assert (margate.aliases, margate.folded_aliases) == (["Mar Gate", "Margit"], "|mar gate|margit|")
    assert list(Town.objects.named("mar gate", "faversham").values_list("name", flat=True)) == ["Faversham", "Margate"]


def test_load_gazetteer_keeps_other_names_of_a_town_that_an_editor_added(folder):
    load_gazetteer(Sources(folder()))
    margate = Town.objects.get(name="Margate")
    margate.aliases = ["Merry Margate"]
    margate.save()
    load_gazetteer(Sources(folder({"town_aliases.csv": "geonames_id,town,other_name\n2643044,Margate,Margs\n"})))

    margate.refresh_from_db()

    assert (margate.aliases, margate.folded_aliases) == (
        ["Merry Margate", "Margs", "Margit"],
        "|merry margate|margs|margit|",
    )


def test_load_gazetteer_keeps_areas_and_towns_that_the_files_no_longer_have(folder):
    load_gazetteer(Sources(folder()))
    lines = []
    areas = FILES["areas.csv"].replace("N09000003", "N09000099")
    towns = FILES["places.csv"].replace("2656396", "9999999")
    informal = FILES["informal_areas.csv"].replace("N09000003", "N09000099")

    load_gazetteer(
        Sources(folder({"areas.csv": areas, "places.csv": towns, "informal_areas.csv": informal})), say=lines.append
    )

    assert lines[-2:] == [
        "Kept 1 area that areas.csv no longer has. Remove it in the admin when nothing lies in it.",
        "Kept 1 town that places.csv no longer has. Remove it in the admin when nothing lies in it.",
    ]
    assert sorted(Area.objects.filter(name="Belfast").values_list("slug", flat=True)) == ["belfast", "belfast-2"]


def test_load_gazetteer_takes_a_newer_postcode_file(folder, compressed):
    load_gazetteer(Sources(folder()))

    load_gazetteer(Sources(folder(), given_postcodes=compressed("newer.csv.xz", BROADSTAIRS)))

    assert Postcode.objects.count() == 7
    assert PostcodeSector.objects.values_list(
        "outward_code", "latitude", "longitude", "district__name", "postcodes"
    ).get(sector="CT10 1") == ("CT10", 51.361, 1.441, "Thanet", 2)


def test_load_gazetteer_keeps_a_newer_postcode_file_until_the_sites_own_changes(folder, compressed):
    load_gazetteer(Sources(folder(), given_postcodes=compressed("newer.csv.xz", BROADSTAIRS)))

    loaded_again = load_gazetteer(Sources(folder()))
    load_gazetteer(Sources(folder({"places.csv": FILES["places.csv"].replace("61223", "61500")})))
    count_after_other_change = Postcode.objects.count()
    load_gazetteer(Sources(folder({"postcodes.csv": FILES["postcodes.csv"].replace("51.3890", "51.3889")})))

    assert loaded_again is False
    assert count_after_other_change == 7
    assert Postcode.objects.count() == 5
    assert not GazetteerLoad.objects.filter(name="postcodes given by hand").exists()


def test_load_gazetteer_remembers_how_many_rows_it_loaded(folder):
    load_gazetteer(Sources(folder()))

    assert dict(GazetteerLoad.objects.values_list("name", "rows")) == {
        "aliases": 1,
        "areas": 7,
        "informal areas": 2,
        "localities": 4,
        "place aliases": 5,
        "postcodes": 5,
        "sectors": 2,
        "towns": 4,
        "town aliases": 1,
    }
