"""Posting lists: the slots that have a key, as lists and as bitsets."""

import random
from array import array

import pytest

from groups.search.index.bitset import bits_of, slots_of
from groups.search.index.forward_index import ForwardIndex
from groups.search.index.postings import FEW, Postings, WordPostings, inverted

#: Keys of a slot by chance, with how likely each is: of so many slots some are held as bitsets and some as lists.
SLOTS, LIKELY = 3000, {"everybody": 0.9, "common": 0.2, "at the bound": 0.0157, "rare": 0.004, "rarest": 0.0005}


def test_bitset_of_a_rare_key_or_of_none_is_made_each_time_and_that_of_a_common_one_once():
    sizes = {"common": FEW + 1, "rare": 3}
    rows = [(slot, [key for key, size in sizes.items() if slot < size]) for slot in range(64 * (FEW + 1))]
    postings = Postings(inverted(rows), len(rows))

    found = [postings.bits(key) for _ in range(2) for key in ("common", "rare", "typed by a visitor")]

    assert found == [bits_of(range(FEW + 1)), 0b111, 0] * 2
    assert list(postings._cache) == ["common"]


def test_what_is_held_of_keys_that_a_changed_slot_has_as_before_is_shared():
    postings = Postings(inverted(enumerate(["ab", "bc"])), 2)

    changed = postings.with_changes([1], {1: "bd"})

    assert postings.with_changes([1], {1: "cb"}) is postings
    assert {*changed._lists} == {"c", "d"}


def test_slots_of_bundles_of_keys_are_as_if_taken_key_by_key():
    chance = random.Random(5)
    rows = {slot: _keys(chance) for slot in range(SLOTS)}
    bundles = [
        (_keys(chance), array("I", sorted(chance.sample(range(SLOTS), size)))) for size in (1, 1, 7, 40, 900) * 3
    ]

    joined = Postings(inverted(rows.items()), SLOTS, bundles)

    each = {slot: {*keys} for slot, keys in rows.items()}
    for keys, slots in bundles:
        for slot in slots:
            each[slot] |= {*keys}
    plain = Postings(inverted(each.items()), SLOTS)
    assert {key: joined.bits(key) for key in LIKELY} == {key: plain.bits(key) for key in LIKELY}
    assert {*joined._bitsets} == {*plain._bitsets}
    assert {slot: {*joined.keys_of(slot)} for slot in range(0, SLOTS, 50)} == {
        slot: each[slot] for slot in range(0, SLOTS, 50)
    }


@pytest.mark.parametrize("kind", [Postings, WordPostings])
def test_postings_changed_by_chance_again_and_again_are_as_new_ones(kind):
    chance = random.Random(4)
    rows = {slot: _keys(chance) for slot in range(SLOTS)}
    postings = kind(inverted(rows.items()), SLOTS)

    for step in range(6):
        before, at_first = postings, {key: postings.bits(key) for key in LIKELY}
        changes = {chance.randrange(SLOTS + 3 * step): _keys(chance) for _ in range(40)}
        # In the end nobody has a key that all had.
        changes |= dict.fromkeys(rows, ()) if step == 4 else {}
        rows |= changes
        postings = postings.with_changes(changes.keys(), {slot: keys for slot, keys in changes.items() if keys})
        fresh = kind(inverted(sorted(rows.items())), max(rows) + 1)
        assert {key: postings.bits(key) for key in LIKELY} == {key: fresh.bits(key) for key in LIKELY}
        assert (postings.sizes(), {*postings}) == (fresh.sizes(), {*fresh})
        assert {key: [*postings.slots(key)] for key in LIKELY} == {key: [*slots_of(fresh.bits(key))] for key in LIKELY}
        assert {slot: {*postings.keys_of(slot)} for slot in rows} == {slot: {*keys} for slot, keys in rows.items()}
        assert {key: before.bits(key) for key in LIKELY} == at_first


def _keys(chance: random.Random) -> tuple[str, ...]:
    return tuple(key for key, likely in LIKELY.items() if chance.random() < likely)


def test_forward_index_has_the_lists_of_each_slot_though_they_are_more_than_two_bytes_number():
    lists = [[0, 2], [0], *[[2]] * 70_000, [2, 3]]

    index = ForwardIndex(lists, 4)

    assert [[*index[slot]] for slot in (0, 1, 3, 4)] == [[0, 1], [], [70_002], []]
    assert [*index[2]] == [0, *range(2, 70_003)]
