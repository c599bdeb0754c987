"""A file with titles of its own: what its columns are is guessed, asked, and known the next time."""

import re

import pytest
from django.urls import reverse

from groups.choices import RowKind
from groups.models import Source, SupportGroup
from groups.spreadsheets.forms import MappingForm
from groups.spreadsheets.mapping import Mapping
from groups.spreadsheets.mapping_guesses import guess_columns
from groups.spreadsheets.problems import problems_of
from groups.spreadsheets.reader import Table
from groups.spreadsheets.row_kinds import guess_kind
from organisations.models import Organisation
from tests import factories
from tests.groups.spreadsheets.files import changes, csv_file, say_yes, send

MAP = reverse("admin:groups_supportgroup_map")
#: The shape of a council's list. Everything in it is made up.
TITLES = [
    "Service ID",
    "Service name",
    "Provider",
    "Description",
    "Type",
    "Phone",
    "Post code",
    "Venue",
    "Days",
    "Ref no",
]
COUNCIL = [
    ("S1", "Example Tea Club", "Example Friends", "Tea for all.", "Peer group", "01632 960001", "TA20 1AA", "The Hall"),
    ("S2", "Example Talk", "Example Friends", "Talking. " * 40, "Peer group", "01632 960001", "TA20 1PP", "The Inn"),
    ("S3", "Example Advice", "Example Advice Centre", "Advice.", "Counselling", "01632 960002", "TA20 1AA", ""),
]


def council(*rows, **changes) -> bytes:
    days = {"S1": "Mondays 7pm", "S2": "First Tuesday of the month, 10am"}
    return csv_file(
        *(
            dict(zip(TITLES, (*row, changes.get(row[0]) or days.get(row[0], ""), "x"), strict=True))
            for row in rows or COUNCIL
        )
    )


def table(*columns: tuple[str, list[str]]) -> Table:
    rows = zip(*(values for _, values in columns), strict=True)
    return Table([title for title, _ in columns], [(number, [*row]) for number, row in enumerate(rows, start=2)])


def chosen(page, **changes) -> dict[str, str]:
    """What a browser sends of the page of columns, as it stands, but for some changes."""
    form = page.context["form"]
    values = {name: form[name].value() or "" for name in form.fields}
    return values | {"word": page.context["word"]} | changes


def map_columns(client, page, **changes):
    """Send what the columns are; where what a row is is asked for then, send that as it is guessed."""
    answer = client.post(MAP, chosen(page, **changes))
    return client.post(MAP, chosen(answer, **changes)) if "is_read" not in answer.context else answer


def test_days_and_times_in_columns_of_their_own_are_one_sentence():
    council = table(
        ("Name", ["Tea", "Walk", "Talk"]),
        ("Day(s)", ["Every Saturday", "1st Thursday", "Fridays"]),
        ("Start", ["10:00", "6.30pm", "19:00:00"]),
        ("Finish", ["11:30", "7.30 pm", ""]),
    )
    columns = guess_columns(council, ["Name", "When"])

    assert columns == {"Name": "Name", "Day(s)": "When", "Start": "When", "Finish": "When"}
    assert [row.cells["When"] for row in Mapping(columns).rows_of(council)] == [
        "Every Saturday 10:00 to 11:30",
        "1st Thursday 6.30pm to 7.30 pm",
        "Fridays 19:00",
    ]


@pytest.mark.parametrize("place", ["Online", "ONLINE (Zoom)", "via Zoom"])
def test_address_that_says_online_is_no_venue(place):
    mapping = Mapping({"Title": "Name", "Where": "Address"})

    [online, hall] = mapping.rows_of(table(("Title", ["Owls", "Tea"]), ("Where", [place, "The Online Hall"])))

    assert online.cells == {"Name": "Owls", "In person": "No", "Online": "Yes"}
    assert hall.cells == {"Name": "Tea", "Address": "The Online Hall"}


