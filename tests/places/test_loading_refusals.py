"""A file that is wrong anywhere changes nothing, and the message says what is wrong with it."""

import lzma

import pytest

from places.loading.gazetteer import load_gazetteer
from places.loading.rows import BadFile
from places.loading.sources import Sources
from places.models import Area, AreaPart, GazetteerLoad, Locality, Postcode, PostcodeSector, Town
from tests.places.conftest import FILES

# Files are read and refused before anything is written.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database, pytest.mark.usefixtures("no_places")]

AREAS, ALIASES, INFORMAL = FILES["areas.csv"], FILES["aliases.csv"], FILES["informal_areas.csv"]
TOWN_ALIASES = FILES["town_aliases.csv"]
LOCALITIES, ALIASES_OF_PLACES = FILES["localities.csv"], FILES["place_aliases.csv"]
SECTORS, TOWNS, POSTCODES = FILES["postcode_sectors.csv"], FILES["places.csv"], FILES["postcodes.csv"]


def everything() -> list[list[tuple]]:
    """Every row of every table of places."""
    models = (Area, AreaPart, PostcodeSector, Town, Locality, Postcode, GazetteerLoad)
    return [list(model.objects.order_by("pk").values_list()) for model in models]


#: A file of the small gazetteer, what it says instead, and what the loader says to that.
WRONG = [
    (
        "areas.csv",
        TOWNS,
        'areas.csv, line 1: the first line must be "gss_code,name,name_cy,kind,parent_gss_code,latitude,longitude";'
        " this looks like a different file.",
    ),
    ("areas.csv", AREAS.splitlines()[0] + "\n", "areas.csv has no areas in it."),
    ("areas.csv", AREAS.replace("E07000114", "E0700011"), """\
areas.csv, line 7: gss_code 'E0700011' is not a GSS code such as "E07000114"."""),
    ("areas.csv", AREAS.replace(",Thanet,,district", ",Thanet,,parish"),
        "areas.csv, line 7: kind 'parish' is not a kind of official area."),
    ("areas.csv", AREAS.replace("E12000008,51", "E12000009,51"),
        "areas.csv, line 5: parent_gss_code 'E12000009' is not in the file."),
    ("areas.csv", AREAS.replace(",county,E12000008", ",county,E07000114"),
        "areas.csv: an area lies inside itself."),
    ("areas.csv", AREAS + AREAS.splitlines()[1] + "\n",
        "areas.csv, line 9: E92000001 is there twice (first on line 2)."),
    ("areas.csv", AREAS.replace("51.2691,", ","),
        "areas.csv, line 5: half a position: both latitude and longitude, or neither."),
    ("areas.csv", AREAS.replace(",Thanet,", ",,"), "areas.csv, line 7: name '' is empty."),
    ("aliases.csv", ALIASES.replace("Thanet,", "Thannet,"),
        "aliases.csv, line 2: area 'Thannet' is not in areas.csv or informal_areas.csv."),
    ("town_aliases.csv", TOWN_ALIASES.replace(",Margate", ",Ramsgate"),
        "town_aliases.csv, line 2: Ramsgate is not the name of 2643044 in places.csv."),
    ("town_aliases.csv", TOWN_ALIASES + "2649653,Faversham,MAR GATE\n",
        "town_aliases.csv, line 3: MAR GATE is already another name of Margate."),
    ("informal_areas.csv", INFORMAL.replace("E10000016", "E10000099"),
        "informal_areas.csv, line 3: member_gss_codes 'E10000099' is not in areas.csv."),
    ("informal_areas.csv", INFORMAL.replace("ME13", "ME31"),
        "informal_areas.csv, line 2: member_outward_codes 'ME31' is not in postcode_sectors.csv."),
    ("informal_areas.csv", INFORMAL + "Nowhere,,,nothing\n",
        "informal_areas.csv, line 4: Nowhere has no members."),
    ("informal_areas.csv", INFORMAL + "Far Kent,E07000114,,\n",
        "informal_areas.csv, line 4: Far Kent is there twice."),
    ("postcode_sectors.csv", SECTORS.replace("CT9 1,", "CT91,"),
        "postcode_sectors.csv, line 2: sector 'CT91' is not a postcode sector such as \"TA20 1\"."),
    ("postcode_sectors.csv", SECTORS.replace("E07000113,2", "E07000113,two"),
        "postcode_sectors.csv, line 3: postcodes 'two' is not a whole number."),
    ("postcode_sectors.csv", SECTORS.replace("E07000113", "E10000016"),
        "postcode_sectors.csv, line 3: district_gss_code 'E10000016' is not a district in areas.csv."),
    ("postcode_sectors.csv", SECTORS + SECTORS.splitlines()[1] + "\n",
        "postcode_sectors.csv, line 4: CT9 1 is there twice."),
    ("places.csv", TOWNS.replace("2649653", "2643044"),
        "places.csv, line 3: geonames_id 2643044 is there twice."),
    ("places.csv", TOWNS.replace("N92000002\n", "N92000009\n"),
        "places.csv, line 4: area_gss_code 'N92000009' is not in areas.csv."),
    ("places.csv", TOWNS.replace("-5.92541", "-25.92541"),
        "places.csv, line 4: longitude '-25.92541' is outside the United Kingdom."),
    ("localities.csv", LOCALITIES.replace("E07000113,locality", "E10000016,locality"),
        "localities.csv, line 3: area_gss_code 'E10000016' is not a district in areas.csv."),
    ("localities.csv", LOCALITIES.replace(",station,", ",airport,"),
        "localities.csv, line 5: kind 'airport' is not a kind of locality."),
    ("localities.csv", LOCALITIES + LOCALITIES.splitlines()[1] + "\n",
        "localities.csv, line 6: Cliftonville is there twice."),
    ("place_aliases.csv", ALIASES_OF_PLACES.replace("Margit,Margate", "Margit,Ramsgate"),
        "place_aliases.csv, line 2: Ramsgate is not a place in Thanet."),
    ("place_aliases.csv", ALIASES_OF_PLACES.replace("E07000113;E07000114", "E07000113;E07000999"),
        "place_aliases.csv, line 5: area_gss_code 'E07000999' is not in areas.csv."),
    ("postcodes.csv", POSTCODES.replace("CT9 1AB", "CT9 1A"),
        "postcodes.csv, line 3: postcode 'CT9 1A' is not a postcode such as \"TA20 1AA\"."),
    ("postcodes.csv", POSTCODES.replace("CT9 1AB", "ct9 1ab"),
        "postcodes.csv, line 3: postcode 'ct9 1ab' is not a postcode such as \"TA20 1AA\"."),
    ("postcodes.csv", POSTCODES.replace("CT9 1AB,51.3891,1.3831,", "CT9 1AB,51.3891,"),
        "postcodes.csv, line 3: 3 columns where 4 are expected."),
    ("postcodes.csv", POSTCODES.replace("51.3891", "north"),
        "postcodes.csv, line 3: latitude 'north' is not a number."),
    ("postcodes.csv", POSTCODES.replace("51.3891", "nan"),
        "postcodes.csv, line 3: latitude 'nan' is outside Great Britain."),
    ("postcodes.csv", POSTCODES.replace("51.3891,1.3831", "1.3831,51.3891"),
        "postcodes.csv, line 3: latitude '1.3831' is outside Great Britain."),
    ("postcodes.csv", POSTCODES.replace("1.3831,E07000114", "1.3831,E07000999"),
        "postcodes.csv, line 3: district_gss_code 'E07000999' is not a district in areas.csv."),
    ("postcodes.csv", POSTCODES.replace("CT9 1AB", "CT9 1AA"), "postcodes.csv, line 3: CT9 1AA is there twice."),
    ("postcodes.csv", POSTCODES + POSTCODES.splitlines()[1] + "\n",
        "postcodes.csv, line 7: CT9 1AA is there twice."),
    ("postcodes.csv", POSTCODES.splitlines()[0] + "\n", "postcodes.csv has no postcodes in it."),
    ("postcodes.csv", "".join(POSTCODES.splitlines(keepends=True)[:5]),
        "postcodes.csv has 1 of about 2 postcodes that begin ME, and 4 of about 5 in all. It looks cut short. "
        "Fetch it again."),
    ("postcodes.csv", POSTCODES[:-30],
        "postcodes.csv, line 6: 1 column where 4 are expected."),
    ("postcodes.csv", POSTCODES.replace("CT9 1AB", '"CT9 1AB'),
        "postcodes.csv, line 3: not a row of CSV (unexpected end of data)."),
]  # fmt: skip


