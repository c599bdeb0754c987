"""How the words lie on the paper: sizes, page ends, folds, QR codes."""

import itertools
from collections import Counter

import pypdfium2
import pytest
import zxingcpp

from groups.printing.layouts import LAYOUTS, STANDARD
from groups.printing.pdf.pdf import render_pdf

from . import documents
from .measures import headings_alone, near_the_edge, printed_over
from .reading import MM, Paper, Run

#: Pages of so many ordinary groups, by layout. Large print: one for each, and which is where before them. Easy: too, at
#: the end. Pocket: sheets, of four pages each.
PAGES = {
    "standard": {1: 1, 2: 1, 7: 2, 30: 7, 60: 13, 500: 101},
    "large": {1: 2, 2: 3, 7: 8, 30: 32, 60: 64, 500: 525},
    "week": {1: 1, 2: 1, 7: 1, 30: 4, 60: 7, 500: 55},
    "easy": {1: 1, 2: 3, 7: 8, 30: 32, 60: 62, 500: 515},
    "pocket": {1: 1, 2: 1, 7: 1, 30: 4, 60: 8, 500: 63},
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pages_are_as_many_as_foretold(layout):
    counts = {}
    for count in PAGES[layout]:
        counts[count] = len(pypdfium2.PdfDocument(render_pdf(documents.ordinary_list(count), LAYOUTS[layout])))

    assert counts == PAGES[layout]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["1", "30", "odd"])
def test_no_page_is_blank(layout, name):
    paper = documents.printed(name, layout)

    places = Counter((run.page, quarter(paper, run) if layout == "pocket" else 0) for run in paper.words_read)

    assert len(places) == paper.pages * (4 if layout == "pocket" else 1)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["30", "odd"])
def test_no_heading_stands_alone_at_the_foot_of_a_page(layout, name):
    """The words under it are below it, on the same page and in the same column."""
    assert headings_alone(documents.printed(name, layout)) == []


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["30", "odd"])
def test_nothing_is_printed_over_anything_else_or_too_near_the_edge(layout, name):
    paper = documents.printed(name, layout)

    assert (printed_over(paper), near_the_edge(paper)) == ([], [])


def test_pocket_reads_in_order_when_it_is_folded():
    """Turned upside down, the upper half is the inside, 2 beside 3; right way up, the lower half is 4 beside 1."""
    paper = documents.printed("longest", "pocket")

    numbers = {run.text.strip(): run for run in paper.runs if run.text.startswith("Page ")}
    first_sheet = {text: (quarter(paper, run), run.upside_down) for text, run in numbers.items() if run.page == 0}

    assert first_sheet == {
        "Page 1 of 8": (("right", "lower"), False),
        "Page 2 of 8": (("right", "upper"), True),
        "Page 3 of 8": (("left", "upper"), True),
        "Page 4 of 8": (("left", "lower"), False),
    }
    assert {run.page for text, run in numbers.items() if text not in first_sheet} == {1}


def test_pocket_is_read_in_the_order_of_its_pages():
    paper = documents.printed("7", "pocket")
    order = [("right", "lower"), ("right", "upper"), ("left", "upper"), ("left", "lower")]

    pages = [run.page * 4 + order.index(quarter(paper, run)) for run in paper.words_read]

    assert pages == sorted(pages)
    assert {quarter(paper, run)[1] == "upper" for run in paper.words_read if run.upside_down} == {True}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_qr_codes_are_read_off_the_paper(layout):
    listed = documents.ordinary_list(4)
    paper = Paper(render_pdf(listed, LAYOUTS[layout]))

    read = Counter()
    with pypdfium2.PdfDocument(paper.content) as document:
        for page in document:
            picture = page.render(scale=200 / 72, grayscale=True).to_pil()
            read += Counter(code.text for code in zxingcpp.read_barcodes(picture, zxingcpp.BarcodeFormat.QRCode))

    of_groups = [entry.url for entry in listed.entries] if layout != "week" else []
    assert read == Counter([listed.url, *of_groups])


@pytest.mark.parametrize("layout", LAYOUTS)
def test_qr_codes_are_large_enough_and_said_in_words(layout):
    paper = documents.printed("2", layout)

    pictures = [picture.alt for picture in paper.pictures]

    of_list = ["QR code of this list as it is now"]
    of_groups = [f"QR code of the address alongside.example/g/k000{number}" for number in range(2)]
    expected = {"week": of_list, "easy": of_groups + of_list}
    assert pictures == expected.get(layout, of_list + of_groups)
    assert min(picture.width for picture in paper.pictures) >= 18 * MM - 0.01


@pytest.mark.parametrize("layout", LAYOUTS)
def test_pdf_is_tagged_with_its_title_and_language_in_headings_that_skip_no_level(layout):
    paper = documents.printed("odd", layout)

    levels = [int(level[1]) for level, _ in paper.parts_read if level]

    assert paper.root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a boolean of the PDF, not of Python)
    assert paper.root["/Lang"] == "en-GB"
    assert paper.reader.metadata.title == documents.odd_list().title
    assert paper.root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert max(after - before for before, after in itertools.pairwise(levels)) == 1


def test_same_list_makes_the_same_bytes():
    first, second = (render_pdf(documents.ordinary_list(2), STANDARD) for _ in range(2))

    assert first == second


def quarter(paper: Paper, run: Run) -> tuple[str, str]:
    """The quarter of the sheet that it is in."""
    width, height = (float(side) for side in paper.reader.pages[run.page].mediabox[2:])
    return ("left" if run.right <= width / 2 else "right", "lower" if run.top <= height / 2 else "upper")
