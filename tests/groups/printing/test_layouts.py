"""What a layout says of itself, and what both pages to print make of it: that of a list, and that of an area."""

import pytest
from django.urls import reverse

from groups.printing.layouts import LAYOUTS, LayoutSpec
from tests.factories import make_group
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db

MEASURES = {"label": "Example", "sentence": "An example.", "most_in_pdf": 1, "longest_word": 26}


def pages(client, layout: LayoutSpec) -> list:
    """The pages of a list and of an area in a layout."""
    group = make_group(town="Chard")
    list_page = client.get(reverse("groups:list_print"), {"list": group.code, "layout": layout.key})
    area_page = client.get(reverse("groups:area_print", args=["somerset"]), {"layout": layout.key})
    return [parse(list_page), parse(area_page)]


@pytest.mark.parametrize("is_landscape", [True, False])
def test_layout_in_landscape_turns_the_sheet_with_a_timetable_or_without(client, monkeypatch, is_landscape):
    layout = LayoutSpec(key="example", is_landscape=is_landscape, has_timetable=not is_landscape, **MEASURES)
    monkeypatch.setitem(LAYOUTS, "example", layout)

    found = pages(client, layout)

    sheets = [
        [link.get("href").rpartition("/")[2] for link in page.iterfind(".//link[@media='print']")] for page in found
    ]
    assert sheets == [["paper_print.css", "paper_wide.css"] if is_landscape else ["paper_print.css"]] * 2
    classes = [page.find(".//*[@class='paper__body']/..").get("class").split() for page in found]
    assert [each[:2] for each in classes] == [["paper", "paper--example"]] * 2


def test_layout_that_only_a_pdf_has_says_so_in_its_own_words_above_the_standard_page(client, monkeypatch):
    layout = LayoutSpec(key="example", pdf_only="An example is made as a PDF.", **MEASURES)
    monkeypatch.setitem(LAYOUTS, "example", layout)

    found = pages(client, layout)

    notices = [[words(notice) for notice in page.iterfind(".//div[@class='notice notice--info']")] for page in found]
    assert notices == [["An example is made as a PDF."]] * 2
    assert [page.find(".//*[@class='paper paper--standard']") is not None for page in found] == [True, True]
