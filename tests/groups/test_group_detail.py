"""A group's own page: what somebody must know to go there, and what is said where nobody knows."""

import datetime

import pytest
from django.urls import reverse

from common.dates import format_date
from groups.choices import Joining, LedBy, Route, Weekday
from groups.models import JoiningRoute, SupportGroup
from tests.factories import (
    days_ago,
    make_contact,
    make_group,
    make_organisation,
    make_schedule,
    make_terms,
    make_venue,
    town,
)
from tests.peersupport.html import parse, words

pytestmark = pytest.mark.django_db


def main(client, group):
    return parse(client.get(group.get_absolute_url())).find(".//main")


def facts(element) -> dict[str, list[str]]:
    """The terms and texts of the lists of facts in an element."""
    return {
        words(row.find("dt")): [words(text) for text in row.iter("dd")]
        for row in element.iterfind(".//dl[@class='facts']/div")
    }


def essentials(page) -> list[str]:
    """What the page begins with, a line each, without its buttons."""
    panel = page.find(".//section[@class='panel next']")
    return [words(line) for line in panel if line.get("class") != "button-row"]


def buttons(page) -> dict[str, str]:
    """Where each button of what the page begins with leads."""
    row = page.find(".//section[@class='panel next']/div[@class='button-row']")
    return {words(link): link.get("href") for link in row.iter("a")}


def test_group_detail_says_plainly_what_nobody_has_told_us(client):
    page = main(client, make_group(town="Chard"))

    assert essentials(page) == [
        "Day and time: ask the organiser.",
        "Chard. Ask where it meets.",
        "Ask how to join.",
        "Not yet checked Nobody has checked this listing yet. Please ask before you travel.",
    ]
    [sentence] = [words(line) for line in page.iter("p") if words(line).startswith("We do not know")]
    assert sentence == (
        "We do not know: the cost, who meets you, if you must talk, if you can bring someone, talking or doing, "
        "who runs it. Ask."
    )
    assert "Not said" not in words(page)


def test_group_detail_says_everything_that_is_known(client):
    group = make_group(
        venue=make_venue(name="Example hall", town="Chard", address="1 Example Street", postcode="TA20 1AA"),
        activities=["Art"],
        topics=["Anxiety"],
        audiences=["Men"],
        focus="doing",
        led_by=LedBy.SUPPORTED,
        joining=Joining.JUST_COME,
        is_free="yes",
        age_from=18,
        eligible_by_place="living in Somerset",
        while_waiting="yes",
        after_services="no",
        wellbeing=["connect", "give"],
        do_i_have_to_talk="No.",
        can_i_bring_someone="Yes.",
        accessibility="We speak slowly.",
        who_meets_you="Somebody in a red scarf.",
    )
    make_schedule(group, weekday=Weekday.TUESDAY, starts_at=datetime.time(18, 30), ends_at=datetime.time(20))
    make_schedule(group, weekday=Weekday.FRIDAY)
    JoiningRoute.objects.create(group=group, route=Route.GP, note="Any GP in Somerset.")

    page = main(client, group)

    assert facts(page) == {
        "What people do": ["Art"],
        "About": ["Anxiety"],
        "Ways to wellbeing": ["Connect, give"],
        "Who runs it": ["Run by its members, with a peer group worker's help"],
        "For": ["Men"],
        "Ages": ["18 and over"],
        "Only if you are": ["living in Somerset"],
        "You can come": ["While you are waiting for other services."],
        "You cannot come": ["After other services have ended."],
        "Who meets me?": ["Somebody in a red scarf."],
        "Do I have to talk?": ["No."],
        "Can I bring someone?": ["Yes."],
    }
    assert {
        "Example hall, Chard TA20 1AA",
        "Just come along. Your GP can also refer you. It is free.",
        "Usually: Every Tuesday, 6.30pm to 8pm. Every Friday. Ask for the time.",
    } <= set(essentials(page))
    assert words(page.find(".//p[@class='under-title']")) == f"Doing · with {group.organisation.name}"
    assert words(page.find(".//address")) == "Example hall1 Example StreetChardTA20 1AA"
    assert "We do not know" not in words(page)
    assert "Your GP. Any GP in Somerset." in words(page)


def test_schedule_that_is_over_is_no_longer_said(client):
    group = make_group(town="Chard")
    make_schedule(group, weekday=Weekday.MONDAY, last_date=days_ago(1))
    make_schedule(group, weekday=Weekday.TUESDAY, last_date=days_ago(0))

    today = format_date(days_ago(0))
    assert f"Every Tuesday until {today}. Ask for the time." in words(main(client, group))
    assert "Every Monday" not in words(main(client, group))


