"""Meeting lists of 12-step fellowships: each file becomes rows of our columns. Everything in them is made up."""

import datetime
import json

import pytest

from groups.models import SupportGroup
from groups.spreadsheets.group_columns import column_titles
from groups.spreadsheets.reader import BadSheet, read_table
from groups.timetable.parse import parse
from tests.groups.spreadsheets.files import csv_file, say_yes, send
from tests.groups.spreadsheets.test_mapping import map_columns

TSML = {
    "name": "Example Serenity",
    "slug": "example-serenity",
    "day": 0,
    "time": "18:00",
    "end_time": "19:30",
    "location": "Example Hall",
    "group": "Example Sunday Group",
    "notes": "Ring the bell.",
    "types": ["O", "SP", "X", "ZZ"],
    "address": "1 Example Street",
    "city": "Chard",
    "postal_code": "TA20 1AA",
    "conference_url": "https://meet.example/secret",
    "conference_url_notes": "Password Zyxwvut",
    "contact_1_name": "Zyxwvut",
    "contact_1_phone": "07700 900001",
    "url": "https://example.org/meetings/example-serenity",
}
BMLT = {
    "id_bigint": "42",
    "meeting_name": "Example Monday",
    "weekday_tinyint": "2",
    "start_time": "19:00:00",
    "duration_time": "01:30:00",
    "formats": "C,W,XYZ",
    "location_text": "Example Hall",
    "location_street": "1 Example Street",
    "location_municipality": "Chard",
    "location_postal_code_1": "TA20 1AA",
    "latitude": "50.87",
    "comments": "Use the back door.",
    "contact_name_1": "Zyxwvut",
    "contact_email_1": "zyxwvut@example.org",
}


def rows(content: bytes) -> list[dict[str, str]]:
    """The cells of a file that are not empty, row by row."""
    table = read_table(content, column_titles())
    return [{title: text for title, text in zip(table.titles, row, strict=True) if text} for _, row in table.rows]


def as_json(*entries, **changes) -> bytes:
    return json.dumps([entry | changes for entry in entries]).encode()


def test_meeting_guide_entry_is_read_without_what_belongs_to_people():
    assert rows(as_json(TSML)) == [
        {
            "Id in that list": "example-serenity",
            "Name": "Example Serenity",
            "Summary": "A meeting of Example Sunday Group. Open, speaker.",
            "When": "Every Sunday, 6pm to 7.30pm",
            "Venue": "Example Hall",
            "Address": "1 Example Street",
            "Postcode": "TA20 1AA",
            "In person": "Yes",
            "Online": "Yes",
            "By phone": "No",
            "What it is like": "Ring the bell.",
            "Accessibility": "Wheelchair access.",
            "Address of the source": "https://example.org/meetings/example-serenity",
        }
    ]


def test_bmlt_entry_is_read_without_what_belongs_to_people():
    assert rows(as_json(BMLT)) == [
        {
            "Id in that list": "42",
            "Name": "Example Monday",
            "Summary": "A meeting. Closed, women.",
            "When": "Every Monday, 7pm to 8.30pm",
            "Venue": "Example Hall",
            "Address": "1 Example Street",
            "Postcode": "TA20 1AA",
            "In person": "Yes",
            "Online": "No",
            "By phone": "No",
            "What it is like": "Use the back door.",
        }
    ]


