"""The column of regular times: what is beside a time goes into its note, and nothing that may be hidden."""

import pytest

from groups.models import SupportGroup
from tests import factories
from tests.groups.spreadsheets.files import csv_file, exported, import_rows, rows_of, send, wrong

# What is read of a file: no row decides it.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NEW = {"Organisation": "Example Ours", "Name": "Walk and Talk", "Summary": "A walk by the sea."}


def schedules_of(cell: str, editor) -> list[tuple[str, str]]:
    """Import a new group that meets as a cell says, and return its patterns, each with its note."""
    import_rows(editor, NEW | {"When": cell})
    return [(item.pattern.sentence, item.note) for item in SupportGroup.objects.get().schedules.all()]


@pytest.mark.parametrize(
    "cell,schedules",
    [
        ("Mondays 7pm (2 hours)", [("Every Monday, from 7pm.", "2 hours.")]),
        ("Tuesdays 7pm (18+)", [("Every Tuesday, from 7pm.", "18+.")]),
        ("Mondays 4pm, £2, term time only", [("Every Monday, from 4pm, in term time only.", "£2.")]),
        ("Tuesdays 7pm (18+) Note: Ring first.", [("Every Tuesday, from 7pm.", "18+. Ring first.")]),
        (
            "Mondays 10am-noon (18+)\r\nThursdays 6-8pm; first Saturday of the month, 10am, £2",
            [
                ("Every Monday, 10am to noon.", "18+."),
                ("Every Thursday, 6pm to 8pm.", ""),
                ("The first Saturday of the month, from 10am.", "£2."),
            ],
        ),
        (
            "Mondays 7pm\nThursdays, time to be confirmed",
            [("Every Monday, from 7pm.", ""), ("Every Thursday. Ask for the time.", "")],
        ),
        ("Mondays\nThursdays", [("Every Monday. Ask for the time.", ""), ("Every Thursday. Ask for the time.", "")]),
    ],
)
def test_what_is_beside_a_time_goes_into_its_note(editor, ours, cell, schedules):
    assert schedules_of(cell, editor) == schedules


@pytest.mark.parametrize(
    "cell,sentence",
    [
        ("Mondays 7pm, tel 01632 960014", "“tel 01632 960014” is no time. Write it under “Contacts”."),
        ("Mondays 7pm, St Anne's Hall", "“St Anne's Hall” is no time. Write it under “Venue”."),
        ("Mondays 7pm; Unit 18, Mill Road", "“Unit 18” is no time. Write it under “Venue”."),
        (
            "Tues & Thurs, 6-7",
            "“6-7”: 6pm to 7pm, or 6am to 7am?"
            " Write “Every Tuesday, 6pm to 7pm; Every Thursday, 6pm to 7pm.”"
            " or “Every Tuesday, 6am to 7am; Every Thursday, 6am to 7am.”.",
        ),
        ("fortnightly Monday from 5 Jan 2027", "Tuesday 5 January 2027 is no Monday"),
        ("Mondays; Thursdays 7pm", "“Mondays”: at what time? If nobody knows, add “time to be confirmed”."),
        ("Mondays 7pm\nThursdays", "“Thursdays”: at what time?"),
        ("Mondays\n7pm-9pm", "We cannot read “7pm-9pm”"),
        ("Monday\n- Friday 9am-5pm", "We cannot read “- Friday 9am-5pm”"),
        ("1st Monday\nand Thursday", "We cannot read “and Thursday”"),
        ("1st Monday and\nThursday", "We cannot read “1st Monday and”"),
        ("Mondays 7pm\nfortnightly", "We cannot read “fortnightly”"),
        ("Mondays 7pm\n(Tuesdays in August)", "We cannot read “(Tuesdays in August)”"),
        ("Mondays 7pm\nNot in August", "We cannot read “Not in August”"),
        ("Friday 18 at 7pm", "Write anything else behind “Note:”."),
    ],
)
def test_cell_with_another_meaning_is_asked_about(editor, ours, cell, sentence):
    [(row, title, message)] = wrong(editor, NEW | {"When": cell})

    assert (row, title) == (2, "When")
    assert sentence in message


def test_place_and_telephone_behind_note_are_taken_as_they_are(editor, ours):
    cell = "Mondays 7pm Note: Room 2, or ring 01632 960014."

    assert schedules_of(cell, editor) == [("Every Monday, from 7pm.", "Room 2, or ring 01632 960014.")]


def test_time_with_a_remark_comes_back_from_an_export_unchanged(editor, ours):
    import_rows(editor, NEW | {"When": "Tuesdays 7pm (18+)"})
    [schedule] = SupportGroup.objects.get().schedules.all()
    [row] = rows_of(exported(editor))

    assert row["When"] == "Every Tuesday, from 7pm. Note: 18+."
    for cell in (row["When"], "Tuesdays, 7 p.m. (18+)"):
        looked_at = send(editor, csv_file(row | {"When": cell}))
        assert looked_at.context["changed"] == []
    assert [item.pk for item in SupportGroup.objects.get().schedules.all()] == [schedule.pk]


def test_standing_time_that_nobody_knows_stays_beside_a_new_one(editor, ours):
    group = factories.make_group(name="Talking", organisation=ours)
    factories.make_schedule(group)

    import_rows(editor, {"Code": group.code, "When": "Every Thursday. Ask for the time.\nMondays 7pm"})

    assert [str(item) for item in group.schedules.all()] == [
        "Every Thursday. Ask for the time.",
        "Every Monday, from 7pm.",
    ]
