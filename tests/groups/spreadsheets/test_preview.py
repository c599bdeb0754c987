"""What the preview of a file says of rows that may be duplicates, and of cells that were merged."""

import pytest
from openpyxl import Workbook

from tests import factories
from tests.groups.spreadsheets.files import csv_file, send, workbook, wrong_in

pytestmark = pytest.mark.django_db

NEW = {
    "Organisation": "Example Ours",
    "Name": "Walk and Talk",
    "Summary": "A walk by the sea.",
    "Joining": "just come along",
    "Town": "Margate",
}


@pytest.mark.parametrize(
    "code, name",
    [("", "Men's peer support group, Margate"), ("new", "Margat Mens Group"), ("new", "Margate Men's Group")],
)
def test_preview_names_the_group_that_a_new_row_may_be(editor, ours, code, name):
    group = factories.make_group(name="Margate Men's Group", organisation=ours)

    looked_at = send(editor, csv_file(NEW | {"Code": code, "Name": name}, NEW))

    sentence = f"“{name}” may be “Margate Men's Group”, which is in our list with the code {group.code}. "
    assert looked_at.context["remarks"] == [(2, sentence + "It is added as another.")]
    assert looked_at.context["word"]


def test_preview_says_that_merged_cells_were_filled_downwards(editor, ours):
    def rows(book: Workbook) -> None:
        book.active.append(list(NEW))
        book.active.append(list(NEW.values()))
        book.active.append([None, "Second", "A walk.", *[None] * 2])
        book.active.merge_cells("A2:A3")

    looked_at = send(editor, workbook(rows), name="groups.xlsx")

    assert "merged over several rows, A2:A3 among them" in looked_at.text
    assert (looked_at.context["new_number"], wrong_in(looked_at)) == (2, [])
