"""What is wrong with a file is said at the row and the column that its sender sees, with what to write instead."""

import pytest

from groups.models import SupportGroup
from tests import factories
from tests.groups.spreadsheets.files import csv_file, send, wrong, wrong_in

# Cells are read, and names compared, in Python. Constraints are tried on both databases by test_models_constraints.py.
pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NEW = {"Organisation": "Example Ours", "Name": "One", "Summary": "One group."}


@pytest.fixture
def words(ours, theirs):
    """What the rows below may name."""
    factories.make_terms(factories.Topic, ["Anxiety", "Grief"])
    factories.make_contact(organisation=ours, role_title="Peer Lead")
    factories.make_venue(name="The Hall", postcode="TA20 1PP", address="1 Fore Street")
    factories.make_group(name="Talking together", organisation=ours, code="bcdfg")


@pytest.mark.parametrize(
    "cells,column,message",
    [
        ({"Name": "-"}, "Name", "cannot be empty"),
        ({"Summary": ""}, "Summary", "cannot be empty for a new group"),
        ({"Summary": "x" * 241}, "Summary", "241 letters. Write at most 240"),
        ({"Organisation": ""}, "Organisation", "Write which organisation"),
        ({"Organisation": "Exampel Ours"}, "Organisation", "Did you mean “Example Ours”?"),
        ({"Focus": "Talkin"}, "Focus", "Did you mean “Talking”? Write one of: Talking; Doing;"),
        ({"Stage": "-"}, "Stage", "Write one of: Being set up"),
        ({"Joining": "whenever"}, "Joining", "“whenever” is not one of the answers."),
        ({"Online": "perhaps"}, "Online", "Write “Yes” or “No”"),
        ({"Age from": "teens"}, "Age from", "such as 18"),
        ({"Age from": "30", "Age to": "20"}, "Age from", "The older age cannot be less"),
        ({"Ended on": "1 May 2026"}, "Ended on", "Only a group that has ended"),
        ({"Stage": "Having a break", "Break from": "31/02/2026"}, "Break from", "05/12/2026"),
        ({"Free": "No"}, "Free", "Say what it costs."),
        ({"In person": "No"}, "In person", "choose at least one"),
        ({"Topics": "Anxeity; Grief"}, "Topics", "“Anxeity” is not in our list of topics. Did you mean “Anxiety”?"),
        ({"Ways to wellbeing": "Conect"}, "Ways to wellbeing", "Did you mean “Connect”?"),
        ({"Ways in": "Your doctor"}, "Ways in", "“Your doctor” is not one of the ways in."),
        ({"Contacts": "Peer Led"}, "Contacts", "Did you mean “Peer Lead”?"),
        ({"Areas served": "Kentt"}, "Areas served", "Did you mean “Kent”"),
        ({"When": "Every Monday, 10am; now and then"}, "When", "We cannot read “now and then”"),
        ({"When": "Mondays 7-9"}, "When", "Write “Every Monday, 7pm to 9pm.” or “Every Monday, 7am to 9am.”"),
        ({"When": "Every other Saturday, 10am"}, "When", "on which Saturdays, Saturday "),
        (
            {"When": "Every Monday from 1 December 2026"},
            "When",
            "1 December 2026 is a Tuesday. Do you mean from Monday 7 December, or Tuesdays?",
        ),
        ({"Town": "Margaet"}, "Town", "Did you mean “Margate”"),
        ({"Town": "Newport"}, "Town", "“Newport, Newport”"),
        ({"Venue": "New Hall"}, "Postcode", "write its postcode, or its town"),
        ({"Venue": "New Hall", "Postcode": "TA20"}, "Postcode", "One looks like TA20 1AA"),
        ({"Venue": "New Hall", "Postcode": "TA20 9ZZ"}, "Postcode", "write the town as well"),
        ({"Venue": "The hall", "Postcode": "TA20 1PP", "Address": "2 Fore Street"}, "Address", "1 Fore Street"),
        ({"Venue": "The hall", "Postcode": "TA20 1PP", "Town": "Margate"}, "Town", "in Chard"),
        ({"Address": "2 Fore Street"}, "Postcode", "We have no venue “2 Fore Street”. To add it, write its postcode"),
        ({"Venue": "confidential"}, "Venue", "chosen on the group's own page"),
        ({"Public or not": "Published"}, "Public or not", "A sheet publishes nothing"),
        ({"Address of the source": "leaflet"}, "Address of the source", "valid URL"),
        ({"Code": "zzzzz"}, "Code", "There is no group “zzzzz” that you may change"),
        (
            {"Name": "Talking  togethers"},
            "Name",
            "is nearly “Talking together”, which is in our list. Write its code, bcdfg",
        ),
        ({"Name": "The Talking Together Group"}, "Name", "Write its code, bcdfg"),
        ({"Name": "Talkng together"}, "Name", "or “new” there, to add this as another"),
    ],
)
def test_wrong_cell_is_named_with_what_to_write(manager, words, cells, column, message):
    found = wrong(manager, NEW | {"Name": "Another"}, NEW | cells)

    assert [(row, title) for row, title, _ in found] == [(3, column)]
    assert message in found[0][2]


