"""Files that are made row by row, and what is held meanwhile."""

import csv
import io
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook

from common.slots import FILES, ServerBusy, capacity_of, hold_slot, slot
from groups.spreadsheets.formats import csv_stream, xlsx_stream

TITLES = ["Name", "Note"]
ROWS = [["Tea & <talk>", ""], ["=1+1", "One\n\ntwo"], ["'quoted", "“so”"]]


def test_csv_has_every_row_guarded_against_formulas():
    text = b"".join(csv_stream(TITLES, ROWS)).decode("utf-8-sig")

    assert [*csv.reader(io.StringIO(text, newline=""))] == [
        TITLES,
        ["Tea & <talk>", ""],
        ["'=1+1", "One\n\ntwo"],
        ["''quoted", "“so”"],
    ]


def test_workbook_has_every_row_as_text_guarded_against_formulas():
    book = load_workbook(io.BytesIO(b"".join(xlsx_stream(TITLES, ROWS, "Venues"))))
    sheet = book["Venues"]

    assert [list(row) for row in sheet.iter_rows(values_only=True)] == [
        TITLES,
        ["Tea & <talk>", None],
        ["'=1+1", "One\n\ntwo"],
        ["''quoted", "“so”"],
    ]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert (sheet.freeze_panes, sheet["A1"].font.bold) == ("A2", True)
    assert [sheet[cell].alignment.wrap_text for cell in ("B3", "A3")] == [True, None]


@pytest.mark.parametrize(
    "stream", [csv_stream, lambda titles, rows: xlsx_stream(titles, rows, "Groups")], ids=["csv", "xlsx"]
)
def test_first_part_is_sent_before_the_last_row_is_read(stream):
    read = []

    def rows() -> Iterator[list[str]]:
        for number in range(20_000):
            read.append(number)
            yield [f"{number * 7919 % 100_003:x}" * 8, f"{number:x}"]

    first = next(stream(TITLES, rows()))

    assert len(first) > 0
    assert len(read) < 20_000


def test_slot_is_held_until_a_streamed_response_is_closed(rf):
    parts = [hold_slot(FILES, rf.post("/"), iter([b"one", b"two"])) for _ in range(capacity_of(FILES))]

    read = b"".join(parts[0])
    with pytest.raises(ServerBusy), slot(FILES):
        pass
    parts[0].close()
    with slot(FILES):
        pass
    for each in parts[1:]:
        each.close()

    assert read == b"onetwo"
