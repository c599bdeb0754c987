"""A list as a file: its words read back, and compared with the database."""

import csv
import datetime
import io

import pytest
from django.utils import timezone
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from common.dates import format_date
from groups.choices import Joining
from groups.printing.exports import COLUMNS, ONLY_IN_CSV
from tests.factories import make_contact, make_group, make_organisation, make_schedule, make_venue
from tests.groups.calendars.calendar_events import as_a_rule

pytestmark = pytest.mark.django_db
#: What a spreadsheet would work out, or send somewhere.
FORMULA = '=HYPERLINK("https://example.org","Free tea")'


@pytest.fixture
def groups() -> list:
    """Three groups: one with everything, one with a name that is a formula, one closed."""
    organisation = make_organisation(name="+Example house")
    contact = make_contact(organisation=organisation, role_title="Desk", phone="01632 960001")
    tea = make_group(
        name="Example tea",
        organisation=organisation,
        venue=make_venue(name="Example hall", town="Chard", postcode="TA20 1AA"),
        joining=Joining.JUST_COME,
        contacts=[contact],
    )
    make_schedule(tea, starts_at=datetime.time(18, 30))
    return [
        tea,
        make_group(name=FORMULA, summary="@SUM(A1)", town="Chard"),
        make_group(name="Example shut", closed=True),
    ]


def file(client, kind: str, groups) -> object:
    return client.get(f"/lists/list.{kind}", {"list": ",".join(group.code for group in groups)})


def records(response) -> list[dict[str, str]]:
    """The rows of a CSV, as a mail merge takes them: each a group, by the headings of the first."""
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), strict=True))


def test_csv_is_a_heading_and_a_group_in_each_row_that_no_spreadsheet_works_out(client, groups):
    response = file(client, "csv", groups)

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="list.csv"'
    tea, formula = records(response)
    assert list(tea) == [*COLUMNS, *ONLY_IN_CSV]
    assert tea["Name"] == "Example tea"
    assert tea["Organisation"] == "'+Example house"
    assert tea["When"] == "Every Thursday, from 6.30pm."
    assert tea["Where"] == "Example hall, Chard, TA20 1AA"
    assert (tea["Contact"], tea["Telephone"]) == ("Desk", "01632 960001 (number not checked yet)")
    assert tea["Page"] == f"http://testserver/g/{groups[0].code}/"
    assert (formula["Name"], formula["About"]) == (f"'{FORMULA}", "'@SUM(A1)")


def test_csv_says_in_each_row_where_help_is_and_in_the_first_what_is_left_out(client, groups):
    tea, formula = records(file(client, "csv", groups))

    today = timezone.localdate()
    help_now = (
        "In an emergency, call 999. NHS, mental health option, call 111. "
        "Samaritans, call 116 123. Shout, text SHOUT to 85258."
    )
    for row in (tea, formula):
        assert (row["Printed on"], row["Help now"]) == (format_date(today), help_now)
        assert row["Good until"] == format_date(today + datetime.timedelta(days=28))
    assert [row["Not on this list"] for row in (tea, formula)] == ["Example shut is closed to new people for now.", ""]
    assert tea["This list as it is now"] == f"http://testserver/lists/?list={','.join(row.code for row in groups)}"


def test_csv_of_what_cannot_be_printed_says_why(client, groups):
    [row] = records(file(client, "csv", groups[2:]))

    assert {name: cell for name, cell in row.items() if cell and name in (*COLUMNS, ONLY_IN_CSV[0])} == {
        "Not on this list": "Example shut is closed to new people for now."
    }


def test_cell_is_one_line(client):
    [row] = records(file(client, "csv", [make_group(name="Example\ntea", town="Chard")]))

    assert row["Name"] == "Example tea"


