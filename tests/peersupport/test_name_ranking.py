"""How what is typed fits a name: exact, then beginning, then a word that begins, then the rest."""

import pytest

from peersupport.name_ranking import Fit, Term


@pytest.mark.parametrize(
    "typed, name, others, fit",
    [
        ("Take Off", "Take Off", [], Fit.EXACT),
        ("  take   OFF ", "Take Off", [], Fit.EXACT),
        ("takeoff", "Take Off", [], Fit.EXACT),
        ("cafe hope", "Café Hope", [], Fit.EXACT),
        ("Café Hope", "Cafe Hope", [], Fit.EXACT),
        ("Saint Helens", "St. Helens", [], Fit.EXACT),
        ("st helens", "Saint Helens", [], Fit.EXACT),
        ("Kings Arms", "King’s Arms", [], Fit.EXACT),
        ("Mind & Body", "Mind and Body", [], Fit.EXACT),
        ("Old Name", "New Name", ["Old Name"], Fit.OTHER_NAME_EXACT),
        ("Take", "Take Off", [], Fit.BEGINS),
        ("tak", "Take Off", [], Fit.BEGINS),
        ("old", "New Name", ["Old Name"], Fit.OTHER_NAME_BEGINS),
        ("OMH", "Open Mental Health", [], Fit.INITIALS),
        ("omh", "Somerset Minds", ["Open Mental Health"], Fit.INITIALS),
        ("off", "Take Off", [], Fit.WORD_BEGINS),
        ("name", "New Deal", ["Old Name"], Fit.OTHER_NAME_WORD_BEGINS),
        ("off take", "Take Off", [], Fit.EVERY_WORD),
        ("ake", "Take Off", [], None),
        ("o", "One", [], Fit.BEGINS),
        ("t", "Other Thing", [], Fit.WORD_BEGINS),
        ("take on", "Take Off", [], None),
    ],
)
def test_fit_of_what_is_typed_with_a_name(typed, name, others, fit):
    rank = Term(typed).rank(name, others)

    assert (rank and rank.fit) == fit


def test_better_fit_comes_before_a_worse_one():
    assert sorted(Fit) == [
        Fit.EXACT,
        Fit.OTHER_NAME_EXACT,
        Fit.BEGINS,
        Fit.OTHER_NAME_BEGINS,
        Fit.INITIALS,
        Fit.WORD_BEGINS,
        Fit.OTHER_NAME_WORD_BEGINS,
        Fit.EVERY_WORD,
        Fit.ELSEWHERE,
    ]


@pytest.mark.parametrize(
    "typed, fit",
    [
        ("Newport", Fit.EXACT),
        ("Newport, Isle of Wight", Fit.EXACT),
        ("Newport, Isle", Fit.BEGINS),
        ("wight newport", Fit.EVERY_WORD),
    ],
)
def test_name_is_found_as_it_is_said_with_its_context(typed, fit):
    assert Term(typed).rank("Newport", (), ["Isle of Wight"]).fit == fit


def test_rows_found_by_their_context_alone_are_ordered_by_how_it_fits():
    ranks = [Term("take off").rank("General", (), [name]) for name in ("We Take Off", "Take Off", "Take Off Kent")]

    assert [rank.context for rank in ranks] == [Fit.WORD_BEGINS, Fit.EXACT, Fit.BEGINS]
    assert {rank.fit for rank in ranks} == {Fit.EVERY_WORD}


@pytest.mark.parametrize("typed", ["", "   ", "…", "امید"])
def test_nothing_that_can_be_folded_ranks_nothing(typed):
    assert not Term(typed)
