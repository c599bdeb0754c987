"""Other words for the same thing, and words that are nearly right. No test here needs a database."""

import tomllib
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.spelling import edit_distance
from common.text import fold
from groups.search.synonyms import (
    SYNONYMS,
    Corrections,
    Vocabulary,
    correct,
    phrase_of,
    read_vocabulary,
    site_vocabulary,
)

FILE = tomllib.loads(SYNONYMS.read_text(encoding="utf-8"))
KNOWN = {"anxiety": 9, "depression": 8, "art": 7, "arts": 1, "walking": 6, "talking": 4, "wales": 2, "bereavement": 3}

words = st.text(alphabet="abcdest", min_size=1, max_size=10)


def found_by(text: str, vocabulary: Vocabulary | None = None) -> list[set[str]]:
    """What each part of a text finds, as plain words."""
    wanted = (vocabulary or site_vocabulary()).wanted(fold(text).split())
    return [{" ".join(phrase) for phrase in phrases} for phrases in wanted]


@pytest.mark.parametrize(
    "typed,found",
    [
        ("depressed", "depression"),
        ("low mood", "depression"),
        ("feeling down", "depression"),
        ("blokes", "men"),
        ("lads", "men"),
        ("guys", "blokes"),
        ("PTSD", "trauma"),
        ("trauma", "ptsd"),
        ("manic depression", "bipolar"),
        ("bereaved", "grief"),
        ("loss", "bereavement"),
        ("panic", "anxiety"),
        ("booze", "alcohol"),
        ("drinking", "alcohol"),
        ("caring", "carers"),
        ("LGBTQ+", "lgbt"),
        ("ex-forces", "veterans"),
        ("ex services", "veterans"),
        ("baby blues", "postnatal"),
        ("mum", "mothers"),
        ("self harm", "self injury"),
        ("voices", "hearing voices"),
        ("stroll", "walking"),
        ("craft", "crafts"),
        ("ladies", "women"),
        ("teens", "young people"),
        ("ASD", "autism"),
        ("step free", "wheelchair"),
        ("thurs", "thursday"),
        ("dynion", "men"),
        ("pobl hŷn", "older people"),
        ("for my wife", "carers"),
        ("meeting new people", "loneliness"),
        ("AA", "alcohol"),
        ("NA", "drugs"),
        ("weight loss", "exercise"),
        ("rage", "anger"),
    ],
)
def test_vocabulary_finds_other_words_for_what_is_typed(typed, found):
    [part] = found_by(typed)

    assert found in part
    assert fold(typed) in part


@pytest.mark.parametrize("typed,same_as", [("bloke", "blokes"), ("veteran", "veterans"), ("gamblers", "gambler")])
def test_vocabulary_makes_nothing_of_a_plural(typed, same_as):
    [part], [other] = found_by(typed), found_by(same_as)

    assert part - {typed} == other - {typed}


def test_vocabulary_widens_one_way_where_a_word_means_other_things_too():
    assert "loss" not in found_by("bereavement")[0]
    assert "down" not in found_by("depression")[0]


def test_vocabulary_leaves_a_word_that_it_does_not_know():
    assert found_by("origami") == [{"origami"}]


def test_vocabulary_keeps_each_part_of_what_is_typed():
    vocabulary = Vocabulary(same=[["low mood", "depression"], ["men", "blokes"]], ignored=["for", "with"])

    assert found_by("Art for blokes with low mood", vocabulary) == [
        {"art"},
        {"men", "blokes"},
        {"low mood", "depression"},
    ]


def test_vocabulary_takes_the_longest_phrase():
    vocabulary = Vocabulary(same=[["low mood", "depression"], ["low mood swings", "bipolar"], ["low", "down"]])

    assert found_by("low mood swings", vocabulary) == [{"low mood swings", "bipolar"}]
    assert found_by("low swings", vocabulary) == [{"low", "down"}, {"swings"}]


def test_vocabulary_wants_one_thing_once():
    assert found_by("depressed depression low mood") == found_by("depression")


def test_vocabulary_leaves_out_words_that_ask_for_nothing():
    assert found_by("a support group for men") == found_by("men")


def test_vocabulary_asks_for_nothing_where_nothing_else_was_typed():
    assert found_by("support group") == found_by("") == []


def test_vocabulary_knows_young_people_though_people_asks_for_nothing():
    assert found_by("young people") == [site_words("young people")] == found_by("youth")
    assert found_by("people") == []


def site_words(text: str) -> set[str]:
    """Everything that finds the same as a text, as plain words."""
    return {" ".join(phrase) for phrase in site_vocabulary().expand(text)}


def test_vocabulary_takes_some_words_whole():
    vocabulary = site_vocabulary()

    assert [vocabulary.is_whole(word) for word in ("men", "art", "ptsd", "stroll")] == [True, True, False, False]


def test_vocabulary_takes_the_other_words_of_terms():
    vocabulary = site_vocabulary().with_other_words(
        [("Depression", ["Black dog", "The Dumps"]), ("Tea and a chat", ["Social"]), ("Odd", ["", "🙂"])]
    )

    assert found_by("black dog", vocabulary) == [site_words("depression") | {"black dog"}]
    assert [vocabulary.knows(word) for word in ("depression", "odd", "even")] == [True, True, False]
    assert found_by("social", vocabulary) == [{"social", "tea and a chat"}]
    assert found_by("tea and a chat", vocabulary)[0] == {"tea", "cuppa", "coffee", "brew", "cafe"}