@pytest.mark.parametrize(
    "changes, cells",
    [
        ({"day": [1, 3]}, {"When": "Every Monday, 6pm to 7.30pm\nEvery Wednesday, 6pm to 7.30pm"}),
        ({"day": None}, {}),
        ({"end_time": "00:30"}, {"When": "Every Sunday, from 6pm"}),
        (
            {"address": "", "postal_code": "", "formatted_address": "2 Road, TA20 1PP, UK"},
            {"Postcode": "TA20 1PP"},
        ),
        ({"types": ["TC"]}, {"In person": "No", "Online": "Yes"}),
        ({"approximate": "yes", "conference_url": "", "conference_phone": "1"}, {"In person": "No", "By phone": "Yes"}),
        ({"postal_code": ""}, {"Town": "Chard"}),
        ({"entity": "Example Fellowship"}, {"Organisation": "Example Fellowship"}),
    ],
)
def test_meeting_guide_fields_are_read_in_all_their_forms(changes, cells):
    [row] = rows(as_json(TSML, **changes))

    assert {title: row.get(title, "") for title in cells} == cells
    assert ("When" in row) is (changes.get("day", 0) is not None)


@pytest.mark.parametrize(
    "changes, cells",
    [
        ({"formats": "VM"}, {"In person": "No", "Online": "Yes"}),
        ({"venue_type": 3}, {"In person": "Yes", "Online": "Yes"}),
        ({"published": "0"}, {"What it is": "Leave it out"}),
        ({"start_time": "23:00:00"}, {"When": "Every Monday, from 11pm"}),
        ({"formats": "WC"}, {"Accessibility": "Wheelchair access."}),
    ],
)
def test_bmlt_fields_are_read_in_all_their_forms(changes, cells):
    [row] = rows(as_json(BMLT, **changes))

    assert {title: row.get(title, "") for title in cells} == cells


def test_table_of_meeting_guide_is_read_as_its_json():
    titles = {key: key.replace("_", " ").title() for key in TSML}
    row = {titles[key]: value for key, value in TSML.items()}
    row |= {"Day": "Sunday", "Time": "6:00 PM", "End Time": "7:30 PM", "Types": "Open, Speaker, Wheelchair Access"}

    assert rows(csv_file(row)) == rows(as_json(TSML))


def test_every_time_that_is_written_can_be_read():
    [row] = rows(as_json(TSML, day=[0, 6]))

    read = [parse(line, datetime.date(2026, 11, 29)) for line in row["When"].split("\n")]

    assert [len(reading.patterns) for reading in read] == [1, 1]


def test_json_of_another_kind_has_its_own_titles():
    assert rows(b'\xef\xbb\xbf [{"Title": "Tea", "Tags": ["a", "b"], "Deep": {"x": 1}, "Open": true}]') == [
        {"Title": "Tea", "Tags": "a, b", "Open": "Yes"}
    ]


@pytest.mark.parametrize(
    "content, message",
    [
        (b'[{"name": "cut', "ends in the middle"),
        (b"[1, 2]", "no list that we can read"),
        (b"[" * 100_000, "no list that we can read"),
        (b'[{"a": ' + b"1" * 10_000 + b"}]", "no list that we can read"),
        (b"[]", "The file is empty."),
        (json.dumps([{"name": "x", "slug": "x"}] * 25_001).encode(), "more than 25,000 rows"),
        (json.dumps([{f"key {number}": "x" for number in range(121)}]).encode(), "more than 120 columns"),
    ],
)
def test_json_that_is_no_list_of_entries_is_refused_with_a_sentence(content, message):
    with pytest.raises(BadSheet, match=message):
        read_table(content, column_titles())


@pytest.mark.django_db
def test_meeting_list_is_imported_and_found_again(manager):
    content = as_json(TSML, TSML | {"slug": "two", "day": 3}, TSML | {"slug": "three", "types": ["TC"]})
    answers = {"organisation": "Example Fellowship", "source": "Example meetings"}
    say_yes(manager, map_columns(manager, send(manager, content, "meetings.json"), **answers))

    again = map_columns(manager, send(manager, content, "meetings.json"))

    groups = SupportGroup.objects.order_by("pk")
    assert [(group.name, group.publication, group.meets_online) for group in groups] == [
        ("Example Serenity", "draft", True)
    ] * 3
    assert [group.venue and group.venue.postcode for group in groups] == ["TA20 1AA", "TA20 1AA", None]
    assert "Nothing would change" in again.text
