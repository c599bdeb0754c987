"""Files that were cut off, have another encoding, or are not what they seem: what is read of them, or what to do.

Nothing but the reader is asked: it is pure, and what it refuses reaches no table.
"""

import json

import pytest
from openpyxl import Workbook

from groups.spreadsheets.reader import BadSheet, Table, read_table
from tests.groups.spreadsheets.files import csv_file, workbook, xlsx_file

TITLES = ["Organisation", "Name", "Summary"]
ROW = {"Organisation": "Café Ty’n-y-coed", "Name": "One", "Summary": "One."}
CELLS = [(2, list(ROW.values()))]
SAVE_AS = "Save it as “CSV UTF-8”, or as an Excel workbook (“.xlsx”), and send that."
MISSING = "The rest of it is missing. Save or download it again, and send that."


def rows_on(book: Workbook, *titles: str) -> None:
    """Fill sheets with a row each."""
    book.remove(book.active)
    for title in titles:
        sheet = book.create_sheet(title)
        sheet.append(TITLES)
        sheet.append([*list(ROW.values())[:2], f"Of {title}."])


def merged(*cells: str):
    def change(book: Workbook) -> None:
        for row in (TITLES, list(ROW.values()), [None, "Two", "Two."]):
            book.active.append(row)
        for each in cells:
            book.active.merge_cells(each)

    return change


def refused(content: bytes) -> str:
    with pytest.raises(BadSheet) as error:
        read_table(content, TITLES)
    return str(error.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_each_encoding_that_programs_write(encoding):
    assert read_table(csv_file(ROW, encoding=encoding), TITLES).rows == CELLS


@pytest.mark.parametrize(
    "content, sentence",
    [
        (csv_file(ROW, ROW).split("’".encode())[0] + "’".encode()[:1], f"This file ends within a letter. {MISSING}"),
        (csv_file(ROW, encoding="utf-16")[:-1], f"This file ends within a letter. {MISSING}"),
        (
            csv_file(ROW) + b"Old Caf\xe9,Two,Two.\r\n",
            f"Line 3 has a letter that cannot be read. {SAVE_AS}",
        ),
        (
            csv_file(ROW) + b'Ours,Two,"Two, and\r\nOurs,Three,Three.\r\n',
            f"A quotation mark is opened in this file and never closed. {MISSING}",
        ),
        (
            json.dumps([ROW, ROW]).encode()[:-20],
            "This JSON file ends in the middle. Download it again, and send that.",
        ),
        (b"[1, 2", "This JSON file ends in the middle. Download it again, and send that."),
        (
            xlsx_file(ROW)[:-400],
            "This Excel workbook cannot be read. Open it, save it again as “.xlsx”, and send that.",
        ),
        (b"%PDF-1.7\n1 0 obj", f"This is a PDF, not a list. Open the list where it comes from. {SAVE_AS}"),
        (b"<!DOCTYPE html><table>", f"This is a web page, not a list. Open the list where it comes from. {SAVE_AS}"),
        (b"\x89PNG\r\n\x1a\n\0", f"This is a picture, not a list. Open the list where it comes from. {SAVE_AS}"),
        (
            csv_file(ROW | {"Summary": "#REF!"}),
            "Row 2 has “#REF!”, a formula that came to nothing. Write the value there, and send the file again.",
        ),
        (
            workbook(lambda book: rows_on(book, "March", "April")),
            "This workbook has rows on several sheets, “March” and “April” among them. Call the one that you mean "
            "“Groups”, or send it alone.",
        ),
        (
            workbook(merged("A1:A2")),
            "The titles of this sheet are merged over several rows. Write them into one row, unmerged.",
        ),
        (csv_file(ROW).replace(b"Summary", b"name"), "The column “Name” is there twice. Take one of the two out."),
    ],
    ids=[
        *("cut letter", "cut letter in UTF-16", "two encodings", "open quotation mark", "cut JSON", "cut array"),
        *("cut workbook", "PDF", "web page", "picture", "formula", "sheets", "merged titles", "titles"),
    ],
)
def test_file_that_cannot_be_read_whole_is_refused_with_what_to_do(content, sentence):
    assert refused(content) == sentence


def test_name_of_a_list_above_its_titles_is_passed_over():
    content = b"Example Council groups 2026;;\n\nService title;Provider;About\nTea;Friends;Cake.\n;;\n;;\n"

    table = read_table(content, ["Name", "Organisation"])

    assert table.titles == ["Service title", "Provider", "About"]
    assert table.rows == [(4, ["Tea", "Friends", "Cake."])]


def test_notes_below_the_rows_of_a_foreign_file_are_passed_over():
    content = b"Group;Run by;Venue\nTea;Friends;Hall\nCake;;\nArt;;Room\nTotal: 3;;\n\nAsk Sue.;;\n"

    foreign, ours = (read_table(content, titles) for titles in (["Name"], ["Group", "Run by", "Venue"]))

    assert [number for number, _ in foreign.rows] == [2, 3, 4]
    assert Table.unpack(foreign.pack()).notes == ("Total: 3", "Ask Sue.")
    assert [number for number, _ in ours.rows] == [2, 3, 4, 5, 7]


def test_headings_over_several_titles_are_passed_over():
    content = b"Groups of 2026;;;\nThe group;;Where and when;\nGroup;Run by;Venue;When\nTea;Friends;Hall;Tue 2pm\n"

    table = read_table(content, ["Name", "Organisation"])

    assert table.titles == ["Group", "Run by", "Venue", "When"]
    assert table.rows == [(4, ["Tea", "Friends", "Hall", "Tue 2pm"])]


def test_cells_merged_downwards_are_read_in_each_of_their_rows():
    def change(book: Workbook) -> None:
        for row in (["List of 2026"], TITLES, list(ROW.values()), [None, "Two", "Two."], [], [None, "Four", "Four."]):
            book.active.append(row)
        book.active.append([None, "Of nobody", "Five."])
        book.active.merge_cells("A1:C1")
        book.active.merge_cells("A3:A6")

    table = read_table(workbook(change), TITLES)

    organisation = ROW[TITLES[0]]
    assert [(number, cells[:2]) for number, cells in table.rows] == [
        (3, list(ROW.values())[:2]),
        (4, [organisation, "Two"]),
        (6, [organisation, "Four"]),
        (7, ["", "Of nobody"]),
    ]
    assert Table.unpack(table.pack()).filled == "A3:A6"


@pytest.mark.parametrize(
    "content, summary",
    [
        (workbook(lambda book: rows_on(book, "Notes", "Groups")), "Of Groups."),
        (workbook(merged("A1:B1", "B2:C2")), ""),
    ],
    ids=["a sheet called Groups", "cells merged within a row"],
)
def test_workbook_with_one_meaning_is_read(content, summary):
    assert [cells[-1] for _, cells in read_table(content, TITLES).rows][:1] == [summary]


def test_sheets_that_are_hidden_or_have_no_rows_do_not_count():
    def change(book: Workbook) -> None:
        rows_on(book, "List", "Choices", "Read me")
        book["Choices"].sheet_state = "hidden"
        book["Read me"].delete_rows(1, 2)
        book["Read me"].append(["Fill in the list."])

    assert [cells[-1] for _, cells in read_table(workbook(change), TITLES).rows] == ["Of List."]


def test_quotation_marks_within_cells_are_no_cut_file():
    content = b'Organisation,Name,Summary\r\nOurs,The 6" club,"Said ""yes"", and so"\r\n'

    assert read_table(content, TITLES).rows == [(2, ["Ours", 'The 6" club', 'Said "yes", and so'])]