def test_vocabulary_with_terms_leaves_the_first_one_alone():
    site_vocabulary().with_other_words([("Depression", ["black dog"])])

    assert found_by("black dog") == [{"black"}, {"dog"}]


@given(st.lists(st.text(max_size=12), max_size=12))
def test_vocabulary_never_raises_and_asks_for_all_but_stop_words(typed):
    typed, vocabulary = fold(" ".join(typed)).split(), site_vocabulary()

    wanted = vocabulary.wanted(typed)

    assert bool(wanted) >= any(not vocabulary.is_ignored(word) for word in typed)
    assert all(phrases and all(phrases) for phrases in wanted)


@given(st.lists(st.lists(words, min_size=2, max_size=4), max_size=4), words)
def test_vocabulary_finds_what_is_typed_and_both_ways(same, typed):
    vocabulary = Vocabulary(same=same)

    assert (typed,) in vocabulary.expand(typed)
    for line in same:
        for row, other in permutations(line, 2):
            assert phrase_of(other) in vocabulary.expand(row)


def test_vocabulary_writes_initials_in_capitals():
    vocabulary = read_vocabulary(SYNONYMS)

    assert [vocabulary.as_written(word) for word in ("adhd", "Ocd", "art")] == ["ADHD", "OCD", "art"]


def test_synonyms_stand_in_one_line_each():
    """A word in two lines would find both, which nobody sees who reads one of them."""
    folded = [phrase for line in FILE["same"] for phrase in {phrase_of(words) for words in line}]

    assert sorted(folded) == sorted(set(folded))


def test_synonyms_say_nothing_twice():
    same = {phrase_of(words) for line in FILE["same"] for words in line}

    assert [typed for typed in FILE["finds"] if phrase_of(typed) in same] == []
    assert [line for line in FILE["same"] if len({phrase_of(words) for words in line}) < 2] == []


def test_synonyms_leave_no_word_out_that_finds_something():
    assert sorted(set(map(fold, FILE["ignored"])) & site_vocabulary().words) == []


@pytest.mark.parametrize(
    "text",
    ['[same]\na = "b"', "sames = []", "same = [[", "same = 3", "finds = []", 'same = ["men"]', 'same = [["?", "men"]]'],
)
def test_vocabulary_refuses_a_file_that_is_wrong(tmp_path, text):
    path = tmp_path / "synonyms.toml"
    path.write_text(text)

    with pytest.raises(ValueError, match=r"^synonyms\.toml cannot be read"):
        read_vocabulary(path)


@pytest.mark.parametrize(
    "typed,meant",
    [
        ("anxeity", "anxiety"),
        ("anxity", "anxiety"),
        ("anxiiety", "anxiety"),
        ("depresion", "depression"),
        ("depretion", "depression"),
        ("bereavment", "bereavement"),
        ("walkign", "walking"),
        ("alking", "talking"),  # Neither first letter is right; what is known is equally near; neither is commoner.
        ("wakes", "wales"),
        ("anxiety", None),
        ("atr", None),
        ("xylophone", None),
        ("", None),
        ("1234567", None),
    ],
)
def test_correct_offers_the_nearest_known_word(typed, meant):
    known = KNOWN | {"walking": 4}

    assert correct(typed, known) == meant


def test_correct_prefers_the_first_letter_that_was_typed():
    assert correct("tallking", KNOWN) == "talking"
    assert correct("balking", KNOWN) == "walking"
    assert correct("talkin", KNOWN) == "talking"


@given(st.sampled_from(sorted(KNOWN)), st.data())
def test_correct_mends_any_one_slip_in_a_long_word(word, data):
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("aeiotz"))
    slips = [word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :]]
    typed = data.draw(st.sampled_from([*slips, word[:at] + word[at : at + 2][::-1] + word[at + 2 :]]))

    meant = correct(typed, [word])

    assert meant == (None if typed == word or min(len(word), len(typed)) < 4 else word)


@given(st.lists(words, max_size=30), words)
def test_correct_offers_only_known_words_that_are_near(known, typed):
    meant = correct(typed, known)

    if meant is not None:
        assert meant in known
        assert typed not in known
        assert edit_distance(typed, meant, 2) in {1, 2}


@pytest.mark.parametrize("known", [{"tiger": 1, "tigris": 9, "timer": 5}, {"tiger": 1, "titer": 9, "timber": 5}])
def test_corrections_that_follow_others_are_those_made_anew(known):
    before = Corrections({"tiger": 9, "tigris": 1, "timer": 1})
    typed = ("tigger", "tiler", "timbr", "timer", "tgris")

    assert [Corrections(known, before).correct(word) for word in typed] == [
        Corrections(known).correct(word) for word in typed
    ]


def test_corrections_take_the_words_of_the_vocabulary_and_long_stop_words():
    corrections = Corrections(site_vocabulary().correction_candidates)

    assert [corrections.correct(word) for word in ("blokse", "deppression", "verteran", "grup", "suport", "wiht")] == [
        "blokes",
        "depression",
        "veteran",
        "group",
        "support",
        None,
    ]