@pytest.mark.parametrize(
    "cost, cells",
    [
        ("Free!", {"Free": "Yes"}),
        ("£0.00", {"Free": "Yes"}),
        ("Free, donations welcome", {"Cost": "Free, donations welcome"}),
    ],
)
def test_cost_that_says_free_alone_is_the_answer_to_that(cost, cells):
    assert Mapping({"Price": "Cost"}).rows_of(table(("Price", [cost])))[0].cells == cells


@pytest.mark.parametrize(
    "written, number",
    [
        ("7700900111", "07700900111"),
        ("1632 960 001", "01632 960 001"),
        ("(1632) 960001", "(01632) 960001"),
        ("01632 960001", "01632 960001"),
        ("+44 1632 960001", "+44 1632 960001"),
        ("116123", "116123"),
    ],
)
def test_telephone_gets_back_the_zero_that_a_spreadsheet_took(written, number):
    foreign = Mapping({"Tel": "Telephone"}).rows_of(table(("Tel", [written])))

    assert [row.cells["Telephone"] for row in [*foreign, *table(("Telephone", [written])).sheet_rows]] == [number] * 2


def test_columns_are_guessed_by_their_titles_and_then_by_their_values():
    guesses = guess_columns(
        table(
            ("Service name", ["Tea"]),
            ("Web", ["example.org"]),
            ("col4", ["TA20 1AA"]),
            ("col5", ["a@b.example"]),
            ("col6", ["Mondays 7pm"]),
            ("col7", ["01632 960001"]),
            ("Title", ["x"]),
        ),
        ["Name", "Postcode", "E-mail", "When", "Telephone", "Group website"],
    )

    assert [*guesses.values()] == ["Name", "Group website", "Postcode", "E-mail", "When", "Telephone", ""]


@pytest.mark.parametrize(
    "value, kind", [("Peer group", RowKind.GROUP), ("Support groups", RowKind.GROUP), ("Advice", RowKind.ORGANISATION)]
)
def test_kind_of_a_row_is_guessed_by_its_words(value, kind):
    assert guess_kind(value) == kind


def test_mapping_joins_adds_to_notes_and_loses_nothing():
    foreign = table(
        *(("Service", ["Tea"]), ("Long", ["One sentence. " * 30]), ("Street", ["1 Road"]), ("Part", ["Behind"])),
        *(("Fun", ["Yes"]), ("Empty", [""])),
    )
    mapping = Mapping(
        {"Service": "Name", "Long": "Summary", "Street": "Address", "Part": "Address", "Fun": "+", "Empty": "Cost"},
        organisation="Example Friends",
    )

    [row] = mapping.rows_of(foreign)

    long = " ".join(["One sentence."] * 30)
    assert row.cells == {
        "Name": "Tea",
        "Summary": "One sentence.",
        "What it is like": f"{long} \n\nFun: Yes",
        "Address": "1 Road\nBehind",
        "Organisation": "Example Friends",
    }
    assert Mapping.of_json(mapping.as_json) == mapping


@pytest.mark.parametrize(
    "columns, field",
    [
        (["Name", "Name"], "column_1"),
        (["Summary", "Cost"], "__all__"),
        (["Name", "Id in that list"], "source"),
        (["Name", "Cost"], "organisation"),
    ],
)
def test_choice_that_cannot_be_is_said_at_its_field(columns, field):
    foreign = table(("One", ["x"]), ("Two", ["y"]))
    data = {f"column_{number}": ours for number, ours in enumerate(columns)}
    data |= {} if field == "organisation" else {"organisation": "Example"}

    assert list(MappingForm(foreign, data).errors) == [field]


def test_problem_of_many_rows_stands_once_with_its_rows():
    errors = {number: {"Town": [f"We do not know a town “{number}”."]} for number in range(2, 15)}
    errors[20] = {"Name": ["This cannot be empty."]}

    assert [(problem.column, problem.where) for problem in problems_of(errors)] == [
        ("Town", "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 3 more"),
        ("Name", "20"),
    ]


