"""Postcodes as people type them, over a sample of the real ones."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from places.choices import LocationKind
from places.location.locate import locate
from places.location.results import LocatedPlace, PlaceNotFound
from places.models import Postcode

pytestmark = pytest.mark.django_db

UNKNOWN = (
    "We do not know that postcode. Check that it is typed right, or try only the first half of it, or the name of "
    "your town."
)
NORTHERN_IRELAND = (
    "We cannot look up postcodes in Northern Ireland. Type the name of your town instead, such as Belfast, "
    "or choose Northern Ireland from the areas."
)


def summary(found: LocatedPlace) -> tuple[str, str, bool]:
    return found.kind, found.query, found.approximate


def test_locate_finds_a_postcode_and_keeps_only_its_sector():
    unit = Postcode.objects.get(postcode="CT91AE")

    found = locate("CT9 1AE")

    assert found == LocatedPlace(
        name="CT9 1",
        kind=LocationKind.POSTCODE,
        latitude=unit.latitude,
        longitude=unit.longitude,
        area=unit.district,
        sector="CT9 1",
        outward_code="CT9",
        query="CT9 1",
        label="CT9 1, Thanet",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "ct91ae",
        " CT9  1ae",
        "C.T.9 1AE",
        "CT9-1AE",
        "(CT9 1AE)",
        "CT9 1A E",
        "ＣＴ９ １ＡＥ",
        "CT9\u00a01AE",
        "CT9 IAE",
        "CT9 lae",
        "12 High Street, Margate CT9 1AE",
        "Margate, Kent, CT9 1AE.",
    ],
)
def test_locate_reads_a_postcode_however_it_is_typed(typed):
    assert locate(typed) == locate("CT9 1AE")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_locate_does_not_mind_spaces_and_case_in_a_postcode(data):
    postcode = data.draw(st.sampled_from(["CT91AE", "TA201AB", "EC1A1AH", "L11AH", "SO140AA", "TS134AA"]))
    typed = "".join(
        data.draw(st.sampled_from([char, char.lower()])) + data.draw(st.sampled_from(["", " ", "  ", "."]))
        for char in postcode
    )

    found = locate(typed)

    assert found == locate(postcode)
    assert found.kind == LocationKind.POSTCODE


@pytest.mark.parametrize(
    "typed,meant",
    [("S014 0AA", "SO14 0AA"), ("TS1O IAB", "TS10 1AB"), ("0X1 1AA", "OX1 1AA"), ("SO14 OAB", "SO14 0AB")],
)
def test_locate_mends_the_usual_slips(typed, meant):
    found = locate(typed)

    assert found == locate(meant)
    assert found.kind == LocationKind.POSTCODE


@pytest.mark.parametrize("typed", ["ta20", "TA 20", "ta2o"])
def test_locate_finds_an_outward_code(typed):
    found = locate(typed)

    assert summary(found) == (LocationKind.OUTWARD_CODE, "TA20", False)
    assert (found.area.name, found.sector, found.outward_code) == ("Somerset", "", "TA20")
    assert (round(found.latitude, 2), round(found.longitude, 2)) == (50.87, -2.96)


@pytest.mark.parametrize("typed", ["TA20 1", "ta201", "TA20 I", "ta 201"])
def test_locate_finds_a_sector(typed):
    found = locate(typed)

    assert summary(found) == (LocationKind.SECTOR, "TA20 1", False)
    assert (found.area.name, found.sector, found.outward_code) == ("Somerset", "TA20 1", "TA20")


@pytest.mark.parametrize(
    "typed,kind,query",
    [
        ("ct91", LocationKind.SECTOR, "CT9 1"),
        ("e11", LocationKind.OUTWARD_CODE, "E11"),
        ("e1 1", LocationKind.SECTOR, "E1 1"),
        ("e11 1", LocationKind.SECTOR, "E11 1"),
        ("w12", LocationKind.OUTWARD_CODE, "W12"),
        ("w1 2", LocationKind.OUTWARD_CODE, "W12"),
        # Not a slip for L1 1 of somewhere.
        ("LL11 1", LocationKind.SECTOR, "LL11 1"),
    ],
)
def test_locate_prefers_the_part_of_a_postcode_that_exists(typed, kind, query):
    assert summary(locate(typed)) == (kind, query, False)


def test_locate_takes_w1_for_all_of_w1():
    found = locate("W1")

    assert summary(found) == (LocationKind.OUTWARD_CODE, "W1", False)
    assert found.area.name == "Westminster"


def test_locate_takes_the_sector_of_a_postcode_that_is_too_new():
    found = locate("CT9 1ZZ")

    assert summary(found) == (LocationKind.SECTOR, "CT9 1", True)
    assert found.latitude == locate("CT9 1").latitude


@pytest.mark.parametrize("typed", ["ZZ9 9ZZ", "ZZ9", "ZZ9 9", "GIR 0AA"])
def test_locate_says_that_it_does_not_know_a_postcode(typed):
    assert locate(typed) == PlaceNotFound(typed, UNKNOWN, is_unknown_postcode=True)


def test_locate_suggests_the_first_half_of_a_postcode_it_does_not_know():
    answer = locate("TA20 8ZZ")

    assert answer.reason == UNKNOWN
    assert [suggestion.query for suggestion in answer.suggestions] == ["TA20"]


@pytest.mark.parametrize("typed", ["BT1 1AA", "bt7", "BT48 6", "Belfast BT1 5GS"])
def test_locate_says_that_northern_irish_postcodes_cannot_be_looked_up(typed):
    answer = locate(typed)

    assert (answer.text, answer.reason) == (typed, NORTHERN_IRELAND)
    assert [suggestion.query for suggestion in answer.suggestions] == ["Northern Ireland"]


@pytest.mark.parametrize(
    "typed,island", [("JE2 3AB", "Jersey"), ("gy1 1aa", "Guernsey"), ("IM1 1AA", "the Isle of Man")]
)
def test_locate_says_that_the_islands_are_not_covered(typed, island):
    assert locate(typed).reason == f"This directory does not cover {island}. You can still look at online groups."


@pytest.mark.parametrize("typed", ["CT9 1AE", "ct91zz", "12 High Street, Margate CT9 1AE", "CT9 1AE, Margate"])
def test_locate_never_puts_a_whole_postcode_in_a_link(typed):
    found = locate(typed)

    assert "1AE" not in found.query + found.name + found.label
    assert "1ZZ" not in found.query + found.name + found.label
