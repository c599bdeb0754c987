"""What is typed becomes filters, a place and words. No database: the places are passed in."""

import pytest

from groups.search.interpretation import others_of
from groups.search.not_listed import OTHER_HELP
from groups.search.parsing.language import search_language
from groups.search.parsing.parser import QueryParser, is_quoted, tokens_of
from groups.search.synonyms import site_vocabulary
from places.choices import LocationKind
from places.location.results import LocatedPlace
from places.models import Area

#: Names that are places, with their populations.
PLACES = {
    "margate": 60_000,
    "leeds": 500_000,
    "bath": 90_000,
    "church": 5_200,
    "hope": 900,
    "reading": 170_000,
    "newport isle of wight": 25_000,
    "hope valley": 0,
    "march": 22_000,
    "bank": 9_000,
    "walker": 21_000,
    "pen y bont ar ogwr": 46_000,
    "east end": 0,
}
#: Words that listings have.
LISTED = {"hope", "art", "march", "project", "bath"}


def located(pieces):
    return {
        piece: LocatedPlace(piece.title(), LocationKind.TOWN, 1.0, 1.0, Area(), "", "", piece, population=PLACES[key])
        for piece in pieces
        if (key := piece.casefold()) in PLACES
    }


def parser(offers=lambda value: True):
    return QueryParser(search_language(), site_vocabulary(), located, LISTED.__contains__, offers, others_of)


def parsed(text, **options):
    found = parser().parse(text, **options)
    words = " ".join(token.typed for token in found.words)
    return words, dict(found.filters), found.place.name if found.place else ""


@pytest.mark.parametrize(
    "text, words, place",
    [
        ("art in Margate", "art", "Margate"),
        ("near Margate", "", "Margate"),
        ("around Leeds", "", "Leeds"),
        ("central Leeds", "", "Leeds"),
        ("art Leeds city centre", "art", "Leeds"),
        ("walking groups Leeds area", "walking", "Leeds"),
        ("Leeds", "", "Leeds"),
        ("groups in Newport Isle of Wight", "", "Newport Isle Of Wight"),
        ("celf Pen-y-bont ar Ogwr", "celf", "Pen Y Bont Ar Ogwr"),
        # A word of listings that is the name of a small place is the word; of a town, or after "in", the place.
        ("hope", "hope", ""),
        ("art in Hope", "art", "Hope"),
        ("Hope Valley art", "art", "Hope Valley"),
        ("bath", "", "Bath"),
        # Nor is the town of a word that is mostly meant as it stands.
        ("church group", "church", ""),
        ("anxiety in Church", "anxiety", "Church"),
        ("old art", "old art", ""),
        # A word that has synonyms is a place only after "in".
        ("reading group", "reading", ""),
        ("poetry reading", "poetry reading", ""),
        ("dog walker", "dog walker", ""),
        ("anxiety in Reading", "anxiety", "Reading"),
        # At the end, after what is looked for, it is a city.
        ("mens group reading", "mens", "Reading"),
        ("group reading", "reading", ""),
        # The last place is meant: it is written at the end.
        ("Margate art Leeds", "Margate art", "Leeds"),
        # A side of a town is no other place.
        ("art Leeds East End", "art", "Leeds"),
    ],
)
def test_place_is_found_among_the_words(text, words, place):
    assert parsed(text) == (words, {}, place)


