"""What the search page shows for a place that is not known, and how it names those that are."""

import pytest
from django.urls import reverse

from places.location.locate import locate
from tests.factories import make_group
from tests.groups.search.test_group_list import main, question
from tests.peersupport.html import with_id, words

pytestmark = pytest.mark.django_db
LIST = reverse("groups:group_list")


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("Xyzzy", "We do not know a place called that."),
        ("BT1 1AA", "postcodes in Northern Ireland"),
        ("SE4 2HHX", "That is nearly a postcode."),
        ("Jersey", "This directory does not cover Jersey."),
    ],
)
def test_unknown_place_lists_nothing_far_away(client, typed, sentence):
    make_group(name="Far away", town="Chard")
    make_group(name="From home", online=True)

    page = main(client, near=typed)

    assert sentence in words(with_id(page, "id_near_error"))
    assert [words(title) for title in page.iterfind(".//article//a") if words(title) == "Far away"] == []
    assert [words(title) for title in page.iterfind(".//section[@aria-labelledby='online']//h3")] == ["From home"]
    offered = [(words(item), item.find("a").get("href")) for item in page.find(".//div[@class='empty']").iter("li")]
    assert offered == [("South West 1 group", "?area=south-west")]
    assert words(page.find(".//div[@class='empty']")).endswith("Look everywhere 2 groups See smaller areas")


def test_unknown_place_keeps_the_rest_of_the_question_in_what_it_offers(client):
    make_group(name="Tea party", town="Chard", focus="doing")
    make_group(name="Talk", town="Chard", focus="talking")

    page = main(client, near="Xyzzy", q="tea", focus="doing")

    links = [link.get("href") for link in page.find(".//div[@class='empty']").iter("a")]
    assert links[:2] == ["?q=tea&focus=doing&area=south-west", "?q=tea&focus=doing"]
    # An answer is counted everywhere: that nothing is near an unknown place says nothing of it.
    assert "Doing 1" in words(question(page, "focus"))


def test_unknown_place_beside_an_area_that_was_clicked_searches_the_area(client):
    make_group(name="There", town="Chard")

    page = main(client, near="Xyzzy", area="somerset")

    assert [words(title) for title in page.iterfind(".//article/h2")] == ["There"]


def test_no_group_is_put_on_a_list_for_an_unknown_place(client):
    make_group(name="Far away", town="Chard")

    response = client.get(LIST, {"near": "Xyzzy", "add": "all"})

    assert "list=" not in response.headers["Location"]


@pytest.mark.parametrize(
    "typed, where",
    [
        ("Clapham", "near Clapham, Lambeth"),
        ("chorlton manchester", "near Chorlton, Manchester"),
        ("near Margate", "near Margate, Thanet"),
        ("Leeds city centre", "near Leeds"),
        ("Notts", "in Nottinghamshire"),
        ("South London", "in South London"),
    ],
)
def test_heading_says_which_place_it_is(client, typed, where):
    assert words(main(client, near=typed).find(".//h1")) == f"No groups found {where}"


def test_choices_name_the_town_and_the_county_that_a_place_is_in(client):
    choices = main(client, near="Ash").find(".//section[@aria-labelledby='which-place']")

    assert [words(link) for link in choices.iter("a")][:3] == [
        "Ash, Guildford, Surrey",
        "Ash, Dover, Kent",
        "Ash, Shropshire",
    ]
    assert locate("Clapham").label_in_full == "Clapham, Lambeth, London"
    assert locate("Clapham Common").label_in_full == "Clapham Common, Clapham, Lambeth, London"
