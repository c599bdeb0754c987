"""Which texts look alike."""

import pytest

from groups.feedback import flood_control
from groups.feedback.spam import overlap, words_without_figures


@pytest.mark.parametrize(
    "row, other, is_alike",
    [
        ("Group 17 meets at hall 3", "Group 99 meets at hall 4", True),
        ("Group17 meets at hall3", "group  meets, at hall", True),
        ("We swim in the sea", "We dig in the garden", False),
        ("\u0628\u0646\u062f \u06c1\u06d2", "\u06a9\u06be\u0644\u0627 \u06c1\u06d2", False),
        ("", "", False),
        ("17", "18", False),
    ],
)
def test_texts_look_alike_by_their_words_without_the_figures(row, other, is_alike):
    assert (overlap(words_without_figures(row), words_without_figures(other)) >= flood_control.ALIKE) is is_alike
