"""Files that are no spreadsheets, too large, damaged, or made to do harm: each is refused with a sentence."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from common.bounded_process import Limits
from groups.models import SupportGroup
from groups.spreadsheets import reader
from groups.spreadsheets.models import SheetUpload
from tests.groups.spreadsheets.files import csv_file, say_yes, send, wrong_in, xlsx_file

# What is read of a file: no row decides it.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

ROW = {"Organisation": "Example Ours", "Name": "One", "Summary": "One."}


def zipped(*pieces: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pieces:
            archive.writestr(name, content)
    return file.getvalue()


def damaged() -> bytes:
    """A workbook whose sheet is no XML any more."""
    pieces = []
    with zipfile.ZipFile(io.BytesIO(xlsx_file(ROW))) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            pieces.append((name, content[: len(content) // 2] if "sheet1" in name else content))
    return zipped(*pieces)


def with_piece(name: str, change) -> bytes:
    """A workbook of which one piece is changed."""
    with zipfile.ZipFile(io.BytesIO(xlsx_file(ROW))) as archive:
        pieces = {piece: archive.read(piece) for piece in archive.namelist()}
    return zipped(*(pieces | {name: change(pieces.get(name, b""))}).items())


def with_number_formats(number: int) -> bytes:
    """A workbook with so many number formats in its styles: what cost 86 seconds and 900 MB to read."""
    formats = "".join(f'<numFmt numFmtId="{164 + each}" formatCode="{each:x}"/>' for each in range(number))
    return with_piece(
        "xl/styles.xml",
        lambda styles: styles.replace(b'<numFmts count="0" />', f"<numFmts>{formats}</numFmts>".encode()),
    )


TOO_LARGE = "too large when it is unpacked"
# Files are made by the test that sends them: made here, each worker would make all of them before any test.
ENTITIES = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "make_file,message",
    [
        pytest.param(lambda: b"", "The file is empty.", id="nothing"),
        pytest.param(lambda: b"\n\n , \n", "The file is empty.", id="blank"),
        pytest.param(lambda: b"\x00\x01\x02" * 50, "neither a CSV file nor an Excel workbook", id="bytes"),
        pytest.param(lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old Excel file, or one with a password", id="xls"),
        pytest.param(lambda: b"PK\x03\x04 no archive", "cannot be read", id="no archive"),
        pytest.param(lambda: zipped(("a.txt", b"x")), "cannot be read", id="another archive"),
        pytest.param(damaged, "cannot be read", id="damaged"),
        pytest.param(lambda: zipped(("a.xml", b"\0" * 131 * 2**20)), "too large when it is unpacked", id="bomb"),
        pytest.param(
            lambda: zipped(*((f"{n}.xml", b"") for n in range(501))), "too large when it is unpacked", id="pieces"
        ),
        pytest.param(lambda: with_number_formats(900_000), TOO_LARGE, id="formats"),
        pytest.param(
            lambda: with_piece("xl/styles.xml", lambda _: b"<a>" + b"<b/>" * 20_000 + b"</a>"), TOO_LARGE, id="styles"
        ),
        pytest.param(
            lambda: with_piece("xl/sharedStrings.xml", lambda _: b" " * (20 * 2**20 + 1)), TOO_LARGE, id="strings"
        ),
        pytest.param(
            lambda: with_piece("xl/worksheets/sheet1.xml", lambda _: b" " * (100 * 2**20 + 1)), TOO_LARGE, id="sheet"
        ),
        pytest.param(
            lambda: with_piece("xl/_rels/workbook.xml.rels", lambda _: b"<a>" + b"<b/>" * 20_000),
            TOO_LARGE,
            id="relationships",
        ),
        pytest.param(lambda: xlsx_file(*[{"Name": "x" * 30_000}] * 1_400), TOO_LARGE, id="letters"),
        pytest.param(lambda: xlsx_file(*[{"Name": "x"}] * 25_001), "more than 25,000 rows", id="rows of a workbook"),
        pytest.param(
            lambda: with_piece("xl/workbook.xml", lambda old: ENTITIES + old), "cannot be read", id="document type"
        ),
        pytest.param(lambda: b"x" * (30 * 2**20 + 1), "larger than 30 MB", id="large"),
        pytest.param(lambda: csv_file(*[ROW] * 25_001), "more than 25,000 rows", id="rows"),
        pytest.param(lambda: csv_file(ROW).split(b"\r\n")[0], "no rows below", id="titles alone"),
        pytest.param(lambda: csv_file({"Colour": "red"}), "The first row must have the titles", id="other titles"),
        pytest.param(lambda: b"Name,name\nOne,Two\n", "“Name” is there twice", id="twice"),
        pytest.param(lambda: b"Name,\nOne,Two\n", "Row 2 has more cells than there are titles", id="wide"),
        pytest.param(lambda: b'Name\n"' + b"x" * 200_000 + b'"\n', "cannot be read", id="endless cell"),
    ],
)
def test_odd_file_is_refused_with_a_sentence(manager, make_file, message):
    answer = send(manager, make_file(), "groups.xlsx")

    assert answer.status_code == 200
    assert message in " ".join(answer.context["form"].errors["file"])
    assert not SheetUpload.objects.exists()


@pytest.mark.parametrize("limits", [Limits(2**24, 20, 40), Limits(2**29, 20, 0)])
def test_workbook_that_costs_too_much_to_read_is_refused_with_a_sentence(manager, monkeypatch, limits):
    monkeypatch.setattr(reader, "LIMITS", limits)

    answer = send(manager, xlsx_file(ROW), "groups.xlsx")

    assert (answer.status_code, TOO_LARGE in " ".join(answer.context["form"].errors["file"])) == (200, True)


def test_workbook_that_there_is_no_time_for_when_it_is_confirmed_can_be_confirmed_again(manager, ours, monkeypatch):
    looked_at = send(manager, xlsx_file(ROW), "groups.xlsx")
    with monkeypatch.context() as patch:
        patch.setattr(reader, "LIMITS", Limits(2**29, 20, 0))
        refused = say_yes(manager, looked_at)
    names = list(SupportGroup.objects.values_list("name", flat=True))

    say_yes(manager, looked_at)

    assert ("Nothing was imported. This Excel workbook is too large" in refused.text, names) == (True, [])
    assert list(SupportGroup.objects.values_list("name", flat=True)) == ["One"]


def test_no_file_at_all_is_asked_for(manager):
    assert manager.post("/staff/groups/supportgroup/import/").context["form"].errors == {"file": ["Choose a file."]}


def test_sheet_of_groups_is_found_among_others_and_formulas_are_not_worked_out(manager, ours):
    book = Workbook()
    book.active.title = "Notes"
    book.active.append(["Anything"])
    sheet = book.create_sheet("Groups")
    sheet.append(list(ROW))
    sheet.append(["Example Ours", '=HYPERLINK("https://example.org")', "One."])
    file = io.BytesIO()
    book.save(file)

    looked_at = send(manager, file.getvalue(), "groups.xlsx")

    # A formula is what it came to when it was saved: here nobody has opened it, so it came to nothing.
    assert wrong_in(looked_at) == [(2, "Name", "This cannot be empty for a new group. Write something.")]


def test_template_has_every_column_and_can_be_sent_as_it_is(manager, ours):
    page = manager.get("/staff/groups/supportgroup/import/template/")
    files = {kind: manager.get("/staff/groups/supportgroup/import/template/", {"as": kind}) for kind in ("csv", "xlsx")}

    for kind, file in files.items():
        answer = send(manager, file.content, f"template.{kind}")
        assert "no rows below" in " ".join(answer.context["form"].errors["file"])
    assert "Just come along" in page.text
    assert files["csv"].headers["Content-Disposition"] == 'attachment; filename="groups-template.csv"'
