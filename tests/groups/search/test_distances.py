"""Distances among the words of a search."""

import pytest
from django.urls import reverse

from groups.search.parsing.distances import without_distance
from tests.factories import make_group
from tests.peersupport.html import parse, words


@pytest.mark.parametrize(
    "text, rest, miles",
    [
        ("within 5 miles of Margate", "near Margate", 5),
        ("art within a mile of Margate", "art near Margate", 1),
        ("art 3 miles from CT9", "art near CT9", 3),
        ("a 10 mile radius of Leeds", "near Leeds", 10),
        ("up to 15 miles away", "near", 15),
        # The next choice of the form.
        ("within 4 miles of Leeds", "near Leeds", 5),
        ("half a mile from Leeds", "near Leeds", 1),
        ("less than 20km from Leeds", "near Leeds", 15),
        ("within 90 miles of Leeds", "near Leeds", 50),
        # How far people walk.
        ("5 mile walk", "5 mile walk", None),
        ("in Leeds", "in Leeds", None),
    ],
)
def test_distance_in_words_is_a_choice_of_the_form(text, rest, miles):
    assert without_distance(text) == (rest, miles)


@pytest.mark.django_db
@pytest.mark.parametrize("box", ["q", "near"])
def test_distance_in_either_box_is_how_far_is_searched(client, box):
    make_group(name="Tea", town="Chard")

    page = parse(client.get(reverse("groups:group_list"), {box: "within 3 miles of Chard", "within": "25"}))

    assert words(page.find(".//h1")) == "Groups near Chard, Somerset"
    chosen = [option.get("value") for option in page.iterfind(".//select[@name='within']/option[@selected]")]
    assert (chosen, page.find(".//input[@name='near']").get("value")) == (["3"], "Chard")


@pytest.mark.django_db
@pytest.mark.one_database
def test_distance_alone_in_the_box_for_a_place_is_no_unknown_place(client):
    page = parse(client.get(reverse("groups:group_list"), {"near": "within 5 miles"}))

    assert "We do not know" not in words(page)
