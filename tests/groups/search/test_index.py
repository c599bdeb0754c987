"""The index of groups without a database: its counts agree with its answers, and a changed one with a new one."""

import datetime
from random import Random

import pytest

from groups.search.index import chosen_facets, document_table, ranking
from groups.search.index.bitset import SlotSet, bits_of, slots_of
from groups.search.index.document import Document, IndexEntry, Keys
from groups.search.index.index import Index
from groups.search.index.postings import Postings, WordPostings, inverted
from groups.search.index.types import IndexQuery, IndexResult
from groups.timetable.meetings import LONDON

TODAY = datetime.date(2026, 11, 21)
NOW = datetime.datetime(2026, 11, 21, 12, tzinfo=LONDON)
#: Two areas, and the middle of the first.
KENT, SOMERSET = 1, 2
MIDDLE = (51.2, 0.7)


def entry(
    pk: int, *, miles: float | None = None, checked_on: datetime.date = TODAY, added_at: float = 0, **keys
) -> IndexEntry:
    """A group so many miles north of the middle of Kent, or without a point."""
    point = None if miles is None else (MIDDLE[0] + miles / 69.09, MIDDLE[1])
    document = Document(
        pk=pk,
        name_key=f"group {pk}",
        point=point,
        is_about=False,
        is_hidden=False,
        is_closed=False,
        is_from_home=False,
        checked_on=checked_on,
        meetings=(),
        is_forming=False,
        is_paused=False,
        meets_in_person=True,
        particulars=0,
        added_at=added_at,
    )
    return document, Keys(**keys)


@pytest.fixture
def entries() -> list[IndexEntry]:
    return [
        entry(1, miles=1, areas=[KENT], words=["tea"], organisation=[7], options=[("free", "yes")]),
        entry(2, miles=4, areas=[KENT], words=["tea", "walk"], organisation=[8]),
        entry(3, miles=90, areas=[SOMERSET], words=["walk"], organisation=[7], name_words=["walk"]),
        entry(4, serves=[KENT], words=["teapots"], organisation=[8], options=[("free", "yes")]),
        # It has a point, so it is in its area and nowhere else.
        entry(5, miles=91, areas=[SOMERSET], serves=[KENT, SOMERSET], words=["walk"], organisation=[8]),
        # Its check has lapsed.
        entry(6, miles=2, areas=[KENT], serves=[KENT], words=["tea"], checked_on=datetime.date(2024, 1, 1)),
    ]


def phrase(word: str, *, is_whole: bool = True):
    return (((word, is_whole),),)


QUERIES = {
    "everything": (IndexQuery(), [1, 2, 3, 4, 5]),
    "a word": (IndexQuery(words=(phrase("tea"),)), [1, 2]),
    "the beginning of a word": (IndexQuery(words=(phrase("tea", is_whole=False),)), [1, 2, 4]),
    "two words": (IndexQuery(words=(phrase("tea"), phrase("walk"))), [2]),
    "an organisation": (IndexQuery(organisation=7), [1, 3]),
    "an organisation and a word": (IndexQuery(organisation=7, words=(phrase("walk"),)), [3]),
    "an option": (IndexQuery(choices={"free": ("yes",)}), [1, 4]),
    "an area": (IndexQuery(area=KENT), [1, 2]),
    "a circle": (IndexQuery(point=MIDDLE, miles=3), [1]),
    "a name beside a circle": (IndexQuery(point=MIDDLE, miles=3, name=("walk",)), [1, 3]),
}


@pytest.mark.parametrize("query, found", QUERIES.values(), ids=QUERIES)
def test_total_is_the_number_of_groups_that_are_found(entries, query, found):
    index = Index(entries, TODAY)

    assert sorted(match.pk for match in index.search(query, NOW).matches) == found
    assert index.total(query, NOW) == len(found)


def test_area_has_those_that_meet_there_and_those_without_a_point_that_serve_it(entries):
    index = Index(entries, TODAY)

    assert (index.in_area(KENT), index.in_area(SOMERSET), index.in_area(3)) == ((2, 1), (2, 0), (0, 0))
    assert index.areas() == {KENT, SOMERSET}


