"""A gazetteer of three districts, small enough to see whole, for the tests of loading."""

import lzma
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import delete_places
from tests.table_copies import reset_database

FILES = {
    "areas.csv": """\
gss_code,name,name_cy,kind,parent_gss_code,latitude,longitude
E92000001,England,,nation,,,
N92000002,Northern Ireland,,nation,,,
E12000008,South East,,region,E92000001,,
E10000016,Kent,,county,E12000008,51.2691,0.7204
E07000113,Swale,,district,E10000016,51.36,0.8
E07000114,Thanet,,district,E10000016,51.37,1.39
N09000003,Belfast,,district,N92000002,54.597,-5.93
""",
    "aliases.csv": "area,other_name\nThanet,Isle of Thanet\n",
    "informal_areas.csv": """\
name,member_gss_codes,member_outward_codes,what_it_covers
Far Kent,E07000114,ME13,
All Kent,E10000016,,all of it
""",
    "postcode_sectors.csv": """\
sector,latitude,longitude,district_gss_code,postcodes
CT9 1,51.3875,1.3845,E07000114,3
ME13 7,51.315,0.885,E07000113,2
""",
    "places.csv": """\
geonames_id,name,latitude,longitude,population,area_gss_code
2643044,Margate,51.38132,1.38617,61223,E07000114
2649653,Faversham,51.3148,0.88856,17710,E07000113
2655984,Belfast,54.59682,-5.92541,348005,N92000002
2656396,Bangor,54.65338,-5.66895,61011,N92000002
""",
    "town_aliases.csv": "geonames_id,town,other_name\n2643044,Margate,Mar Gate\n",
    "localities.csv": """\
name,within,latitude,longitude,stops,area_gss_code,kind,source
Cliftonville,Margate,51.3893,1.4051,37,E07000114,locality,naptan
Ospringe,Faversham,51.3094,0.8721,10,E07000113,locality,naptan
Old Town,Margate,51.389,1.380,,E07000114,locality,hand
Westgate Halt,,51.3815,1.3383,1,E07000114,station,naptan
""",
    "place_aliases.csv": """\
alias,meaning,area_gss_code,note
Margit,Margate,E07000114,nickname or short form
Swale district,Swale,E07000113,
Clifty,Cliftonville,E07000114,nickname or short form
Two of Kent,Swale; Thanet,E07000113;E07000114,roughly
Far Kt,Far Kent,E07000114;E07000113,see informal_areas.csv
""",
    "postcodes.csv": """\
postcode,latitude,longitude,district_gss_code
CT9 1AA,51.3890,1.3830,E07000114
CT9 1AB,51.3891,1.3831,E07000114
CT9 1AD,51.3892,1.3832,E07000114
ME13 7AA,51.3150,0.8850,E07000113
ME13 7AB,51.3151,0.8851,E07000113
""",
}

WriteFolder = Callable[..., Path]


@pytest.fixture
def folder(tmp_path) -> WriteFolder:
    """Writes the small gazetteer's files, some of them replaced: `folder({"areas.csv": "…"})`. Gives their folder."""

    def write(replaced: dict[str, str] | None = None) -> Path:
        for name, text in (FILES | (replaced or {})).items():
            (tmp_path / name).write_text(text)
        return tmp_path

    return write


@pytest.fixture
def compressed(tmp_path) -> Callable[[str, str], Path]:
    """Writes a text compressed by xz; gives its path."""

    def write(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_bytes(lzma.compress(text.encode()))
        return path

    return write


@pytest.fixture(scope="module")
def no_places(django_db_setup, django_db_blocker) -> Iterator[None]:
    """A database without any places for all tests of a file: on SQLite deleting them takes a quarter of a second."""
    with django_db_blocker.unblock():
        delete_places()
    yield
    with django_db_blocker.unblock():
        reset_database()