def test_number_can_be_tapped_only_when_somebody_checked_it(client):
    organisation = make_organisation()
    unchecked = make_contact(organisation=organisation, role_title="Unchecked", phone="01632 960001")
    checked = make_contact(
        organisation=organisation, role_title="Checked", phone="01632 960002", number_checked_on=days_ago(3)
    )
    group = make_group(organisation=organisation, town="Chard", contacts=[unchecked, checked])

    page = main(client, group)

    numbers = [link.get("href") for link in page.iter("a") if link.get("href").startswith("tel:")]
    assert numbers == ["tel:01632960002"] * 2
    assert "01632 960001" in words(page)
    assert buttons(page)["Call 01632 960002"] == "tel:01632960002"


@pytest.mark.parametrize("fields", [{"released": False, "number_checked_on": days_ago(3)}, {}])
def test_page_begins_with_whom_to_ask_where_no_number_may_be_called(client, fields):
    contact = make_contact(phone="01632 960001", **fields)

    page = main(client, make_group(organisation=contact.organisation, town="Chard", contacts=[contact]))

    assert list(buttons(page).items())[0] == ("Who can I ask?", "#ask")
    assert [link for link in page.iter("a") if link.get("href").startswith("tel:")] == []


def test_contact_that_is_not_released_is_not_named_and_what_to_do_is_said(client):
    network = make_organisation(name="The network")
    organisation = make_organisation(name="The organisation")
    organisation.network_links.create(network=network)
    contact = make_contact(organisation=organisation, role_title="Co-ordinator", released=False)
    group = make_group(organisation=organisation, town="Chard", contacts=[contact])

    panel = main(client, group).find(".//section[@aria-labelledby='ask']")

    assert words(panel) == (
        "Who can I ask? No contact is shown here yet. You can still try: "
        "See The organisation. Ask its network, The network. "
        "Look for its name on the web, or ask at your library or GP surgery. Ask the people who keep this directory."
    )


@pytest.mark.parametrize(
    "checked, words_said",
    [
        (None, "Not yet checked Nobody has checked this listing yet. Please ask before you travel."),
        (days_ago(400), "Not checked for over nine months"),
        (days_ago(500), "Not checked for a long time"),
    ],
)
def test_group_detail_says_how_fresh_it_is_even_when_lapsed(client, checked, words_said):
    group = make_group(town="Chard", checked=checked)

    page = main(client, group)

    badge = [words(item) for item in page.iter("p") if (item.get("class") or "").startswith("freshness ")][0]
    assert badge.startswith(words_said)


def test_old_address_leads_to_the_new_one_for_ever(client):
    group = make_group(name="First name", town="Chard")
    first = group.get_absolute_url()
    for slug in ("second", "third"):
        group.slug = slug
        group.save()

    for old in (first, reverse("groups:group_detail", args=["second"])):
        response = client.get(old)
        assert (response.status_code, response.url) == (301, reverse("groups:group_detail", args=["third"]))


def test_short_address_leads_to_the_group_however_it_is_typed(client):
    group = make_group()

    for code in (group.code, group.code.upper()):
        response = client.get(reverse("groups:group_short", args=[code]))
        assert (response.status_code, response.url) == (302, group.get_absolute_url())
    assert client.get(reverse("groups:group_short", args=["aaaaa"])).status_code == 404


def test_access_to_the_venue_is_said(client):
    venue = make_venue(town=town("Chard"), getting_there="Bus 30.", access_note="Ring the bell.")
    venue.access_features.set(make_terms(type(venue).access_features.rel.model, ["Step-free entrance"]))

    page = words(main(client, make_group(venue=venue)).find(".//div[@class='venue']"))

    assert page.endswith("Bus 30. Getting in and aroundStep-free entranceRing the bell.")


def test_website_of_a_group_is_on_its_page_until_it_has_ended(client):
    address = "https://example.org/walkers"
    running, ended = make_group(website=address), make_group(website=address, ended=True)

    links = [main(client, group).findall(f".//a[@href='{address}']") for group in (running, ended)]

    assert [len(each) for each in links] == [1, 0]


@pytest.mark.parametrize("fields", [{"joining": Joining.CLOSED}, {"stage": "ended"}])
def test_website_of_a_closed_or_ended_group_is_not_public(fields):
    assert SupportGroup(website="https://example.org", **fields).public_website == ""
