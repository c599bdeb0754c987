"""What the record of an organisation by itself says: how it works and where it is, and no address that is hidden."""

import pytest

from organisations.choices import YesNo
from tests.factories import days_ago, make_contact, make_group, make_organisation, make_venue, town
from tests.groups.open_referral.feed import read, record_of

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

HOURS = "Monday to Friday, 9am to 5pm\nClosed on bank holidays"


def make_house(**fields):
    place = {"address": "1 Example Street\nBy the green", "town": town("Margate"), "postcode": "CT9 1AE"}
    return make_organisation(name="Example house", summary="A house.", opening_hours=HOURS, **(place | fields))


def itself(organisation):
    return read(f"/organizations/{organisation.public_id}")


def test_organisation_has_its_office_and_opening_hours():
    organisation = make_house()

    [location] = itself(organisation)["locations"]

    [address] = location["addresses"]
    assert (location["organization_id"], address["location_id"]) == (str(organisation.public_id), location["id"])
    assert [address[name] for name in ("address_1", "address_2", "city", "postal_code")] == [
        *("1 Example Street", "By the green", "Margate", "CT9 1AE")
    ]
    assert [(each.get("byday"), each["description"]) for each in location["schedules"]] == [
        ("MO,TU,WE,TH,FR", "Monday to Friday, 9am to 5pm"),
        (None, "Closed on bank holidays"),
    ]


def test_address_without_a_postcode_is_a_description():
    [location] = itself(make_house(postcode=""))["locations"]

    assert (location["description"], "addresses" in location) == ("1 Example Street\nBy the green", False)


def test_organisation_with_a_group_that_meets_confidentially_at_its_address_has_no_office():
    organisation = make_house()
    group = make_group(organisation=organisation, venue=make_venue(postcode="CT9 1AE", confidential=True))

    record = itself(organisation)

    assert "locations" not in record
    assert "1 Example Street" not in f"{record}{record_of(group)}"


def test_organisation_says_how_it_works_under_the_questions_of_its_page():
    organisation = make_house(
        approach="We listen.",
        recognises="Poverty.",
        user_led=YesNo.YES,
        former_names=["Hut"],
        former_names_note="2019.",
    )

    assert itself(organisation)["description"].split("\n\n") == [
        "A house.",
        "When did its name change?\n2019.",
        "How does it work?\nWe listen.",
        "What does it recognise?\nPoverty.",
        "Is it led by people with lived experience?\nYes.",
    ]


def test_only_a_contact_with_a_checked_number_takes_whatsapp():
    organisation = make_house()
    for title, checked_on in (("Checked", days_ago(3)), ("Unchecked", None)):
        make_contact(
            organisation=organisation,
            role_title=title,
            email="a@b.example",
            text_number="01632 960005",
            takes_whatsapp=True,
            number_checked_on=checked_on,
        )

    contacts = itself(organisation)["contacts"]

    codes = {each["title"]: [a["taxonomy_term"]["code"] for a in each.get("attributes", [])] for each in contacts}
    assert codes == {"Checked": ["reach-whatsapp"], "Unchecked": []}