@pytest.mark.django_db
def test_foreign_file_is_asked_about_with_samples_and_imported(manager):
    page = send(manager, council())
    form = page.context["form"]
    samples = {form.fields[name].label: form.fields[name].help_text for name in form.fields if "column" in name}

    looked_at = map_columns(manager, page, source="Example Council")
    say_yes(manager, looked_at)

    assert samples["Provider"] == "For example: Example Friends; Example Advice Centre"
    groups = {group.name: group for group in SupportGroup.objects.all()}
    assert sorted(groups) == ["Example Talk", "Example Tea Club"]
    tea = groups["Example Tea Club"]
    assert (tea.organisation.name, tea.venue.postcode, tea.source_records.get().foreign_id) == (
        "Example Friends",
        "TA20 1AA",
        "S1",
    )
    assert Organisation.objects.get(name="Example Advice Centre").what_it_does == "Example Advice: Advice."
    assert groups["Example Talk"].what_it_is_like.startswith("Talking. Talking.")


@pytest.mark.django_db
def test_next_file_of_the_list_is_mapped_as_before_and_shows_only_what_is_new(manager):
    say_yes(manager, map_columns(manager, send(manager, council()), source="Example Council"))

    page = send(manager, council())
    again = map_columns(manager, page)
    changed = map_columns(
        manager,
        send(manager, council(COUNCIL[0], ("S9", "Example Walk", *COUNCIL[1][2:]), S1="Mondays 8pm")),
    )

    assert page.context["form"]["source"].value() == "Example Council"
    assert "Nothing would change" in again.text
    assert [(row.group.name, [title for title, _, _ in row.changes]) for row in changed.context["changed"]] == [
        ("Example Tea Club", ["When"])
    ]
    assert [row.group.name for row in changed.context["new"]] == ["Example Walk"]
    assert sorted(record.foreign_id for record in changed.context["gone"]) == ["S2", "S3"]
    assert Source.objects.count() == 1


@pytest.mark.django_db
def test_columns_can_be_chosen_again_where_the_rows_are_wrong(manager):
    page = send(manager, council())
    wrong = map_columns(manager, page, source="Example Council", column_9="Age from")

    again = manager.post(MAP, {"word": wrong.context["mapped"], "again": "1"})

    assert [(problem.column, problem.where) for problem in wrong.context["problems"]] == [("Age from", "2 and 3")]
    assert again.context["form"]["column_9"].value() == "Age from"
    assert SupportGroup.objects.count() == Source.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.one_database("the page of a form with errors")
def test_what_is_wrong_with_the_columns_is_said_at_the_top_with_links(manager):
    asked = send(manager, council())

    # Its column of ids asks for the name of the list; of the columns of the name, only one can be.
    page = map_columns(manager, asked, column_1="Name", column_2="Name")

    summary = page.text.partition('role="alert"')[2].partition("</div>")[0]
    assert re.findall(r'href="#(id_\w+)"', summary) == ["id_column_2", "id_organisation", "id_source"]
    assert [f'id="{name}"' in page.text for name in ("id_column_2", "id_organisation", "id_source")] == [True] * 3


@pytest.mark.django_db
def test_columns_of_a_file_that_is_not_there_any_more_are_not_asked(manager, editor):
    page = send(manager, council())

    for client in (editor, manager):
        answer = client.post(MAP, {"word": page.context["word"] if client is editor else "nothing"})
        assert answer.headers["Location"] == reverse("admin:groups_supportgroup_import")


@pytest.mark.django_db
def test_column_that_somebody_added_to_an_export_is_left_out_and_the_code_stays(manager, ours):
    group = factories.make_group(name="Talking", organisation=ours)
    row = {"Code": group.code, "Version": "0", "Name": "Talking again", "Rung by": "Me"}

    looked_at = map_columns(manager, send(manager, csv_file(row)))

    assert changes(looked_at) == {"Talking again": [("Name", "Talking", "Talking again")]}