def test_xlsx_has_headings_first_and_nothing_but_text(client, groups):
    response = file(client, "xlsx", groups)

    sheet, about = load_workbook(io.BytesIO(response.content)).worksheets
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert rows[0] == list(COLUMNS)
    assert [row[1] for row in rows[1:]] == ["Example tea", FORMULA]
    # Programs offer the sheets in this order.
    assert sorted((sheet.title, about.title)) == [sheet.title, about.title] == ["Groups", "Notes"]
    assert sheet.print_title_rows == "$1:$1"


def test_row_of_a_workbook_is_as_high_as_its_longest_text(client):
    group = make_group(town="Chard", summary="A long sentence on what it is about. " * 4)

    sheet = load_workbook(io.BytesIO(file(client, "xlsx", [group]).content)).active

    headings, row = (sheet.row_dimensions[number].height / 15 for number in (1, 2))
    assert (headings, row) == (1, 4)
    assert (sheet.page_setup.fitToWidth, sheet.sheet_properties.pageSetUpPr.fitToPage) == (5, True)


def test_xlsx_has_the_notes_on_a_sheet_of_their_own(client, groups):
    response = file(client, "xlsx", groups)

    about = load_workbook(io.BytesIO(response.content))["Notes"]
    lines = [row[0].value for row in about.iter_rows()]
    assert lines[0] == "Peer support groups in Chard"
    assert lines[2] == "Example shut is closed to new people for now."
    assert {cell.data_type for row in about.iter_rows() for cell in row} == {"s"}
    assert "Samaritans, call 116 123" in lines


def test_xlsx_leaves_out_what_a_workbook_cannot_hold(client):
    response = file(client, "xlsx", [make_group(name="Example\x0b tea", town="Chard")])

    sheet = load_workbook(io.BytesIO(response.content)).active
    assert "Example tea" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_ics_has_the_meetings_of_those_that_can_be_visited(client, groups):
    response = file(client, "ics", groups)

    calendar = Calendar.from_ical(response.content)
    assert calendar["X-WR-CALNAME"] == "Peer support groups in Chard"
    assert [str(event["SUMMARY"]) for event in as_a_rule(calendar)] == ["Example tea (ask before you go)"]


def test_txt_is_the_list_in_plain_words(client, groups):
    response = file(client, "txt", groups)

    text = response.content.decode()
    assert response["Content-Disposition"] == 'inline; filename="list.txt"'
    assert text.startswith("Peer support groups in Chard\n\nExample tea\n+Example house\nWhen: Every Thursday")
    assert "Where: Example hall, Chard, TA20 1AA\n" in text
    assert "Example shut is closed to new people for now.\n" in text
    assert text.endswith(
        "In an emergency, call 999\nNHS, mental health option, call 111\n"
        "Samaritans, call 116 123\nShout, text SHOUT to 85258\n"
    )


@pytest.mark.parametrize("layout, name", [("standard", "list"), ("large", "list-large"), ("pocket", "list-pocket")])
def test_pdf_is_shown_in_the_layout_that_was_asked_for(client, groups, layout, name):
    response = client.get("/lists/list.pdf", {"list": ",".join(item.code for item in groups), "layout": layout})

    pdf = PdfReader(io.BytesIO(response.content))
    words = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert (response["Content-Type"], response["Content-Disposition"]) == (
        "application/pdf",
        f'inline; filename="{name}.pdf"',
    )
    assert pdf.metadata.title == "Peer support groups in Chard"
    assert "Example shut is closed to new people for now." in words
    assert "Every Thursday, from 6.30pm." in words


@pytest.mark.parametrize("kind", ["csv", "xlsx", "txt", "ics", "pdf"])
def test_files_are_not_kept_on_the_way(client, groups, kind):
    response = file(client, kind, groups)

    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-store", "noindex")
    assert dict(response.cookies) == {}


def test_area_has_the_same_files(client, groups):
    response = client.get("/areas/somerset/print/list.csv")

    assert response["Content-Disposition"] == 'attachment; filename="groups-somerset.csv"'
    assert [row["Name"] for row in records(response)] == ["Example tea", f"'{FORMULA}"]
