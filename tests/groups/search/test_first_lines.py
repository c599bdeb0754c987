"""What stands above the results: what was found, filters that people often choose, and the fold with all others."""

import datetime

import pytest

from tests.factories import days_ago, make_change, make_group
from tests.groups.search.test_group_list import main, question
from tests.peersupport.html import words

# Search runs in memory. That it is loaded alike from each database, test_loader.py and test_against_reference.py hold.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


def test_search_of_a_place_is_folded_whole(client):
    fold = main(client, near="Chard").find(".//details[@class='search-fold']")

    assert (fold.get("open"), words(fold.find("summary"))) == (None, "Change your search: near Chard")
    assert fold.find("form") is not None


def test_fold_says_what_is_chosen_and_its_button_how_many_groups_that_leaves(client):
    for number in range(2):
        make_group(name=f"Art {number}", town="Chard", focus="doing")

    fold = main(client, near="Chard", within="1", focus="doing", q="art").find(".//details[@class='search-fold']")

    assert words(fold.find("summary")) == "Change your search: near Chard, within 1 mile, “art”, Doing"
    assert words(question(fold, "focus").find("details/summary")) == "Talking or doing? Doing"
    assert [words(button) for button in fold.iter("button")] == ["Find groups", "Show 2 groups"]


def test_every_question_is_folded(client):
    make_group(town="Chard", audiences=["Men"])

    folds = [field.find("details") for field in main(client).iter("fieldset")]

    assert {fold.get("open") for fold in folds} == {None}


def test_quick_filters_are_those_that_leave_a_group_and_are_not_chosen(client):
    women = make_group(name="Women", town="Chard", audiences=["Women"], joining="just come")
    make_change(women, date=days_ago(-1), starts_at=datetime.time(19))
    make_group(name="Any", town="Chard", joining="just come")

    def quick(**asked) -> list[tuple[str, str]]:
        return [(words(link), link.get("href")) for link in main(client, **asked).iterfind(".//a[@class='quick']")]

    assert quick(near="Chard") == [
        ("This week", "?near=Chard&soon=this-week"),
        ("I can just turn up", "?near=Chard&joining=just-come"),
        ("Women", "?near=Chard&audience=women"),
    ]
    assert quick(near="Chard", joining="just-come", list="bcd23") == [
        ("This week", "?near=Chard&joining=just-come&soon=this-week&list=bcd23"),
        ("Women", "?near=Chard&joining=just-come&audience=women&list=bcd23"),
    ]
    # Of one group there is nothing to choose from; and help comes first where words show danger.
    assert (quick(near="Chard", audience="women"), quick(q="i want to die")) == ([], [])


def test_quick_filter_takes_the_place_of_another_answer_to_its_question(client):
    for name, audiences in (("One", ["Men"]), ("Two", ["Men"]), ("Three", ["Women"])):
        make_group(name=name, town="Chard", audiences=audiences)

    page = main(client, near="Chard", audience="men")

    [women] = page.iterfind(".//a[@class='quick']")
    assert (words(women), women.get("href")) == ("Women", "?near=Chard&audience=women")


def test_number_of_groups_is_said_with_the_distance_and_an_order_that_was_chosen(client):
    make_group(town="Chard")
    alone = main(client, near="Chard", within="1")
    make_group(town="Chard")
    both = main(client, near="Chard", sort="nearest")

    assert "1 group within 1 mile." in words(alone.find(".//div[@class='results-bar']"))
    assert "2 groups within 10 miles, nearest first." in words(both.find(".//div[@class='results-bar']"))
