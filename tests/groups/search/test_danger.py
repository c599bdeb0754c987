"""Words of danger: what must be found, what must not, and how the phrase file is refused. No test needs a database."""

import csv
import tomllib
from pathlib import Path

import pytest

from groups.search.danger import (
    DANGER_PHRASES,
    DangerKind,
    DangerPhrases,
    Detection,
    detect_danger,
    read_danger_phrases,
)
from tests.architecture.repository import ROOT

CASES = tomllib.loads(Path(__file__).with_name("danger_cases.toml").read_text(encoding="utf-8"))
MUST = CASES["must"]
UNCLEAR = (DangerKind.SELF_HARM, DangerKind.ABUSE)
FILE = tomllib.loads(DANGER_PHRASES.read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", list(DangerKind))
def test_words_of_danger_are_found_and_so_is_their_kind(kind):
    found = {typed: detect_danger(typed) for typed in MUST[kind]}

    wrong = {
        typed: detection
        for typed, detection in found.items()
        if detection is None or detection.kinds != (kind,) or detection.is_group_search
    }
    assert wrong == {}


def test_unclear_words_show_self_harm_and_abuse_beside_each_other():
    found = {typed: detect_danger(typed) for typed in MUST["unclear"]}

    assert {
        typed for typed, item in found.items() if item is None or (item.kinds, item.is_group_search) != (UNCLEAR, False)
    } == set()


@pytest.mark.parametrize("typed, kinds", MUST["both"].items())
def test_several_kinds_are_found_at_once(typed, kinds):
    assert detect_danger(typed).kinds == tuple(kinds)


@pytest.mark.parametrize("kind", list(MUST["group_search"]))
def test_search_for_a_group_is_told_from_danger(kind):
    found = {typed: detect_danger(typed) for typed in MUST["group_search"][kind]}

    assert {
        typed for typed, item in found.items() if item is None or (item.kinds, item.is_group_search) != ((kind,), True)
    } == set()


def test_what_only_sounds_like_danger_shows_nothing():
    found = {typed: detect_danger(typed) for typed in CASES["must_not"]["typed"]}

    assert {typed: item for typed, item in found.items() if item is not None} == {}


def test_there_are_many_cases_of_each_and_none_twice():
    must = [typed for kind in (*DangerKind, "unclear") for typed in MUST[kind]] + list(MUST["both"])
    must_not = CASES["must_not"]["typed"]

    assert (len(must) >= 80, len(must_not) >= 60) == (True, True)
    assert (len(set(must)), len(set(must_not))) == (len(must), len(must_not))


def test_name_of_no_place_is_taken_for_danger():
    names = set()
    for name in ("places", "areas", "informal_areas", "town_aliases", "aliases", "localities", "place_aliases"):
        with (ROOT / "places" / "data" / f"{name}.csv").open(encoding="utf-8") as file:
            names |= {cell for row in csv.reader(file) for cell in row if cell and not cell[0].isdigit()}

    assert len(names) > 5000
    assert [name for name in sorted(names) if detect_danger(name)] == []


@pytest.mark.parametrize("file", ["seed_data/vocabularies", "search/synonyms"])
def test_word_that_groups_are_found_by_is_danger_only_where_it_is_about_danger(file):
    text = (ROOT / "groups" / f"{file}.toml").read_text(encoding="utf-8")
    quoted = {words for line in text.splitlines() for words in line.split('"')[1::2]}

    found = {words for words in quoted if (item := detect_danger(words)) and not item.is_group_search}

    about_danger = (
        "suicid",
        "self-",
        "self harm",
        "abus",
        "violence",
        "rape",
        "sexual",
        "coercive",
        "cutting",
        "hopeless",
        "cope",
        "coping",
    )
    assert [words for words in found if not any(part in words.lower() for part in about_danger)] == ["help"] * (
        "help" in found
    )


@pytest.mark.parametrize(
    "typed",
    [
        "want to die",
        "WANT TO DIE",
        "want  to\u00a0die!!!",
        "wánt to die",
        "wantt tooo diee",
        "“want to die”",
        "want-to-die",
        "wanttodie",
        "want really just to die please",
    ],
)
def test_case_accents_doubled_letters_punctuation_and_spaces_make_no_difference(typed):
    assert detect_danger(typed).kinds == (DangerKind.SELF_HARM,)


@pytest.mark.parametrize("apostrophe", ["", "'", "’", "‘", "`", "´", "ʼ", "′"])
def test_any_apostrophe_makes_no_difference(apostrophe):
    assert detect_danger(f"I can{apostrophe}t go on").kinds == (DangerKind.SELF_HARM,)


@pytest.mark.parametrize("typed", ["", "   ", "?!", "🙂", "a" * 5000, "the a an", "1234"])
def test_what_holds_no_words_shows_nothing(typed):
    assert detect_danger(typed) is None


@pytest.mark.parametrize(
    "typed, is_emergency",
    [
        ("i took an overdose", True),
        ("overdose", True),
        ("my son took too many tablets", True),
        ("i want to die", False),
        ("overdose awareness course", False),
    ],
)
def test_somebody_who_may_be_hurt_already_is_an_emergency(typed, is_emergency):
    assert detect_danger(typed).is_emergency is is_emergency


def test_several_texts_are_read_each_by_itself():
    assert detect_danger("i want to", "die cast cars") is None
    assert detect_danger("he hits me", "i want to die").kinds == (DangerKind.SELF_HARM, DangerKind.ABUSE)


def test_danger_outweighs_a_search_for_a_group_in_another_text():
    found = detect_danger("suicide bereavement", "he hits me")

    assert (found.kinds, found.is_group_search) == ((DangerKind.ABUSE,), False)


def test_what_to_search_for_comes_from_the_phrase_file():
    assert detect_danger("he hits me") == Detection(
        kinds=(DangerKind.ABUSE,), related=("domestic abuse", "sexual violence")
    )


def test_phrase_that_an_editor_adds_is_found():
    signs = [FILE["signs"][0] | {"phrases": [*FILE["signs"][0]["phrases"], "nobody needs PARTNER_WORD zebra"]}]

    phrases = DangerPhrases(FILE | {"signs": signs + FILE["signs"][1:]})

    assert phrases.detect("Nobody needs husband zebra").kinds == (DangerKind.SELF_HARM,)


@pytest.mark.parametrize(
    "text", ["fillers = [", "fillers = []", "fillers = 5\nspellings = 6", "[[signs]]\nkind = 'nonsense'"]
)
def test_file_that_is_not_as_it_should_be_is_refused_by_name(tmp_path, text):
    path = tmp_path / "phrases.toml"
    path.write_text(text)

    with pytest.raises(ValueError, match="^phrases.toml cannot be read"):
        read_danger_phrases(path)


def test_list_that_is_not_there_is_refused(tmp_path):
    path = tmp_path / "phrases.toml"
    path.write_text(DANGER_PHRASES.read_text(encoding="utf-8").replace('"HE is STRIKES me"', '"HE is STROKES me"'))

    with pytest.raises(ValueError, match="STROKES"):
        read_danger_phrases(path)
