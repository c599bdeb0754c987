"""What is offered where nothing was found: only what would find something, and nothing that was asked already."""

import pytest

from groups.choices import Focus, Joining
from groups.search.query import Query
from groups.search.relaxation import alternatives, wider_distances, without_facet
from groups.search.service import find_matches
from places.location.locate import locate
from tests.factories import make_group, make_venue

pytestmark = pytest.mark.django_db


def test_distances_are_offered_that_find_more_than_the_one_before():
    for _ in range(2):
        make_group(venue=make_venue(postcode="CT9 1AE"))
    make_group(venue=make_venue(postcode="ME13 7AA"))

    offered = wider_distances(find_matches(Query(place=locate("CT9 1AE"), within=1)))

    # As far as Faversham it is about 24 miles.
    assert offered == [(3, 2), (25, 3)]


def test_choice_is_taken_back_only_where_that_finds_something():
    make_group(focus=Focus.TALKING, joining=Joining.JUST_COME)
    query = Query(choices=(("focus", ("doing",)), ("joining", ("just come",))))
    hopeless = Query(choices=(("focus", ("doing",)), ("joining", ("closed",))))

    assert [(name, count) for name, _, count in without_facet(find_matches(query))] == [("focus", 1)]
    assert without_facet(find_matches(hopeless)) == []


def test_other_answer_is_offered_only_where_it_was_not_given_already():
    make_group(joining=Joining.CONTACT_FIRST)
    of_others = Query(choices=(("joining", ("closed",)),))
    of_itself = Query(choices=(("joining", ("closed", "contact first")),))

    assert [row[:2] for row in alternatives(find_matches(of_others))] == [("joining", "contact first")]
    assert alternatives(find_matches(of_itself)) == []


def test_word_that_has_synonyms_is_kept_before_a_rarer_one():
    for _ in range(2):
        make_group(summary="For people with psychosis.")
    make_group(summary="An early walk.")

    matches = find_matches(Query(words=("early", "psychosis")))

    assert (matches.indexed.left_out, matches.found.total) == (("early",), 2)


def test_weak_words_are_left_out_first_and_no_group_is_shown_for_them_alone():
    make_group(name="Chatty coffee")
    walk = make_group(name="Walk")

    without_class = find_matches(Query(words=("coffee", "walk")))
    nothing = find_matches(Query(words=("zither", "coffee")))
    of_weak_words = find_matches(Query(words=("coffee", "class")))

    assert ([match.pk for match in without_class.found.matches], without_class.indexed.left_out) == (
        [walk.pk],
        ("coffee",),
    )
    assert (nothing.found.total, nothing.indexed.left_out) == (0, ())
    assert (of_weak_words.found.total, of_weak_words.indexed.left_out) == (1, ("class",))