@pytest.mark.parametrize(
    "text, filters",
    [
        ("tonight", {"soon": "today", "time": "evening"}),
        ("tomorrow", {"soon": "tomorrow"}),
        ("this weekend", {"soon": "weekend"}),
        ("Thursday evenings", {"day": "thursday", "time": "evening"}),
        ("online", {"format": "online"}),
        ("on Zoom", {"format": "online"}),
        ("free", {"free": "yes"}),
        ("step-free", {"access": "step-free-entrance"}),
        ("wheelchair access", {"access": "step-free-entrance"}),
        ("drop-in", {"joining": "just-come"}),
        ("thursday nite", {"day": "thursday", "time": "evening"}),
        ("11am tuesday", {"day": "tuesday", "time": "morning"}),
        ("after 6pm", {"time": "evening"}),
        ("no talking", {"focus": "doing"}),
        ("mon nights", {"day": "monday", "time": "evening"}),
        ("7.30 pm", {"time": "evening"}),
        ("10:30am", {"time": "morning"}),
        ("6.30-8pm", {"time": "evening"}),
        ("open today", {"soon": "today"}),
        ("free parking", {"access": "free-parking"}),
        ("not free", {}),
        ("after 2pm", {"time": "evening"}),
        ("by bus", {"access": "bus-stop-close-by"}),
    ],
)
def test_phrase_becomes_filters(text, filters):
    assert parsed(f"art {text}") == ("art", filters, "")


@pytest.mark.parametrize(
    "text, filters",
    [
        ("not zoom", ["format=in-person", "format=by-phone"]),
        ("not on zoom please", ["format=in-person", "format=by-phone"]),
        ("no evenings", ["time=morning", "time=afternoon"]),
        ("cant do weekends", [f"day={day}" for day in ("monday", "tuesday", "wednesday", "thursday", "friday")]),
        ("tuesday pm", ["day=tuesday", "time=afternoon", "time=evening"]),
        ("daytime", ["time=morning", "time=afternoon"]),
        ("after 2 pm", ["time=afternoon", "time=evening"]),
        ("before 3.30pm", ["time=morning", "time=afternoon"]),
        ("not only online", ["format=online"]),
        ("no referral", ["joining=just-come", "joining=contact-first"]),
    ],
)
def test_filter_after_not_means_all_others(text, filters):
    found = parser().parse(f"art {text}")

    assert ([token.typed for token in found.words], ["=".join(value) for value in found.filters]) == (["art"], filters)


@pytest.mark.parametrize(
    "text, words, unwanted",
    [
        ("art not for men", "art", ("men",)),
        ("non-religious art", "art", ("religious",)),
        ("anything but exercise", "", ("exercise",)),
        ("womens group no men", "womens", ("men",)),
        ("no friends", "no friends", ()),
        ("non-binary art", "non binary art", ()),
        ("art is not for me", "art", ()),
    ],
)
def test_word_that_no_group_is_to_have_is_not_looked_for(text, words, unwanted):
    found = parser().parse(text)

    assert (" ".join(token.typed for token in found.words), found.unwanted) == (words, unwanted)


@pytest.mark.parametrize("text", ["weekly", "bi-weekly", "once a week", "fortnightly", "over 18"])
def test_what_there_is_no_filter_for_is_no_word(text):
    assert parsed(f"{text} art") == ("art", {}, "")


def test_everything_is_taken_apart_at_once():
    assert parsed("only free art groups Thursday evening near Margate") == (
        "art",
        {"free": "yes", "day": "thursday", "time": "evening"},
        "Margate",
    )


def test_filter_that_has_no_such_value_stays_a_word():
    found = parser(offers=lambda value: value[0] != "access").parse("step free art")

    assert ([token.folded for token in found.words], found.filters) == (["step", "free", "art"], ())


@pytest.mark.parametrize(
    "phrase, filters",
    [
        ("someone to talk to", {"focus": "talking"}),
        ("young people", {}),
        ("lost my mum", {}),
        ("have no friends", {}),
    ],
)
def test_known_phrase_is_kept_though_its_words_are_stop_words(phrase, filters):
    assert parsed(f"I just want {phrase}") == (phrase, filters, "")


def test_night_of_somebody_who_cannot_sleep_is_no_evening():
    assert parsed("cant sleep at night") == ("cant sleep at night", {}, "")


