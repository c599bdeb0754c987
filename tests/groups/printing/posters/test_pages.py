"""How a poster and a door sheet lie on the paper: one page, sizes, boxes, the QR code, tags."""

import re
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest
import zxingcpp

from common.crisis_lines import first_lines
from common.nations import Nation
from tests.groups.printing.pdf.measures import printed_over
from tests.groups.printing.pdf.reading import MM, Paper, Picture, Run, letters
from tests.groups.printing.posters import notices

every_form = pytest.mark.parametrize("kind, size", notices.FORMS)
#: The width and height of the paper in mm, and how much smaller all is than on A4.
PAPER = {"a4": (210, 297, 1), "a5": (148, 210, 148 / 210)}


def text_of(runs: list[Run]) -> str:
    return letters("".join(run.text for run in runs))


def times_of(paper: Paper, *words: str) -> list[Run]:
    """The runs of letters in which each of some words stands, larger than any other run of the same words."""
    return [max((run for run in paper.runs if word in run.text), key=lambda run: run.size) for word in words]


@every_form
@pytest.mark.parametrize("name", notices.CONTENTS)
def test_it_is_one_page_of_its_size_with_nothing_over_anything_else_or_over_the_edge(name, kind, size):
    paper = notices.printed(name, kind, size)
    width, height = (round(float(side) / MM) for side in paper.reader.pages[0].mediabox[2:])
    runs = [run for run in paper.runs if run.text.strip()]

    outside = [
        run.text for run in runs if min(run.left, run.bottom, width * MM - run.right, height * MM - run.top) < 7 * MM
    ]

    assert (paper.pages, width, height) == (1, *PAPER[size][:2])
    assert outside == []
    assert printed_over(paper) == []


@every_form
def test_name_and_times_of_an_ordinary_group_are_read_from_three_metres(kind, size):
    paper = notices.printed("ordinary", kind, size)
    [name] = [runs for level, runs in paper.parts_read if level == "H1"]

    smallest = min(run.size for run in [*name, *times_of(paper, "Every Tuesday", "6.30pm to 8pm")])

    assert smallest >= 36 * PAPER[size][2] - 0.01


@every_form
def test_times_are_never_under_24_points_however_much_there_is_to_say(kind, size):
    paper = notices.printed("extreme", kind, size)

    times = times_of(paper, "Every Monday", "6.30pm to 8pm", "The last Saturday of the month", "10am to noon")

    assert min(run.size for run in times) >= 24 * PAPER[size][2] - 0.01


@every_form
def test_nothing_is_too_small_to_read_by_hand(kind, size):
    sizes = [run.size for name in ("ordinary", "extreme", "bare") for run in notices.printed(name, kind, size).runs]

    assert min(sizes) >= 7 - 0.01


@every_form
@pytest.mark.parametrize("name", ["ordinary", "extreme", "bare"])
def test_qr_code_is_read_off_the_paper_and_is_large_enough(name, kind, size):
    paper = notices.printed(name, kind, size)
    [picture] = [row for row in paper.read if isinstance(row, Picture)]
    url = notices.CONTENTS[name].entry.url

    with pypdfium2.PdfDocument(paper.content) as document:
        image = document[0].render(scale=150 / 72, grayscale=True).to_pil()
        read = [code.text for code in zxingcpp.read_barcodes(image, zxingcpp.BarcodeFormat.QRCode)]

    assert read == [url]
    assert picture.alt == f"QR code of the address {url.removeprefix('https://').rstrip('/')}"
    assert picture.width >= 35 * MM * PAPER[size][2]


@every_form
@pytest.mark.parametrize("name", notices.CONTENTS)
def test_it_is_tagged_and_its_name_is_the_only_first_heading(name, kind, size):
    paper = notices.printed(name, kind, size)
    entry = notices.CONTENTS[name].entry

    headings = [(level, text_of(runs)) for level, runs in paper.parts_read if level]

    assert paper.root["/MarkInfo"]["/Marked"] == True  # noqa: E712 (a boolean of the PDF, not of Python)
    assert (paper.root["/Lang"], paper.reader.metadata.title) == ("en-GB", entry.name)
    assert headings[0] == ("H1", letters(entry.name))
    assert {level for level, _ in headings[1:]} == {"H2"}


