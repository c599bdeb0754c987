from string import ascii_lowercase, digits

import pytest

from common.text import fold, fold_name, shortened


@pytest.mark.parametrize(
    "typed,folded",
    [
        ("  MARGATE ", "margate"),
        ("Ynys Môn", "ynys mon"),
        ("King’s Lynn", "kings lynn"),
        ("Stoke-on-Trent", "stoke on trent"),
        ("Newport,\tIsle\nof Wight.", "newport isle of wight"),
        ("🙂", ""),
    ],
)
def test_fold_leaves_only_plain_words(typed, folded):
    assert fold(typed) == folded


def test_fold_takes_each_character_of_ascii_for_a_letter_a_digit_a_space_or_nothing():
    assert fold("".join(map(chr, range(128)))) == f"{digits} {ascii_lowercase} {ascii_lowercase}"
    assert fold("it's `so`") == "its so"


@pytest.mark.parametrize("typed", ["St Helens", "St. Helens", "SAINT HELENS", "saint  helens"])
def test_fold_name_takes_saint_and_st_for_one(typed):
    assert fold_name(typed) == "st helens"


def test_fold_name_takes_the_ampersand_for_and():
    assert fold_name("Brighton & Hove") == "brighton and hove"


def test_fold_name_leaves_longer_words_alone():
    assert fold_name("Stafford") == "stafford"


@pytest.mark.parametrize(
    "text, short",
    [
        ("A quiet room.", "A quiet room."),
        ("Cards and a chat. We ring you if you cannot come.", "Cards and a chat."),
        ("Come for tea, e.g. on Monday, and stay", "Come for tea, e.g. on Monday…"),
        ("We swim in cold water, safely, and briefly. Ring us.", "We swim in cold water, safely…"),
        ("", ""),
    ],
)
def test_text_is_shortened_to_its_first_sentence_or_words(text, short):
    assert shortened(text, 30) == short
