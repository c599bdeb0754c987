"""Names that are nearly right, over the real areas and towns."""

from string import ascii_lowercase
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from common.spelling import Spelling, SpellingMatch, edit_distance
from places.choices import LocationKind
from places.location.fuzzy import MISSPELT_REASON, MOST_OFFERED
from places.location.locate import locate
from places.location.results import LocatedPlace, PlaceChoices, PlaceNotFound
from places.models import Area, Town

pytestmark = pytest.mark.one_database  # Names are compared in memory.

#: The database is only read, so one transaction serves all the examples.
same_database = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

in_database = pytest.mark.django_db

words = st.text(alphabet="abcd", max_size=9)


def offered(answer: LocatedPlace | PlaceChoices | PlaceNotFound) -> list[LocatedPlace]:
    """Every place that an answer shows."""
    if isinstance(answer, LocatedPlace):
        return [answer, *answer.also]
    return list(answer.options if isinstance(answer, PlaceChoices) else answer.suggestions)


@in_database
@pytest.mark.parametrize(
    "typed,name",
    [
        ("Guisbro", "Guisborough"),
        ("Margte", "Margate"),
        ("MARGTE", "Margate"),
        ("Cantebury", "Canterbury"),
        ("Llandudnoo", "Llandudno"),
        ("Middlesborough", "Middlesbrough"),
        ("Edinborough", "Edinburgh"),
        ("Brimingham", "Birmingham"),
        ("Birmigam", "Birmingham"),
        ("Lester", "Leicester"),
        ("Gloster", "Gloucester"),
        ("Petersboro", "Peterborough"),
        ("Miltonkeynes", "Milton Keynes"),
        ("Kings lyn", "King's Lynn"),
        ("Tunbrige Wells", "Royal Tunbridge Wells"),
        ("Aberteify", "Cardigan"),
        ("12 High Street, Margte", "Margate"),
        ("Margte, Kent", "Margate"),
        ("Margte Kent", "Margate"),
        ("Newprot, Isle of Wight", "Newport, Isle of Wight"),
    ],
)
def test_locate_takes_a_name_that_is_very_near_and_says_so(typed, name):
    found = locate(typed)

    assert (found.name, found.kind, found.corrected_from) == (name, LocationKind.TOWN, typed)
    assert locate(found.query).area == found.area


@in_database
def test_locate_takes_a_misspelt_area_for_the_area():
    kent = locate("Kentt")

    assert (kent.name, kent.kind, kent.corrected_from) == ("Kent", LocationKind.AREA, "Kentt")


@in_database
@pytest.mark.parametrize("typed", ["Margate", "Caernarvon", "Stoke", "St Albans", "Yorkshire", "CT9 1", "Looe"])
def test_locate_corrects_nothing_that_is_right(typed):
    assert locate(typed).corrected_from == ""


@in_database
def test_locate_shows_less_likely_names_beside_the_one_it_took():
    found = locate("Newcastel")

    assert [place.label for place in offered(found)] == [
        "Newcastle upon Tyne, North East",
        "Newcastle under Lyme, Staffordshire",
        "Newcastle, Northern Ireland",
    ]


@in_database
def test_locate_lets_people_choose_between_places_of_the_name_they_meant():
    assert [place.label for place in locate("Newprot").options][:2] == ["Newport, Wales", "Newport, Isle of Wight"]


@in_database
@pytest.mark.parametrize(
    "typed,suggestions",
    [
        # The first letter is hardly ever wrong, so perhaps it is another place.
        ("Nargate", ["Margate, Thanet"]),
        # Four letters are near too much.
        ("Devn", ["Devon (the whole county)"]),
        # A village, and our list lacks many: it may be another one.
        ("Shepley Hil", ["Shepley, Kirklees"]),
        # What it is said to be in is known.
        ("Upper London", ["London (the whole region)"]),
        ("Atlantis, Kent", ["Kent (the whole county)"]),
        # Two towns are as near, and of a size.
        ("Torqay", ["Torbay (the whole district)", "Torquay, Torbay"]),
    ],
)
def test_locate_asks_where_it_is_not_sure(typed, suggestions):
    answer = locate(typed)

    assert answer.reason == MISSPELT_REASON
    assert [place.label for place in answer.suggestions] == suggestions