@pytest.mark.parametrize("text", ["groups", "???", "", "any group please, thanks", "I am looking for a support group"])
def test_stop_words_alone_ask_for_nothing(text):
    assert parsed(text)[1:] == ({}, "")
    assert [token for token in parser().parse(text).words if token.folded.isalnum()] == []


def test_text_in_double_quotes_is_words_alone():
    assert parsed("“art in Margate”") == ("art in Margate", {}, "")
    assert [is_quoted(text) for text in ('"art"', "“art”", "art", '"', '""')] == [True, True, False, False, False]


def test_search_that_has_a_place_leaves_names_of_others_among_the_words():
    assert parsed("art in Margate", with_place=False) == ("art Margate", {}, "")


def test_words_of_a_name_are_all_but_stop_words():
    assert parser().parse("the Thursday Project in Leeds").name == ("thursday", "project", "leeds")


def test_words_after_in_that_nobody_knows_may_be_a_misspelt_place():
    assert [token.typed for token in parser().parse("art in Cardif").after_preposition] == ["Cardif"]
    assert parser().parse("art and crafts").after_preposition == ()


@pytest.mark.parametrize(
    "text, words, place, also",
    [
        ("Leeds or Margate", "", "Margate", ["Leeds"]),
        ("art near Leeds and Bath", "art", "Leeds", ["Bath"]),
        ("Margate art Leeds", "Margate art", "Leeds", []),
    ],
)
def test_place_beside_another_is_offered_too(text, words, place, also):
    found = parser().parse(text)

    assert " ".join(token.typed for token in found.words) == words
    assert (found.place.name, [other.name for other in found.place.also]) == (place, also)


@pytest.mark.parametrize(
    "text, words, kinds",
    [
        ("counselling near Margate", "counselling", ("treatment",)),
        ("nhs talking therapies", "nhs talking therapies", ("treatment",)),
        ("where can i get a diagnosis", "diagnosis", ("treatment",)),
        ("new diagnosis", "new diagnosis", ()),
        ("crisis cafe Leeds", "crisis cafe", ("crisis",)),
        ("AA meetings", "AA", ("by_name",)),
        ("al anon", "al anon", ("by_name",)),
        # Without it there would be groups near Bank.
        ("food bank", "food bank", ("practical_help",)),
        ("one-to-one support", "one to one", ("one_to_one",)),
        ("volunteer at a food bank", "volunteer food bank", ("roles", "practical_help")),
        ("art", "art", ()),
        # Of these no word is looked for.
        ("how do I start a group", "", ("start_a_group",)),
        ("what happens at an art group", "art", ("first_time",)),
        ("running group", "running", ()),
        ("art on Good Friday", "art", ("dates",)),
    ],
)
def test_help_that_is_no_peer_support_group_is_known(text, words, kinds):
    found = parser().parse(text)

    assert (" ".join(token.typed for token in found.words), found.not_listed) == (words, kinds)


def test_every_kind_of_other_help_has_something_to_say():
    assert set(search_language().not_listed.values()) == set(OTHER_HELP)


@pytest.mark.parametrize(
    "text, words",
    [
        ("https://www.example.org/?q=anxiety", ""),
        ("www.example.org.uk art", "art"),
        ("jane.smith@example.org", ""),
        ("art @ Margate", "art"),
    ],
)
def test_address_of_a_website_or_of_somebody_is_no_word(text, words):
    assert parsed(text)[0] == words


def test_words_keep_how_they_were_typed():
    assert tokens_of("Women's <b>PTSD</b>, self-harm") == [
        ("womens", "Women's"),
        ("ptsd", "ptsd"),
        ("self", "self"),
        ("harm", "harm"),
    ]


@pytest.mark.parametrize(
    "text, is_words", [("anxiety", True), ("tonight", True), ("art for men", True), ("Leeds", False), ("", False)]
)
def test_text_of_known_words_is_told_from_a_place(text, is_words):
    assert parser().is_words(text) == is_words
