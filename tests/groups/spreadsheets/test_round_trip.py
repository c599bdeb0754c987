"""What is exported says the same when it comes back: whichever field, and whichever kind of file."""

import datetime

import pytest

from groups.choices import Frequency, Route, Wellbeing
from groups.models import JoiningRoute, Language, SupportGroup
from groups.spreadsheets.group_columns import column_titles, group_columns
from groups.spreadsheets.organisation_columns import organisation_columns
from organisations.models import Organisation
from tests import factories
from tests.groups.spreadsheets.files import csv_file, exported, import_rows, rows_of, send, wrong_in, xlsx_file
from tests.source_records import make_source_record

pytestmark = pytest.mark.django_db

#: What a copy of a group has of its own.
OWN = {"Code", "Version", "Public or not", "Organisation", "From list", "Id in that list"}
OWN |= {column.title for column in organisation_columns()}


@pytest.fixture
def message(ours) -> SupportGroup:
    """A group of which there is something to say in every column, much of it awkward."""
    texts = {
        name: f"=1+1; {name} says “so”,\n\n- and -\nmore."
        for name in (
            *("what_it_is_like", "joining_note", "who_meets_you", "do_i_have_to_talk", "can_i_bring_someone"),
            *("accessibility", "agreement", "how_it_came_about", "how_to_take_part_from_home"),
        )
    }
    group = factories.make_group(
        name="'=Talking; Group",
        organisation=ours,
        summary="@home, and more.",
        venue=factories.make_venue(name="The Hall", address="1 Fore Street\nBack door", postcode="TA20 1PP"),
        areas=["Kent", "East Kent"],
        topics=["Anxiety", "Grief"],
        activities=["Art"],
        audiences=["Men"],
        contacts=[
            factories.make_contact(organisation=ours, role_title="Peer Lead"),
            factories.make_contact(
                organisation=ours, role_title="", phone="01632 960001", email="us@example.org", release_agreed_by="All"
            ),
        ],
        stands_for_several=True,
        focus="both",
        led_by="supported",
        wellbeing=[Wellbeing.GIVE, Wellbeing.CONNECT],
        age_from=18,
        age_to=25,
        eligible_by_place="living in Kent",
        eligible_area=factories.area("Kent"),
        website="https://example.org/talking",
        stage="paused",
        stage_note="- not before May",
        wants_members=True,
        wants_volunteers=True,
        paused_since=datetime.date(2026, 8, 1),
        paused_until=datetime.date(2026, 9, 30),
        paused_because="+44 is no number",
        times_are_withheld=True,
        meets_online=True,
        meets_by_phone=True,
        joining="waiting list",
        look_again_on=datetime.date(2027, 1, 31),
        while_waiting="yes",
        alongside_services="no",
        after_services="yes",
        is_free="no",
        cost_note="£2",
        agreed_on=datetime.date(2020, 2, 29),
        source_name="A leaflet",
        source_url="https://example.org/a?b=c",
        source_dated="July 2026",
        **texts,
    )
    make_source_record(group, foreign_id="17")
    Organisation.objects.filter(pk=ours.pk).update(
        kind="charity",
        charity_number="EX12345",
        what_it_does="Tea.",
        website="https://example.org/",
        address="1 Road",
        postcode="TA20 1PP",
    )
    group.languages.set(factories.make_terms(Language, ["Welsh"]))
    factories.make_schedule(
        group, starts_at=datetime.time(18, 30), ends_at=datetime.time(20), note="Bring a mat; or not. Note: warm."
    )
    factories.make_schedule(
        group, weekday=5, interval=2, first_date=datetime.date(2026, 12, 5), months_off="8,12", skips_bank_holidays=True
    )
    factories.make_schedule(
        group, weekday=0, frequency=Frequency.MONTHLY_BY_WEEKDAY, ordinals="1,-1", term_time_only=True
    )
    factories.make_schedule(group, weekday=None, frequency=Frequency.MONTHLY_BY_DATE, day_of_month=31)
    factories.make_schedule(group, weekday=None, frequency=Frequency.MONTHLY_BY_DATE, day_of_month=-1)
    factories.make_schedule(group, weekday=None, frequency=Frequency.ASK)
    JoiningRoute.objects.create(group=group, route=Route.GP, note="Or a nurse: either.")
    JoiningRoute.objects.create(group=group, route=Route.YOURSELF)
    return group


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_says_something_in_every_column_and_would_change_nothing(manager, seed_directory, message, kind):
    content = exported(manager, kind)

    looked_at = send(manager, content, f"groups.{kind}")

    row = next(row for row in rows_of(content) if row["Code"] == message.code)
    # Only a group that has ended says these, and only one that is being set up the last.
    assert {title for title, text in row.items() if not text} == {"Ended on", "Where members went"}
    assert list(row) == column_titles()
    assert wrong_in(looked_at) == []
    assert looked_at.context["changed_number"] == looked_at.context["new_number"] == 0
    assert looked_at.context["same_number"] == SupportGroup.objects.count()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_column_is_read_as_it_was_written(manager, message, theirs, kind):
    """A copy is made of what the cells say alone; it says the same again."""
    factories.make_contact(organisation=theirs, role_title="Peer Lead")
    row = rows_of(exported(manager, kind))[0]
    copy = row | {"Code": "", "Version": "", "Public or not": "", "Organisation": "Somebody Else"}
    copy |= dict.fromkeys(OWN - {"Organisation"}, "")

    import_rows(manager, copy)

    again = next(each for each in rows_of(exported(manager, kind)) if each["Organisation"] == "Somebody Else")
    assert {title: text for title, text in again.items() if title not in OWN} == {
        title: text for title, text in row.items() if title not in OWN
    }
    made = SupportGroup.objects.get(organisation=theirs)
    assert made.venue == message.venue
    patterns = [[item.pattern for item in group.schedules.all()] for group in (made, message)]
    assert patterns[0] == patterns[1]