@pytest.mark.parametrize("many", [0, 1000], ids=["in the order of all", "one by one"])
def test_newest_are_those_that_were_added_last_though_they_were_changed_since(monkeypatch, many):
    monkeypatch.setattr(document_table, "_MANY", many)
    index = Index([entry(pk, added_at=added_at) for pk, added_at in ((9, 30), (1, 10), (4, 40), (7, 20))], TODAY)
    changed = index.with_changes({4: entry(4, added_at=5), 8: entry(8, added_at=25), 7: None})

    def newest(index: Index, since: int, most: int) -> list[int]:
        bits = index.matching(IndexQuery(), NOW)
        return index.newest(bits, datetime.datetime.fromtimestamp(since, datetime.UTC), most)

    assert (newest(index, 0, 2), newest(index, 20, 9), index.newest(0, NOW, 2)) == ([4, 9], [4, 9, 7], [])
    assert (newest(changed, 0, 2), newest(changed, 6, 9)) == ([9, 8], [9, 8, 1])


def test_primary_keys_of_a_bitset_are_those_that_it_has(entries):
    index = Index(entries, TODAY)
    bits = index.matching(IndexQuery(area=KENT), NOW)

    assert sorted(index.pks(bits)) == [pk for pk in range(9) if index.contains(bits, pk)] == [1, 2]


def test_area_that_only_a_lapsed_group_serves_is_none_of_the_areas():
    lapsed = entry(1, areas=[KENT], serves=[SOMERSET], checked_on=datetime.date(2024, 1, 1))

    assert Index([lapsed], TODAY).areas() == set()


@pytest.mark.parametrize(
    "asked, found",
    [({}, [(2, 4.0), (3, 90.0)]), ({"words": (phrase("walk"),), "organisation": 8}, [(2, 4.0), (5, 91.0)])],
)
def test_nearest_beyond_a_circle_are_those_that_fit_otherwise(entries, asked, found):
    query = IndexQuery(point=MIDDLE, miles=3, nearest_limit=2, **asked)

    nearest = Index(entries, TODAY).search(query, NOW).nearest

    assert [(match.pk, round(match.miles)) for match in nearest] == found


def test_nearest_beyond_a_circle_are_found_where_few_in_it_take_new_people():
    ways = ["just come", "contact first", "closed"]
    near = [entry(pk, miles=1, options=[("joining", way)]) for pk, way in enumerate(ways)]
    index = Index([*near, entry(9, miles=9, options=[("joining", "just come")])], TODAY)
    asked = [({}, 2), ({}, 3), ({"choices": {"joining": ("just come", "closed")}}, 2)]

    found = [index.search(IndexQuery(point=MIDDLE, miles=3, nearest_limit=limit, **more), NOW) for more, limit in asked]

    assert [[match.pk for match in each.nearest] for each in found] == [[], [9], [9]]


def test_groups_of_other_places_are_counted_as_in_each_place(entries):
    index = Index(entries, TODAY)
    places = [index.bits_of_place(place) for place in (KENT, SOMERSET, (MIDDLE, 3))]

    assert index.totals_at(IndexQuery(words=(phrase("walk"),)), places, NOW) == [1, 2, 0]


def test_changed_index_finds_what_a_new_one_finds_and_the_old_one_stays(entries):
    old = Index(entries, TODAY)
    before = {name: found_by(old, query) for name, (query, _) in QUERIES.items()}
    counts = [old.in_area(area) for area in (KENT, SOMERSET)]
    changes = {
        # Another word and another area; gone; and two new ones, one of which is in the place of the one that is gone.
        1: entry(1, miles=90, areas=[SOMERSET], words=["walk"], organisation=[8]),
        4: None,
        7: entry(7, miles=2, areas=[KENT], words=["tea"], organisation=[7], options=[("free", "yes")]),
        8: entry(8, serves=[KENT], words=["teacups"], name_words=["walk"], organisation=[9]),
    }

    changed = old.with_changes(changes)

    rest = [row for row in entries if row[0].pk not in changes]
    fresh = Index([*rest, *(row for row in changes.values() if row is not None)], TODAY)
    assert {name: found_by(changed, query) for name, (query, _) in QUERIES.items()} == {
        name: found_by(fresh, query) for name, (query, _) in QUERIES.items()
    }
    assert {name: found_by(old, query) for name, (query, _) in QUERIES.items()} == before
    assert [old.in_area(area) for area in (KENT, SOMERSET)] == counts
    assert [changed.in_area(area) for area in (KENT, SOMERSET)] == [fresh.in_area(area) for area in (KENT, SOMERSET)]
    assert (changed.words(), changed.areas(), len(changed)) == (fresh.words(), fresh.areas(), len(fresh))
    assert {pk: changed.keys(pk) and [set(keys) for keys in changed.keys(pk)] for pk in range(1, 9)} == {
        pk: fresh.keys(pk) and [set(keys) for keys in fresh.keys(pk)] for pk in range(1, 9)
    }