@every_form
def test_screen_reader_reads_all_that_is_known_in_the_order_of_the_paper(kind, size):
    content = notices.ORDINARY
    parts = [(text_of(runs)) for level, runs in notices.printed("ordinary", kind, size).parts_read]
    headings = {
        "poster": ["When", "Where", "Getting there", "Next dates", "How to join", "Ask", "Help now"],
        "door-sheet": ["When", "Where", "Getting there", "Next dates", "Nobody opens? Call", "Help now"],
    }
    [person] = content.people
    known = [content.entry.name, content.entry.organisation, *content.entry.when, *content.entry.where]
    known += [*content.dates, *content.getting_there, person.role, *person.numbers, person.note]
    known += [words for row in content.help_now for words in row]
    known += ["Printed 22 November 2026. Good until 20 December 2026.", content.entry.checked]
    known += (
        [content.joining, content.cost, content.entry.summary] if kind == "poster" else ["Welcome to", "Room today"]
    )

    read = "".join(parts)

    assert [part for part in parts if part in map(letters, headings[kind])] == [*map(letters, headings[kind])]
    assert [words for words in known if read.count(letters(words)) < 1] == []
    assert read.count(letters(content.entry.url.removeprefix("https://"))) == 1


@every_form
def test_unknown_is_not_spoken_of(kind, size):
    headings = [text_of(runs) for level, runs in notices.printed("bare", kind, size).parts_read if level == "H2"]

    assert headings == ["helpnow"]


@every_form
def test_days_off_are_kept_where_dates_have_no_room(kind, size):
    read = text_of(notices.printed("extreme", kind, size).words_read)

    assert letters(notices.EXTREME.notes[0]) in read


def test_door_sheet_names_only_whom_one_can_call():
    office = replace(notices.ORDINARY, people=notices.EXTREME.people[1:])

    read = text_of(notices.put_up(office, "door-sheet", "a4").words_read)

    assert [word for word in ("nobodyopens", "office", "hello") if word in read] == []
    assert "@" not in "".join(run.text for run in notices.printed("extreme", "door-sheet", "a4").runs)


@pytest.mark.parametrize("joining, heading", [("Just come along.", "howtojoin"), ("", "cost")])
def test_cost_stands_with_how_to_join_or_alone(joining, heading):
    parts = notices.put_up(replace(notices.ORDINARY, joining=joining), "poster", "a4").parts_read
    texts = [text_of(runs) for _, runs in parts]

    assert texts[texts.index(heading) + 1].startswith(letters(f"{joining} Free. To see all"))


def test_times_that_have_no_room_are_said_to_be_more():
    paper = notices.printed("huge", "poster", "a4")

    assert letters("There are more times. Please ask.") in text_of(paper.words_read)


@every_form
def test_five_times_are_all_said_each_time_unbroken(kind, size):
    days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
    when = tuple(f"Every {day}, 11.30am to 1pm. Ask at the desk for the room." for day in days)
    paper = notices.put_up(replace(notices.ORDINARY, entry=replace(notices.ORDINARY.entry, when=when)), kind, size)
    least = 24 * PAPER[size][2] - 0.01

    lines = [" ".join(run.text.split()) for run in paper.words_read if run.size >= least]

    assert [day for day in days if letters(f"Every {day}, 11.30am to 1pm") not in letters("".join(lines))] == []
    assert sum("11.30am to 1pm" in line for line in lines) == 5


@every_form
@pytest.mark.parametrize("nation", Nation)
def test_numbers_of_help_now_stand_apart(nation, kind, size):
    rows = tuple(line.paper_row for line in first_lines({nation}))
    paper = notices.put_up(replace(notices.ORDINARY, help_now=rows), kind, size)

    wanted = {letters(number) for _, number in rows}
    numbers = [run for run in paper.words_read if letters(run.text) in wanted]
    gaps = [(after.left - before.right) / MM for before, after in pairwise(numbers)]

    assert (len(numbers), min(gaps) >= 2.5) == (4, True)


def test_what_looks_like_markup_is_printed_as_it_was_typed():
    markup = notices.documents.MARKUP
    content = replace(notices.ORDINARY, entry=replace(notices.ORDINARY.entry, name=markup, when=(f"Every {markup}",)))

    read = "".join(run.text for run in notices.put_up(content, "poster", "a4").words_read)

    assert re.sub(r"\s", "", read).count(re.sub(r"\s", "", markup)) == 2
