import pytest

from common.text import fold, fold_name


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


@pytest.mark.parametrize("typed", ["St Helens", "St. Helens", "SAINT HELENS", "saint  helens"])
def test_fold_name_takes_saint_and_st_for_one(typed):
    assert fold_name(typed) == "st helens"


def test_fold_name_takes_the_ampersand_for_and():
    assert fold_name("Brighton & Hove") == "brighton and hove"


def test_fold_name_leaves_longer_words_alone():
    assert fold_name("Stafford") == "stafford"
