"""Headings of results for sentences."""

import pytest
from django.urls import reverse

from groups.search.query import Query
from tests.factories import make_group
from tests.peersupport.html import parse, words


@pytest.mark.parametrize(
    "typed, heading",
    [
        ("art", "Art groups"),
        ("low mood", "Low mood groups"),
        ("cant sleep", "Groups for “cant sleep”"),
        ("wife died", "Groups for “wife died”"),
        ("hearing voices", "Hearing voices groups"),
    ],
)
def test_words_that_are_no_adjective_stand_after_groups(typed, heading):
    assert Query(shown_words=typed).heading == heading


@pytest.mark.django_db
@pytest.mark.one_database
def test_heading_does_not_end_in_the_middle_of_a_sentence(client):
    make_group(name="Tea", town="Chard", summary="For carers.")

    page = parse(client.get(reverse("groups:group_list"), {"q": "my mum has zither near Chard"}))

    assert words(page.find(".//h1")) == "Groups near Chard, Somerset"
