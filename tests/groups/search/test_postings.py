"""Posting lists: bitsets of the slots that have a key."""

from groups.search.index.bitset import bits_of
from groups.search.index.postings import FEWEST_CACHED, Postings


def test_bitset_of_a_rare_key_or_of_none_is_made_each_time_and_that_of_a_common_one_once():
    postings, many = Postings(), FEWEST_CACHED + 1
    for slot in range(many):
        postings.add(slot, ["common", *(["rare"] if slot == 3 else [])])

    found = [postings.bits(key) for _ in range(2) for key in ("common", "rare", "typed by a visitor")]

    assert found == [bits_of(range(many)), 1 << 3, 0] * 2
    assert list(postings._bits) == ["common"]
