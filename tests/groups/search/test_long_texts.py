"""Searches for a sentence: what is known of its words is looked for, and no link repeats it."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from groups.search.forms import GroupSearchForm
from tests.factories import make_group
from tests.peersupport.html import parse, with_id, words

# Search runs in memory.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def page_of(client, **asked):
    return parse(client.get(reverse("groups:group_list"), asked))


@pytest.mark.parametrize("box", ["near", "q"])
def test_sentence_about_somebody_finds_what_is_known_of_its_words(client, box):
    make_group(name="Grief and tea", topics=["Bereavement"], town="Margate")
    make_group(name="Something else", town="Margate")
    sentence = "I have been really low since my husband died last year and I do not know what to do any more in Margate"

    page = page_of(client, **{box: sentence})

    assert [words(title) for title in page.iterfind(".//article/h2")] == ["Grief and tea"]
    # The known words follow each other by chance: "husband died groups" is nothing to read.
    assert words(page.find(".//h1")) == "Groups near Margate, Thanet"
    assert [words(notice) for notice in page.iterfind(".//div[@class='notice notice--warning']")] == [
        "That is a lot of words, so we looked for those that we know."
    ]
    assert [with_id(page, f"id_{name}").get("value") for name in ("near", "q")] == ["Margate", "husband died"]


def test_short_words_of_a_sentence_are_no_slips(client):
    make_group(name="Grief and tea", topics=["Bereavement"])
    make_group(name="The book and BAME group")
    sentence = "hello my name is Sam and last week they took my things away because my husband died after so many years"

    page = page_of(client, q=sentence)

    assert [words(title) for title in page.iterfind(".//article/h2")] == ["Grief and tea"]
    assert with_id(page, "id_q").get("value") == "husband died"


def test_text_is_read_up_to_a_thousand_letters_and_no_word_is_cut():
    form = GroupSearchForm(QueryDict(f"q={'art+' * 249}walking"))

    assert form.query.words == ("art",)


@pytest.mark.parametrize("box", ["near", "q"])
def test_long_words_show_the_panel_and_no_link_repeats_them(client, box):
    text = f"{'I am so tired of all of this and of everything else ' * 3} and i want to die"

    page = page_of(client, **{box: text})

    panels = [words(panel.find("h2")) for panel in page.iter() if "danger" in panel.get("class", "").split()]
    assert panels == ["You can talk to somebody now"]
    assert [link.get("href") for link in page.iter() if "everything" in (link.get("href") or "")] == []
