"""Words that are misspelt, and words that only look so."""

import pytest
from django.urls import reverse

from groups.models import Topic
from tests.factories import make_group
from tests.peersupport.html import parse, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST = reverse("groups:group_list")


def test_misspelt_stop_word_is_left_out_without_a_word(client):
    make_group(name="Pottery", town="Chard")

    page = parse(client.get(LIST, {"q": "pottery suport grup"}))

    assert words(page.find(".//h1")) == "Pottery groups"
    assert "You typed" not in words(page.find(".//main"))


def test_plural_is_not_said_to_be_misspelt(client):
    make_group(name="Relationship breakdown", town="Chard")

    page = parse(client.get(LIST, {"q": "breakdowns"}))

    assert words(page.find(".//h1")) == "Breakdowns groups"
    assert "You typed" not in words(page.find(".//main"))


def test_topic_that_no_group_has_is_not_taken_for_another_word(client):
    Topic.objects.create(name="Hoarding", slug="hoarding")
    make_group(name="Hearing voices", town="Chard")

    page = parse(client.get(LIST, {"q": "hoarding"}))

    assert words(page.find(".//h1")) == "No hoarding groups found"


@pytest.mark.parametrize(
    "typed, near", [("rage", "Rape"), ("medication", "Meditation"), ("left", "Lift"), ("healing", "Hearing")]
)
def test_word_that_is_spelt_right_is_not_taken_for_one_that_is_near(client, typed, near):
    make_group(name=near, town="Chard")

    page = parse(client.get(LIST, {"q": typed}))

    assert words(page.find(".//h1")) == f"No {typed} groups found"


def test_misspelt_word_is_corrected_and_the_page_says_so(client):
    make_group(name="Pottery", town="Chard")

    page = parse(client.get(LIST, {"q": "pottary"}))

    assert words(page.find(".//h1")) == "Pottery groups"
    assert "We looked for “pottery”. You typed “pottary”." in words(page.find(".//main"))
    assert page.find(".//link[@rel='canonical']").get("href") == f"http://testserver{LIST}?q=pottery"


@pytest.mark.parametrize(
    "typed, heading",
    [
        ("margte tea", "No tea groups found near Margate, Thanet"),
        ("margte sundy", "No groups found near Margate, Thanet"),
        ("brihgton and hove", "No groups found in Brighton and Hove"),
    ],
)
def test_misspelt_town_that_listings_are_called_by_is_the_place(client, typed, heading):
    make_group(name="Margate Tea", town="Chard")

    page = parse(client.get(LIST, {"q": typed}))

    assert words(page.find(".//h1")) == heading


def test_day_that_is_misspelt_beside_a_misspelt_town_is_a_filter(client):
    make_group(name="Margate Tea", town="Chard")

    page = parse(client.get(LIST, {"q": "margte sundy"}))

    [canonical] = page.iterfind(".//link[@rel='canonical']")
    assert canonical.get("href") == f"http://testserver{LIST}?near=Margate&day=sunday"


def test_name_of_several_towns_among_words_that_listings_have_is_asked_about(client):
    make_group(name="Steps", summary="At St Mary.", town="Chard")

    page = parse(client.get(LIST, {"q": "steps st ives"}))

    asked = page.find(".//*[@aria-labelledby='which-place']")
    assert [words(link) for link in asked.iter("a")] == [
        "Saint Ives, Huntingdonshire, Cambridgeshire",
        "St Ives, Cornwall",
    ]


def test_beginning_of_a_town_that_listings_are_called_by_is_the_town(client):
    make_group(name="Margate tea", town="Chard")

    page = parse(client.get(LIST, {"q": "tea margat"}))

    assert words(page.find(".//h1")) == "No tea groups found near Margate, Thanet"


def test_long_word_of_a_phrase_is_corrected(client):
    make_group(name="Anxiety", town="Chard")

    page = parse(client.get(LIST, {"q": "panic atacks"}))

    assert words(page.find(".//h1")) == "Panic attacks groups"
    assert "No group has all of that" not in words(page.find(".//main"))
