"""What in a text gives a confidential venue away."""

import pytest

from groups.confidentiality import ConfidentialTerms

SECRET = ConfidentialTerms(name="Example Hall", address="Flat 2, 14a Orchard Way\nUnder the arches\nChard")


@pytest.mark.parametrize(
    "text, message",
    [
        ("", []),
        ("We meet in Chard, and keep it quiet.", []),
        ("Come to the hall.", []),
        ("Come to ta201aa on Thursday.", ["ta201aa"]),
        ("It is near TA20 1AA.", ["TA20 1AA"]),
        ("Ring the bell at EXAMPLE-HALL.", ["Example Hall"]),
        ("Example Hall is warm.", ["Example Hall"]),
        ("There is tea at Example Hall", ["Example Hall"]),
        ("Number 14a, orchard way, red door.", ["Orchard Way"]),
        ("Orchards are all about.", []),
        ("From the Example Hall car park, TA20 1AB.", ["TA20 1AB", "Example Hall"]),
        ("We meet for 1 or 2 hours, 10am to 12pm.", []),
    ],
)
def test_secret_told_in_a_text(text, message):
    assert SECRET.disclosed_in(text) == message


def test_secret_of_a_venue_without_an_address_is_its_name():
    assert ConfidentialTerms(name="Example Hall").words == ["Example Hall"]


def test_secret_leaves_out_what_is_too_short_to_look_for():
    assert ConfidentialTerms(name="Hut", address="1 Way").words == []