def test_every_error_of_a_row_is_said_at_once(manager, words):
    found = wrong(manager, NEW | {"Focus": "x", "Age from": "x", "Town": "Qqqq", "When": "x"})

    assert [title for _, title, _ in found] == ["Focus", "Age from", "When", "Town"]


def test_rows_are_counted_as_the_spreadsheet_counts_them(manager, words):
    content = b"Organisation,Name,Summary,Age from\r\n\r\nExample Ours,One,One.,1\r\n,,,\r\nExample Ours,Two,Two.,x\r\n"

    assert [row for row, _, _ in wrong_in(send(manager, content))] == [5]


def test_second_row_of_one_name_is_asked_about(manager, words):
    found = wrong(manager, NEW, NEW | {"Name": "ONE!"})

    assert [(row, title) for row, title, _ in found] == [(3, "Name")]
    assert "is in row 2 already" in found[0][2]


def test_second_row_of_one_group_is_refused(manager, words):
    found = wrong(manager, {"Code": "bcdfg", "Cost": "£1"}, {"Code": "BCDFG", "Cost": "£2"})

    assert [(row, title) for row, title, _ in found] == [(3, "Code")]


def test_new_under_code_adds_another_of_nearly_the_same_name(manager, words):
    looked_at = send(manager, csv_file(NEW | {"Name": "Talking togethers", "Code": "new"}))

    assert looked_at.context["new_number"] == 1


def test_names_that_differ_by_a_number_are_different(manager, words, ours):
    factories.make_group(name="Walking group 1", organisation=ours)

    assert send(manager, csv_file(NEW | {"Name": "Walking group 2"})).context["new_number"] == 1


def test_two_groups_of_one_name_are_told_apart_by_their_codes(manager, ours):
    codes = sorted(factories.make_group(name="Men’s Talk", organisation=ours).code for _ in range(2))

    found = wrong(manager, {"Organisation": "Example Ours", "Name": "Mens talk", "Cost": "£1"})

    assert "has 2 groups of this name" in found[0][2]
    assert all(code in found[0][2] for code in codes)


def test_new_name_that_another_group_has_is_refused(manager, words, ours):
    group = factories.make_group(name="Walking", organisation=ours)

    found = wrong(manager, {"Code": group.code, "Name": "Talking together"})

    assert "has a group “Talking together” already, with the code bcdfg" in found[0][2]


def test_venue_itself_is_not_changed(manager, words, ours):
    hall = factories.make_venue(name="Old Hall", postcode="TA20 1PP", address="1 Fore Street")
    group = factories.make_group(organisation=ours, venue=hall)

    found = wrong(manager, {"Code": group.code, "Address": "3 Fore Street"})

    assert [title for _, title, _ in found] == ["Address"]
    assert "does not change a venue" in found[0][2]


def test_time_at_a_venue_of_its_own_is_not_lost(manager, ours):
    group = factories.make_group(organisation=ours, venue=factories.make_venue())
    factories.make_schedule(group, venue=factories.make_venue())

    found = wrong(manager, {"Code": group.code, "When": "Every Friday, 7pm"})

    assert "meets at a venue of its own" in found[0][2]


def test_group_does_not_change_hands_by_a_sheet(manager, ours, theirs):
    group = factories.make_group(organisation=ours)

    found = wrong(manager, {"Code": group.code, "Organisation": "Somebody Else"})

    assert [title for _, title, _ in found] == ["Organisation"]
    assert not SupportGroup.objects.filter(organisation=theirs).exists()
