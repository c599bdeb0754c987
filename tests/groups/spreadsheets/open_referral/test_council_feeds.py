"""Services as the platforms of councils write them: what is odd in them is read right, or asked about."""

import pytest

from groups.models import SupportGroup
from groups.spreadsheets.open_referral.place_details import dialled, words_around_numbers
from groups.spreadsheets.open_referral.schedules import NotHeld, time_of
from groups.spreadsheets.open_referral.service_parts import address_cells
from groups.spreadsheets.open_referral.values import text
from tests.groups.spreadsheets.open_referral.feeds import key, make_place, make_service
from tests.groups.spreadsheets.open_referral.imports import imported


@pytest.mark.parametrize(
    "written, number",
    [
        ("01632 960 001 ext. 12", "01632 960 001"),
        ("Tel: 07700 900123 (Mon-Fri)", "07700 900123"),
        ("(01632) 960 002 / 07700 900123", "(01632) 960 002"),
        ("Office: +44 (0)1632 960002", "01632 960002"),
        ("116 123", "116 123"),
        ("01632 960002 07700 900123", ""),
        ("Ask at the desk", ""),
    ],
)
def test_number_is_read_without_what_stands_around_it(written, number):
    assert dialled(written) == number


def test_words_beside_a_number_are_asked_about():
    numbers = ("01632 960 001 ext. 12", "+44 1632 960001", "01632 960002 07700 900123")

    asked = words_around_numbers([{"phones": [{"number": number} for number in numbers]}])

    assert sorted(asked) == [
        (numbers[0], "We took 01632 960 001 of it."),
        (numbers[2], "We could read no number in it."),
    ]


def test_extension_of_a_number_is_asked_about():
    phones = [{"number": "01632 960 001", "extension": 12}, {"number": "01632 960 002", "extension": ""}]

    asked = words_around_numbers([{"phones": phones}])

    assert asked == [("01632 960 001 ext. 12", "We took 01632 960 001 of it.")]


@pytest.mark.parametrize("written, hour, minute", [("6:30pm", 18, 30), ("12.15 a.m.", 0, 15), ("18:30:00.000", 18, 30)])
def test_time_of_twelve_hours_is_read(written, hour, minute):
    assert (time_of(written).hour, time_of(written).minute) == (hour, minute)


@pytest.mark.parametrize("written, reason", [("18:30Z", "an hour earlier"), ("evening", "no time that we can read")])
def test_time_that_is_not_sure_is_asked_about(written, reason):
    with pytest.raises(NotHeld, match=reason):
        time_of(written)


@pytest.mark.parametrize(
    "line, venue, lines",
    [
        ("Example Hall, 1 High Street, Chard, TA20 1AA", "Example Hall", "Example Hall\n1 High Street"),
        ("1, High Street, Chard, TA201AA", "1 High Street", "1 High Street"),
        ("Example Hall, Chard", "Example Hall, Chard", "Example Hall, Chard"),
    ],
)
def test_address_in_one_line_is_taken_apart_at_its_postcode(line, venue, lines):
    address = {"address_1": line, "city": "Chard", "postal_code": "TA20 1AA"}

    cells = address_cells({}, address)

    assert (cells["Venue"], cells["Address"], cells["Town"]) == (venue, lines, "Chard")


def test_postcode_in_the_place_of_a_town_is_no_town():
    address = {"address_1": "Car park", "city": "TA20 1AA", "postal_code": "TA20 1AA"}

    assert address_cells({}, address)["Town"] == ""


def test_entities_are_read_in_a_text_without_tags():
    assert text({"description": "Tea &amp; talk.&nbsp;All&#39;s well."}, "description") == "Tea & talk. All's well."


@pytest.mark.django_db
def test_group_that_is_in_a_feed_twice_is_asked_about():
    found = imported(
        make_service(),
        make_service(id=key("another"), service_at_locations=[make_place(postcode="ta201aa")]),
    )

    assert SupportGroup.objects.count() == 2
    assert [(question.name, question.words) for question in found.questions] == [
        ("Example Walking Group", key("another"))
    ]
