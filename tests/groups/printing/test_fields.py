"""The table of fields and the layouts: what is in them is in every output."""

import csv
import dataclasses
import io

import pytest

from groups.printing.document import EntryParts, PrintEntry, Section
from groups.printing.exports import COLUMNS, ONLY_IN_CSV, render_csv, render_text
from groups.printing.fields import FACTS, FIELDS
from groups.printing.html import HtmlDocument
from groups.printing.layouts import LAYOUTS
from groups.printing.links import DocumentLinks
from groups.printing.pdf.compiler import CHILD
from groups.printing.pdf.one_page import WHAT
from groups.printing.pdf.serialise import serialise_entry
from tests.groups.printing.pdf import documents

#: Stands elsewhere: in addresses, under the name, in the timetable.
NO_FIELD = {"code", "sessions", "parts"}


def worded(kind: type, *without: str) -> dict:
    """Every field of a dataclass with a word of its own."""
    return {
        field.name: f"word {field.name}" if field.type is str else (f"word {field.name}",)
        for field in dataclasses.fields(kind)
        if field.name not in without
    }


PARTS = worded(EntryParts, "dates") | {"dates": ("word first", "word second", "word third")}
ENTRY = PrintEntry(**worded(PrintEntry, "sessions", "parts"), parts=EntryParts(**PARTS))
DOCUMENT = documents.paper((Section("", (ENTRY,)),))


def test_every_field_of_an_entry_is_in_the_table_once():
    texts = [line for field in FIELDS for line in field.lines(ENTRY)]

    names = [field.name for field in dataclasses.fields(PrintEntry) if field.name not in NO_FIELD]
    parts = [name for name in PARTS if name != "dates"] + ["first", "second", "third"]
    assert sorted(texts) == sorted(f"word {name}" for name in names + parts)


def test_every_field_with_a_column_is_in_csv_under_its_heading():
    header, row, *_ = csv.reader(io.StringIO(render_csv(DOCUMENT).decode("utf-8-sig")))

    cells = dict(zip(header, row, strict=True))
    assert header == [*COLUMNS, *ONLY_IN_CSV]
    columns = {field.column: field.text(ENTRY) for field in FIELDS if field.column}
    assert {name: cells[name] for name in columns} == columns
    assert (len(header), len(set(header)), cells["Under"]) == (len(columns) + 6, len(columns) + 6, "")


def test_every_fact_is_in_the_text_file_under_its_label():
    lines = render_text(DOCUMENT).splitlines()

    assert [line for line in lines if ": word" in line] == [f"{fact.label}: {fact.text(ENTRY)}" for fact in FACTS]


@pytest.mark.parametrize("key", LAYOUTS)
def test_every_fact_is_in_every_layout_as_a_page_and_as_a_pdf(key):
    layout = LAYOUTS[key]
    [(_, _, [on_page])] = HtmlDocument(DOCUMENT, layout, DocumentLinks([], [], [])).sections
    in_pdf = serialise_entry(ENTRY, layout)

    rows = in_pdf.get("facts") or [row for question, rows in in_pdf["questions"] if question != WHAT for row in rows]

    known = {line for fact in FACTS for line in fact.lines(ENTRY)}
    assert {line for _, lines in on_page.facts for line in lines} == known
    assert {line.removesuffix(".") for _, lines in rows for line in lines} == known
    assert CHILD.with_name(layout.template).is_file()


def test_every_template_of_a_pdf_is_that_of_a_layout_or_shared():
    templates = {path.name for path in CHILD.parent.glob("*.typ")} - {"parts.typ"}

    assert templates == {layout.template for layout in LAYOUTS.values()}
    assert [key for key, layout in LAYOUTS.items() if layout.key != key] == []


def test_unknown_fact_is_left_out_of_every_output():
    bare = documents.BARE

    assert {fact.lines(bare) for fact in FACTS} == {()}
    assert ": " not in "".join(line for line in render_text(documents.paper((Section("", (bare,)),))).split("\n\n")[1])
    assert {lines for layout in LAYOUTS.values() for _, lines in layout.page_facts(bare)} == {()}


def test_sentences_of_one_text_end_with_full_stops_and_an_address_with_commas_once():
    entry = dataclasses.replace(
        documents.BARE,
        access=("Step-free entrance and accessible toilet", "There is a ramp.", "Is it loud?"),
        where=("The Hall,", "Margate"),
    )
    document = documents.paper((Section("", (entry,)),))

    header, row, *_ = csv.reader(io.StringIO(render_csv(document).decode("utf-8-sig")))
    cells = dict(zip(header, row, strict=True))

    access = "Step-free entrance and accessible toilet. There is a ramp. Is it loud?"
    assert (cells["Access"], cells["Where"]) == (access, "The Hall, Margate")
    assert f"Where: The Hall, Margate\nAccess: {access}\n" in render_text(document)