@in_database
@pytest.mark.parametrize("typed", ["Atlantis Central", "zzzzzzzz", "Ab", "🙂🙂🙂"])
def test_locate_guesses_nothing_from_nonsense(typed):
    answer = locate(typed)

    assert (type(answer), offered(answer)) == (PlaceNotFound, [])


@in_database
def test_locate_knows_a_name_as_soon_as_an_editor_adds_it():
    before = locate("Quillhampton-on-Wold")
    town = Town.objects.get(name="Margate")
    Town.objects.create(
        name="Quillhampton on the Wold", latitude=51.5, longitude=-1.5, population=9000, district=town.district
    )
    during = locate("Quilhampton on the Wold")
    Town.objects.filter(name="Quillhampton on the Wold").delete()

    assert (offered(before), during.name) == ([], "Quillhampton on the Wold")
    assert offered(locate("Quilhampton on the Wold")) == []


@in_database
def test_locate_knows_a_name_as_soon_as_an_editor_changes_it():
    area = Area.objects.get(name="East Cleveland")
    assert offered(locate("Quillhamptonshir")) == []

    area.aliases = ["Quillhamptonshire"]
    area.save()

    assert locate("Quillhamptonshir").area == area


@in_database
@same_database
@given(st.data())
def test_locate_offers_a_larger_town_after_any_one_slip(data):
    towns = Town.objects.filter(population__gte=5000).order_by("pk")
    town = data.draw(st.sampled_from([town for town in towns if len(town.folded_name.replace(" ", "")) >= 6]))
    name = town.folded_name
    at, letter = data.draw(st.integers(0, len(name) - 1)), data.draw(st.sampled_from(ascii_lowercase))
    typed = data.draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
            ]
        )
    )

    answer = locate(typed)

    # What is the name of another place is right, not a slip.
    assume(not isinstance(answer, LocatedPlace) or answer.corrected_from)
    named_after = town.district if f"|{name}|" in town.district.folded_names else None
    assert any(
        place.latitude == town.latitude or (place.is_area and place.area == named_after) or place.name == town.name
        for place in offered(answer)
    )


@in_database
@same_database
@given(st.text(alphabet="abemnorst ,-'é", max_size=40))
def test_locate_never_raises_for_what_is_nearly_a_name(text):
    answer = locate(text)

    assert isinstance(answer, LocatedPlace | PlaceChoices | PlaceNotFound)
    assert len(getattr(answer, "suggestions", ())) <= MOST_OFFERED


@in_database
@pytest.mark.parametrize("typed,queries", [("Margte", 9), ("Margte Kent", 10), ("Xyzzyxx", 6)])
def test_locate_asks_few_questions_about_a_misspelt_name(typed, queries, django_assert_num_queries):
    locate("Margte")

    with django_assert_num_queries(queries):
        locate(typed)


@pytest.mark.parametrize(
    "a,b,distance",
    [
        ("margate", "margate", 0),
        ("margte", "margate", 1),
        ("margaate", "margate", 1),
        ("margote", "margate", 1),
        ("magrate", "margate", 1),
        ("agrate", "margate", 2),
        ("", "ab", 2),
        ("ca", "abc", 3),  # Letters that changed places are not changed again.
        ("chard", "margate", None),
        ("", "abcd", None),
    ],
)
def test_edit_distance_of_two_words(a, b, distance):
    assert edit_distance(a, b, 3) == edit_distance(b, a, 3) == distance


@given(words, words, st.integers(0, 4))
def test_edit_distance_is_the_same_however_many_edits_are_allowed(a, b, most):
    distance = edit_distance(a, b, 20)

    assert edit_distance(a, b, most) == (distance if distance <= most else None)


@given(st.lists(words, max_size=30), words, st.integers(1, 3), st.sampled_from([0, 2000]))
def test_spelling_finds_every_word_that_is_near(known, typed, most, few):
    """Few words are found another way."""
    allowed = min(most, (len({f"^{typed}$"[i : i + 2] for i in range(len(typed) + 1)}) - 1) // 3)
    distances = [(edit_distance(typed, word, allowed), word) for word in set(known)]
    near = [SpellingMatch(distance, word) for distance, word in distances if distance is not None]

    with patch("common.spelling._MOST_WITH_DELETIONS", few):
        assert Spelling(known).near(typed, most) == (sorted(near) if allowed else [])
