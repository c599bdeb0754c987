"""Where fewer than three open groups are found, the page says what could be let go, and what there is else."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import days_ago, make_change, make_group, make_venue
from tests.peersupport.html import parse, words

# Search runs in memory. That it is loaded alike from each database, test_loader.py and test_against_reference.py hold.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def links(**asked: str) -> dict[str, str]:
    page = parse(Client().get(reverse("groups:group_list"), asked)).find(".//main")
    return {words(link): link.get("href") for link in page.iter("a")}


def titles_below(heading: str, **asked: str) -> list[str]:
    page = parse(Client().get(reverse("groups:group_list"), asked))
    section = page.find(f".//section[@aria-labelledby='{heading}']")
    return [] if section is None else [words(title) for title in section.iterfind(".//h3")]


@pytest.mark.parametrize(
    "asked, title, heading",
    [
        ({"q": "drumming"}, "No groups found", "No drumming groups found"),
        (
            {"q": "drumming", "near": "Chard"},
            "No groups found near Chard, Somerset",
            "No drumming groups found near Chard, Somerset",
        ),
        ({"near": "Chard", "day": "monday"}, *["No groups found near Chard, Somerset"] * 2),
        ({"q": "lost my husband"}, "No groups found", "No groups found for “lost my husband”"),
        # Some were found: none has the words that were dropped.
        ({"q": "art zither"}, "Find a group", "Art groups"),
        ({"q": "for my son"}, "Find a group", "Groups for “my son”"),
        ({"q": "want to die", "near": "Chard"}, *["Groups near Chard, Somerset"] * 2),
        ({"near": "Xyzzy"}, "Please check: Find a group", "Find a group"),
    ],
)
def test_title_and_heading_say_whether_any_was_found(client, asked, title, heading):
    make_group(name="Example art", audiences=["Carers"], town="Margate")

    page = parse(client.get(reverse("groups:group_list"), asked))

    assert (words(page.find(".//title")), words(page.find(".//h1"))) == (f"{title} | Alongside", heading)


def test_each_word_that_could_be_let_go_is_a_link_with_its_number():
    make_group(name="Example art", audiences=["Men"], town="Chard")
    make_group(name="Example walk", audiences=["Men"], town="Chard")

    assert links(q="art men", near="Chard")["Without “art”: 2"] == "?near=Chard&q=men"


def test_word_is_let_go_farther_away_where_there_is_nothing_near():
    make_group(name="Example walk", venue=make_venue(postcode="ME13 7AA"))

    assert links(q="art", near="CT9 1AE")["Without “art”: 1 within 25 miles"] == "?near=CT9+1&within=25"


def test_groups_online_today_are_counted_whatever_else_was_asked():
    make_change(make_group(name="Online", online=True), date=days_ago(0))
    make_change(make_group(name="Here", town="Chard"), date=days_ago(0))

    assert links(q="nothing", near="Margate")["1 online, later today"] == "/groups/?format=online&soon=today"


def test_nearest_three_are_shown_however_far_they_are():
    for name, town in (("Near", "Chard"), ("Farther", "Ilminster"), ("Far", "Margate"), ("Farthest", "Loftus")):
        make_group(name=name, town=town)

    assert titles_below("nearest", near="Chard", within="1") == ["Farther", "Far", "Farthest"]


def test_three_open_groups_are_enough():
    for number in range(3):
        make_group(name=f"{number}", town="Chard")
    make_group(name="Far", town="Margate")

    assert titles_below("nearest", near="Chard") == []
    assert "Tell us what is missing" not in links(near="Chard")


def test_form_for_what_is_missing_is_filled_in_but_with_no_postcode_and_nothing_of_danger():
    what = "Tell us what is missing"

    assert links(q="art", near="Chard", day="monday")[what] == "/missing/?what=art+Monday&place=Chard"
    assert links(q="art", near="CT9 1AE")[what] == "/missing/?what=art&place=Thanet"
    assert what not in links(q="i want to die", near="Chard")
