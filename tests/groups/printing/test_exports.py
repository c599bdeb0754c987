"""A list as a file: its words read back, and compared with the database."""

import csv
import datetime
import io

import pytest
from icalendar import Calendar
from openpyxl import load_workbook
from pypdf import PdfReader

from groups.choices import Joining
from groups.printing.exports import COLUMNS
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


def test_csv_has_each_group_in_a_row_that_no_spreadsheet_works_out(client, groups):
    response = file(client, "csv", groups)

    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response["Content-Disposition"] == 'attachment; filename="list.csv"'
    header, tea, formula, empty, *rest = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    cells = dict(zip(header, tea, strict=True))
    assert header == list(COLUMNS)
    assert cells["Name"] == "Example tea"
    assert cells["Organisation"] == "'+Example house"
    assert cells["When"] == "Every Thursday, from 6.30pm."
    assert cells["Where"] == "Example hall, Chard, TA20 1AA"
    assert cells["Contact"] == "Desk: 01632 960001 (number not checked yet)"
    assert cells["Page"] == f"http://testserver/g/{groups[0].code}/"
    assert formula[1] == f"'{FORMULA}"
    assert ["Example shut is closed to new people for now."] in rest


def test_xlsx_has_nothing_but_text(client, groups):
    response = file(client, "xlsx", groups)

    sheet = load_workbook(io.BytesIO(response.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = rows.index(list(COLUMNS))
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}
    assert rows[0][0] == "Peer support groups in Chard"
    assert [row[1] for row in rows[start + 1 :]] == ["Example tea", FORMULA]
    assert sheet.print_title_rows == f"${start + 1}:${start + 1}"


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
    assert [row[1] for row in csv.reader(io.StringIO(response.content.decode("utf-8-sig"))) if len(row) > 2] == [
        "Name",
        "Example tea",
        f"'{FORMULA}",
    ]
