"""Posting lists: bitsets of the slots that have a key."""

from groups.search.index.bitset import bits_of
from groups.search.index.forward_index import ForwardIndex
from groups.search.index.postings import FEWEST_CACHED, Postings


def test_bitset_of_a_rare_key_or_of_none_is_made_each_time_and_that_of_a_common_one_once():
    postings, many = Postings(), FEWEST_CACHED + 1
    for slot in range(many):
        postings.add(slot, ["common", *(["rare"] if slot == 3 else [])])

    found = [postings.bits(key) for _ in range(2) for key in ("common", "rare", "typed by a visitor")]

    assert found == [bits_of(range(many)), 1 << 3, 0] * 2
    assert list(postings._bits) == ["common"]


def test_lists_of_keys_that_a_changed_slot_has_as_before_are_shared():
    postings: Postings[str] = Postings()
    for slot, keys in enumerate(["ab", "bc"]):
        postings.add(slot, keys)

    changed = postings.with_changes([1], {1: "bd"})

    assert postings.with_changes([1], {1: "cb"}) is postings
    assert {key: changed.slots(key) is postings.slots(key) for key in "ab"} == {"a": True, "b": True}
    assert changed.touched_since(postings) == {"c", "d"}


def test_forward_index_has_the_keys_of_each_slot_though_they_are_more_than_two_bytes_number():
    index: ForwardIndex[int] = ForwardIndex()
    index.add(0, [7, 8])
    index.add(2, range(70_000))
    index.add(3, [7])

    changed = index.with_changes({0: (), 4: (9,)})

    assert [len(index[slot]) for slot in range(5)] == [2, 0, 70_000, 1, 0]
    assert (index[0], index[3], index[2][-1]) == ((7, 8), (7,), 69_999)
    assert (changed[0], changed[3], changed[4]) == ((), (7,), (9,))