@pytest.mark.parametrize("name,text,message", WRONG, ids=[message for *_, message in WRONG])
def test_load_gazetteer_refuses_a_wrong_file_and_changes_nothing(folder, name, text, message):
    load_gazetteer(Sources(folder()))
    before = everything()

    with pytest.raises(BadFile) as refusal:
        load_gazetteer(Sources(folder({name: text})))

    assert str(refusal.value) == message
    assert everything() == before


@pytest.mark.parametrize(
    "content,message",
    [
        (lzma.compress(POSTCODES.encode())[:-20], "newer.csv.xz ends early, after line 6. Fetch it again."),
        (POSTCODES.encode(), "newer.csv.xz is damaged, or is not an xz file (after line 1)."),
        (b"", "newer.csv.xz ends early, after line 1. Fetch it again."),
        (lzma.compress(POSTCODES.replace("CT9 1AB", "CT9 1\xc4B").encode("latin-1")),
            "newer.csv.xz is not UTF-8 text (after line 1)."),
    ],
)  # fmt: skip
def test_load_gazetteer_refuses_a_damaged_file_and_changes_nothing(folder, tmp_path, content, message):
    load_gazetteer(Sources(folder()))
    before = everything()
    newer = tmp_path / "newer.csv.xz"
    newer.write_bytes(content)

    with pytest.raises(BadFile) as refusal:
        load_gazetteer(Sources(folder(), given_postcodes=newer))

    assert str(refusal.value) == message
    assert everything() == before


@pytest.mark.parametrize(
    "name,reason", [("missing.csv", "No such file or directory"), ("a_folder.csv", "Is a directory")]
)
def test_load_gazetteer_refuses_a_file_that_cannot_be_read(folder, tmp_path, name, reason):
    (tmp_path / "a_folder.csv").mkdir()

    with pytest.raises(BadFile) as refusal:
        load_gazetteer(Sources(folder(), given_postcodes=tmp_path / name))

    assert str(refusal.value) == f"{name} cannot be read: {reason}."
    assert Area.objects.count() == 0


def test_load_gazetteer_takes_a_byte_order_mark(folder):
    load_gazetteer(Sources(folder({"areas.csv": "\ufeff" + AREAS})))

    assert Area.objects.count() == 10
