"""Searches for what is no peer support group, or no word."""

import pytest
from django.urls import reverse

from tests.factories import make_group
from tests.peersupport.html import parse, words

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]
LIST = reverse("groups:group_list")


def test_address_is_not_looked_for_and_the_page_says_so(client):
    make_group(name="Tea", town="Chard")

    page = client.get(LIST, {"q": "jane.smith@example.org"})

    assert words(parse(page).find(".//h1")) == "Find a group"
    assert "We cannot look for a web address or an e-mail address." in page.content.decode()
    # Nothing that leads on carries it.
    assert [link for link in parse(page).iter("a") if "jane" in link.get("href", "")] == []


def test_page_says_where_to_ask_for_what_is_not_listed(client):
    make_group(name="Counselling is not this", town="Chard")

    page = parse(client.get(LIST, {"q": "crisis cafe counselling"}))

    notices = [words(notice) for notice in page.iterfind(".//div[@class='notice notice--info']")]
    assert notices == [
        "These groups are not for a crisis. If you need somebody now, there are people to call or text. Help now",
        "We list groups of people who support each other. For counselling, treatment or a diagnosis, ask your GP. "
        "What a peer support group is",
    ]
    links = [link.get("href") for link in page.iterfind(".//div[@class='notice notice--info']//a")]
    assert links == [reverse("help_now"), reverse("about")]


def test_page_says_which_words_are_not_looked_for(client):
    make_group(name="Tea", town="Chard")

    page = client.get(LIST, {"q": "tea not for men"})

    assert words(parse(page).find(".//h1")) == "Tea groups"
    assert "We cannot leave groups out by a word, so we did not look for “men”." in page.content.decode()


def test_no_date_is_looked_for(client):
    make_group(name="Tea", town="Chard")

    page = parse(client.get(LIST, {"q": "tea in Chard on Christmas Day"}))

    assert words(page.find(".//h1")) == "Tea groups near Chard, Somerset"
    assert [words(link) for link in page.iterfind(".//div[@class='notice notice--info']//a")] == [
        "People to call or text on any day"
    ]
