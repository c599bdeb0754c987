"""A service becomes a row of our columns, without names of people; what is no group is none."""

import datetime

import pytest

from groups.choices import RowKind
from groups.spreadsheets.open_referral.service_rows import ReadingOptions, service_row
from groups.spreadsheets.open_referral.terms import Vocabulary
from tests.groups.spreadsheets.open_referral.feeds import (
    key,
    make_attribute,
    make_organisation,
    make_place,
    make_schedule,
    make_service,
    sample,
)

WORDS = Vocabulary(
    {
        "Topics": {"anxiety": "Anxiety", "worry": "Anxiety"},
        "Audiences": {"carers": "Carers"},
        "Activities": {"walking": "Walking"},
        "Languages": {"british sign language": "British Sign Language", "welsh": "Welsh"},
    },
    frozenset({"E07000108"}),
)
#: Longer than a summary may be.
LONG = f"First. {'Second ' * 40}end"
OPTIONS = ReadingOptions("Example feed", datetime.date(2026, 11, 30), WORDS)


def cells(service, **options) -> dict[str, str]:
    return service_row(service, ReadingOptions("Example feed", OPTIONS.today, WORDS, **options)).cells


def test_group_is_read_as_a_row_of_ours():
    assert cells(make_service()) == {
        "Id in that list": key("Example Walking Group"),
        "From list": "Example feed",
        "What it is": "Group",
        "Name": "Example Walking Group",
        "Organisation": "Example Walkers",
        "Organisation summary": "A charity for walkers.",
        "Summary": "We walk and talk.",
        "When": "Every Thursday, 6.30pm to 8pm.",
        "In person": "Yes",
        "Online": "No",
        "By phone": "No",
        "Venue": "Example Hall",
        "Address": "1 Example Street",
        "Town": "Chard",
        "Postcode": "TA20 1AA",
        "Stage": "Running",
        "Group website": "https://walks.example/",
    }


def test_record_of_a_directory_like_ours_is_read_by_its_terms():
    row = cells(sample("example_peer_support_service"))

    titles = ("Focus", "Led by", "Joining", "Audiences", "Age from", "Free", "Areas served", "Contacts")
    assert {title: row.get(title) for title in titles} == {
        "Focus": "Talking",
        "Led by": "Run by an organisation",
        "Joining": "Just come along",
        "Audiences": "Carers",
        "Age from": "18",
        "Free": "Yes",
        "Areas served": "E07000108",
        "Contacts": "Group coordinator (Questions of any kind)",
    }
    assert cells(sample("example_peer_support_service"), reads_details=False)["Telephone"] == "01632 960001"


@pytest.mark.parametrize(
    "changes, read",
    [
        (
            {"description": "<p>We walk.</p><p>Then we <b>talk</b> &amp; eat.</p>"},
            {"Summary": "We walk. Then we talk & eat."},
        ),
        ({"description": "One.\n\nTwo.\n\nThree."}, {"Summary": "One.", "What it is like": "Two.\n\nThree."}),
        ({"description": LONG}, {"Summary": "First.", "What it is like": LONG}),
        ({"description": None}, {"Summary": "Example Walking Group"}),
        ({"alternate_name": "The Walkers"}, {"What it is like": "Also called: The Walkers."}),
        (
            {"status": "temporarily closed", "alert": "Back in\nMay."},
            {"Stage": "Having a break", "More about the stage": "Back in May."},
        ),
        ({"status": "inactive"}, {"Stage": "Having a break"}),
        ({"minimum_age": 18, "maximum_age": 0}, {"Age from": "18"}),
        ({"minimum_age": -1}, {}),
        ({"fees": "Free"}, {"Free": "Yes"}),
        ({"cost_options": [{"id": key("c"), "amount": 0, "amount_description": "Free to attend"}]}, {"Free": "Yes"}),
        (
            {"cost_options": [{"id": key("c"), "amount": 2.5, "amount_description": "for tea"}]},
            {"Free": "No", "Cost": "£2.50 for tea"},
        ),
        ({"fees_description": "Free. Donations are welcome."}, {"Cost": "Free. Donations are welcome."}),
        (
            {"languages": [{"id": key("l"), "code": "bfi"}, {"id": key("m"), "name": "Klingon"}]},
            {"Languages": "British Sign Language"},
        ),
        (
            {"application_process": "Ring us.", "eligibility_description": "Adults."},
            {"More about joining": "Ring us.\nAdults."},
        ),
        (
            {
                "attributes": [
                    make_attribute("1", "Worry", "esd"),
                    make_attribute("2", "Carers", "esd", "intended_audience"),
                ]
            },
            {"Topics": "Anxiety", "Audiences": "Carers"},
        ),
    ],
)
def test_fields_are_read_in_all_their_forms(changes, read):
    plain = cells(make_service())
    row = cells(make_service(**changes))

    titles = ("Summary", "What it is like", "Stage", "More about the stage", "Age from", "Age to", "Free", "Cost")
    titles += ("Languages", "More about joining", "Topics", "Audiences")
    expected = {title: plain[title] for title in ("Summary", "Stage")} | read
    assert {title: row[title] for title in titles if title in row} == expected


@pytest.mark.parametrize(
    "process, note",
    [
        ("Just come along. Your GP can also refer you. Ring the bell.", "Ring the bell."),
        ("Somebody has to refer you. Your GP can do that. You can refer yourself, too.", None),
        ("Contact the group first. The group will tell you where to come. Ring us.", "Ring us."),
        ("Ring the bell.", "Ring the bell."),
    ],
)
def test_words_of_our_own_feed_that_are_made_of_its_terms_are_not_read_again(process, note):
    ours = make_service(application_process=process, attributes=[make_attribute("kind-doing", "Doing")])

    assert cells(ours).get("More about joining") == note


