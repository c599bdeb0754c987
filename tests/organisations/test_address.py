"""An organisation's address: looked up, shown, and hidden where a group of its meets confidentially."""

import pytest

from common.opening_hours import OpeningHours
from common.rendering import render_jinja
from organisations.models import Contact, Organisation
from tests.factories import make_group, make_organisation, make_schedule, make_venue, town
from tests.peersupport.html import parse, parse_text, words

pytestmark = pytest.mark.django_db

HERE = {"address": "1 Example Street", "postcode": "TA201AA"}


def lines(element) -> list[str]:
    """The lines of an element, without space around them."""
    return [text.strip() for text in element.itertext() if text.strip()]


def addresses(client, organisation) -> list[str]:
    page = parse(client.get(organisation.get_absolute_url())).find(".//main")
    return [" / ".join(element.itertext()) for element in page.iter("address")]


def test_address_is_on_the_page_with_its_place_looked_up(client):
    organisation = make_organisation(**HERE, town=town("Chard"))

    organisation.refresh_from_db()
    assert organisation.postcode == "TA20 1AA"
    assert (organisation.district.name, organisation.latitude is None) == ("Somerset", False)
    assert addresses(client, organisation) == ["1 Example Street / Chard / TA20 1AA"]


@pytest.mark.parametrize(
    "own, of_venue, is_hidden",
    [
        ("TA20 1AA", "TA20 1AA", True),
        ("TA20 1AA", "TA20 1PP", False),
        ("TA20 1AA", "", True),
        ("", "TA20 1PP", True),
    ],
)
def test_address_is_hidden_where_a_confidential_group_may_meet_there(client, own, of_venue, is_hidden):
    organisation = make_organisation(
        address="1 Example Street", postcode=own, town=town("Chard"), opening_hours="Monday, 9am to 5pm"
    )
    venue = make_venue(confidential=True, postcode=of_venue)
    make_schedule(make_group(organisation=organisation, town="Chard"), venue=venue)

    assert organisation.address_is_hidden is is_hidden
    assert (addresses(client, organisation) == []) is is_hidden
    assert (organisation.public_hours is None) is is_hidden


def test_nation_is_that_of_the_address_where_nothing_else_is_known():
    organisation = make_organisation(**HERE)

    assert Organisation.objects.get(pk=organisation.pk).nation.value == "ENG"


@pytest.mark.parametrize(
    "fields, title",
    [
        ({"role_title": "Office", "phone": "01632 960001"}, "Office"),
        ({"phone": "01632 960001", "email": "a@b.example"}, "Telephone and e-mail"),
        ({"phone": "01632 960001"}, "Telephone"),
        ({"email": "a@b.example"}, "E-mail"),
        ({"text_number": "07700 900001"}, "Number for texts"),
    ],
)
def test_contact_without_a_role_is_called_by_what_it_is(fields, title):
    assert Contact(**fields).title == title


def test_opening_hours_are_on_the_page_and_say_to_ask_about_bank_holidays(client):
    organisation = make_organisation(opening_hours="Monday to Friday, 9am to 5pm\nSaturday, 10am to 1pm")

    page = parse(client.get(organisation.get_absolute_url())).find(".//main")

    [facts] = [row for row in page.iterfind(".//dl/div") if words(row.find("dt")) == "Open"]
    *_, week, saturday, bank_holidays = lines(facts.find("dd"))
    assert (week, saturday) == ("Monday to Friday, 9am to 5pm", "Saturday, 10am to 1pm")
    assert bank_holidays == "Ask before you go on a bank holiday"


@pytest.mark.one_database  # What a template says.
@pytest.mark.parametrize("open_until, now", [("5pm", ["Open now, until 5pm"]), ("", [])])
def test_place_says_that_it_is_open_only_while_that_is_certain(open_until, now):
    hours = OpeningHours.of_text("Monday, 9am to 5pm\nClosed on bank holidays")

    shown = render_jinja("components/opening_hours.jinja", hours=hours, open_until=open_until)

    assert lines(parse_text(str(shown)).find(".//body")) == [*now, "Monday, 9am to 5pm", "Closed on bank holidays"]