def found_by(index: Index, query: IndexQuery) -> tuple:
    result = index.search(query, NOW)
    free = {option: count for option, count in result.counts["free"].items() if count}
    return [match.pk for match in result.matches], result.total, free


@pytest.mark.parametrize("has_been_read", [True, False])
def test_posting_lists_after_a_change_say_who_has_a_key_now(has_been_read):
    postings = Postings(inverted(enumerate(["ab", "bc", "c", "d"])), 4)
    held = {"a": [0], "b": [0, 1], "c": [1, 2], "d": [3], "e": []}
    if has_been_read:
        assert slots_by_key(postings) == held

    changed = postings.with_changes([1, 3], {1: "ae", 4: "be"})

    assert slots_by_key(changed) == {"a": [0, 1], "b": [0, 4], "c": [2], "d": [], "e": [1, 4]}
    assert changed.sizes() == {"a": 2, "b": 2, "c": 1, "e": 2}
    assert ("d" in changed, "e" in changed) == (False, True)
    assert slots_by_key(postings) == held


def slots_by_key(postings: Postings[str]) -> dict[str, list[int]]:
    return {key: list(slots_of(postings.bits(key))) for key in "abcde"}


def test_words_are_found_by_their_beginning_before_and_after_a_change():
    words = WordPostings(inverted(enumerate([["tea"], ["teapot", "walk"], ["te"], ["team"]])), 4)
    read = [list(slots_of(words.beginning_with(prefix))) for prefix in ("te", "tea", "teap", "w", "x")]

    changed = words.with_changes([1], {1: ["team"], 4: ["walking"]})

    assert read == [[0, 1, 2, 3], [0, 1, 3], [1], [1], []]
    prefixes = ("te", "tea", "teap", "team", "w", "x")
    assert [list(slots_of(changed.beginning_with(prefix))) for prefix in prefixes] == [
        [0, 1, 2, 3],
        [0, 1, 3],
        [],
        [1, 3],
        [4],
        [],
    ]


@pytest.mark.parametrize("slots", [[], [0], [7, 8], [0, 63, 64, 1000], list(range(0, 1000, 3))])
def test_bitset_holds_the_slots_that_were_put_into_it(slots):
    bits = bits_of(slots)
    members = SlotSet(bits, 1001)

    assert bits == sum(2**slot for slot in slots)
    assert list(slots_of(bits)) == slots
    assert [slot for slot in range(1001) if slot in members] == slots


def test_few_groups_are_counted_and_put_in_order_as_many_are(monkeypatch):
    rng = Random(8)
    options = [(facet, value) for facet in ("topic", "free", "joining") for value in "abc"]
    hours = [NOW + datetime.timedelta(hours=rng.randrange(1, 300)) for _ in range(40)]
    index = Index(
        (
            (document._replace(meetings=tuple(sorted(rng.sample(hours, rng.randrange(3))))), keys)
            for document, keys in (
                entry(pk, miles=rng.random(), options=rng.sample(options, rng.randrange(4)), areas=[KENT])
                for pk in range(30)
            )
        ),
        TODAY,
    )
    # As another process counts a group that has changed since.
    index = index.with_changes({7: (index[7], index.keys(7)), 8: entry(8, options=[("free", "a")], areas=[KENT])})

    def found() -> list[IndexResult]:
        return [index.search(IndexQuery(area=KENT, page=page), NOW) for page in (1, 2, 3)]

    counted_each = found()
    monkeypatch.setattr(chosen_facets, "_FEW", 0)
    monkeypatch.setattr(ranking, "_FEW", 0)

    assert [result.matches for result in counted_each] == [result.matches for result in found()]
    assert [without_zeros(result) for result in counted_each] == [without_zeros(result) for result in found()]
    assert sum(counted_each[0].counts["topic"].values()) > 0


def without_zeros(result: IndexResult) -> dict:
    return {
        facet: {option: count for option, count in counts.items() if count} for facet, counts in result.counts.items()
    }