def test_no_cell_of_an_export_is_a_formula(manager, message):
    cells = {
        kind: {cell for row in rows_of(exported(manager, kind)) for cell in row.values()} for kind in ("csv", "xlsx")
    }

    assert {cell for kind in cells for cell in cells[kind] if cell.startswith(("=", "+", "-", "@"))} == set()
    assert "''=Talking; Group" in cells["csv"]


def test_every_field_of_a_group_is_a_column_or_left_out_on_purpose():
    """A field that is new needs a column; what staff alone may know, and what the site gives by itself, has none."""
    fields = {field.name for field in (*SupportGroup._meta.fields, *SupportGroup._meta.many_to_many)}
    left_out = {"id", "public_id", "created_at", "updated_at", "slug", "online_link", "staff_note"}

    columns = {column.name for column in group_columns()}
    assert fields - columns == left_out
    assert columns - fields == {
        *("address", "postcode", "schedules", "routes", "row_kind", "source", "foreign_id"),
        *("phone", "email", "contact_agreed_by"),
        *(column.name for column in organisation_columns()),
    }


def test_ended_group_says_when_and_where_members_went(manager, ours):
    factories.make_group(
        organisation=ours, ended=True, ended_on=datetime.date(2026, 3, 1), where_members_went="To the other one."
    )

    row = rows_of(exported(manager))[0]

    assert (row["Stage"], row["Ended on"], row["Where members went"]) == ("Ended", "1 March 2026", "To the other one.")
    assert send(manager, csv_file(row)).context["same_number"] == 1


def test_workbook_with_dates_numbers_and_ticks_is_read_as_it_looks(manager, ours):
    group = factories.make_group(name="Talking", organisation=ours)

    looked_at = send(
        manager,
        xlsx_file(
            {
                "Name": "Talking",
                "Organisation": "Example Ours",
                "Age from": 18.0,
                "Online": True,
                "Agreement made on": datetime.date(2026, 12, 5),
                "Cost": 2,
            }
        ),
    )

    assert [(title, now) for title, _, now in looked_at.context["changed"][0].changes] == [
        ("Age from", "18"),
        ("Online", "Yes"),
        ("Cost", "2"),
        ("Agreement made on", "5 December 2026"),
    ]
    assert looked_at.context["changed"][0].group == group


@pytest.mark.parametrize("encoding,separator", [("utf-8-sig", ","), ("cp1252", ";"), ("utf-16", "\t"), ("utf-8", ";")])
def test_file_of_any_spreadsheet_is_read(manager, ours, encoding, separator):
    group = factories.make_group(name="Café", organisation=ours)

    import_rows_as = send(
        manager,
        csv_file(
            {"Name": "Café", "Organisation": "Example Ours", "Cost": "£2, or “nothing”"},
            encoding=encoding,
            separator=separator,
        ),
    )

    assert import_rows_as.context["changed"][0].changes == [("Cost", "", "£2, or “nothing”")]
    assert import_rows_as.context["changed"][0].group == group