@pytest.mark.parametrize(
    "service, kind",
    [
        (make_service("Example Advice Line"), "Organisation"),
        (make_service("Counselling", attributes=[make_attribute("1", "Counselling", "esd")]), "Organisation"),
        (make_service("Hope", attributes=[make_attribute("1", "Health support groups", "esd")]), "Group"),
        (make_service("Hope", attributes=[make_attribute("kind-talking", "Talking")]), "Group"),
        (make_service("A group course", attributes=[make_attribute("offer-course", "Course")]), "Organisation"),
        (make_service(status="defunct"), "Leave it out"),
    ],
)
def test_service_is_a_group_only_where_it_says_so(service, kind):
    assert cells(service)["What it is"] == kind


def test_service_that_is_no_group_is_left_out_on_demand():
    assert cells(make_service("Example Advice Line"), leaves_out_others=True)["What it is"] == "Leave it out"


def test_service_is_again_what_it_was_the_last_time():
    ended = service_row(make_service("Example Advice Line", status="defunct"), OPTIONS, RowKind.GROUP)

    assert (ended.cells["What it is"], ended.cells["Stage"]) == ("Group", "Ended")


def test_service_without_a_group_says_nothing_of_place_and_contact():
    row = cells(make_service("Example Advice Line", email="advice@example.org"))

    assert not {"Venue", "Postcode", "E-mail", "Stage"} & {*row}


@pytest.mark.parametrize(
    "changes, contact",
    [
        ({}, {}),
        (
            {"email": "us@example.org", "phones": [{"id": key("p"), "number": "+44 (0)1632 960001"}]},
            {"Telephone": "01632 960001", "E-mail": "us@example.org", "Contact agreed by": "The council"},
        ),
        # A mobile number, and what stands beside a name, may be a person's own.
        ({"phones": [{"id": key("p"), "number": "+447700 900001"}]}, {"Telephone": "07700 900001"}),
        # It is not read where there is another way.
        (
            {"email": "us@example.org", "phones": [{"id": key("p"), "number": "+447700 900001"}]},
            {"E-mail": "us@example.org", "Contact agreed by": "The council"},
        ),
        (
            {"contacts": [{"id": key("c"), "name": "Zyxwvut", "email": "zyx@example.org"}]},
            {"E-mail": "zyx@example.org"},
        ),
        ({"phones": [{"id": key("p"), "number": "ask us"}]}, {}),
    ],
)
def test_contact_is_public_only_by_somebodys_word_and_if_it_is_nobodys_own(changes, contact):
    row = cells(make_service(**changes), agreed_by="The council")

    assert {title: row[title] for title in ("Telephone", "E-mail", "Contact agreed by") if title in row} == contact
    assert "Zyxwvut" not in "".join(row.values())


@pytest.mark.parametrize(
    "places, read",
    [
        (
            [make_place(), make_place("Online", location_type="virtual", addresses=[])],
            {"Venue": "Example Hall", "Online": "Yes"},
        ),
        ([make_place("Online", location_type="virtual", addresses=[])], {"Online": "Yes", "In person": "No"}),
        ([make_place("By phone", location_type="virtual", addresses=[])], {"By phone": "Yes", "In person": "No"}),
        # A place without an address may be anything.
        ([make_place("Exampleton", addresses=[])], {}),
        ([make_place(postcode="unknown")], {"Venue": "Example Hall", "Town": "Chard", "Postcode": "unknown"}),
    ],
)
def test_places_are_read_in_all_their_forms(places, read):
    row = cells(make_service(service_at_locations=places))

    ways = {"In person": "Yes", "Online": "No", "By phone": "No"}
    expected = ways | read
    assert {title: row.get(title) for title in expected} == expected
    assert ("Venue" in row) is ("Venue" in read)


def test_town_of_a_place_that_is_given_on_contact_is_read_from_our_own_feed_alone():
    place = make_place("Chard", addresses=[], description="Address given when you get in touch.")
    ours = make_service(service_at_locations=[place], attributes=[make_attribute("kind-doing", "Doing")])

    assert cells(ours)["Town"] == "Chard"


def test_second_place_is_asked_about():
    service = make_service(service_at_locations=[make_place(), make_place("Another Hall", "TA20 1PP")])

    assert service_row(service, OPTIONS).questions == (
        (
            "Another Hall, 1 Example Street, Chard, TA20 1PP",
            "It is in more than one place. Which is that of this group, and are the others groups of their own?",
        ),
    )


def test_times_that_we_cannot_hold_are_asked_about():
    service = make_service(schedules=[make_schedule(count=6, description="Six meetings")])

    row = service_row(service, OPTIONS)

    assert row.cells["When"] == "Six meetings"
    assert row.questions == (("Six meetings", "Its rule is narrower than one of ours can be."),)


def test_organisation_is_called_as_whoever_imports_says():
    charity = make_organisation(
        "The Example Walkers",
        organization_identifiers=[
            {"id": key("i"), "identifier_scheme": "GB-COH", "identifier_type": "Company", "identifier": "7"},
            {"id": key("j"), "identifier_scheme": "GB-CHC", "identifier_type": "Charity", "identifier": "1234567"},
        ],
    )

    row = cells(make_service(organization=charity), organisations={"the example walkers": "Example Walkers"})

    assert (row["Organisation"], row["Charity number"]) == ("Example Walkers", "1234567")
